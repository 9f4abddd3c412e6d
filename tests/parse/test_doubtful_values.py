"""Values that are legal, and surely a slip: where the warning stands, and what it says to type."""

from __future__ import annotations

import pytest

from site_builder.journal.deal import Participant
from site_builder.problems.problem import Problem, Severity
from tests.catalogue import PIPELINE, deal
from tests.journals import codes, loaded

JOHN = {"contacts/john-smith.md": "---\nname: John Smith\nemail: js@acme.example\n---\n"}


def only(files: dict[str, str]) -> Problem | None:
    """The one problem of a journal, a warning, if there is any."""
    found = loaded({**JOHN, **files}).problems
    assert len(found) < 2
    assert all(problem.severity is Severity.WARNING for problem in found)
    return found[0] if found else None


def told(files: dict[str, str]) -> tuple[str, int, int, int, str] | None:
    """Its code, line, column, end and help."""
    problem = only(files)
    if problem is None:
        return None
    span = problem.span
    return problem.code, span.line, span.column, span.end_column, problem.help


class TestPercentages:
    @pytest.mark.parametrize(
        ("text", "help"),
        [
            ("0.5%", "Write `50%`, or `0.005` if it is less than 1%."),
            ("0.55 %", "Write `55%`, or `0.0055` if it is less than 1%."),
            ("0.05%", "Write `5%`, or `0.0005` if it is less than 1%."),
            ("0.999%", "Write `99.9%`, or `0.00999` if it is less than 1%."),
            ("1", "Write `100%`, or `1%`."),
        ],
    )
    @pytest.mark.parametrize("quote", ["", "'"])
    def test_what_is_ambiguous(self, text: str, help: str, quote: str) -> None:
        end = 14 + len(text) + 2 * len(quote)
        files = {"deals/bad.md": deal(front=f"probability: {quote}{text}{quote}")}
        assert told(files) == ("ambiguous-percent", 6, 14, end, help)
        for typed in help.split("`")[1::2]:
            assert codes({"deals/bad.md": deal(front=f"probability: {typed}")}) == []

    def test_what_it_is_now(self) -> None:
        for text, amount in (("1", "100%"), ("0.5%", "less than 1%")):
            problem = only({"deals/bad.md": deal(front=f"probability: {text}")})
            assert problem is not None
            assert problem.message == f"`{text}` is {amount}, and may be meant otherwise."

    @pytest.mark.parametrize("text", ["0.005", "0", "0%", "1%", "1.5%", "0.01", "1.0", "100%"])
    def test_what_is_clear(self, text: str) -> None:
        assert codes({"deals/bad.md": deal(front=f"probability: {text}")}) == []

    def test_notes(self) -> None:
        notes = "## 2026-10-24 call\nprobability:: 0.5%\n"
        found = told({"deals/bad.md": deal(front="probability: 0.005", notes=notes)})
        assert found is not None
        assert found[:4] == ("ambiguous-percent", 9, 15, 19)

    def test_stages_and_measures(self) -> None:
        pipeline = PIPELINE.replace("lead: {", "lead: {probability: 0.5%, ")
        found = told({"pipeline.yml": pipeline})
        assert found is not None
        assert found[:4] == ("ambiguous-percent", 15, 27, 31)
        measure = "lead: {measures: [{measure: conversion, target: 1}], "
        found = told({"pipeline.yml": PIPELINE.replace("lead: {", measure)})
        assert found is not None
        assert found[:4] == ("ambiguous-percent", 15, 55, 56)
        for clear in ("entered, target: 1", "conversion, target: 0.5%"):
            measure = f"lead: {{measures: [{{measure: {clear}}}], probability: 0.005, "
            assert told({"pipeline.yml": PIPELINE.replace("lead: {", measure)}) is None

    def test_half_a_percent_of_what_is_no_probability_is_usual(self) -> None:
        fields = {
            "pipeline.yml": PIPELINE.replace("fields:", "fields:\n      fee: {type: percent}")
        }
        assert told({**fields, "deals/bad.md": deal(front="fee: 0.5%")}) is None
        found = told({**fields, "deals/bad.md": deal(front="fee: 1")})
        assert found is not None
        assert found[0] == "ambiguous-percent"


class TestRolesThatAreContacts:
    @pytest.mark.parametrize(
        ("written", "column", "both"),
        [
            ("[jane-roe john-smith]", 21, "`jane-roe, john-smith`"),
            ("[jane-roe john-smith champion]", 21, "`jane-roe, john-smith champion`"),
            ("[jane-roe champion john-smith]", 30, "`jane-roe champion, john-smith`"),
            ("[jane-roe John-Smith]", 21, "`jane-roe, john-smith`"),
            ("[jane-roe John Smith]", 21, "`jane-roe, john-smith`"),
            ('["[[jane-roe]] John Smith"]', 26, "`jane-roe, john-smith`"),
            ("[jane-roe and john-smith]", 25, "`jane-roe, john-smith`"),
            ("['jane-roe  john-smith']", 23, "`jane-roe, john-smith`"),
            ('["[[jane-roe|Jane]] john-smith"]', 31, '`"[[jane-roe|Jane]]", john-smith`'),
            ('["[[jane-roe|john-smith]] john-smith"]', 37, "`"),
        ],
    )
    def test_a_missing_comma(self, written: str, column: int, both: str) -> None:
        found = told({"deals/bad.md": deal(front=f"contacts: {written}")})
        assert found is not None
        assert found[:4] == ("role-is-contact", 6, column, column + len("john-smith"))
        assert both in found[4]

    def test_in_lines(self) -> None:
        found = told({"deals/bad.md": deal(front="contacts:\n  - jane-roe john-smith")})
        assert found is not None
        assert found[:4] == ("role-is-contact", 7, 14, 24)
        found = told({"deals/bad.md": deal(front="contacts:\n  - jane-roe\n    - john-smith")})
        assert found is not None
        assert found[:4] == ("role-is-contact", 8, 7, 17)

    def test_a_milestone_further_in(self) -> None:
        text = "---\nname: Q\nmilestones:\n- 2026-12-01 Fair, Rome; {}- 2026-12-05 Move\n---\n"
        found = told({"contacts/q.md": text.format("\n  ")})
        assert found is not None and found[:4] == ("several-in-one", 5, 5, 20)
        assert told({"contacts/q.md": text.format("\n")}) is None

    @pytest.mark.parametrize(
        "role",
        ["champion", "head of john-smith", "johnsmith", "john smith", "CFO", "Head of John Smith"],
    )
    def test_other_roles(self, role: str) -> None:
        files = {**JOHN, "deals/bad.md": deal(front=f"contacts: [jane-roe {role}]")}
        result = loaded(files)
        assert result.problems == ()
        assert result.journal is not None
        assert result.journal.deals_by_id["bad"].contacts == (Participant("jane-roe", role),)


class TestReferrals:
    @pytest.mark.parametrize(
        ("text", "help"),
        [
            ("referral John Smith", "Write `source: referral john-smith`."),
            ("referral from john-smith", "Write `source: referral john-smith`."),
            ("referral by John Smith", "Write `source: referral john-smith`."),
            ("referral john-smith at a fair", "Write `source: referral john-smith`."),
            ("Referral john-smith", "Write `source: referral john-smith`."),
            ("Referral John Smith", "Write `source: referral john-smith`."),
            ("Referral - john-smith", "Write `source: referral john-smith`."),
            ("'referral: john-smith'", "Write `source: referral john-smith`."),
            (
                "referral Greta Ohm",
                "Create `contacts/greta-ohm.md` and write `source: referral greta-ohm`, or begin it with another word.",
            ),
        ],
    )
    def test_a_referral_by_name(self, text: str, help: str) -> None:
        found = told({"deals/bad.md": deal(front=f"source: {text}")})
        assert found is not None
        assert found[:4] == ("referral-by-name", 6, 9, 9 + len(text))
        assert found[4] == help
        bare = text.strip("'")
        problem = only({"deals/bad.md": deal(front=f"source: {text}")})
        assert problem is not None
        assert problem.message == (
            f"`{bare}` is only text, so nobody is credited with this referral."
        )

    @pytest.mark.parametrize(
        "text",
        ["referral john-smith", "referral", "referral from a friend", "referral program of ours", "Referral", "Referral Program", "referrals from fairs",
         "Employee Referral", "web", "referral-program"],
    )  # fmt: skip
    def test_other_sources(self, text: str) -> None:
        assert told({"deals/bad.md": deal(front=f"source: {text}")}) is None


class TestRolesOfStages:
    ROLES = "roles: {sales-manager: Sells, data-miner: Finds}\n"

    @pytest.mark.parametrize(
        ("role", "help"),
        [
            ("sales-manger", "Did you mean `sales-manager`?"),
            ("Sales Manager", "Did you mean `sales-manager`?"),
            ("closer", "Add `closer: Closer` to `roles`, or name one that is there."),
        ],
    )
    def test_roles_beside_those_declared(self, role: str, help: str) -> None:
        pipeline = PIPELINE.replace("lead: {", f"lead: {{role: {role}, ") + self.ROLES
        end = 20 + len(role)
        assert told({"pipeline.yml": pipeline}) == ("unknown-role", 15, 20, end, help)
        assert told({"pipeline.yml": pipeline.replace(self.ROLES, "")}) is None

    def test_people(self) -> None:
        pipeline = PIPELINE.replace("Lopez}", "Lopez, roles: [data-miner, selr]}") + self.ROLES
        found = told({"pipeline.yml": pipeline})
        assert found is not None
        assert found[:4] == ("unknown-role", 6, 50, 54)

    def test_each_is_told_once(self) -> None:
        pipeline = PIPELINE.replace("lead: {", "lead: {role: closer, ")
        pipeline = pipeline.replace("negotiation: {", "negotiation: {role: closer")
        pipeline += "  small: {extends: sales}\n" + self.ROLES
        files = {"pipeline.yml": pipeline, "deals/acme.md": deal(front="pipeline: sales")}
        found = told(files)
        assert found is not None
        assert found[:2] == ("unknown-role", 15)

    def test_roles_that_are_declared(self) -> None:
        pipeline = PIPELINE.replace("lead: {", "lead: {role: data-miner, ") + self.ROLES
        assert told({"pipeline.yml": pipeline}) is None


class TestStagesLikeInherited:
    def small(self, stages: str, pipeline: str = PIPELINE) -> dict[str, str]:
        extending = f"  small:\n    extends: sales\n    stages:\n      {stages}\n"
        return {
            "pipeline.yml": pipeline + extending,
            "deals/acme.md": deal(front="pipeline: sales"),
        }

    @pytest.mark.parametrize(
        ("slip", "meant"),
        [
            ("negotation", "negotiation"),
            ("qualfiication", "qualification"),
            ("decison", "decision"),
        ],
    )
    def test_a_slip_adds_a_stage(self, slip: str, meant: str) -> None:
        line = PIPELINE.count("\n") + 4
        assert told(self.small(f"{slip}: {{probability: 40%}}")) == (
            "stage-like-inherited", line, 7, 7 + len(slip),
            f"Write `{meant}:` to change that one, or choose another id for a new stage.",
        )  # fmt: skip
        assert told(self.small(f"{meant}: {{probability: 40%}}")) is None

    def test_the_name_of_an_inherited_stage(self) -> None:
        named = PIPELINE.replace("decision:\n", "decision:\n        name: The soft buy\n")
        found = told(self.small("the-soft-buy: {}", named))
        assert found is not None
        assert found[0] == "stage-like-inherited" and "`decision:`" in found[4]

    def test_new_stages(self) -> None:
        for stage in ("pilot", "win", "decision-two"):
            assert told(self.small(f"{stage}: {{}}")) is None
        assert told(self.small("pilot: {name: Probe}\n      probe: {}")) is None
        numbered = PIPELINE.replace("lead: {", "phase-1: {}\n      lead: {")
        assert told(self.small("phase-2: {}", numbered)) is None
