"""What editors are told of a journal: JSON Schemas of its files, snippets, types of properties."""
