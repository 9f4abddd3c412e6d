"""The nouns of a journal, what held on which day, and the fields and types that there are."""
