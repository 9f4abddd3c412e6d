"""Where a value comes from, as a map writes it: columns, templates, tables, conditions."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from site_builder.exchange.csv import dates
from site_builder.exchange.map.mapping import Condition, Lookup, Name, Origin
from site_builder.exchange.map.templates import read_template
from site_builder.journal import values
from site_builder.parse.mappings import MappingReader
from site_builder.problems.problem import Span
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Scalar

Entries = dict[str, Entry]

_ORIGIN = (
    "column", "template", "fixed", "values", "lookup", "empty", "otherwise", "when", "split",
    "dates", "currency", "divide-by", "source", "match", "role",
)  # fmt: skip
_COLUMN_HELP = "Write one column, or `{column: [FIRST, SECOND]}` for the first that is filled."
_DATES_HELP = (
    "Write year, month and day as they stand: `DD/MM/YYYY`, `MM/DD/YY`, "
    '`"D Mon, YYYY"`, or `excel`.'
)


class OriginReader(MappingReader):
    """Reads the parts of a map that are not about deals or contacts."""

    # --- where a value comes from -----------------------------------------------------

    def _origin(self, name: str, e: Entries) -> Origin | None:
        return self._read_origin(name, e[name].value) if name in e else None

    def _read_origin(self, name: str, node: Node) -> Origin | None:
        if isinstance(node, Scalar):
            scalar = self.scalar(name, node)
            if scalar is None:
                self.invalid(
                    f"`{name}` names no column.",
                    "Write the column's name, or remove the line.",
                    node.span,
                )
                return None
            return Origin(scalar.span, columns=(self._name(scalar),))
        if isinstance(node, Listing):
            if name != "key":
                self.invalid(f"`{name}` is a list.", _COLUMN_HELP, node.span)
                return None
            return self._template_of(node)
        e = self.known(f"`{name}`", node, _ORIGIN)
        if sum(key in e for key in ("column", "template", "fixed")) != 1:
            self.problem(
                "missing-field",
                f"`{name}` does not say where its value comes from.",
                "Give it one of `column`, `template` and `fixed`.",
                node.span,
            )
            return None
        return self._with_rest(self._where_from(node.span, e), e)

    def _where_from(self, span: Span, e: Entries) -> Origin:
        if "fixed" in e:
            return Origin(span, fixed=self.text("fixed", e["fixed"].value))
        entry = e["column"] if "column" in e else e["template"]
        texts = self._one_or_more("column", entry.value)
        if not texts:
            self.invalid(
                f"`{entry.key.text}` is empty.", "Write the column's name.", entry.key.span
            )
        if "column" in e:
            return Origin(span, columns=tuple(self._name(s) for s in texts))
        templates = (read_template(s, self.report) for s in texts)
        return Origin(span, templates=tuple(t for t in templates if t is not None))

    def _several(self, name: str, node: Node) -> tuple[Origin, ...]:
        """What a list of places says, or a single one."""
        nodes = node.items if isinstance(node, Listing) else (node,)
        return tuple(o for o in (self._read_origin(name, each) for each in nodes) if o is not None)

    def _with_rest(self, origin: Origin, e: Entries) -> Origin:
        currency = e["currency"].value if "currency" in e else None
        return replace(
            origin,
            values=self._table("values", e),
            lookup=self._lookup(e),
            empty=self._plain("empty", e),
            otherwise=self._plain("otherwise", e) if "otherwise" in e else None,
            when=self._when(e),
            split=e["split"].value.text
            if "split" in e and isinstance(e["split"].value, Scalar)
            else "",
            dates=self._dates(e),
            currency="" if isinstance(currency, Mapping) else self._currency(e),
            currency_column=self._currency_column(currency),
            divide=self._divide(e),
            source=self._id("source", e),
            match=self._plain("match", e),
            role=self._plain("role", e),
        )

    def _template_of(self, node: Listing) -> Origin:
        names = [s for s in (self.scalar("key", each) for each in node.items) if s is not None]
        text = "/".join(f"{{{s.text}}}" for s in names)
        template = read_template(Scalar(text, node.span), self.report)
        return Origin(node.span, templates=(template,) if template else ())

    def _lookup(self, e: Entries) -> Lookup | None:
        if "lookup" not in e:
            return None
        node = e["lookup"].value
        if not isinstance(node, Mapping):
            self.invalid(
                "`lookup` takes a file and two of its columns.",
                "Write `{file: users.csv, key: Id, value: Name}`.",
                node.span,
            )
            return None
        t = self.known("`lookup`", node, ("file", "key", "value"))
        if len(t) < 3:
            self.problem(
                "missing-field",
                "`lookup` needs `file`, `key` and `value`.",
                "Write `{file: users.csv, key: Id, value: Name}`.",
                node.span,
            )
            return None
        file = self._plain("file", t)
        if re.search(r"[/\\\0]", file) or file.startswith("."):
            self.invalid(
                f"`{file}` is not the name of a file beside the CSV.",
                "Write its name without a folder.",
                t["file"].value.span,
            )
        return Lookup(file, self._plain("key", t), self._plain("value", t), node.span)

    def _when(self, e: Entries) -> tuple[Condition, ...]:
        entries = self.entries("when", e["when"].value if "when" in e else None)
        return tuple(self._condition(entry) for entry in entries)

    def _condition(self, entry: Entry) -> Condition:
        name, node = self._name(entry.key), entry.value
        if isinstance(node, Listing):
            return Condition(name, frozenset(self.texts("when", node)))
        if isinstance(node, Scalar):
            return Condition(name, frozenset({node.text}))
        c = self.known(f"the condition on `{name.text}`", node, ("is", "not", "filled"))
        filled = self.typed("filled", c["filled"].value, values.yes_no) if "filled" in c else None
        return Condition(
            name, self._set("is", c) if "is" in c else None, self._set("not", c), filled
        )

    def _set(self, name: str, e: Entries) -> frozenset[str]:
        node = e[name].value if name in e else None
        if isinstance(node, Scalar):
            return frozenset({node.text})
        return frozenset(self.texts(name, node)) if node is not None else frozenset()

    # --- single settings --------------------------------------------------------------

    def _one_or_more(self, name: str, node: Node) -> list[Scalar]:
        """The texts of a list, or a single one."""
        if isinstance(node, Listing):
            return list(self.items(name, node))
        scalar = self.scalar(name, node)
        return [scalar] if scalar is not None else []

    @staticmethod
    def _name(scalar: Scalar) -> Name:
        return Name(" ".join(scalar.text.split()), scalar.span)

    def _plain(self, name: str, e: Entries) -> str:
        scalar = self.scalar(name, e[name].value) if name in e else None
        return scalar.text if scalar is not None else ""

    def _id(self, name: str, e: Entries) -> str:
        scalar = self.scalar(name, e[name].value) if name in e else None
        return scalar.text if scalar is not None and self.id(scalar, name) else ""

    def _one_of(self, name: str, e: Entries, options: tuple[str, ...], what: str) -> str:
        scalar = self.scalar(name, e[name].value) if name in e else None
        return (scalar and self.one_of(scalar, options, what)) or ""

    def _currency(self, e: Entries) -> str:
        scalar = self.scalar("currency", e["currency"].value) if "currency" in e else None
        if scalar is None or scalar.text in values.CURRENCIES:
            return scalar.text if scalar is not None else ""
        self.invalid(
            f"`{scalar.text}` is not a currency code.",
            values.did_you_mean_code(scalar.text)
            or "Use an ISO 4217 code such as `EUR`, or `currency: {column: COLUMN}` for a field.",
            scalar.span,
        )
        return ""

    def _currency_column(self, node: Node | None) -> Name | None:
        if not isinstance(node, Mapping):
            return None
        c = self.known("`currency`", node, ("column",))
        scalar = self.scalar("column", c["column"].value) if "column" in c else None
        if scalar is None:
            self.invalid(
                "`currency` names no column.", "Write `{column: COLUMN}` or a code.", node.span
            )
        return self._name(scalar) if scalar is not None else None

    def _divide(self, e: Entries) -> Decimal | None:
        number = (
            self.typed("divide-by", e["divide-by"].value, values.number)
            if "divide-by" in e
            else None
        )
        if number is not None and number <= 0:
            self.invalid(
                "`divide-by` must be more than 0.",
                "Write `1000000` for millionths.",
                e["divide-by"].value.span,
            )
            return None
        return number

    def _dates(self, e: Entries) -> tuple[str, ...]:
        if "dates" not in e:
            return ()
        found = self._one_or_more("dates", e["dates"].value)
        for scalar in found:
            if not dates.is_format(scalar.text):
                self.invalid(
                    f"`{scalar.text}` is not a date format.",
                    _DATES_HELP,
                    scalar.span,
                )
        return tuple(scalar.text for scalar in found)

    def _table(self, name: str, e: Entries) -> dict[str, str]:
        """A mapping of texts to texts; an empty meaning stays empty."""
        found: dict[str, str] = {}
        for entry in self.entries(name, e[name].value if name in e else None):
            scalar = self.scalar(entry.key.text, entry.value)
            found[entry.key.text] = scalar.text if scalar is not None else ""
        return found
