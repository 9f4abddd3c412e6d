"""Journals from other programs' files and back, one format a file."""
