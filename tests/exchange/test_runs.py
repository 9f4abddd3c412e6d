"""The committed maps against real exports, as docs/import.md tells to run them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.exchange.importing import lookup_files, plan_import
from site_builder.exchange.map.map_reader import read_map
from site_builder.exchange.plan import ImportPlan, grouped
from site_builder.files.tree import MemoryTree
from site_builder.journal.deal import Deal
from site_builder.journal.history import outcome, stage_path
from site_builder.load.loader import load
from site_builder.presets.new_journal import new_journal
from site_builder.problems.problem import Problem
from tests.exchange.helpers import Files, adds_up, errors, plan, schema, told
from tests.places import DATA, DOCS

MAPS = DOCS / "maps"
SALESFORCE = (("Account", "accounts"), ("Contact", "contacts"), ("Opportunity", "opportunities"),
              ("OpportunityHistory", "history"))  # fmt: skip


def pipeline_of(folder: str) -> str:
    """The pipeline.yml beside the maps, or else that of the smallest preset."""
    own = MAPS / folder / "pipeline.yml"
    if own.exists():
        return own.read_text(encoding="utf-8")
    return new_journal("simple", dt.date(2026, 11, 20))["pipeline.yml"].decode()


def run(folder: str, csv: str, map: str, files: Files) -> ImportPlan:
    known = schema(pipeline_of(folder))
    path = MAPS / folder / f"{map}.yml"
    data = next((MAPS if folder == "spreadsheet" else DATA).rglob(f"{csv}.csv")).read_bytes()
    text = path.read_text(encoding="utf-8")
    return plan_import(f"{csv}.csv", data, path.name, text, known, MemoryTree(files))


def salesforce() -> tuple[dict[str, bytes], list[ImportPlan]]:
    files: dict[str, bytes] = {}
    plans = []
    for csv, map in SALESFORCE:
        plans.append(run("salesforce", csv, map, files))
        files.update(plans[-1].files)
    return files, plans


def test_a_spreadsheet_of_ones_own() -> None:
    files: dict[str, bytes] = {}
    for map, taken in (("companies", 2), ("people", 2), ("deals", 3)):
        made = run("spreadsheet", "sales", map, files)
        assert told(made) == []
        assert len(made.writes) == taken
        files.update(made.files)
        assert run("spreadsheet", "sales", map, files).writes == ()
    assert errors(files, pipeline_of("spreadsheet")) == []
    assert b"## 2026-11-14 call with jo-marsh\n\nWants" in files["deals/new-ovens.md"]
    assert files["deals/spare-parts.md"].endswith(b"## 2026-09-20 stage won\n")


def test_salesforce_comes_in_whole() -> None:
    files, plans = salesforce()
    assert [p.counts.taken for p in plans] == [4, 4, 6, 17]
    assert [dict(p.skipped) for p in plans[::3]] == [{"deleted in Salesforce": 1}] * 2
    # An address that is none, and closed deals until their history is there.
    undated = [(3, 65, "outcome-undated")]
    assert [told(p) for p in plans] == [[], [(4, 85, "value-replaced")], undated, []]
    assert errors(files, pipeline_of("salesforce")) == []
    assert {path for path in files if "tarn-sterilisers" in path} == {
        "deals/tarn-sterilisers.md", "deals/tarn-sterilisers-2.md",
    }  # fmt: skip


def test_salesforce_a_second_time_changes_nothing() -> None:
    files, _ = salesforce()
    again = [run("salesforce", csv, map, files) for csv, map in SALESFORCE]
    assert [p.writes for p in again] == [(), (), (), ()]
    assert [p.counts.already_there for p in again] == [4, 4, 6, 17]
    assert [[code for _, _, code in told(p)] for p in again] == [[], ["value-replaced"], [], []]


def test_a_salesforce_deal_has_its_history_with_its_values() -> None:
    files, _ = salesforce()
    assert files["deals/mill-conveyor.md"].decode() == (
        "---\ntitle: Mill conveyor\ncompany: mill-sons-and-co\nowner: sales\n"
        "stage: closed-lost\nvalue: 54000\nprobability: 0%\nclose: 2026-03-05\n"
        "created: 2025-11-10\nsource: Partner\nlost-reason: not-recorded\n"
        "x-source-id: salesforce-opportunities:006xx000005DD03AAA\n---\n\n"
        'Asked for a "turnkey" offer\nand two references\n\n'
        "## 2025-11-10 10:00 stage value-proposition\nvalue:: 60000\nclose:: 2026-02-28\n"
        "probability:: 50%\nx-source-id:: salesforce-history:008xx000006HH09AAA\n\n"
        "## 2025-12-09 10:00 stage closed-lost\nvalue:: 60000\nclose:: 2025-12-09\n"
        "probability:: 0%\nx-source-id:: salesforce-history:008xx000006HH10AAA\n\n"
        "## 2026-01-14 10:00 stage value-proposition\nvalue:: 54000\nclose:: 2026-02-28\n"
        "probability:: 50%\nx-source-id:: salesforce-history:008xx000006HH11AAA\n\n"
        "## 2026-03-05 09:15 stage closed-lost\nvalue:: 54000\nclose:: 2026-03-05\n"
        "probability:: 0%\nx-source-id:: salesforce-history:008xx000006HH12AAA\n\n"
        "## 2026-03-05 09:15 change — As exported\nvalue:: 54000\nclose:: 2026-03-05\n"
        "probability:: 0%\n"
    )


def deals_of(files: Files, pipeline: str, day: dt.date) -> Mapping[str, Deal]:
    journal = load(MemoryTree({"pipeline.yml": pipeline, **files}), lambda: day).journal
    assert journal is not None
    return journal.deals_by_id


def test_a_row_for_each_change_of_an_amount_restarts_no_clock() -> None:
    files, _ = salesforce()
    day = dt.date(2026, 3, 8)
    deals = deals_of(files, pipeline_of("salesforce"), day)
    way = stage_path(deals["juniper-ovens"])
    assert [(visit.stage.id, visit.days(day)) for visit in way] == [
        ("qualification", 15), ("proposal", 47),
    ]  # fmt: skip
    assert len(deals["juniper-ovens"].notes) == 5
    ended = [outcome(deals[id]) for id in ("mill-conveyor", "juniper-service-contract")]
    assert [end and end.day for end in ended] == [dt.date(2026, 3, 5), dt.date(2026, 2, 20)]


def test_a_sheet_again_with_a_newer_talk_restarts_no_clock() -> None:
    known, path = schema(pipeline_of("spreadsheet")), MAPS / "spreadsheet/deals.yml"
    map = path.read_text(encoding="utf-8") + "several-rows: yes\n"
    sheet = (MAPS / "spreadsheet/sales.csv").read_text(encoding="utf-8")
    files: dict[str, bytes] = {}
    for name in ("companies", "people"):
        files.update(run("spreadsheet", "sales", name, files).files)
    for csv in (sheet, sheet.replace("14/11/2026", "18/11/2026")):
        made = plan_import("sales.csv", csv.encode(), "m.yml", map, known, MemoryTree(files))
        assert told(made) == []
        files.update(made.files)
    day = dt.date(2026, 11, 20)
    deal = deals_of(files, pipeline_of("spreadsheet"), day)["new-ovens"]
    assert [visit.days(day) for visit in stage_path(deal)] == [6]
    assert [note.date.day for note in deal.notes] == [14, 14, 18, 18]


def test_the_peps_come_in_but_for_two_junk_statuses() -> None:
    made = run("peps", "status_history_to_2015", "history", {})
    refused = [(554, 33, "unknown-stage"), (557, 41, "unknown-stage")]
    assert [each for each in told(made) if each[2] != "rows-differ"] == refused
    differing = [p for p in grouped(made.problems) if p.code == "rows-differ"]
    assert [p.message.split("`")[1] for p in differing] == ["x-type"]
    assert (made.counts.taken, made.counts.refused, len(made.files)) == (917, 2, 393)
    assert adds_up(made.counts)
    pipeline = (MAPS / "peps/pipeline.yml").read_text(encoding="utf-8")
    assert errors(made.files, pipeline) == []
    again = run("peps", "status_history_to_2015", "history", made.files)
    assert (again.writes, again.counts.already_there) == ((), 917)


def test_a_reopened_pep_is_told_in_order_by_one_clock() -> None:
    made = run("peps", "status_history_to_2015", "history", {})
    headings = [
        line[3:] for line in made.files["deals/pep-0477.md"].decode().splitlines() if "## " in line
    ]
    assert [h[:10] for h in headings] == sorted(h[:10] for h in headings)
    journal = load(
        MemoryTree(
            {"pipeline.yml": (MAPS / "peps/pipeline.yml").read_bytes(), **made.files},
        ),
        lambda: dt.date(2015, 12, 31),
    ).journal
    assert journal is not None
    stages = [n.stage.id for n in journal.deals_by_id["pep-0315"].notes if n.stage]
    assert stages == ["draft", "deferred", "draft", "deferred", "rejected"]


MAVEN = {
    "accounts": b"account,sector,year_established,revenue,employees,office_location,subsidiary_of\n"
    b"Tarn Mills,technolgy,1990,1.5,10,Philipines,Orchard Group\nOrchard Group,retail,1980,9,99,Italy,\n",
    "sales_pipeline": b"opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
    b"A1,Sales,GTXPro,Tarn Mills,Won,2016-10-20,2017-03-01,1054\n"
    b"A2,Sales,MG Special,,Prospecting,,,\n"
    b"A3,Sales,GTXPro,Tarn Mills,Lost,2016-10-20,2017-03-02,0\n"
    b"A4,Sales,MG Special,Tarn Mills,Engaging,2016-10-20,,\n",
    "products": b"product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n",
}  # fmt: skip


def test_mavens_columns_make_deals_that_check() -> None:
    text = (MAPS / "maven/pipeline.yml").read_text(encoding="utf-8")
    text = text.replace("team:\n", "team:\n  sales: {name: Sales}\n")
    known = schema(text)
    files: dict[str, bytes] = {}
    for csv, map in (("accounts", "accounts"), ("sales_pipeline", "deals")):
        path = MAPS / "maven" / f"{map}.yml"
        map_text = path.read_text(encoding="utf-8")
        beside = {
            name: MAVEN[name.removesuffix(".csv")]
            for name in lookup_files(path.name, map_text, known)
        }
        made = plan_import(
            f"{csv}.csv", MAVEN[csv], path.name, map_text, known, MemoryTree(files), beside
        )
        assert told(made) == []
        files.update(made.files)
    assert errors(files, text) == []
    assert b"company: orchard-group\n" in files["contacts/tarn-mills.md"]
    won = files["deals/tarn-mills-a1.md"].decode()
    assert "title: GTX Pro for Tarn Mills\n" in won
    assert won.endswith(
        "## 2016-10-20 stage engaging\nvalue:: 4821\n\n"
        "## 2017-03-01 stage won\nvalue:: 1054\nclose:: 2017-03-01\n"
    )
    assert "lost-reason: not-recorded" in files["deals/tarn-mills-a3.md"].decode()
    assert "##" not in files["deals/a2.md"].decode()


def test_a_contact_export_of_atomic_crm() -> None:
    map = (
        "import: contacts\nsource: atomic\nkey: {column: [email_work, email_home, email_other]}\n"
        'fields:\n  name: {template: "{first_name} {last_name}"}\n  role: title\n'
        "  email: {column: [email_work, email_home, email_other]}\n  phone: phone_work\n"
        "  social: {column: linkedin_url}\n  tags: {column: tags, split: ','}\n  x-company: company\n"
    )
    made = plan((DATA / "atomic-crm/contacts_export.csv").read_bytes(), map)
    assert told(made) == []
    assert errors(made.files) == []
    assert b"tags: [influencer, developer]\n" in made.files["contacts/john-doe.md"]


@pytest.mark.parametrize(
    "path", sorted(MAPS.glob("*/*.yml")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_every_committed_map_reads(path: Path) -> None:
    known = schema(pipeline_of(path.parent.name))
    if path.stem != "pipeline":
        problems: list[Problem] = []
        text = path.read_text(encoding="utf-8")
        assert read_map(path.name, text, known, problems.append) is not None, problems
        manual = (MAPS.parent / "import.md").read_text(encoding="utf-8")
        assert f"docs/maps/{path.parent.name}/{path.name}" in manual
