"""Other programs' files into a journal: what a row means, and which files it makes."""
