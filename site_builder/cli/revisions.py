"""Journals as git has them: what revisions mean, and what they hold."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from site_builder.audiences.first_shown import first_shown
from site_builder.cli.exits import Refused
from site_builder.cli.loading import clock, no_journal, refuse_missing
from site_builder.files.git_objects import (
    HERE,
    Commit,
    NoRevision,
    Repository,
    UnknownRevision,
    no_commit,
)
from site_builder.files.revision import RevisionTree, WithoutSubmodules
from site_builder.files.tree import CONFIG, FILE, MAX_BYTES, FolderTree, Tree
from site_builder.journal.journal import Journal
from site_builder.load.findings import Findings
from site_builder.load.listing import is_ours
from site_builder.load.loaded import Loaded
from site_builder.load.pair import Pair, load_pair
from site_builder.load.preparing import NoJournal
from site_builder.problems.problem import Problem, by_place
from site_builder.problems.suggest import nearest
from site_builder.review.compare import Comparison, compare
from site_builder.review.sides import Side, Sides
from site_builder.review.touched import touched
from site_builder.source.document import decode

WORKING_TREE = "the working tree"
# What git calls a repository's first branch, by its version and by who set it up.
_FIRST_BRANCHES = {"main": "master", "master": "main"}


class Ends(NamedTuple):
    """Which revisions are compared; ``after`` is None for the working tree. ``from_fork`` begins
    with the last commit that both have."""

    before: str
    after: str | None
    from_fork: bool = False


class Compared(NamedTuple):
    """What was compared, and what came of it. The commits are those of the two ends; None for the
    working tree."""

    ends: Ends
    base: Commit
    head: Commit | None
    pair: Pair
    made: Comparison


def ends_of(base: str, head: str | None) -> Ends:
    """The revisions that two arguments mean; `A..B` and `A...B` are both at once, as in git."""
    for sign in ("...", ".."):
        one, found, other = base.partition(sign)
        if found:
            if head is not None:
                raise Refused(f"`{base}` names both ends already, so `{head}` is one too many.")
            return Ends(one or HERE, other or HERE, sign == "...")
    return Ends(base, head)


def compared(folder: Path, ends: Ends, today: dt.date | None) -> Compared:
    """Compare two revisions. Raises Refused where that can't be done."""
    refuse_missing(folder)
    try:
        return _compared(folder, ends, today)
    except NoRevision as refused:
        raise _refused(refused) from None


def findings_since(folder: Path, base: str, today: dt.date | None) -> Findings:
    """What a check finds in what changed since the working tree's branch left another. Raises
    Refused."""
    found = compared(folder, Ends(base, None, from_fork=True), today)
    after = found.pair.after
    problems = touched(found.made, after.problems, found.pair.changed)
    problems = by_place([*problems, *_first_shown(found.pair)])
    return replace(after.findings, problems=problems, sources=_sources(folder, problems))


def _first_shown(pair: Pair) -> Iterator[Problem]:
    """What audiences are shown for the first time. Where pipeline.yml had errors it is taken to
    have shown nothing."""
    after, before = pair.after, pair.before if not pair.lent_before else None
    if after.seen is None or not after.seen.schema.audiences or pair.lent_after:
        return
    was = (before.seen, before.problems) if before and before.seen else None
    now = (after.seen, after.problems)
    yield from first_shown(was, now, pair.changed, after.today)


def _sources(folder: Path, problems: Sequence[Problem]) -> dict[str, str]:
    """The texts of the files that problems stand in, of deals, contacts and pipeline.yml."""
    tree = FolderTree(folder)
    listed = {file.path for file in tree.files() if file.kind == FILE}
    found: dict[str, str] = {}
    for path in {problem.span.path for problem in problems} & listed:
        if path == CONFIG or is_ours(path):
            with suppress(OSError):
                text = decode(path, tree.read(path, MAX_BYTES + 1), lambda _problem: None)
                found |= {path: text} if text is not None else {}
    return found


def tree_at(folder: Path, revision: str) -> Tree:
    """The files of a journal as a revision has them. Raises Refused."""
    try:
        repository = Repository(folder)
        tree = RevisionTree(repository, repository.commit(revision))
    except NoRevision as refused:
        raise _refused(refused) from None
    if not any(file.path == CONFIG for file in tree.files()):
        raise _none_at(revision, repository)
    return tree


def commit_at(folder: Path, revision: str) -> Commit:
    """The commit that a revision means. Raises Refused."""
    try:
        return Repository(folder).commit(revision)
    except NoRevision as refused:
        raise _refused(refused) from None


def _compared(folder: Path, ends: Ends, today: dt.date | None) -> Compared:
    if ends.after is None and not (folder / CONFIG).is_file():
        raise no_journal(folder)
    repository = Repository(folder)
    base = repository.commit(ends.before)
    head = None if ends.after is None else repository.commit(ends.after)
    if ends.from_fork:
        base = repository.merge_base(base, head or repository.commit(HERE))
    after = _tree(folder, repository, head)
    try:
        pair = load_pair(RevisionTree(repository, base), after, clock, today)
    except NoJournal:
        raise _none_at(ends.after or WORKING_TREE, repository) from None
    return Compared(ends, base, head, pair, compare(_sides(pair, base)))


def _tree(folder: Path, repository: Repository, commit: Commit | None) -> Tree:
    if commit is not None:
        return RevisionTree(repository, commit)
    return WithoutSubmodules(FolderTree(folder), repository.submodules())


def _refused(why: NoRevision) -> Refused:
    """The refusal, with the nearest branch or tag where a name may have been mistyped."""
    if not isinstance(why, UnknownRevision):
        return Refused(str(why))
    name = re.split(r"[~^@:]", why.revision, maxsplit=1)[0]
    if name in why.names:
        help = f"`git log --oneline {name}` lists those that there are."
        return Refused(f"{no_commit(why.revision)} {help}")
    folded = {known.lower(): known for known in why.names}
    near = nearest(name, folded) or _FIRST_BRANCHES.get(name)
    if near not in folded:
        return Refused(str(why))
    meant = folded[near] + why.revision.removeprefix(name)
    return Refused(f"{no_commit(why.revision)} Did you mean `{meant}`?")


def _none_at(revision: str, repository: Repository) -> Refused:
    where = f"`{repository.inside}` of `{revision}`" if repository.inside else f"`{revision}`"
    return Refused(f"There is no journal in {where}: it has no {CONFIG} there.")


def _sides(pair: Pair, base: Commit) -> Sides:
    after = _side(pair.after)
    if pair.before is None:
        return Sides(Side(Journal(after.journal.schema)), after, pair.after.today)
    return Sides(_side(pair.before), after, pair.after.today, base.day)


def _side(loaded: Loaded) -> Side:
    journal = loaded.seen
    if journal is None:
        raise Refused(f"{CONFIG} has errors on both sides: `dealog check` tells them.")
    return Side(journal, loaded.problems, loaded.left_out, loaded.digests)


def about(found: Compared) -> list[str]:
    """What is compared, and what could not be read as it is, in sentences."""
    ends, base, head = found.ends, found.base, found.head
    first = f"where it left {ends.before}" if ends.from_fork else ends.before
    last = WORKING_TREE if head is None else f"{ends.after} ({head.short})"
    said = [
        f"From {first} ({base.short} of {base.day}) to {last}; both as of {found.pair.after.today}."
    ]
    if found.pair.before is None:
        said.append(f"There is no journal at {ends.before} yet, so all of it is new.")
    for is_lent, side in ((found.pair.lent_before, first), (found.pair.lent_after, last)):
        if is_lent:
            said.append(
                f"{CONFIG} of {side} has errors: its deals and contacts are read with the other's."
            )
    return said
