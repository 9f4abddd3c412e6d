"""What YAML allows and a journal does not, and what is lost to YAML in silence: each a problem
that says what to write. What only explains a mistake is imported where there is one."""

from __future__ import annotations

import re
from typing import Any

from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.lines import line_at
from site_builder.source.yaml_nodes import Entry, Node, Scalar
from site_builder.source.yaml_places import Places
from site_builder.source.yaml_values import field_meant, quoted, unmarked, untagged

_CORE_TAGS = "tag:yaml.org,2002:"
# libyaml looks ahead, so its newer versions stop at their own bound before ours is reached.
_TOO_DEEP = "exceeded maximum nesting depth"


def too_large(events: int, span: Span) -> Problem:
    """The problem of a text with more than so many values."""
    message = f"There are more than {events:,} values in this YAML."
    return Problem("too-large", message, "Split the file.", span)


def too_deep(depth: int, span: Span) -> Problem:
    """The problem of what is nested deeper than that."""
    return Problem(
        "too-large",
        f"YAML is nested more than {depth} deep here.",
        "Write it flat: values and lists of values.",
        span,
    )


def second_document(span: Span) -> Problem:
    """The problem of a text that goes on behind `---`."""
    return Problem(
        "yaml-syntax",
        "A second YAML document begins here.",
        "Keep one document a file: leave out this line `---`, and nothing else.",
        span,
    )


def control_character(character: str, span: Span) -> Problem:
    """The problem of a character that escapes in quotes can make."""
    return Problem(
        "invalid-value",
        f"The control character U+{ord(character):04X} can't stand in a value.",
        "Write the value without it: it shows nothing.",
        span,
    )


def bad_key(key: Node) -> Problem | None:
    """The problem of what stands in place of a name and is none."""
    if not isinstance(key, Scalar):
        return Problem(
            "forbidden-yaml",
            "A list or mapping can't be the name of a field.",
            "Write `name: value`; quote a value that begins with `[` or `{`.",
            key.span,
        )
    if key.text == "<<" and not key.style:
        return Problem(
            "forbidden-yaml",
            "`<<` merges another mapping, which a journal does not allow.",
            "Write the fields out.",
            key.span,
        )
    return None


def duplicate(key: Scalar, first: Entry) -> Problem:
    """The problem of a name that stands further up too."""
    return Problem(
        "duplicate-key",
        f"`{key.text}` is given twice; it stands in line {first.key.span.line} too.",
        "Keep what is true of both, in one of the two lines.",
        key.span,
    )


def syntax(error: Any, depth: int, places: Places) -> Problem:
    """The problem of what the parser could not read; ``depth`` is how deep it may be nested."""
    if _TOO_DEEP in str(getattr(error, "problem", "")):
        return too_deep(depth, places.character(getattr(error, "problem_mark", None)))
    from site_builder.source.yaml_slips import explain

    message, help, mark = explain(error, places.text)
    return Problem("yaml-syntax", message, help, places.character(mark))


def no_mapping(node: Node, places: Places) -> Problem:
    """The problem of a text that is one value or a list where fields are wanted."""
    from site_builder.source.line_slips import line_slip

    span = node.span
    line = line_at(places.text, span.line - places.offset)
    slip = line_slip(line)
    if slip is not None:
        message, help, column = slip
        span = Span(places.path, span.line, column + 1, span.line, column + 2)
    elif field_meant(line.partition(" ")[0]):
        from site_builder.source.yaml_slips import no_colon

        message, help = "This line has no colon, so it is no field.", no_colon(line)
    else:
        message, help = "This is not a list of fields.", "Write one `name: value` a line."
    return Problem("yaml-syntax", message, help, span)


def comma_cut(event: Any, places: Places) -> Problem | None:
    """The problem of a name in braces that is none but the end of a value with a comma."""
    from site_builder.source.brace_slips import note_slip

    mark = event.start_mark
    slip = note_slip(places.line(mark))
    if slip is None:
        return None
    place = places.within(mark, slip.column, 1)
    return Problem("yaml-syntax", slip.message, slip.help, place)


def forbidden_mark(event: Any, is_alias: bool, places: Places) -> Problem | None:
    """The problem of an anchor, an alias or a tag."""
    anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
    if is_alias:
        what, span = f"`*{anchor}` refers to an anchor", places.of(event)
    elif anchor is not None:
        what, span = f"`&{anchor}` is a YAML anchor", places.beginning(event, len(anchor) + 1)
    elif tag is not None:
        short = tag.replace(_CORE_TAGS, "!!")
        what, span = f"`{short}` is a YAML tag", places.beginning(event, len(short))
    else:
        return None
    message = f"{what}, which a journal does not allow."
    return Problem("forbidden-yaml", message, _in_quotes(event, places), span)


def _in_quotes(event: Any, places: Places) -> str:
    """How a value is written that means something to YAML."""
    mark = event.start_mark
    line = places.line(mark)
    head, value = line[: mark.column].strip(), line[mark.column :].strip()
    if not value or head[-1:] not in (":", "-"):
        from site_builder.source.line_slips import odd_items

        slip = odd_items(line)
        return slip.help if slip else "Put the value in quotes."
    name, tag = head.removesuffix(":").removeprefix("- "), getattr(event, "tag", None)
    is_text = tag is None or not tag.startswith(_CORE_TAGS)
    return f"Write `{head} {untagged(name, value, is_text)}`."


def comment_cut(event: Any, places: Places) -> Problem | None:
    """The problem of a plain value that silently loses its end to a comment: an error where it
    loses all."""
    if event.style:
        return None
    text, end = places.text, event.end_mark
    rest = text[end.index : text.find("\n", end.index) % (len(text) + 1)]
    cut = re.match(r"\s+(#\S.*)", rest) if rest else None
    if cut is None:
        return None
    value = event.value
    head = places.line(event.start_mark)[: event.start_mark.column].strip()
    whole = quoted(f"{value} {cut[1]}".strip())
    if not value:
        whole = unmarked(head.removesuffix(":"), cut[1])
    ends = "the value ends before it" if value else "there is no value"
    return Problem(
        "comment-in-value",
        f"`{cut[1]}` is a comment to YAML, so {ends}.",
        f"Write `{head} {whole}`. For a comment, put a space after `#`.",
        places.within(end, end.column + cut.start(1), len(cut[1])),
        Severity.WARNING if value else Severity.ERROR,
    )
