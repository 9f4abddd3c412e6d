"""The query language: which deals are meant, the same in the terminal and on the site."""
