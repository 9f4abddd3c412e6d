"""Time and memory of whole runs, beside Hugo's. Run it with ``make bench``."""
