from __future__ import annotations

from site_builder.journal.repository import Repository
from site_builder.pages.form_links import contact_forms, deal_forms
from tests.catalogue import BASE
from tests.journals import loaded

SITE = "https://github.com/us/all/tree/main/sales"
AT = "https://github.com/us/all/issues/new?template="


def repository(lines: str) -> Repository:
    journal = loaded({"pipeline.yml": lines + BASE["pipeline.yml"]}).journal
    assert journal is not None
    return journal.schema.repository


def test_pages_lead_to_forms_that_know_what_they_are_about() -> None:
    at = repository(f"repository: {SITE}\nissue-forms: yes\n")
    journal = loaded({}).journal
    assert journal is not None
    links = {link.text: link.path for link in deal_forms(journal.deals[0], at)}
    assert links == {
        "Log a note": f"{AT}dealog-log-note.yml&subject=deals%2Facme",
        "Move": f"{AT}dealog-move-deal.yml&deal=acme",
        "Plan the next step": f"{AT}dealog-next-step.yml&deal=acme",
    }
    noted = contact_forms(journal.contacts[0], at)
    assert [link.path for link in noted] == [f"{AT}dealog-log-note.yml&subject=contacts%2Fjane-roe"]


def test_without_forms_there_are_no_links() -> None:
    journal = loaded({}).journal
    assert journal is not None
    for lines in ("", f"repository: {SITE}\n", f"repository: {SITE}\nissue-forms: no\n",
                  "repository: https://gitlab.com/us/sales\nissue-forms: yes\n"):  # fmt: skip
        at = repository(lines)
        assert deal_forms(journal.deals[0], at) == contact_forms(journal.contacts[0], at) == ()
