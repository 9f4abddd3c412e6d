"""Where a value comes from, as a map writes it: columns, templates, tables, conditions."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from site_builder.exchange.csv import dates
from site_builder.exchange.map.mapping import Condition, Lookup, Name, Origin
from site_builder.exchange.map.templates import read_template
from site_builder.journal import money_values, values
from site_builder.parse import mappings
from site_builder.parse.mappings import Entries, entries_of, node_of, scalar_of, typed_of
from site_builder.parse.reader import Reader
from site_builder.problems.problem import Span
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Scalar

_ORIGIN = (
    "column", "template", "fixed", "values", "lookup", "empty", "otherwise", "when", "split",
    "dates", "currency", "divide-by", "source", "match", "role",
)  # fmt: skip
_COLUMN_HELP = "Write one column, or `{column: [FIRST, SECOND]}` for the first that is filled."
_DATES_HELP = (
    "Write year, month and day as they stand: `DD/MM/YYYY`, `MM/DD/YY`, "
    '`"D Mon, YYYY"`, or `excel`.'
)


# --- where a value comes from -----------------------------------------------------


def read_origin(reader: Reader, name: str, e: Entries) -> Origin | None:
    """Where a value comes from; None where it is not said or, reported, not well."""
    return origin_of(reader, name, e[name].value) if name in e else None


def origin_of(reader: Reader, name: str, node: Node) -> Origin | None:
    """What a node says of where a value comes from; None, reported, where that is wrong."""
    if isinstance(node, Scalar):
        scalar = reader.scalar(name, node)
        if scalar is None:
            reader.invalid(
                f"`{name}` names no column.",
                "Write the column's name, or remove the line.",
                node.span,
            )
            return None
        return Origin(scalar.span, columns=(name_of(scalar),))
    if isinstance(node, Listing):
        if name != "key":
            reader.invalid(f"`{name}` is a list.", _COLUMN_HELP, node.span)
            return None
        return _template_of(reader, node)
    e = mappings.known(reader, f"`{name}`", node, _ORIGIN)
    if sum(key in e for key in ("column", "template", "fixed")) != 1:
        reader.problem(
            "missing-field",
            f"`{name}` does not say where its value comes from.",
            "Give it one of `column`, `template` and `fixed`.",
            node.span,
        )
        return None
    return _with_rest(reader, _where_from(reader, node.span, e), e)


def _where_from(reader: Reader, span: Span, e: Entries) -> Origin:
    if "fixed" in e:
        return Origin(span, fixed=reader.text("fixed", e["fixed"].value))
    name = "column" if "column" in e else "template"
    texts = _one_or_more(reader, name, e[name].value)
    if not texts:
        reader.invalid(f"`{name}` is empty.", "Write the column's name.", e[name].key.span)
    if name == "column":
        return Origin(span, columns=tuple(name_of(s) for s in texts))
    templates = (read_template(s, reader.report) for s in texts)
    return Origin(span, templates=tuple(t for t in templates if t is not None))


def origins_of(reader: Reader, name: str, node: Node) -> tuple[Origin, ...]:
    """What a list of places says, or a single one."""
    nodes = node.items if isinstance(node, Listing) else (node,)
    return tuple(o for o in (origin_of(reader, name, each) for each in nodes) if o is not None)


def _with_rest(reader: Reader, origin: Origin, e: Entries) -> Origin:
    currency = node_of("currency", e)
    return replace(
        origin,
        values=read_table(reader, "values", e),
        lookup=_lookup(reader, e),
        empty=plain(reader, "empty", e),
        otherwise=plain(reader, "otherwise", e) if "otherwise" in e else None,
        when=read_when(reader, e),
        split=e["split"].value.text
        if "split" in e and isinstance(e["split"].value, Scalar)
        else "",
        dates=read_dates(reader, e),
        currency="" if isinstance(currency, Mapping) else read_currency(reader, e),
        currency_column=_currency_column(reader, currency),
        divide=_divide(reader, e),
        source=read_id(reader, "source", e),
        match=plain(reader, "match", e),
        role=plain(reader, "role", e),
    )


def _template_of(reader: Reader, node: Listing) -> Origin:
    names = [s for s in (reader.scalar("key", each) for each in node.items) if s is not None]
    text = "/".join(f"{{{s.text}}}" for s in names)
    template = read_template(Scalar(text, node.span), reader.report)
    return Origin(node.span, templates=(template,) if template else ())


def _lookup(reader: Reader, e: Entries) -> Lookup | None:
    if "lookup" not in e:
        return None
    node = e["lookup"].value
    if not isinstance(node, Mapping):
        reader.invalid(
            "`lookup` takes a file and two of its columns.",
            "Write `{file: users.csv, key: Id, value: Name}`.",
            node.span,
        )
        return None
    t = mappings.known(reader, "`lookup`", node, ("file", "key", "value"))
    if len(t) < 3:
        reader.problem(
            "missing-field",
            "`lookup` needs `file`, `key` and `value`.",
            "Write `{file: users.csv, key: Id, value: Name}`.",
            node.span,
        )
        return None
    file = plain(reader, "file", t)
    if re.search(r"[/\\\0]", file) or file.startswith("."):
        reader.invalid(
            f"`{file}` is not the name of a file beside the CSV.",
            "Write its name without a folder.",
            t["file"].value.span,
        )
    return Lookup(file, plain(reader, "key", t), plain(reader, "value", t), node.span)


def read_when(reader: Reader, e: Entries) -> tuple[Condition, ...]:
    """The conditions that all have to hold."""
    return tuple(_condition(reader, entry) for entry in entries_of(reader, "when", e))


def _condition(reader: Reader, entry: Entry) -> Condition:
    name, node = name_of(entry.key), entry.value
    if isinstance(node, Listing):
        return Condition(name, frozenset(reader.texts("when", node)))
    if isinstance(node, Scalar):
        return Condition(name, frozenset({node.text}))
    c = mappings.known(reader, f"the condition on `{name.text}`", node, ("is", "not", "filled"))
    filled = typed_of(reader, "filled", c, values.yes_no)
    return Condition(
        name, _set(reader, "is", c) if "is" in c else None, _set(reader, "not", c), filled
    )


def _set(reader: Reader, name: str, e: Entries) -> frozenset[str]:
    node = node_of(name, e)
    if isinstance(node, Scalar):
        return frozenset({node.text})
    return frozenset(reader.texts(name, node)) if node is not None else frozenset()


# --- single settings --------------------------------------------------------------


def _one_or_more(reader: Reader, name: str, node: Node) -> list[Scalar]:
    """The texts of a list, or a single one."""
    if isinstance(node, Listing):
        return list(reader.items(name, node))
    scalar = reader.scalar(name, node)
    return [scalar] if scalar is not None else []


def name_of(scalar: Scalar) -> Name:
    """The name of a column, blanks apart."""
    return Name(" ".join(scalar.text.split()), scalar.span)


def plain(reader: Reader, name: str, e: Entries) -> str:
    """The text of a setting, if it is there."""
    scalar = scalar_of(reader, name, e)
    return scalar.text if scalar is not None else ""


def read_id(reader: Reader, name: str, e: Entries) -> str:
    """The id that a setting says, if it is there."""
    scalar = scalar_of(reader, name, e)
    return scalar.text if scalar is not None and reader.id(scalar, name) else ""


def one_of(reader: Reader, name: str, e: Entries, options: tuple[str, ...], what: str) -> str:
    """One of the options, if the setting is there."""
    scalar = scalar_of(reader, name, e)
    return (scalar and reader.one_of(scalar, options, what)) or ""


def read_currency(reader: Reader, e: Entries) -> str:
    """The currency code of a map or a field, if there is one."""
    scalar = scalar_of(reader, "currency", e)
    if scalar is None or scalar.text in money_values.CURRENCIES:
        return scalar.text if scalar is not None else ""
    reader.invalid(
        f"`{scalar.text}` is not a currency code.",
        money_values.did_you_mean_code(scalar.text)
        or "Use an ISO 4217 code such as `EUR`, or `currency: {column: COLUMN}` for a field.",
        scalar.span,
    )
    return ""


def _currency_column(reader: Reader, node: Node | None) -> Name | None:
    if not isinstance(node, Mapping):
        return None
    c = mappings.known(reader, "`currency`", node, ("column",))
    scalar = scalar_of(reader, "column", c)
    if scalar is None:
        reader.invalid(
            "`currency` names no column.", "Write `{column: COLUMN}` or a code.", node.span
        )
    return name_of(scalar) if scalar is not None else None


def _divide(reader: Reader, e: Entries) -> Decimal | None:
    number = typed_of(reader, "divide-by", e, values.number)
    if number is not None and number <= 0:
        reader.invalid(
            "`divide-by` must be more than 0.",
            "Write `1000000` for millionths.",
            e["divide-by"].value.span,
        )
        return None
    return number


def read_dates(reader: Reader, e: Entries) -> tuple[str, ...]:
    """The formats of dates, in the order in which they are tried."""
    if "dates" not in e:
        return ()
    found = _one_or_more(reader, "dates", e["dates"].value)
    for scalar in found:
        if not dates.is_format(scalar.text):
            reader.invalid(
                f"`{scalar.text}` is not a date format.",
                _DATES_HELP,
                scalar.span,
            )
    return tuple(scalar.text for scalar in found)


def read_table(reader: Reader, name: str, e: Entries) -> dict[str, str]:
    """A mapping of texts to texts; an empty meaning stays empty."""
    found: dict[str, str] = {}
    for entry in entries_of(reader, name, e):
        scalar = reader.scalar(entry.key.text, entry.value)
        found[entry.key.text] = scalar.text if scalar is not None else ""
    return found
