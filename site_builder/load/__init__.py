"""A tree of files to a journal and all its problems."""
