"""Markdown to safe HTML; numbers to text and to SVG."""
