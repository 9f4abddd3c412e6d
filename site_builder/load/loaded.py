"""What a tree of files says, once all of it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from site_builder.files.memory import Memory
from site_builder.insights.topics import Topic, Topics, size_of, topics_of
from site_builder.journal import history
from site_builder.journal.journal import Journal
from site_builder.journal.recordings import Recordings
from site_builder.load.findings import Findings
from site_builder.load.reading import ReadFile
from site_builder.load.today import NO_DAYS, Days
from site_builder.problems.problem import Problem

if TYPE_CHECKING:
    from site_builder.files.git_objects import Commit


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a tree says. ``journal`` is None where pipeline.yml could not be understood.

    ``sources`` are the texts of the files that problems stand in. ``left_out`` are the paths
    of deals and contacts that could not be understood and so are not in the journal. What is
    dated after ``begun`` does not hold yet: that is today, or tomorrow where it is that already
    for somebody. ``days`` says why. ``digests`` are SHA-256 of the files that were read. What
    each of these says is in ``files`` where it was to be kept, and in ``of_all`` what is wrong
    with them together. ``recorded`` is what git has recorded of it, where somebody asked, and
    ``revision`` the commit that it was read from, where it was read from one. ``memory`` has what
    is known from before of what follows from it.
    """

    journal: Journal | None
    problems: tuple[Problem, ...]
    sources: Mapping[str, str]
    today: dt.date
    left_out: tuple[str, ...] = ()
    begun: dt.date | None = None
    days: Days = NO_DAYS
    digests: Mapping[str, bytes] = field(default_factory=dict)
    files: tuple[ReadFile, ...] = ()
    of_all: tuple[Problem, ...] = ()
    kept_topics: Topics | None = None
    recorded: Recordings | None = None
    revision: Commit | None = None
    memory: Memory = field(default_factory=Memory, compare=False)

    @property
    def topics(self) -> Topics:
        """What the journal records: of the whole, where only a part of it is here."""
        if self.kept_topics is not None:
            return self.kept_topics
        if self.journal is None:
            return frozenset()
        return topics_of(self.journal.subjects) | size_of(len(self.journal.deals))

    @property
    def has_heaps(self) -> bool:
        """Whether it has more deals than a page can list."""
        if self.kept_topics is not None:
            return Topic.HEAPS in self.kept_topics
        return Topic.HEAPS in size_of(len(self.journal.deals) if self.journal else 0)

    @property
    def findings(self) -> Findings:
        """What commands tell of it."""
        if self.journal is None:
            return Findings(self.problems, self.sources, self.today)
        deals, contacts = len(self.journal.deals), len(self.journal.contacts)
        repository = self.journal.schema.repository
        return Findings(self.problems, self.sources, self.today, deals, contacts, repository)

    @property
    def seen(self) -> Journal | None:
        """The journal as it stands today: nothing later is in it."""
        return history.as_of(self.journal, self.begun or self.today) if self.journal else None
