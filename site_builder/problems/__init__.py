"""What is wrong with a journal, as data: a place, a code, a message, near misses; its formats."""
