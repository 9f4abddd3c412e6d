"""Reading YAML nodes as typed values, with every mistake reported at its place."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from site_builder import values
from site_builder.diagnostics import Problem, Severity, Span
from site_builder.model import Money
from site_builder.suggest import did_you_mean, listed
from site_builder.values import Bad
from site_builder.yaml_nodes import Entry, Listing, Mapping, Node, Report, Scalar

T = TypeVar("T")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 100
_FOLDED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "ı": "i",
        "&": " and ",
    }
)
_NOT_ID = re.compile("[^a-z0-9]+")
_APOSTROPHES = re.compile("['’`]")
MAX_GUESSES = 200
_MOST_LISTED = 40


def is_id(text: str) -> bool:
    """Whether a text can be an id: lower-case letters, digits, single hyphens."""
    return len(text) <= MAX_ID and ID.fullmatch(text) is not None


def slug(text: str) -> str:
    """A text in the letters of an id: ``Müller & Sons`` is ``muller-and-sons``.

    Nothing where no letter of the Latin alphabet and no digit is left.
    """
    folded = _APOSTROPHES.sub("", text.lower().translate(_FOLDED))
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return _NOT_ID.sub("-", plain).strip("-")[:MAX_ID].strip("-")


class Reader:
    """Types nodes and reports what does not fit. One reader reads one file."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.guesses = 0

    def problem(
        self, code: str, message: str, help: str, span: Span, severity: Severity = Severity.ERROR
    ) -> None:
        self.report(Problem(code, message, help, span, severity))

    def invalid(self, message: str, help: str, span: Span) -> None:
        self.problem("invalid-value", message, help, span)

    def good(self, value: T | Bad, span: Span) -> T | None:
        """The value, or None with its problem reported."""
        if isinstance(value, Bad):
            self.invalid(value.message, value.help, span)
            return None
        return value

    def money(self, scalar: Scalar, currency: str) -> Money | None:
        """An amount, with a warning where it could be read in two ways."""
        money = self.good(values.money(scalar.text, currency), scalar.span)
        if money is not None:
            self.clear(scalar, money)
        return money

    def clear(self, scalar: Scalar, money: Money) -> None:
        """Warn of an amount such as `25.000`, which many write for 25,000."""
        if help := values.either_way(scalar.text, money):
            self.problem(
                "ambiguous-amount",
                f"`{scalar.text}` is read with a decimal point, and may be meant otherwise.",
                help,
                scalar.span,
                Severity.WARNING,
            )

    def guess(self, word: str, known: Iterable[str], what: str = "") -> str:
        """A help sentence that names what was probably meant, or the choice where it is small;
        nothing if there is none, or in a file in which guessing has taken long enough."""
        self.guesses += 1
        return did_you_mean(word, known, what) if self.guesses <= MAX_GUESSES else ""

    def scalar(self, name: str, node: Node) -> Scalar | None:
        """A single value in one line; None where it is empty, or (reported) anything else."""
        if not isinstance(node, Scalar):
            self._no_single(name, node)
            return None
        if not node.text or node.text.isspace():
            return None
        if "\n" not in node.text:
            return node
        if node.is_block and "\n" not in (text := node.text.strip()):
            return node._replace(text=text)
        self.invalid(f"`{name}` has more than one line.", "Write it in one line.", node.span)
        return None

    def _no_single(self, name: str, node: Listing | Mapping) -> None:
        what = "a list" if isinstance(node, Listing) else "a mapping"
        self.invalid(
            f"`{name}` is {what}, but takes a single value.",
            f"Write one value behind `{name}:`.",
            node.span,
        )

    def text(self, name: str, node: Node) -> str:
        """Text: one line, unless it is a YAML block."""
        if not isinstance(node, Scalar):
            self._no_single(name, node)
            return ""
        text = node.text.strip()
        if "\n" in text and not node.is_block:
            self.invalid(
                f"`{name}` has more than one line.",
                f"Write it in one line, or as a block: `{name}: |`.",
                node.span,
            )
            return ""
        return text

    def typed(self, name: str, node: Node, read: Callable[[str], T | Bad]) -> T | None:
        """A single value by a function of ``values``."""
        scalar = self.scalar(name, node)
        return None if scalar is None else self.good(read(scalar.text), scalar.span)

    def items(self, name: str, node: Node) -> Iterator[Scalar]:
        """The values of a list; anything else is reported."""
        if isinstance(node, Scalar) and not node.text.strip():
            return
        if not isinstance(node, Listing):
            shown = " ".join(node.text.split()) if isinstance(node, Scalar) else "…"
            self.invalid(f"`{name}` takes a list.", f"Write `{name}: [{shown}]`.", node.span)
            return
        for item in node.items:
            if isinstance(item, Scalar):
                scalar = self.scalar(name, item)
                if scalar is not None:
                    yield scalar
            else:
                what = "a list" if isinstance(item, Listing) else "a mapping"
                self.invalid(
                    f"`{name}` is a list of single values, and this one is {what}.",
                    f"Write the values side by side: `{name}: [one, another]`.",
                    item.span,
                )

    def texts(self, name: str, node: Node) -> tuple[str, ...]:
        """The texts of a list in which each stands once."""
        return self.each_once(name, self.items(name, node))

    def each_once(self, name: str, items: Iterable[Scalar]) -> tuple[str, ...]:
        """The texts of the items, each once; a second time is reported."""
        found: dict[str, None] = {}
        for item in items:
            if item.text in found:
                self.invalid(f"`{item.text}` stands twice in `{name}`.", "Remove one.", item.span)
            found[item.text] = None
        return tuple(found)

    def entries(self, name: str, node: Node | None) -> tuple[Entry, ...]:
        """The entries of a mapping; none where it is empty or (reported) no mapping."""
        if node is None or (isinstance(node, Scalar) and not node.text.strip()):
            return ()
        if not isinstance(node, Mapping):
            self.invalid(
                f"`{name}` takes names and values.",
                f"Write `{name}:` and `name: value` lines below it.",
                node.span,
            )
            return ()
        return node.entries

    def known(self, where: str, node: Mapping, names: Iterable[str]) -> dict[str, Entry]:
        """The entries of a mapping by name, having reported unknown ones."""
        found: dict[str, Entry] = {}
        for entry in node.entries:
            name = entry.key.text
            if name in names:
                found[name] = entry
            elif not name.startswith("x-"):
                self.unknown_field(name, where, names, entry.key.span)
        return found

    def unknown_field(self, name: str, where: str, names: Iterable[str], span: Span) -> None:
        if name.strip():
            message = f"`{name}` is not a field of {where}."
            help = self.guess(name, names) or "Remove it, or begin its name with `x-` to keep it."
        else:
            message, help = "This field has no name.", "Put one before the colon: `name: value`."
        self.problem("unknown-field", message, help, span)

    def id(self, node: Scalar, what: str) -> bool:
        if is_id(node.text):
            return True
        better = slug(node.text)
        self.problem(
            "invalid-id",
            f"`{node.text}` can't be the id of a {what}.",
            (f"Write `{better}`: " if better else "")
            + "lower-case letters, digits and single hyphens.",
            node.span,
        )
        return False

    def one_of(
        self, node: Scalar, options: Iterable[str], what: str, code: str = "invalid-value"
    ) -> str | None:
        """The text if it is one of the options; otherwise None, reported."""
        if node.text in (known := list(options)):
            return node.text
        help = self.guess(node.text, known) or (
            f"Use one of: {listed(known[:_MOST_LISTED])}." if known else "There is none; remove it."
        )
        self.problem(code, f"`{node.text}` is not {what}.", help, node.span)
        return None

    def duration(self, name: str, node: Node) -> dt.timedelta | None:
        return self.typed(name, node, values.duration)
