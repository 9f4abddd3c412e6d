"""dealog: a sales pipeline kept as plain text in git, checked and rendered as a static site."""

__version__ = "0.1.0"
