"""Import maps: which column of a CSV file becomes what."""
