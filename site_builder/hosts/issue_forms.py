"""The forms for those without git: which there are, and what each of them asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from site_builder.journal.kinds import KindRole
from site_builder.journal.schema import Schema

FOLDER = ".github/ISSUE_TEMPLATE"


class Field(NamedTuple):
    """What a form asks for: the name that it has for commands and in the address of the form, and
    what stands over it. ``choices`` are what a journal has for it: None where anything may be
    typed; of an empty one the field is left out."""

    name: str
    label: str
    about: str = ""
    is_required: bool = False
    choices: Callable[[Schema], Sequence[str]] | None = None


class IssueForm(NamedTuple):
    """A form: what is done with it, by the name that deeds have, its file and title, and its
    fields. The label of the first is that of no other form, and the last may have lines."""

    deed: str
    file: str
    title: str
    about: str
    fields: tuple[Field, ...]


def _people(schema: Schema) -> Sequence[str]:
    return tuple(schema.team)


def _pipelines(schema: Schema) -> Sequence[str]:
    return tuple(p.id for p in schema.pipelines) if len(schema.pipelines) > 1 else ()


def _stages(schema: Schema) -> Sequence[str]:
    return tuple(dict.fromkeys(stage.id for p in schema.pipelines for stage in p.present))


def _reasons(schema: Schema) -> Sequence[str]:
    return tuple(schema.reasons_of_loss)


def _kinds(schema: Schema) -> Sequence[str]:
    told = (KindRole.EXCHANGE, KindRole.MARK)
    return tuple(id for id, kind in schema.kinds.items() if kind.role in told)


def _askers(_schema: Schema) -> Sequence[str]:
    return ("customer", "us")


def _ways(_schema: Schema) -> Sequence[str]:
    return ("with", "to", "from")


_BY = Field("by", "Who did it", choices=_people)
_DATE = Field("date", "When", "2026-11-30, yesterday, fri; left empty: today")
_DEAL = "Its id, as in the address of its page"
LEAD = IssueForm(
    "new",
    "dealog-new-lead.yml",
    "New lead",
    "Somebody who may become a customer: a new deal",
    (
        Field("title", "Name of the lead", "As in: Acme, two sites", is_required=True),
        Field("owner", "Whose it is", is_required=True, choices=_people),
        Field("pipeline", "Pipeline", is_required=True, choices=_pipelines),
        Field("company", "Company", "The id of a contact that is there"),
        Field("contacts", "Contact", "The id of a contact that is there"),
        Field("value", "Value", "48000, or 48000 USD"),
        Field("day", "Day of the next step", "2026-11-30, tomorrow, fri, +2w"),
        Field("step", "Next step"),
        Field("text", "What is known", "Who they are, what they want, how they came to us"),
    ),
)
NOTE = IssueForm(
    "log",
    "dealog-log-note.yml",
    "Log a note",
    "A call, a meeting, an email: what happened with a deal or contact",
    (
        Field("subject", "Deal or contact", _DEAL, is_required=True),
        Field("kind", "Kind of note", "Left empty: as the text says it", choices=_kinds),
        Field("parties", "With whom", "Ids of contacts, with commas between them"),
        Field("way", "Which way it went", "Left empty: with them", choices=_ways),
        _BY,
        _DATE,
        Field("text", "What happened", "The first line is the headline", is_required=True),
    ),
)
MOVE = IssueForm(
    "move",
    "dealog-move-deal.yml",
    "Move a deal",
    "A deal enters another stage, is won or is lost",
    (
        Field("deal", "Deal to move", _DEAL, is_required=True),
        Field("stage", "To the stage", is_required=True, choices=_stages),
        Field("reason", "Why it was lost", "Only where it is", choices=_reasons),
        Field("override", "Why what is required is passed over", "Only where something lacks"),
        Field("asked-by", "Who wanted it", choices=_askers),
        _BY,
        _DATE,
        Field("text", "Headline", "What the note of it says"),
    ),
)
NEXT = IssueForm(
    "next",
    "dealog-next-step.yml",
    "Plan the next step",
    "What is to be done next for a deal, and when",
    (
        Field("deal", "Deal to plan", _DEAL, is_required=True),
        Field("day", "On which day", "2026-11-30, tomorrow, fri, +2w", is_required=True),
        Field("text", "What is to be done", is_required=True),
    ),
)
FORMS = (LEAD, NOTE, MOVE, NEXT)
"""The forms that there are."""


def is_form() -> str:
    """The condition, for workflows, that an issue is one of these forms."""
    begins = "startsWith(github.event.issue.body, '### {}')"
    return " || ".join(begins.format(form.fields[0].label) for form in FORMS)


def issue_forms(schema: Schema) -> dict[str, bytes]:
    """The forms of a journal as GitHub reads them: path -> content."""
    return {f"{FOLDER}/{form.file}": _written(form, schema).encode() for form in FORMS}


def _written(form: IssueForm, schema: Schema) -> str:
    rows = [
        "# Made from pipeline.yml by `dealog init --ci github`. When its stages or people",
        "# have changed, move this file away and run that again.",
        f"name: {_text(form.title)}",
        f"description: {_text(form.about)}",
        f"title: {_text(form.title)}",
        "body:",
    ]
    for field in form.fields:
        choices = field.choices(schema) if field.choices else None
        options = [each for each in choices or () if each.lower() != "none"]  # which GitHub keeps
        if choices is None or options:
            rows += _field(field, options, is_long=field is form.fields[-1])
    return "\n".join(rows) + "\n"


def _field(field: Field, options: Sequence[str], is_long: bool) -> list[str]:
    type = "dropdown" if options else "textarea" if is_long else "input"
    return [
        f"  - type: {type}",
        f"    id: {field.name}",
        "    attributes:",
        f"      label: {_text(field.label)}",
        *([f"      description: {_text(field.about)}"] if field.about else []),
        *(["      options:"] if options else []),
        *(f"        - {_text(each)}" for each in options),
        *(["    validations:", "      required: true"] if field.is_required else []),
    ]


def _text(text: str) -> str:
    """A text as YAML, which reads JSON."""
    return json.dumps(text, ensure_ascii=False)
