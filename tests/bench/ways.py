"""Which way the texts of a journal went: the fast one of ``prose``, or Python-Markdown's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from site_builder.files.tree import MemoryTree
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.load.loader import load
from site_builder.markup.prose import simple_html
from site_builder.pages.links import subject_page
from site_builder.pages.note_body import with_step_names
from tests.bench.generate import TODAY


def journal_of(files: Iterable[tuple[str, str]]) -> Journal:
    """The journal that these files are. They have to be right."""
    loaded = load(MemoryTree(dict(files)), lambda: TODAY)
    assert loaded.journal is not None and not loaded.problems
    return loaded.journal


def texts(journal: Journal) -> Iterator[str]:
    """All that pages show as Markdown, as they show it."""
    subjects: list[Deal | Contact] = [*journal.deals, *journal.contacts]
    for subject in subjects:
        found = [subject.summary, *map(with_step_names, subject.notes)]
        yield from filter(None, found)


def fast_share(journal: Journal) -> float:
    """Which share of the texts is plain enough for the fast way, from 0 to 1."""
    went = [
        simple_html(text, lambda id: subject_page(journal, id, "../")) is not None
        for text in texts(journal)
    ]
    return sum(went) / len(went)
