"""What the open deals are expected to bring, and when."""
