"""Pages to files: rendering, the output folder, whose it is."""
