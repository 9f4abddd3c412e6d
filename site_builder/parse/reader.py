"""Reading YAML nodes as typed values, with every mistake reported at its place."""

from __future__ import annotations

import re
import unicodedata
from collections import abc
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache, partial
from typing import TypeVar

from site_builder.journal import values
from site_builder.journal.money import Money
from site_builder.journal.values import MAX_VALUE, Bad
from site_builder.problems import field_names, wording
from site_builder.problems.characters import ODD, named, plain
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.problems.suggest import did_you_mean, listed, nearest
from site_builder.source.flat import in_a_list, in_one_line, unquoted_link
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Report, Scalar, only_item

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
_NOT_ID = late("[^a-z0-9]+")
_APOSTROPHES = late("['’`]")
MAX_GUESSES = 200
_MOST_LISTED = 40
Words = abc.Mapping[str, str]
NO_WORDS: Words = {}


def is_id(text: str) -> bool:
    """Whether a text can be an id: lower-case letters, digits, single hyphens."""
    return len(text) <= MAX_ID and ID.fullmatch(text) is not None


@lru_cache(maxsize=2_000)  # the same names and words are compared over and over
def slug(text: str) -> str:
    """A text in the letters of an id: ``Müller & Sons`` is ``muller-and-sons``.

    Nothing where no letter of the Latin alphabet and no digit is left.
    """
    folded = _APOSTROPHES.sub("", text.lower().translate(_FOLDED))
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return _NOT_ID.sub("-", plain).strip("-")[:MAX_ID].strip("-")


def seen(text: str) -> str:
    """A text as everybody sees it: without what is invisible, in plain blanks."""
    return text if text.isascii() else plain(text).strip()


def _seen_too(read: Callable[[str], T | Bad]) -> Callable[[str], T | Bad]:
    """The same function, whose help is what everybody sees where that is good."""

    def value(text: str) -> T | Bad:
        found = read(text)
        if isinstance(found, Bad) and (bare := seen(text)) != text:
            return found if isinstance(read(bare), Bad) else Bad(found.message, f"Write `{bare}`.")
        return found

    return value


def _as_one(item: Listing | Mapping) -> str:
    """The single value that an item of a list stands for: often a link without its quotes."""
    if (link := unquoted_link(item)) is not None:
        return f'"[[{link}]]"'
    only = only_item(item)
    if isinstance(only, Scalar) and "|" in only.text:
        return only.text.partition("|")[0].strip()
    return in_one_line(item)


def _as_all(item: Listing) -> str:
    """The whole list that a list in brackets too many stands for."""
    while isinstance(only := only_item(item), Listing):
        item = only
    if isinstance(only, Scalar) and "|" in only.text:
        return f"[{_as_one(item)}]"
    return in_a_list(item)


def _holds_mapping(node: Node) -> bool:
    if isinstance(node, Listing):
        return any(map(_holds_mapping, node.items[:20]))
    return isinstance(node, Mapping)


class Reader:
    """Types nodes and reports what does not fit. One reader reads one file."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.guesses = 0
        self.in_block = False
        self.errors = 0

    def problem(
        self, code: str, message: str, help: str, span: Span, severity: Severity = Severity.ERROR
    ) -> None:
        self.errors += severity is Severity.ERROR
        # What nobody sees is named, for without that the message shows the right thing.
        odd = None if message.isascii() else ODD.search(message)
        if odd is not None and named(odd[0]) not in message:
            message = f"{message.removesuffix('.')}; there is {named(odd[0])}, in it."
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
        read = _seen_too(lambda text: values.money(text, currency))
        money = self.good(read(scalar.text), scalar.span)
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

    def clear_percent(self, scalar: Scalar, percent: Decimal, is_probability: bool) -> None:
        """Warn of a percentage that may be meant a hundred times as large or small. Of what is
        no probability, half a percent is usual."""
        help = values.either_percent(scalar.text, percent)
        if help and (is_probability or percent == 1):
            amount = "100%" if percent == 1 else "less than 1%"
            self.problem(
                "ambiguous-percent",
                f"`{scalar.text}` is {amount}, and may be meant otherwise.",
                help,
                scalar.span,
                Severity.WARNING,
            )

    def guess(self, word: str, known: Iterable[str], what: str = "") -> str:
        """A help sentence that names what was probably meant, or the choice where it is small;
        nothing if there is none, or in a file in which guessing has taken long enough."""
        self.guesses += 1
        return did_you_mean(word, known, what) if self.guesses <= MAX_GUESSES else ""

    def near(self, word: str, known: Iterable[str]) -> str:
        """What was probably meant; nothing where there is none, or in a file in which guessing
        has taken long enough."""
        self.guesses += 1
        return (nearest(word, known) or "") if self.guesses <= MAX_GUESSES else ""

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
        help = f"Write one value behind `{name}:`."
        if (link := unquoted_link(node)) is not None:
            id = link.partition("|")[0].strip()
            help = f'Write `{id}`, or in quotes `"[[{link}]]"`.'
        elif isinstance(node, Listing) and _holds_mapping(node):
            help = f"Leave out the square brackets behind `{name}:`."
        elif flat := in_one_line(node):
            help = f"Write one value behind `{name}:`, as `{flat}`."
        self.invalid(f"`{name}` is {what}, but takes a single value.", help, node.span)

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
        return None if scalar is None else self.typed_text(name, scalar, read)

    def typed_text(self, name: str, scalar: Scalar, read: Callable[[str], T | Bad]) -> T | None:
        """The value of a text, unless it is too long to be read, which is reported."""
        if len(scalar.text) <= MAX_VALUE:
            return self.good(_seen_too(read)(scalar.text), scalar.span)
        self.invalid(
            f"`{name}` has more than {MAX_VALUE:,} characters.",
            "Write it shorter, and what else there is in a note.",
            scalar.span,
        )
        return None

    def items(self, name: str, node: Node) -> Iterator[Scalar]:
        """The values of a list; anything else is reported."""
        if isinstance(node, Scalar) and not node.text.strip():
            return
        if not isinstance(node, Listing):
            self._no_list(name, node)
            return
        is_alone = len(node.items) == 1
        self.in_block = node.is_block
        for item in node.items:
            if isinstance(item, Scalar):
                scalar = self.scalar(name, item)
                if scalar is not None:
                    yield scalar
            else:
                self._no_item(name, item, is_alone)

    def meant(self, name: str, text: str) -> Iterable[str]:
        """The values of a list that a text is meant to be."""
        if name == "social" and not isinstance(values.url(url := wording.url(text)), Bad):
            return (url,)
        if name == "social" and text[:1] == "@":
            return (f"https://…/{text[1:]}",)
        return (text,)

    def _no_list(self, name: str, node: Scalar | Mapping) -> None:
        message = f"`{name}` takes a list."
        if isinstance(node, Scalar) and (bare := seen(node.text)) != node.text:
            odd = ODD.search(node.text)
            message = f"{message[:-1]}; there is {named(odd[0])}, in it." if odd else message
            node = node._replace(text=bare)
        made = in_a_list(node, name == "contacts", partial(self.meant, name))
        made = made or "[one, another]"
        is_glued = isinstance(node, Scalar) and re.match(r"-\S", node.text)
        blank = "Put a blank behind each `-`, or write" if is_glued else "Write"
        self.invalid(message, f"{blank} `{name}: {made}`.", node.span)

    def _no_item(self, name: str, item: Listing | Mapping, is_alone: bool) -> None:
        what = "a list" if isinstance(item, Listing) else "a mapping"
        if is_alone and isinstance(item, Listing) and (made := _as_all(item)):
            help = f"Write `{name}: {made}`."
        elif flat := _as_one(item):
            help = f"Write the values side by side, this one as `{flat}`."
        else:
            help = f"Write the values side by side: `{name}: [one, another]`."
        self.invalid(
            f"`{name}` is a list of single values, and this one is {what}.", help, item.span
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

    def unknown_field(
        self,
        name: str,
        where: str,
        names: Iterable[str],
        span: Span,
        given: Collection[str] = (),
        otherwise: str = "",
    ) -> str:
        """Report a field that is none; which was meant, if it is not ``given`` already.
        ``otherwise`` is the help where it is like none."""
        if not name.strip():
            self.problem(
                "unknown-field",
                "This field has no name.",
                "Put one before the colon: `name: value`.",
                span,
            )
            return ""
        known = list(names)
        if name[:2] != "x-" and (own := slug(name))[:2] == "x-":
            help = f"Write `{own}: …`: fields of your own begin with `x-`."
            self.problem("unknown-field", f"`{name}` is not a field of {where}.", help, span)
            return ""
        meant = field_names.other_word(name, known, given) or self.near(name, known)
        keep = field_names.kept(name, slug(name))
        if not meant:
            help = otherwise or f"{field_names.choice(known)} Write {keep}."
        elif meant in given:
            help = f"`{meant}` is there too: keep one of the two lines, or write {keep}."
        else:
            help = f"Did you mean `{meant}`?"
        self.problem("unknown-field", f"`{name}` is not a field of {where}.", help, span)
        return "" if meant in given else meant

    def id(self, node: Scalar, what: str) -> bool:
        """Whether a text can be the id of something; reported where it can't."""
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
        self,
        node: Scalar,
        options: Iterable[str],
        what: str,
        code: str = "invalid-value",
        words: Words = NO_WORDS,
    ) -> str | None:
        """The text if it is one of the options; otherwise None, reported. ``words`` are options
        in other programs' words."""
        if node.text in (known := list(options)):
            return node.text
        if (meant := words.get(node.text.lower())) is not None:
            help = f"Did you mean `{meant}`?"
        else:
            help = self.guess(node.text, known) or (
                f"Use one of: {listed(known[:_MOST_LISTED])}."
                if known
                else "There is none to name."
            )
        self.problem(code, f"`{node.text}` is not {what}.", help, node.span)
        return None
