from __future__ import annotations

import pytest

from site_builder.edit.existing import Existing
from site_builder.edit.mentions import Renaming, own_fields, renamed
from site_builder.edit.splices import spliced
from site_builder.files.tree import MemoryTree
from site_builder.insights.named import named_in
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from tests.edit.desks import TODAY, after, existing
from tests.stories import story

JANE = Renaming(True, "jane-roe", "jane-poe", own_fields=("partner",))

DEAL = """---
title: jane-roe and jane-roe-smith
contacts: [jane-roe champion, "[[jane-roe|Jane]] user", mary-jane-roe]
source: referral jane-roe
partner: jane-roe
next: 2026-12-01 Ask [[jane-roe]]
---
About [[contacts/jane-roe|jane-roe]] and [[jane-roe#news]], a jane-roe in a text, [[jane-roe-smith]].

```
[[jane-roe]]
```

| [[jane-roe\\|Jane]] |

## 2026-11-01 referral from jane-roe, [[jane-roe]] by maria — jane-roe
who:: jane-roe
trigger:: jane-roe
"""


def test_each_mention_and_nothing_else() -> None:
    file = existing(DEAL)
    made = after(file, *renamed(file, JANE))
    assert made == (
        DEAL.replace("[jane-roe champion", "[jane-poe champion")
        .replace('"[[jane-roe|Jane]] user', '"[[jane-poe|Jane]] user')
        .replace("referral jane-roe", "referral jane-poe")
        .replace("partner: jane-roe", "partner: jane-poe")
        .replace("Ask [[jane-roe]]", "Ask [[jane-poe]]")
        .replace("[[contacts/jane-roe|", "[[contacts/jane-poe|")
        .replace("[[jane-roe#news", "[[jane-poe#news")
        .replace("[[jane-roe\\|", "[[jane-poe\\|")
        .replace("from jane-roe, [[jane-roe]]", "from jane-poe, [[jane-poe]]")
        .replace("who:: jane-roe", "who:: jane-poe")
    )


def test_mentions_in_yaml() -> None:
    text = (
        "title: A\ncontacts:\n  - jane-roe champion\nnotes:\n  - date: 2026-11-01\n    kind: referral\n"
        "    from: [jane-roe, bob]\n    who: jane-roe\n    text: |\n      See [[jane-roe]] jane-roe\n"
    )
    file = existing(text, "deals/a.yml")
    made = after(file, *renamed(file, JANE))
    assert made.count("jane-poe") == 4
    assert made.endswith("See [[jane-poe]] jane-roe\n")


def test_a_deal_s_mentions_are_its_links_and_fields_of_deals() -> None:
    renaming = Renaming(False, "jane-roe", "b", own_fields=("partner",))
    file = existing(DEAL)
    made = after(file, *renamed(file, renaming))
    assert "partner: b\n" in made and "Ask [[b]]" in made
    assert '"[[jane-roe|Jane]] user"' in made and "from jane-roe, [[jane-roe]] by" in made


def test_links_stay_where_they_lead_elsewhere() -> None:
    renaming = Renaming(True, "jane-roe", "jane-poe", has_links=False)
    file = existing("---\nname: A\n---\n[[jane-roe]]\n")
    assert renamed(file, renaming) == []


def test_fields_of_pipelines_that_hold_ids() -> None:
    fields = {"partner": "contact", "part-of": "deal", "text": "text"}
    assert own_fields(fields, True) == {"partner"}
    assert own_fields(fields, False) == {"part-of"}


@pytest.mark.parametrize("seed", range(4))
def test_a_journal_in_which_one_is_renamed_says_the_same_of_the_other_name(seed: int) -> None:
    files = {path: text.encode() for path, text in story(seed).items()}
    before = _loaded(files)
    assert before.journal is not None
    contacts, deals = before.journal.contacts[:4], before.journal.deals[:3]
    some: tuple[Deal | Contact, ...] = (*contacts, *deals)
    for subject in some:
        is_contact = subject.path.startswith("contacts/")
        renaming = Renaming(is_contact, subject.id, "renamed-one")
        made = {p: _in(p, data, renaming) for p, data in files.items() if p != subject.path}
        folder, _, name = subject.path.rpartition("/")
        ending = name.rpartition(".")[2]
        made[f"{folder}/renamed-one.{ending}"] = _in(subject.path, files[subject.path], renaming)
        now = _loaded(made)
        assert _names(now) == {
            (
                other.replace(f"/{subject.id}", "/renamed-one")
                if other == _name(subject.path)
                else other
            )
            for other in _names(before)
        }
        assert len(now.problems) == len(before.problems)


def _name(path: str) -> str:
    return f"{path.partition('/')[0]}/{path.rpartition('/')[2].rpartition('.')[0]}"


def _in(path: str, data: bytes, renaming: Renaming) -> bytes:
    if not path.startswith(("deals/", "contacts/")):
        return data
    file: Existing = existing(data, path)
    return spliced(data, renamed(file, renaming))


def _names(loaded: Loaded) -> set[str]:
    assert loaded.journal is not None
    known = {_name(subject.path) for subject in loaded.journal.subjects}
    return known & {name for subject in loaded.journal.subjects for name in named_in(subject)}


def _loaded(files: dict[str, bytes]) -> Loaded:
    return load(MemoryTree(files), lambda: TODAY, TODAY)


@pytest.mark.parametrize(
    "line",
    [
        'company: "[[acme|jane-roe]]"',
        "contacts: [ann-poe jane-roe]",
        "source: A talk by jane-roe",
        "x-code: '`[[jane-roe]]` and ``[[jane-roe]] ` ``'",
        'x-deal: "[[deals/jane-roe]]"',
    ],
)
def test_what_is_only_a_word_or_leads_elsewhere_stays(line: str) -> None:
    assert renamed(existing(f"---\ntitle: A\n{line}\n---\n"), JANE) == []


def test_code_in_notes_of_yaml_stays() -> None:
    text = (
        "title: A\nnotes:\n  - date: 2026-11-01\n    kind: note\n    text: |\n"
        "      ```\n      [[jane-roe]]\n      ```\n      [[jane-roe]]\n"
    )
    file = existing(text, "deals/a.yml")
    assert [splice.line for splice in renamed(file, JANE)] == [9]


def test_a_link_that_means_the_contact_stays_where_a_deal_of_its_id_is_renamed() -> None:
    text = (
        '---\nname: A\ncompany: "[[acme]]"\nintroduced-by: "[[acme|Ac]]"\n---\nSee [[acme]].\n\n'
        "## 2026-11-01 call with [[acme]] — of [[acme]]\nwho:: [[acme]]\n"
    )
    file = existing(text, "contacts/a.md")
    made = after(file, *renamed(file, Renaming(False, "acme", "b")))
    assert made == text.replace("See [[acme]]", "See [[b]]").replace("of [[acme]]", "of [[b]]")
