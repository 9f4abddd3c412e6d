"""Bytes to documents that know their places; alone reads YAML."""
