from __future__ import annotations

import datetime as dt
import re

import pytest

from site_builder.edit.desk import Desk
from site_builder.edit.forgetting import forgotten
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.load.preparing import prepare
from site_builder.load.reading import Keep
from site_builder.problems.problem import Severity
from tests.catalogue import BASE, deal
from tests.stories import story

DAY = dt.date(2026, 11, 20)
OTHER = {"contacts/john-smith.md": "---\nname: John Smith\nintroduced-by: jane-roe\n---\n"}


def desk(files: dict[str, str]) -> Desk:
    ready = prepare(MemoryTree(files), lambda: DAY, None, Keep.NOTHING)
    assert ready.schema is not None
    return Desk(ready, ready.schema)


def after(files: dict[str, str], id: str = "jane-roe") -> dict[str, str]:
    """The files when a contact has been forgotten."""
    made = dict(files)
    for change in forgotten(desk(files), id).changes:
        if change.after is None:
            del made[change.path]
        else:
            made[change.path] = change.after.decode()
    return made


def of_deal(text: str, path: str = "deals/bad.md") -> str:
    return after({**BASE, **OTHER, path: text})[path]


def test_the_file_goes_and_whatever_names_it_in_others() -> None:
    text = deal(
        'contacts: [john-smith user, "[[jane-roe|Jane]] champion"]\nsource: referral jane-roe'
    )
    made = after({**BASE, **OTHER, "deals/bad.md": text})
    assert "contacts/jane-roe.md" not in made
    assert made["contacts/john-smith.md"] == "---\nname: John Smith\n---\n"
    expected = deal("contacts: [john-smith user]").replace("Call Jane", "Call Jane")
    assert made["deals/bad.md"] == expected


def test_a_pipeline_s_own_fields_and_addresses_in_texts_go_too() -> None:
    own = "      partner-deal: {type: deal}\n"
    jane = "---\nname: Jane Roe\nemail: j@roe.example\nphone: +44 20 7\nsocial: [https://x.example/jr]\n---\n"
    note = "\n## 2026-10-12 call\nMail {}, dial {}; {} {} [x]({}).\n"
    files = {
        **BASE,
        "pipeline.yml": BASE["pipeline.yml"].replace(
            own,
            f"{own}      rival: {{type: contact}}\n      buyer: {{type: email}}\n      page: {{type: url}}\n",
        ),
        "contacts/jane-roe.md": jane,
        "deals/bad.md": deal(
            "rival: jane-roe\nbuyer: J@roe.example\npage: http://www.x.example/jr/",
            note.format(
                *("J@roe.example", "+44 20 7", "https://x.example/jr"),
                *("www.X.example/jr/about", "HTTP://x.example/JR/"),
            ),
        ),
    }
    assert after(files)["deals/bad.md"] == deal("", note.format(*["somebody"] * 5))


def test_an_address_of_the_web_that_others_have_too_stays_and_is_told() -> None:
    jane = (
        "---\nname: Jane Roe\nwebsite: https://roe.example\nsocial: [https://x.example/jr]\n---\n"
    )
    other = (
        "---\nname: Max Roe\nemail: max@roe.example\n---\nSee www.roe.example.\nmail@x.example/jr\n"
    )
    files = {**BASE, "contacts/jane-roe.md": jane, "contacts/max.md": other}
    found = forgotten(desk(files), "jane-roe")
    assert after(files)["contacts/max.md"] == other
    assert [(line, column) for path, line, column, _ in found.left] == [
        (2, 11),
        (3, 12),
        (5, 5),
        (6, 6),
    ]
    (pattern,) = (each for each in found.patterns if "jr" in each)
    assert re.fullmatch(f"(?i){pattern}".encode(), b"HTTPS://www.x.example/jr/a")


@pytest.mark.parametrize(
    ("firm", "mail", "stays"),
    [("Roe & Sons", "", False), ("Roe Works", "", True), ("Acme", "max@roe-works.example", True)],
)
def test_a_host_of_the_company_or_where_others_have_their_mail_stays(
    firm: str, mail: str, stays: bool
) -> None:
    jane = "---\nname: Jane Roe\ncompany: firm\nwebsite: https://www.roe-works.example\n---\n"
    text = "See https://www.roe-works.example.\n"
    files = {
        **BASE,
        "contacts/firm.md": f"---\nname: {firm}\ntype: company\n---\n",
        "contacts/jane-roe.md": jane,
        "contacts/max.md": f"---\nname: Max\n{mail and f'email: {mail}'}\n---\n{text}",
    }
    assert after(files).get("contacts/max.md", text).endswith(text) is stays
    told = [left.path for left in forgotten(desk(files), "jane-roe").left]
    assert ("contacts/max.md" in told) is stays


@pytest.mark.parametrize("line", ["name: Jane Roe", "name: J\nemail: J@roe.example"])
def test_what_means_another_contact_too_stays(line: str) -> None:
    jane = "---\nname: Jane Roe\nemail: j@roe.example\nphone: +44 20 7\n---\n"
    text = f"---\n{line}\n---\nMail j@roe.example, dial {{}}.\n"
    files = {**BASE, "contacts/jane-roe.md": jane, "contacts/jr.md": text.format("+44 20 7")}
    if "email" not in line:
        text = text.replace("j@roe.example", "somebody")
    assert after(files)["contacts/jr.md"] == text.format("somebody")
    left = forgotten(desk(files), "jane-roe").left
    said = line.rsplit("\n", maxsplit=1)[-1]
    assert ("contacts/jr.md", line.count("\n") + 2, said.index(" ") + 2, said) in left


def test_an_id_that_a_deal_has_too_stays_where_it_leads_to_the_deal() -> None:
    line = "See [[jane-roe]], [[jane-roe|Jane Roe]] and `jane-roe`.\n"
    files = {**BASE, "deals/jane-roe.md": deal("contacts: [jane-roe]", line)}
    found = forgotten(desk(files), "jane-roe")
    assert not [problem for problem in found.wrong if problem.code == "unknown-link"]
    expected = deal("", line.replace("Jane Roe", "somebody"))
    assert found.changes[1].after == expected.encode()


@pytest.mark.parametrize(
    ("front", "left"),
    [
        ("contacts: [jane-roe]", ""),
        ("contacts:\n  - jane-roe champion\n  - john-smith", "contacts:\n  - john-smith"),
        ("contacts:\n  - '[[jane-roe]]'", ""),
        ("tags: [jane-roe-fans]", "tags: [jane-roe-fans]"),
        ("source: jane", "source: jane"),
        ("channel: met Jane  Roe at a fair", "channel: met somebody at a fair"),
    ],
)
def test_fields(front: str, left: str) -> None:
    assert of_deal(deal(front)) == deal(left)


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("## 2026-10-12 email to jane-roe", "## 2026-10-12 email"),
        ("## 2026-10-12 email to jane-roe — Words", "## 2026-10-12 email — Words"),
        ("## 2026-10-12 call with jane-roe, john-smith by maria — A",
         "## 2026-10-12 call with john-smith by maria — A"),
        ("## 2026-10-12 call with john-smith, [[jane-roe|Jane]] by maria",
         "## 2026-10-12 call with john-smith by maria"),
        ("## 2026-10-12 call with [[jane-roe]], [[john-smith]]",
         "## 2026-10-12 call with [[john-smith]]"),
        ("## 2026-10-12 call — Jane Roe's idea", "## 2026-10-12 call — somebody's idea"),
        ("## 2026-10-12 trust from jane-roe\nText of it.", None),
        ("## 2026-10-12 trust from jane-roe, john-smith", "## 2026-10-12 trust from john-smith"),
        ("## 2026-10-12 referral from john-smith\nwho:: jane-roe\nText.",
         "## 2026-10-12 referral from john-smith\nText."),
        ("## 2026-10-12 call\n[[jane-roe]] said. So did [[jane-roe|she]], JANE ROE; jane-roe-fans did not.",
         "## 2026-10-12 call\nSomebody said. So did somebody, somebody; jane-roe-fans did not."),
    ],
)  # fmt: skip
def test_notes(heading: str, left: str | None) -> None:
    rest = "\n## 2026-10-13 call with john-smith — After\n"
    kept = "" if left is None else f"{left}\n"
    assert of_deal(deal(notes=f"{heading}\n{rest}")) == deal(notes=f"{kept}{rest}"[left is None :])


YAML = """\
title: Bad
owner: maria
stage: lead
next: 2026-12-01 Call
contacts: [jane-roe, john-smith]
notes:
  - date: 2026-10-01
    kind: call
    with: [jane-roe, john-smith]
  - date: 2026-10-02
    kind: email
    to: jane-roe
    headline: To her
  - date: 2026-10-03
    kind: trust
    from: "[[jane-roe]]"
  - date: 2026-10-04
    kind: call
    with: john-smith
    text: |
      About [[jane-roe]].
"""
LEFT = """\
title: Bad
owner: maria
stage: lead
next: 2026-12-01 Call
contacts: [john-smith]
notes:
  - date: 2026-10-01
    kind: call
    with: [john-smith]
  - date: 2026-10-02
    kind: email
    headline: To her
  - date: 2026-10-04
    kind: call
    with: john-smith
    text: |
      About somebody.
"""


def test_notes_in_yaml() -> None:
    assert of_deal(YAML, "deals/bad.yml") == LEFT


def test_a_form_that_can_t_be_changed_is_refused_with_its_place() -> None:
    text = YAML.replace("    to: jane-roe\n", "").replace(
        "  - date: 2026-10-02\n    kind: email\n", "  - to: jane-roe\n    date: 2026-10-02\n    kind: email\n"
    )  # fmt: skip
    with pytest.raises(NotDone, match=r"deals/bad.yml:10 names `jane-roe` in a form"):
        of_deal(text, "deals/bad.yml")


def test_what_would_be_wrong_then_is_not_done() -> None:
    """As where one of the team has that id, whom deals are owned by."""
    config = BASE["pipeline.yml"].replace("team:\n", "team:\n  jane-roe: {name: Jane Roe}\n", 1)
    own = deal().replace("owner: maria", "owner: jane-roe")
    with pytest.raises(Wrong) as refused:
        forgotten(desk({**BASE, "pipeline.yml": config, "deals/bad.md": own}), "jane-roe")
    assert [problem.code for problem in refused.value.problems] == ["unknown-person"]


def test_what_may_still_speak_of_them_is_listed() -> None:
    files = {
        **BASE,
        **OTHER,
        "deals/jane-roe-site.md": deal(notes="\n## 2026-10-12 call\nJane laughed.\n"),
    }
    found = forgotten(desk(files), "jane-roe")
    assert [(left.path, left.line) for left in found.left if "site" in left.path] == [
        ("deals/jane-roe-site.md", 0), ("deals/jane-roe-site.md", 5), ("deals/jane-roe-site.md", 9),
    ]  # fmt: skip
    assert found.word == "somebody"
    assert found.patterns[:2] == (r"Jane\s+Roe", r"jane\-roe")


FORMS = deal(
    "channel: Dr. Otto X. Qhid's\nx-dial: 0171/77 55-33-21",
    """
Ask O.Qhid, O. X. Qhid or Herr Qhids; QHID, OTTO; Otto-Qhid, **otto.qhid**, ottoqhid.
Dial 0171 7755 3321, +49 (0)171/77553321 or\xa0
0049 171 7755
3321; mail otto [at] qhid (dot) example or o.q@else.example.
Not in https://x.example/otto-qhid, [[otto-qhid-gmbh]] or *O.* Qhid, nor 77553321: look.
""",
)
LEFT_OF_FORMS = deal(
    "channel: somebody's\nx-dial: somebody",
    """
Ask somebody, somebody or somebody; somebody; somebody, **somebody**, somebody.
Dial somebody, somebody or\xa0
Somebody; mail somebody or o.q@else.example.
Not in https://x.example/otto-qhid, [[otto-qhid-gmbh]] or *O.* Qhid, nor 77553321: look.
""",
)
OTTO = "---\nname: Otto Qhid\nphone: +49 171 77553321\nemail: otto@qhid.example\n---\n"
QHIDS = {
    **BASE,
    "contacts/otto-q.md": OTTO,
    "contacts/otto-qhid-gmbh.md": "---\nname: Acme Two\ntype: company\n---\n",
    "deals/bad.md": FORMS,
}


def test_a_name_and_a_number_go_however_they_are_written() -> None:
    assert after(QHIDS, "otto-q")["deals/bad.md"] == LEFT_OF_FORMS


def test_what_may_mean_them_is_listed_with_its_place() -> None:
    found = forgotten(desk(QHIDS), "otto-q")
    row = LEFT_OF_FORMS.split("\n").index(FORMS.split("\n")[-2]) + 1
    assert ("deals/bad.md", row, 26) in [left[:3] for left in found.left]


def test_what_may_mean_another_stays_and_is_listed() -> None:
    other = "---\nname: Olga Qhid\nphone: 030 77553321\n---\n"
    made = after({**QHIDS, "contacts/olga.md": other}, "otto-q")["deals/bad.md"]
    assert "Ask O.Qhid, O. X. Qhid or Herr Qhids; somebody; somebody" in made


def test_what_is_written_as_the_number_is_may_be_an_amount() -> None:
    said = "It is 4711 EUR, of 2026 4711; call 4711."
    files = {
        **BASE,
        "contacts/otto-q.md": OTTO.replace("+49 171 77553321", '"4711"'),
        "deals/bad.md": deal("owner: me", f"\n## 2026-10-01 note\n{said}\n"),
    }
    found = forgotten(desk(files), "otto-q")
    made = after(files, "otto-q")["deals/bad.md"]
    assert "It is 4711 EUR, of 2026 4711; call somebody." in made
    assert [left.column for left in found.left if left.path == "deals/bad.md"] == [7]
    assert "4711" not in found.patterns


def test_each_of_two_numbers_goes() -> None:
    jane = OTTO.replace("+49 171 77553321", "030 77553321 / 0171 1234567")
    said = "Dial 030 77553321, +49 171 1234567 or 030 77553321 / 0171 1234567."
    files = {
        **BASE,
        "contacts/otto-q.md": jane,
        "deals/bad.md": deal("owner: me", f"\n## 2026-10-01 note\n{said}\n"),
    }
    made = after(files, "otto-q")["deals/bad.md"]
    assert "Dial somebody, somebody or somebody / somebody." in made
    every = re.compile("|".join(forgotten(desk(files), "otto-q").patterns))
    assert len(every.findall(said)) == 4


def test_the_history_s_patterns_find_what_is_found_in_files() -> None:
    patterns = forgotten(desk(QHIDS), "otto-q").patterns
    every = re.compile(f"(?i){'|'.join(patterns)}".encode())
    made = every.sub(b"somebody", FORMS.replace("\n3321", " 3321").encode()).decode()
    called = ("O.Qhid", "O. X.", "Herr Qhids", "QHID, OTTO", "Otto-", "ottoqhid")
    for gone in (*called, "0171", "171/", "[at]"):
        assert gone in FORMS and gone not in made
    assert "nor 77553321" in made
    others = {**QHIDS, "contacts/olga.md": "---\nname: Olga Qhid\n---\n"}
    fewer = re.compile(f"(?i){'|'.join(forgotten(desk(others), 'otto-q').patterns)}")
    assert not fewer.search("O. Qhid, Herr Qhid") and fewer.search("Otto X. Qhid")


def test_the_history_s_patterns_find_names_that_begin_and_end_with_an_accent() -> None:
    files = {**BASE, "contacts/otto-q.md": "---\nname: \u00c1ngel Per\u00e9\n---\n"}
    every = re.compile(f"(?i){'|'.join(forgotten(desk(files), 'otto-q').patterns)}".encode())
    for said in (
        "\u00c1ngel X. Per\u00e9",
        "Per\u00e9, \u00c1ngel",
        "\u00c1. Per\u00e9",
        "\u00c1NGEL PER\u00c9",
        "A. Pere",
        "Mr Per\u00e9",
        "Ms.Pere",
        "Per\u00e9s, \u00c1ngel",
    ):
        assert every.fullmatch(said.encode()), said
    assert not every.search(b"A Pere, Ms Perez")


def test_queries_that_speak_of_them_are_listed() -> None:
    config = BASE["pipeline.yml"] + 'views: {hers: "contact:jane-roe"}\n'
    found = forgotten(desk({**BASE, **OTHER, "pipeline.yml": config}), "jane-roe")
    line = config.count("\n")
    assert found.left[-1] == ("pipeline.yml", line, 24, 'views: {hers: "contact:jane-roe"}')


def test_lines_and_byte_order_mark_stay_as_they_are() -> None:
    text = "\ufeff" + deal("contacts: [jane-roe, john-smith]").replace("\n", "\r\n")
    assert of_deal(text) == text.replace("jane-roe, ", "")


@pytest.mark.parametrize("seed", [3, 8])
def test_of_random_journals_nobody_is_named_any_more_and_nothing_else_is_wrong(seed: int) -> None:
    files = story(seed, deals=8)
    before = load(MemoryTree(files), lambda: DAY)
    assert before.journal is not None
    errors = {(p.code, p.message) for p in before.problems if p.severity is Severity.ERROR}
    for contact in before.journal.contacts[::3]:
        made = after(files, f"contacts/{contact.id}")
        found = load(MemoryTree(made), lambda: DAY)
        new = {(p.code, p.message) for p in found.problems if p.severity is Severity.ERROR} - errors
        assert {code for code, _ in new} <= {"gate-unmet"}
        assert found.journal is not None
        for subject in found.journal.subjects:
            assert contact.id not in repr((subject.company, getattr(subject, "contacts", ())))
            assert not any(contact.id in note.parties for note in subject.notes)
            assert f"[[{contact.id}" not in made[subject.path]
