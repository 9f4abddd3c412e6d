"""The JSON Schema of pipeline.yml, by the names that its parser knows.

Ids that the file itself declares are proposed, and no others refused: they may be new in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from site_builder.editors.json_types import DATE, EMAIL, NUMBER, Names, described, whole
from site_builder.editors.shapes import (
    ID,
    SOMETHING,
    Shape,
    by_id,
    has,
    many,
    mapping,
    maybe,
    one_of,
    proposed,
    said_by,
    text,
)
from site_builder.journal.audience import SHOWN_OF_CONTACTS, SHOWN_OF_DEALS
from site_builder.journal.field_types import FIELD_TYPES
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, KINDS, STATUSES, Known
from site_builder.journal.money_values import CURRENCIES
from site_builder.journal.pipeline import StageType
from site_builder.parse.pipeline_yml.audiences import AUDIENCE_FIELDS
from site_builder.parse.pipeline_yml.follow_up import FOLLOW_UP_FIELDS
from site_builder.parse.pipeline_yml.forges import FORGES
from site_builder.parse.pipeline_yml.measures import FRACTIONS, MEASURE_FIELDS, MEASURES
from site_builder.parse.pipeline_yml.own_fields import FIELD_FIELDS
from site_builder.parse.pipeline_yml.pipelines import PIPELINE_FIELDS
from site_builder.parse.pipeline_yml.schema import JOURNAL_FIELDS, JOURNAL_REQUIRED
from site_builder.parse.pipeline_yml.stages import STAGE_FIELDS
from site_builder.parse.pipeline_yml.steps import STEP_FIELDS
from site_builder.parse.pipeline_yml.targets import PERSON_FIELDS
from site_builder.parse.pipeline_yml.views import VIEW_FIELDS

Shapes = dict[str, Shape]
_TEXT = maybe(SOMETHING)
_AN_ID: Shape = text(ID, "An id: lower-case letters, digits and single hyphens")
_IDS = many(_AN_ID, {"type": "number", "minimum": 0})
_PERIOD = "[0-9]{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?"
_RATE: Shape = {**NUMBER, "exclusiveMinimum": 0}
_PROBABILITY_FROM = maybe(
    one_of(
        {
            "best": "Whatever has been right most",
            "stage": "The percentages of the stages",
            "own": "The owners' own estimates",
            "learned": "What the journal's history has taught",
        }
    )
)
_POSITIVE = text(r"(?=.*[1-9])[0-9]{1,15}(?:\.[0-9]{1,9})?", "A number above 0")
_WORDS: Mapping[str, str] = {
    "journal": "What the journal is called",
    "currency": "That of amounts without a code",
    "visibility": "Who may read the site",
    "as-of": "Pins today",
    "time-zone": "Whose day today is, as Europe/Lisbon",
    "fiscal-year-starts": "The month, 1 to 12",
    "rates": "What one unit of other currencies is worth in ours",
    "repository": "The address of the journal's folder, as the browser shows it",
    "forge": "What runs there, where the address does not tell",
    "issue-forms": "Whether pages link to the forms that `dealog init --ci github` writes",
    "team": "Who works here: id: {name, email, roles}",
    "roles": "Who works which stage: id: description",
    "lost-reasons": "Why deals are lost: id: name",
    "targets": "What is to be won: {2026: 400000, 2026-Q4: 120000, maria/2026-Q4: 60000}",
    "rungs": "The ladder of a relationship, the lowest first",
    "levels": "Of companies, the lowest first",
    "kinds": "Kinds of notes beside the built-in ones",
    "follow-up": "How soon to be in touch again",
    "contact-requires": "What a complete contact has",
    "probability-from": "Whose probabilities the forecast uses",
    "pipelines": "How deals run: stages in order, and fields of their own",
    "views": "Queries by names: mine: owner:maria close:this-quarter",
    "audiences": "Who may read which parts",
}


def pipeline_schema(names: Names) -> Shape:
    """The schema of a journal's pipeline.yml."""
    shapes = {**_head(names), **_people(names), **_vocabulary(), "audiences": _audiences(names)}
    shapes["follow-up"] = _follow_up(names)
    shapes["pipelines"] = _pipelines(names)
    shapes["views"] = _views()
    worded = {name: said_by(shapes[name], _WORDS[name]) for name in JOURNAL_FIELDS}
    return whole("pipeline.yml, a dealog journal", mapping(worded, JOURNAL_REQUIRED))


def _like(type: str, names: Names, *, needed: bool = False) -> Shape:
    """A value of one of the types of fields."""
    return described(Known(type), names, needed=needed)


def _head(names: Names) -> Shapes:
    worth: list[Shape] = [_RATE, _POSITIVE]
    dated: Shape = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": f"^{DATE}$"},
        "additionalProperties": {"anyOf": [*worth]},
    }
    month = text("0?[1-9]|1[0-2]", "A month: 1 to 12")
    return {
        "journal": _TEXT,
        "currency": maybe(one_of(sorted(CURRENCIES))),
        "visibility": one_of({"private": "Pages say noindex", "public": "Anyone may read it"}),
        "as-of": _like("date", names),
        "time-zone": maybe(text(r"[A-Za-z][\w+-]*(?:/[\w+-]+)*", "As Europe/Lisbon")),
        "fiscal-year-starts": maybe(month, {"type": "integer", "minimum": 1, "maximum": 12}),
        "rates": maybe(
            {
                "type": "object",
                "propertyNames": {"enum": [*sorted(CURRENCIES)]},
                "additionalProperties": maybe(*worth, dated),
            }
        ),
        "repository": maybe(text(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/@]+(?:/\S*)?", "As https://…")),
        "probability-from": _PROBABILITY_FROM,
        "forge": maybe(one_of({id: forge.name for id, forge in FORGES.items()})),
        "issue-forms": _like("yes/no", names),
    }


def _people(names: Names) -> Shapes:
    fields: Shapes = {"name": _TEXT, "email": maybe(EMAIL), "roles": _roles(names)}
    person = mapping({name: fields[name] for name in PERSON_FIELDS})
    targets: Shape = {
        "type": "object",
        "propertyNames": {"pattern": f"^(?:{ID}/)?{_PERIOD}$"},
        "additionalProperties": _like("money", names),
    }
    return {"team": by_id(maybe(SOMETHING, person)), "targets": maybe(targets)}


def _roles(names: Names) -> Shape:
    """Any ids: those that are declared are proposed."""
    return many(*proposed(names.schema.roles), _AN_ID)


def _vocabulary() -> Shapes:
    sorts = one_of({"tangible": "Something that is handed over", "intangible": "Anything else"})
    return {
        "roles": by_id(_TEXT),
        "lost-reasons": by_id(_TEXT),
        "rungs": _IDS,
        "levels": _IDS,
        "kinds": by_id(sorts, *KINDS),
        "contact-requires": many(one_of([*CONTACT_FIELDS, "news"])),
    }


def _audiences(names: Names) -> Shape:
    own = {name: field.label for name, field in names.schema.own_fields.items()}
    of_deals = {**dict.fromkeys(SHOWN_OF_DEALS, ""), **own}
    query = said_by(SOMETHING, "Which deals, as a query: tag:partner")
    deals = mapping({"where": query, "show": many(one_of(of_deals))}, ("show",))
    contacts = mapping({"show": many(one_of(SHOWN_OF_CONTACTS))}, ("show",))
    notes = said_by(_like("yes/no", names), "Whether notes are shown")
    shapes: Shapes = {"deals": deals, "contacts": contacts, "notes": notes}
    return by_id(mapping({name: shapes[name] for name in AUDIENCE_FIELDS}))


def _follow_up(names: Names) -> Shape:
    rules = [rf"level +{ID}", f"status +(?:{'|'.join(STATUSES)})", r"tag +\S.*", "x-.*"]
    touch: Shape = {
        "type": "object",
        "propertyNames": {"pattern": rf"^\s*(?:{'|'.join(rules)})\s*$"},
        "additionalProperties": _like("interval", names),
    }
    length = _like("duration", names)
    shapes: Shapes = {
        "after-meeting": length,
        "no-reply": many(length),
        "reply-within": length,
        "loop": length,
        "touch": maybe(touch),
    }
    return maybe(mapping({name: shapes[name] for name in FOLLOW_UP_FIELDS}))


def _pipelines(names: Names) -> Shape:
    stages = {stage.id: stage.name for p in names.schema.pipelines for stage in p.stages}
    shapes: Shapes = {
        "name": _TEXT,
        "fields": by_id(_own_field(), *DEAL_FIELDS),
        "stages": by_id(maybe(_stage(names))),
        "extends": _needed_id(names.pipelines),
        "skip": many(*proposed(stages), SOMETHING),
        "probability-from": _PROBABILITY_FROM,
    }
    pipeline: Shape = {
        **mapping({name: shapes[name] for name in PIPELINE_FIELDS}),
        "anyOf": [{"required": ["stages"]}, {"required": ["extends"]}],
    }
    whole_of: Shape = {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": f"^{ID}$"},
        "additionalProperties": pipeline,
    }
    return whole_of


def _views() -> Shape:
    fields: Shapes = {"name": _TEXT, "query": said_by(SOMETHING, "As in `dealog list`")}
    view = mapping({name: fields[name] for name in VIEW_FIELDS}, ("query",))
    return by_id({"anyOf": [SOMETHING, view]})


def _needed_id(known: Mapping[str, str]) -> Shape:
    """An id that has to be there; those that there are are proposed."""
    return {"anyOf": [*proposed(known), _AN_ID, {"type": "number"}]}


def _own_field() -> Shape:
    type = one_of(FIELD_TYPES)
    shapes: Shapes = {"type": maybe(type), "name": _TEXT, "options": many(SOMETHING)}
    field = mapping({name: shapes[name] for name in FIELD_FIELDS})
    is_choice, some = has({"type": {"const": "choice"}}), has({"options": {"minItems": 1}})
    without_choice = one_of([name for name in FIELD_TYPES if name != "choice"])
    return maybe(without_choice, {**field, "if": is_choice, "then": some})


def _stage(names: Names) -> Shape:
    schema = names.schema
    types = {
        StageType.OPEN: "On the way",
        StageType.WON: "Won",
        StageType.LOST: "Lost",
        StageType.PARKED: "Asleep",
    }
    shapes: Shapes = {
        "name": said_by(_TEXT, "Without it, made of the id"),
        "type": said_by(one_of({t.value: words for t, words in types.items()}), "open, if unsaid"),
        "probability": said_by(_like("percent", names), "Its part in the forecast"),
        "role": said_by(maybe(*proposed(schema.roles), SOMETHING), "Who works it"),
        "goal": said_by(_TEXT, "What is to be reached in it"),
        "measures": said_by(many(_measure(names)), "How it is told whether that works"),
        "knowledge": said_by(_TEXT, "What the customer learns in it"),
        "buyer": said_by(_TEXT, "How the customer shows that they are in it"),
        "steps": said_by(by_id(maybe(SOMETHING, _step(names))), "What is to be done in it"),
        "requires": said_by(_requires(names), "What has to be filled before a later stage"),
        "relationship": said_by(
            maybe(*proposed(schema.rungs), _AN_ID), "The rung that the main contact has reached"
        ),
        "stale-after": said_by(_like("duration", names), "How long silence is fine"),
        "was": said_by(_IDS, "Ids that it had before"),
        "retired": said_by(_like("yes/no", names), "No deal may stand in it now"),
    }
    return mapping({name: shapes[name] for name in STAGE_FIELDS})


def _requires(names: Names) -> Shape:
    own = {name: field.label for name, field in names.schema.own_fields.items()}
    return many(one_of({**dict.fromkeys(DEAL_FIELDS, ""), **own}), _AN_ID)


def _step(names: Names) -> Shape:
    shapes: Shapes = {"name": _TEXT, "required": _like("yes/no", names, needed=True)}
    return mapping({name: shapes[name] for name in STEP_FIELDS})


def _measure(names: Names) -> Shape:
    shapes: Shapes = {
        "measure": one_of(MEASURES),
        "target": {"anyOf": [SOMETHING]},
        "within": _like("duration", names),
    }
    of_type = {
        "percent": FRACTIONS,
        "duration": ("time-in-stage",),
        "number": [name for name in MEASURES if name not in (*FRACTIONS, "time-in-stage")],
    }
    rules = [_target(measures, _like(type, names)) for type, measures in of_type.items()]
    fields = mapping({name: shapes[name] for name in MEASURE_FIELDS}, ("measure", "target"))
    return {**fields, "allOf": [*rules]}


def _target(measures: Iterable[str], target: Shape) -> Shape:
    return {
        "if": has({"measure": {"enum": [*measures]}}),
        "then": {"properties": {"target": target}},
    }
