"""Facts about a journal on a day: where everybody stands, sums, notes by contact."""
