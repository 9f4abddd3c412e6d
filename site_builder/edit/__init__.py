"""The smallest splice into a journal's file; nothing else of it changes."""
