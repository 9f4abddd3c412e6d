"""Where bytes come from and go to: a tree, whole files, what is kept, one process at a time."""
