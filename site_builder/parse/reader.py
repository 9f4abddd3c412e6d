"""Reading YAML nodes as texts and values, with every mistake reported at its place."""

from __future__ import annotations

from collections import abc
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar, final

from site_builder.journal import values
from site_builder.journal.values import MAX_VALUE, Bad
from site_builder.parse.ids import is_id, slug
from site_builder.problems import wording
from site_builder.problems.characters import named, seen, strange_in
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.problems.suggest import did_you_mean, listed, nearest, within
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Report, Scalar

T = TypeVar("T")
MAX_GUESSES = 200
_MOST_LISTED = 40
Words = abc.Mapping[str, str]
Meant = Callable[[str, str], Iterable[str]]
"""The values of a list that a text is meant to be, by the list's name and the text."""
NO_WORDS: Words = {}


def as_seen(read: Callable[[str], T | Bad]) -> Callable[[str], T | Bad]:
    """The same function, whose help is what everybody sees where that is good."""

    def value(text: str) -> T | Bad:
        found = read(text)
        if isinstance(found, Bad) and (bare := seen(text)) != text:
            return found if isinstance(read(bare), Bad) else Bad(found.message, f"Write `{bare}`.")
        return found

    return value


def one_or_address(name: str, text: str) -> Iterable[str]:
    """The values of a list that a text is meant to be, in most lists."""
    if name == "social" and not isinstance(values.url(url := wording.url(text)), Bad):
        return (url,)
    if name == "social" and text[:1] == "@":
        return (f"https://…/{text[1:]}",)
    return (text,)


@final
class Reader:
    """Reads the nodes of one file, and reports what does not fit. ``errors`` and ``guesses``
    count what it reported and how often it looked for what was meant; ``doubtful`` are the names
    in mappings behind which something unknown stands, which may belong to them. ``in_block`` tells
    whether each value of the list that is read has a line of its own."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.guesses = 0
        self.in_block = False
        self.errors = 0
        self.doubtful: set[str] = set()

    # --- problems ---------------------------------------------------------------------

    def problem(
        self, code: str, message: str, help: str, span: Span, severity: Severity = Severity.ERROR
    ) -> None:
        self.errors += severity is Severity.ERROR
        # What nobody sees is named, for without that the message shows the right thing.
        odd = strange_in(message)
        if odd and named(odd) not in message:
            message = f"{message.removesuffix('.')}; there is {named(odd)}, in it."
        self.report(Problem(code, message, help, span, severity))

    def invalid(self, message: str, help: str, span: Span) -> None:
        self.problem("invalid-value", message, help, span)

    def good(self, value: T | Bad, span: Span) -> T | None:
        """The value, or None with its problem reported."""
        if isinstance(value, Bad):
            self.invalid(value.message, value.help, span)
            return None
        return value

    @property
    def has_guessed(self) -> bool:
        """Whether guessing has taken long enough in this file."""
        return self.guesses > MAX_GUESSES

    def guess(self, word: str, known: Iterable[str], what: str = "") -> str:
        """A help sentence that names what was probably meant, or the choice where it is small;
        nothing if there is none, or in a file in which guessing has taken long enough."""
        self.guesses += 1
        return "" if self.has_guessed else did_you_mean(word, known, what)

    def near(self, word: str, known: Iterable[str]) -> str:
        """What was probably meant; nothing where there is none, or in a file in which guessing
        has taken long enough."""
        self.guesses += 1
        return "" if self.has_guessed else nearest(word, known) or ""

    def slip_of(self, word: str, known: Iterable[str]) -> str:
        """The known word that this is within two letters of; nothing if there is none, or in
        a file in which guessing has taken long enough."""
        self.guesses += 1
        if self.has_guessed:
            return ""
        return next((name for name in known if within(word.lower(), name, 2)), "")

    # --- single values ----------------------------------------------------------------

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
        from site_builder.parse.list_slips import instead_of_many

        what = "a list" if isinstance(node, Listing) else "a mapping"
        message = f"`{name}` is {what}, but takes a single value."
        self.invalid(message, instead_of_many(name, node), node.span)

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
            return self.good(as_seen(read)(scalar.text), scalar.span)
        self.invalid(
            f"`{name}` has more than {MAX_VALUE:,} characters.",
            "Write it shorter, and what else there is in a note.",
            scalar.span,
        )
        return None

    def id(self, node: Scalar, what: str) -> bool:
        """Whether a text can be the id of something; reported where it can't."""
        if is_id(node.text):
            return True
        better, article = slug(node.text), "an" if what[0] in "aeio" else "a"
        self.problem(
            "invalid-id",
            f"`{node.text}` can't be the id of {article} {what}.",
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

    # --- lists ------------------------------------------------------------------------

    def items(self, name: str, node: Node, meant: Meant = one_or_address) -> Iterator[Scalar]:
        """The values of a list; anything else is reported, with the list that is ``meant``."""
        if isinstance(node, Scalar) and not node.text.strip():
            return
        if not isinstance(node, Listing):
            from site_builder.parse.list_slips import instead_of_one

            message, help = instead_of_one(name, node, lambda text: meant(name, text))
            self.invalid(message, help, node.span)
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

    def _no_item(self, name: str, item: Listing | Mapping, is_alone: bool) -> None:
        from site_builder.parse.list_slips import instead_of_inner

        what = "a list" if isinstance(item, Listing) else "a mapping"
        message = f"`{name}` is a list of single values, and this one is {what}."
        self.invalid(message, instead_of_inner(name, item, is_alone), item.span)

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
