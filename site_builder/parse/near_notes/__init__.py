"""What looks like a note or a tick and is none: what was meant, and what to type."""
