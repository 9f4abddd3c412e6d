"""The proposals on the page of modules: what they state of what one has to, and which lack some."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.insights.modules import Modules
from site_builder.insights.paper import paper_of
from site_builder.insights.share import Share
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Group,
    Row,
    Section,
    Table,
    group_of_notes,
    linked,
    numbers,
    percent_from,
    share_or_few,
    share_text,
    sure,
    texts,
    too_few,
)
from site_builder.problems import counting

FEWEST = 5
"""Of fewer proposals it is not told what share is complete."""
_PARTS = (
    "A proposal states `services::`, `terms::`, `deadline::` and `budget::`. "
    f"{percent_from(FEWEST, 'proposals')}"
)


def proposals(found: Modules, context: Context) -> Iterator[Section]:
    """The four parts of proposals, and which lack some."""
    every = next(iter(found.parts.values())).of
    if not every:
        return
    parts = Table(
        "Parts of proposals",
        numbers("Part", "Stated"),
        tuple(
            Row(
                Cell(part.capitalize()),
                (share_or_few(share, FEWEST, f"modules.html#{_stated(share, part)}"),),
            )
            for part, share in found.parts.items()
        ),
    )
    whole = Share(every - len(found.incomplete), every)
    of = counting.count(every, "proposal")
    complete = f"{share_text(whole)} of {of} complete ({sure(whole)})"
    if every < FEWEST:
        complete = f"{whole.n} of {of} complete: {too_few(every, FEWEST, 'more')}"
    yield Section(
        "proposals",
        "Proposals",
        f"{complete}; "
        f"{counting.grouped(found.proposals.accepted)} of "
        f"{counting.count(found.proposals.sent, 'deal')} with one won",
        tables=(parts, *_incomplete(found, context)),
        rule=_PARTS,
        made_of=tuple(_groups_of_proposals(found, context)),
        is_closed=True,
    )


def _stated(share: Share, part: str) -> str:
    """The anchor of the proposals that lack a part, or else of all."""
    return f"lacks:{part}" if share.n < share.of else "proposals:all"


def _groups_of_proposals(found: Modules, context: Context) -> Iterator[Group]:
    """All proposals, and those that lack each part."""
    deals = context.journal.deals_with_paper
    every = [(deal, note) for deal in deals for note in paper_of(deal).proposals]
    yield group_of_notes("proposals:all", "All proposals", every)
    for part, share in found.parts.items():
        lacks = [(one.deal, one.proposal) for one in found.incomplete if part in one.lacks]
        if lacks:
            yield group_of_notes(_stated(share, part), f"Lacks {part}", lacks)


def _incomplete(found: Modules, context: Context) -> Iterator[Table]:
    last = sorted(found.incomplete, key=lambda one: one.proposal.date, reverse=True)[:SHOWN]
    rows = tuple(
        Row(
            linked(subject_link(one.deal)),
            (
                Cell(
                    formats.near_day(one.proposal.date, context.today),
                    note_path(one.deal, one.proposal),
                ),
                Cell(", ".join(one.lacks)),
            ),
        )
        for one in last
    )
    if rows:
        columns = texts("Deal", "Proposed", "Lacks")
        yield Table(f"Proposals that lack something, the last {SHOWN} of them", columns, rows)
