"""Which deals a figure or a list is of, for the scripts that work it out again of fewer: attributes
``data-of``. What holds for a part of a page holds for all within it."""

from __future__ import annotations


def scope(**said: str) -> str:
    """``pipeline:sales stage:lead``: what holds of all deals that are meant."""
    return " ".join(f"{name.rstrip('_')}:{value}" for name, value in said.items() if value)
