"""Where bytes come from and go to: a tree of files, whole files, one process at a time."""
