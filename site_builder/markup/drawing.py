"""What drawings beside words have in common: as wide as there is space, and hidden from those who
listen."""

from __future__ import annotations

from markupsafe import Markup


def drawing(height: str, content: Markup) -> Markup:
    """A drawing of such a height, in a unit of CSS."""
    frame = '<svg width="100%" height="{}" aria-hidden="true" focusable="false">{}</svg>'
    return Markup(frame).format(height, content)


def grid_line(x: str, *, is_zero: bool) -> Markup:
    """A line from top to bottom, so far from the left as ``x`` says, in a unit of SVG."""
    kind = "grid zero" if is_zero else "grid"
    return Markup('<line class="{0}" x1="{1}" x2="{1}" y1="0" y2="100%"/>').format(kind, x)
