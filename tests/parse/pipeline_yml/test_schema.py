from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import StageType
from site_builder.parse.pipeline_yml.pipelines import PIPELINE_FIELDS
from site_builder.parse.pipeline_yml.schema import JOURNAL_FIELDS
from site_builder.parse.pipeline_yml.stages import STAGE_FIELDS
from site_builder.problems.problem import Severity
from tests.catalogue import PIPELINE, deal
from tests.examples import some
from tests.journals import loaded
from tests.schemas import HEAD, PIPES, good, read


def test_a_small_one() -> None:
    schema = good(HEAD + PIPES)
    (pipeline,) = schema.pipelines
    assert [(s.number, s.id, s.name, s.type) for s in pipeline.stages] == [
        (1, "lead", "Lead", StageType.OPEN), (2, "offer", "Offer", StageType.OPEN), (3, "won", "Won", StageType.WON)]  # fmt: skip
    assert pipeline.stages[0].probability == Decimal("0.1")
    assert schema.team["maria"].roles == ("seller",)


@pytest.mark.parametrize(
    ("name", "is_read"),
    [("curency", True), ("currenc", True), ("currncc", False), ("currncyy", True)],
)
def test_a_misspelt_field_is_read_where_it_is_near_enough(name: str, is_read: bool) -> None:
    """What is far from its field for its length may be another's, so its value says nothing."""
    text = PIPELINE.replace("currency: EUR", f"{name}: Pounds")
    found = loaded({"pipeline.yml": text}).problems
    assert [p.code for p in found] == ["unknown-field"] + ["invalid-value"] * is_read
    assert (found[0].help, found[0].span.end_column) == (
        "Did you mean `currency`?",
        1 + len(name),
    )


def test_extends_and_skip() -> None:
    more = (
        "  more:\n    extends: sales\n    skip: [lead]\n    name: More\n    stages:\n"
        "      offer: {stale-after: 2w}\n      care: {type: won}\n"
    )
    _, pipeline = good(HEAD + PIPES + more).pipelines
    assert [(s.number, s.id) for s in pipeline.stages] == [(1, "offer"), (2, "won"), (3, "care")]
    assert pipeline.stages[0].stale_after == dt.timedelta(14)
    assert [s.id for s in pipeline.stages[0].steps] == ["quote"]


def test_a_pipeline_may_extend_a_later_one() -> None:
    first, _ = good(
        HEAD + PIPES.replace("pipelines:\n", "pipelines:\n  more:\n    extends: sales\n")
    ).pipelines
    assert [s.id for s in first.stages] == ["lead", "offer", "won"]


def test_a_type_of_two_lines_is_one_problem() -> None:
    two = "won:\n        type: |\n          won\n          lost"
    (problem,) = loaded({"pipeline.yml": PIPELINE.replace("won: {type: won}", two)}).problems
    assert problem.message == "`type` has more than one line."


def test_unwritten_visibility_and_pipelines_are_missing() -> None:
    _, problems = read("journal: x\n")
    assert [(p.code, p.span.line) for p in problems] == [("missing-field", 1), ("missing-field", 1)]


@pytest.mark.parametrize(
    ("line", "code", "column", "help"),
    [
        ("currency: EURO", "invalid-value", 11, "Did you mean `EUR`?"),
        ("currency: ERO", "invalid-value", 11, "ISO 4217"),
        ("curency: EUR", "unknown-field", 1, "`currency`"),
        ("as-of: 2026-02-30", "invalid-value", 8, "`2026-02-28`"),
        ("fiscal-year-starts: 13", "invalid-value", 21, "12"),
        ("rates: {USD: 0,92}", "invalid-value", 19, ""),
        ("rates: {USD: 0}", "invalid-value", 14, "one USD"),
        ("rates: {usd: 0.9}", "invalid-value", 9, "`USD`"),
        ("targets: {2026-Q5: 5}", "invalid-value", 11, "2026-Q4"),
        ("targets: {tom/2026: 5}", "unknown-person", 11, "`maria`"),
        ("kinds: {call: tangible}", "invalid-value", 9, "another name"),
        ("kinds: {like: tangible}", "invalid-value", 9, "name your own ladder"),
        ("kinds: {demo: tangibel}", "invalid-value", 15, "`tangible`"),
        ("follow-up: {after-meting: 24h}", "unknown-field", 13, "`after-meeting`"),
        ("follow-up: {no-reply: [2x]}", "invalid-value", 24, "14d"),
        ("contact-requires: [emial]", "unknown-field", 20, "`email`"),
        ("levels: [Client]", "invalid-id", 10, "`client`"),
        ("repository: git@host:repo", "invalid-value", 13, "https"),
        ("visibility: secret", "invalid-value", 13, "private"),
        ("rates: {EUR: 2}", "invalid-value", 14, "`currency`"),
        ("contact-requires: [foo]", "unknown-field", 20, "`introduced-by`"),
        ("rungs: [know, note, like]", "invalid-value", 15, "another name"),
        ("rungs: [know, like, know]", "invalid-value", 21, "Remove one"),
        ("levels: [a, b, a]", "invalid-value", 16, "Remove one"),
    ],
)
def test_bad_lines(line: str, code: str, column: int, help: str) -> None:
    name = line.split(":", maxsplit=1)[0]
    head = "".join(row + "\n" for row in HEAD.splitlines() if not row.startswith(name + ":"))
    _, problems = read(f"{line}\n{head}{PIPES}")
    if code == "invalid-value" and "0,92" in line:
        assert problems
        return
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [(code, 1, column)]
    assert help in problems[0].help


@pytest.mark.parametrize(
    ("stage", "code", "help"),
    [
        ("lead: {type: opne}", "invalid-value", "`open`"),
        ("lead: {probabilty: 10%}", "unknown-field", "`probability`"),
        ("lead: {probability: 110%}", "invalid-value", "55%"),
        ("lead: {relationship: lik}", "invalid-value", "`like`"),
        ("lead: {requires: [valu]}", "unknown-field", "`value`"),
        ("lead: {stale-after: 3 weeks}", "invalid-value", "`3w`"),
        ("lead: {steps: {a: {require: yes}}}", "unknown-field", "`required`"),
        ("lead: {steps: {A: b}}", "invalid-id", "`a`"),
        ("lead: {relationship: adore}", "invalid-value", "`know`, `like`"),
        ("lead: {measures: [{measure: conversoin, target: 5%}]}", "invalid-value", "`conversion`"),
        ("lead: {measures: [{measure: conversion}]}", "missing-field", "target"),
        (
            "lead: {measures: {measure: conversion, target: 5%}}",
            "invalid-value",
            "Write `measures: [{measure: conversion, target: 5%}]`.",
        ),
        ("lead: {measures: {conversion: 5%}}", "invalid-value", "`{measure: conversion, target:"),
        ("lead: {measures: [{measure: time-in-stage, target: 5}]}", "invalid-value", "`5d`"),
        ("Lead: {}", "invalid-id", "`lead`"),
    ],
)
def test_bad_stages(stage: str, code: str, help: str) -> None:
    _, problems = read(
        f"{HEAD}pipelines:\n  sales:\n    stages:\n      {stage}\n      won: {{type: won}}\n"
    )
    assert [p.code for p in problems] == [code]
    assert help in problems[0].help
    assert problems[0].span.line == 9


@pytest.mark.parametrize(
    ("measures", "kept"),
    [
        ("{measure: conversion, target: 5%}", []),
        ("{conversion: 5%}", []),
        ("conversion", []),
        ("[conversion, {measure: entered, target: 7}]", ["entered"]),
        ("[{measure: conversoin, target: 5%}, {measure: entered, target: 7}]", ["entered"]),
        ("[{measure: conversion, target: five}, {measure: entered, target: 7}]", ["entered"]),
        ("[{measure: conversion, target: [5%]}, {measure: entered, target: 7}]", ["entered"]),
        ("[{measure: [conversion], target: 5%}, {measure: entered, target: 7}]", ["entered"]),
        ("[{target: 5%}, {measure: entered, target: 7}]", ["entered"]),
        ("[{measure: entered, target: 7, within: soon}]", ["entered"]),
    ],
)
def test_a_wrong_measure_is_told_once_and_left_out_alone(measures: str, kept: list[str]) -> None:
    stages = f"      lead: {{measures: {measures}}}\n      won: {{type: won}}\n"
    schema, problems = read(f"{HEAD}pipelines:\n  sales:\n    stages:\n{stages}")
    assert len(problems) == 1 and schema is not None
    made = schema.pipelines[0].stages[0].measures
    assert [measure.measure for measure in made] == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("  more: {extends: salse}\n", "unknown-pipeline"),
        ("  more: {extends: sales, skip: [leda]}\n", "unknown-stage"),
        ("  more: {extends: more}\n", "invalid-value"),
        ("  more: {}\n", "missing-field"),
        ("  more: {extends: sales, fields: {title: {type: text}}}\n", "invalid-value"),
        ("  more: {extends: sales, fields: {size: {type: choice}}}\n", "missing-field"),
        ("  more: {extends: sales, fields: {size: {type: txt}}}\n", "invalid-value"),
        ("  more: {extends: sales, fields: {size: zzz}}\n", "invalid-value"),
        (
            "  more: {extends: sales, fields: {size: {type: choice, options: [a, a]}}}\n",
            "invalid-value",
        ),
        ("  more: {extends: sales, skip: [lead, offer, won]}\n", "missing-field"),
    ],
)
def test_bad_pipelines(text: str, code: str) -> None:
    _, problems = read(HEAD + PIPES + text)
    assert code in [p.code for p in problems]


def test_a_circle_of_pipelines_ends() -> None:
    _, problems = read(HEAD + "pipelines:\n  a: {extends: b}\n  b: {extends: a}\n")
    assert [(p.code, p.message, p.span.line) for p in problems] == [
        ("invalid-value", "`a` extends itself by way of `b`.", 8)
    ]


def chain(length: int) -> str:
    """Pipelines of which each extends the next, and the last one is `end`."""
    names = [*(f"p{n}" for n in range(1, length)), "end"]
    return "".join(f"  {a}: {{extends: {b}}}\n" for a, b in pairwise(names))


def test_a_chain_of_pipelines_may_be_long_but_not_without_end() -> None:
    end = "  end:\n    stages: {lead: {}}\n"
    assert len(good(HEAD + "pipelines:\n" + chain(31) + end).pipelines) == 31
    for length in (32, 3000):
        _, problems = read(HEAD + "pipelines:\n" + chain(length) + end)
        (problem,) = problems[:1]
        assert (problem.code, problem.span.line) == ("invalid-value", 7 + 30)
        assert problem.message == "`p31` is the last of 30 pipelines that extend one another."


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["missing-field"]),
        ("pipelines:\n", ["missing-field"]),
        ("pipelines: {}\n", ["missing-field"]),
        ("pipelines: []\n", ["invalid-value"]),
        ("pipelines: ' '\n", ["missing-field"]),
        ("pipelines: {a: }\n", ["missing-field"]),
        ("pipelines: {a: {name: A}}\n", ["missing-field"]),
        ("pipelines: {a: {stages: {}}}\n", ["missing-field"]),
        ("pipelines: {a: {stages: [lead]}}\n", ["invalid-value"]),
    ],
)
def test_without_a_usable_pipeline_there_is_no_schema(text: str, codes: list[str]) -> None:
    schema, problems = read(HEAD + text)
    assert schema is None
    assert [p.code for p in problems] == codes


@pytest.mark.parametrize(
    ("stage", "message", "help"),
    [
        ("lead: [10%]", "The stage `lead` is not a list of fields.", "Write `lead: {name: …}`"),
        ("lead: 10%", "The stage `lead` is not a list of fields.", "Write `lead: {name: …}`"),
        ("steps: [a]", "`steps` stands where the id of a stage does.", "Put more blanks before"),
    ],
)
def test_a_stage_that_is_no_list_of_fields(stage: str, message: str, help: str) -> None:
    _, problems = read(f"{HEAD}pipelines: {{sales: {{stages: {{{stage}, won: {{type: won}}}}}}}}\n")
    assert (problems[0].code, problems[0].message) == ("invalid-value", message)
    assert problems[0].help.startswith(help)


def _shaped(name: str, value: str) -> str:
    """A pipeline.yml in which a field of the journal, of `sales` or of its `lead` has a value."""
    where, _, field = name.rpartition(".")
    said = {"": {"visibility": "private", "currency": "EUR"}, "sales": {}, "lead": {"goal": "x"}}
    said[where] |= {field: value}
    line, stage = (
        ", ".join(f"{k}: {v}" for k, v in said[each].items()) for each in ("sales", "lead")
    )
    if field != "stages":
        line = f"stages: {{lead: {{{stage}}}, won: {{type: won}}}}, {line}"
    head = {"pipelines": f"{{sales: {{{line}}}}}", **said[""]}
    return "".join(f"{k}: {v}\n" for k, v in head.items())


@pytest.mark.parametrize("value", ["[a, [b]]", "{a: {b: [c]}}"])
def test_no_field_takes_a_shape_in_silence(value: str) -> None:
    names = [
        *JOURNAL_FIELDS,
        *(f"sales.{n}" for n in PIPELINE_FIELDS),
        *(f"lead.{n}" for n in STAGE_FIELDS),
    ]
    assert read(_shaped("journal", "x"))[1] == read(_shaped("lead.name", "x"))[1] == []
    assert [name for name in names if not read(_shaped(name, value))[1]] == []


@pytest.mark.parametrize(
    ("stages", "help"),
    [
        ("[{id: lead, name: Lead}, {id: won, name: Won, type: won}]",
         "Write `stages: {lead: {name: Lead}, won: {name: Won, type: won}}`."),
        ("[{id: lead}, {id: won, name: 'Won, paid'}]",
         'Write `stages: {lead: {}, won: {name: "Won, paid"}}`.'),
        ("[{name: Raw lead}, {name: Won}]",
         "Write `stages: {raw-lead: {name: Raw lead}, won: {name: Won}}`."),
        ("[{name: Lead}]", "Write `stages: {lead: {name: Lead}}`."),
        ("[{name: Lead}, {name: lead}]",
         "Write `stages:` and below it each by an id of its own, the first as `lead:`."),
        ("[{name: Lead, steps: [a]}, {name: Won}]",
         "Write `stages:` and below it each by an id of its own, the first as `lead:`."),
        ("[{id: lead}, {id: lead}]", "Write `stages:` and `name: value` lines below it."),
        ("[{id: lead, steps: [a]}]", "Write `stages:` and `name: value` lines below it."),
    ],
)  # fmt: skip
def test_a_list_of_stages_is_told_as_the_mapping_it_stands_for(stages: str, help: str) -> None:
    """A help names no name twice, or it would be refused in its turn."""
    _, (problem,) = read(f"{HEAD}pipelines: {{sales: {{stages: {stages}}}}}\n")
    assert problem.help == help


@pytest.mark.parametrize(
    ("line", "help"),
    [
        ("team: [{name: Ada Li, email: a@x.example}, {name: Otto}]",
         "Write `team: {ada-li: {name: Ada Li, email: a@x.example}, otto: Otto}`."),
        ("lost-reasons: [{name: Price}, {name: Time}]",
         "Write `lost-reasons: {price: Price, time: Time}`."),
    ],
)  # fmt: skip
def test_what_is_named_in_a_list_is_told_by_the_ids_of_its_names(line: str, help: str) -> None:
    head = "journal: A\ncurrency: EUR\nvisibility: private\n"
    head += "team: {otto: Otto}\n" * (not line.startswith("team"))
    _, (problem,) = read(f"{head}{line}\n{PIPES}")
    assert problem.help == help
    typed = help.removeprefix("Write `").removesuffix("`.")
    assert read(f"{head}{typed}\n{PIPES}")[1] == []


@pytest.mark.parametrize(
    "text", ["pipelines: {a: {stages: {Lead: {}}}}\n", "pipelines: {A: {stages: {lead: {}}}}\n"]
)
def test_an_id_that_can_be_none_is_taken_for_what_it_should_be(text: str) -> None:
    schema, problems = read(HEAD + text)
    assert [p.code for p in problems] == ["invalid-id"]
    assert schema is not None and schema.pipelines[0].id == "a"
    assert [stage.id for stage in schema.pipelines[0].stages] == ["lead"]
    assert schema.unsure == {"pipelines"}


def test_one_usable_pipeline_is_enough() -> None:
    schema, problems = read(HEAD + PIPES + "  bad: {}\n")
    assert schema is not None and [p.id for p in schema.pipelines] == ["sales"]
    assert [p.code for p in problems] == ["missing-field"]


@pytest.mark.parametrize("line", ["", "visibility: Public\n", "visibility: ' '\n"])
def test_who_may_read_the_site_is_never_guessed(line: str) -> None:
    schema, problems = read(line + HEAD.removeprefix("visibility: private\n") + PIPES)
    assert schema is not None and schema.visibility == ""
    assert len(problems) == 1


WITHOUT_RUNGS = HEAD.replace("rungs: [know, like]\n", "")


@pytest.mark.parametrize("line", ["", "rungs:\nlevels: ' '\n"])
def test_every_journal_has_a_ladder_and_levels(line: str) -> None:
    schema = good(WITHOUT_RUNGS + line + PIPES)
    assert schema.rungs == ("know", "like", "trust", "respect")
    assert schema.levels == ("shopper", "client", "member", "ambassador", "positive-activist")
    assert schema.kinds["trust"].role is KindRole.RUNG


def test_a_journal_can_do_without() -> None:
    schema = good(WITHOUT_RUNGS + "rungs: []\nlevels: []\n" + PIPES)
    assert (schema.rungs, schema.levels, "trust" in schema.kinds) == ((), (), False)


def test_rungs_without_brackets_are_one_slip() -> None:
    pipeline = PIPELINE.replace("[know, like, trust, respect]", "know, like, trust, respect")
    notes = "## 2026-10-01 know from jane-roe\n"
    files = {"pipeline.yml": pipeline, "deals/bad.md": deal(notes=notes)}
    (problem,) = loaded(files).problems
    assert (problem.code, problem.span.line) == ("invalid-value", 8)
    assert problem.help == "Write `rungs: [know, like, trust, respect]`."


def test_the_own_currency_at_its_own_rate_is_right() -> None:
    good(HEAD + PIPES + "rates: {EUR: 1, USD: 0.9}\n")


def test_a_required_field_that_nobody_declared_is_taken_as_text() -> None:
    schema, problems = read(
        HEAD + PIPES.replace("{probability: 10%}", "{requires: [buying-process]}")
    )
    assert [(p.code, p.severity) for p in problems] == [("unknown-field", "warning")]
    assert schema is not None
    assert [f.name for f in schema.pipelines[0].fields] == ["buying-process"]


pieces = st.sampled_from(
    [
        "a",
        "[a]",
        "{a: b}",
        "",
        "{}",
        "[]",
        "[[a]]",
        "5",
        "yes",
        "{stages: {x: {}}}",
        "[{measure: entered, target: 5}]",
    ]
)


@given(st.dictionaries(st.sampled_from(["visibility", "rates", "team", "targets", "pipelines", "kinds", "follow-up", "rungs", "roles", "as-of", "audiences"]), pieces),
       st.dictionaries(st.sampled_from(["name", "type", "steps", "measures", "requires", "relationship", "probability"]), pieces))  # fmt: skip
@some(100)
def test_no_pipeline_crashes(head: dict[str, str], stage: dict[str, str]) -> None:
    text = "".join(f"{k}: {v}\n" for k, v in head.items() if k != "pipelines" or not stage)
    if stage:
        text += "pipelines:\n  p:\n    stages:\n      s:\n" + "".join(
            f"        {k}: {v}\n" for k, v in stage.items()
        )
    read(text)


def test_an_ambiguous_target_is_a_warning() -> None:
    pipeline = PIPELINE + "targets: {2026: 500.000}\n"
    (problem,) = loaded({"pipeline.yml": pipeline}).problems
    assert (problem.code, problem.span.column) == ("ambiguous-amount", 17)


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory", "/etc/localtime"])
def test_what_each_machine_has_its_own_of_is_no_time_zone(name: str) -> None:
    (problem,) = loaded({"pipeline.yml": PIPELINE + f"time-zone: {name}\n"}).problems
    assert problem.message == f"`{name}` is not a time zone."
    assert problem.help.startswith("Write the zone of a city")


def test_a_target_below_nothing() -> None:
    text = PIPELINE + "targets: {maria/2026-Q1: -5000, 2026: 0}\n"
    result = loaded({"pipeline.yml": text})
    (problem,) = result.problems
    assert result.journal is not None
    targets = [str(target.money.amount) for target in result.journal.schema.targets]
    assert targets == ["-5000", "0"]
    assert (problem.code, problem.severity) == ("negative-value", Severity.WARNING)
    assert problem.span[1:] == (25, 26, 25, 31)
    assert problem.help == "Write `maria/2026-Q1: 5000`."


def test_contact_at_every_moment_is_no_rule() -> None:
    text = PIPELINE + "follow-up: {touch: {tag press: 0d}}\n"
    (problem,) = loaded({"pipeline.yml": text}).problems
    assert (problem.span[1:3], problem.help) == ((25, 32), "Write how often, as in `30d`.")


SALES = {
    "deals/acme.md": "---\ntitle: A\npipeline: sales\nowner: maria\nstage: lead\n"
    "next: 2026-12-01 Call\n---\n"
}


def test_a_pipeline_that_skips_all_it_extends() -> None:
    ids = "lead, qualification, decision, negotiation, won, lost"
    text = f"{PIPELINE}  dev: {{extends: sales, skip: [{ids}]}}\n"
    (problem,) = loaded({**SALES, "pipeline.yml": text}).problems
    assert (problem.code, problem.span[1:3]) == ("missing-field", (25, 31))
    assert problem.help == "Leave one of them out of `skip`, or write `stages:` of its own."


def test_what_can_be_skipped_are_inherited_stages() -> None:
    text = f"{PIPELINE}  dev:\n    extends: sales\n    skip: [x-ray]\n    stages: {{audit: {{}}}}\n"
    (problem,) = loaded({**SALES, "pipeline.yml": text}).problems
    assert "`won`" in problem.help and "audit" not in problem.help


def test_a_brace_before_stages_in_lines() -> None:
    text = "visibility: private\npipelines:\n  sales:\n    stages: {\n      lead: {}\n"
    (problem,) = loaded({"pipeline.yml": text}).problems
    assert problem.span[1:3] == (4, 13)
    assert problem.help.startswith("Write `stages:` without the bracket")
