"""A site that is looked at while its files change: watching, serving, reloading."""
