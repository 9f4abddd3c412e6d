"""What an import would do, as data, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from site_builder.edit.writing import item
from site_builder.exchange.csv.numbers import shown
from site_builder.parse.ids import slug
from site_builder.problems import counting
from site_builder.problems.problem import Problem

_MOST_LISTED = 25
_MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class FileWrite:
    """A file to write. ``before`` is what it held when the plan was made, None if nothing."""

    path: str
    data: bytes
    before: bytes | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows. Each row is in exactly one of them, so they add up."""

    rows: int = 0
    taken: int = 0
    already_there: int = 0
    left_alone: int = 0
    skipped: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would write, what it would not and why.

    Errors among ``problems`` each keep a row (or everything) out; warnings tell what was
    done. ``strangers`` are people in the CSV whom the team does not have, and in how many
    cells; ``skipped`` the map's own reasons for skipping, and how many rows; ``unused`` the
    columns that hold something and that the map never speaks of. Where ``map_is_wrong``, in
    itself or for this CSV, nothing is written.
    """

    writes: tuple[FileWrite, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: Counts = Counts()
    strangers: tuple[tuple[str, int], ...] = ()
    skipped: tuple[tuple[str, int], ...] = ()
    unused: tuple[str, ...] = ()
    map_is_wrong: bool = False

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files to write, by path relative to the journal."""
        return {write.path: write.data for write in self.writes}

    @property
    def example(self) -> FileWrite | None:
        """One of the files to write, a new one if there is any."""
        new = (write for write in self.writes if write.before is None)
        return next(new, self.writes[0] if self.writes else None)


def grouped(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems that say the same of several rows as one, with the lines of the others."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.span.path, problem.code, problem.message), []).append(problem)
    return tuple(_one_of(group) for group in groups.values())


def _one_of(group: list[Problem]) -> Problem:
    first, others = group[0], [str(problem.span.line) for problem in group[1:]]
    if not others:
        return first
    rest = len(others) - _MOST_LINES
    more = f" and {counting.grouped(rest)} more" if rest > 0 else ""
    also = f"Also in line{'s' * (len(others) > 1)} {', '.join(others[:_MOST_LINES])}{more}."
    return replace(first, message=f"{first.message} {also}")


def summary(plan: ImportPlan, *, dry_run: bool) -> str:
    """What was done, or would be, in a few lines for the terminal."""
    counts, new = plan.counts, sum(write.before is None for write in plan.writes)
    would = "would be " if dry_run else ""
    became = {
        "taken": counts.taken,
        "there already": counts.already_there,
        "there but different, left alone": counts.left_alone,
        "skipped": counts.skipped,
        "refused": counts.refused,
    }
    told = ", ".join(
        f"{counting.grouped(number)} {what}" for what, number in became.items() if number
    )
    lines = [f"{counting.count(counts.rows, 'row')}: {told or 'none'}."]
    lines += [
        f"  skipped {counting.grouped(number)}: {because}" for because, number in plan.skipped
    ]
    added = counting.grouped(len(plan.writes) - new)
    lines.append(f"{counting.count(new, 'file')} {would}made, {added} {would}added to.")
    lines += _listed(plan.writes) if dry_run else []
    if plan.unused:
        names = ", ".join(_cut([f"`{shown(name)}`" for name in plan.unused]))
        lines.append(f"Columns that the map does not use: {names}.")
    if plan.strangers:
        lines.append(
            "Not in the team; add them to `team` in pipeline.yml, or to `people` in the map:"
        )
        lines += [team_line(name) for name, _ in plan.strangers]
    return "\n".join(lines) + "\n"


def _listed(writes: Sequence[FileWrite]) -> list[str]:
    """The paths, each on a line of its own; those of files that are there say so."""
    paths = [f"{write.path}{' (added to)' * (write.before is not None)}" for write in writes]
    return [f"  {line}" for line in _cut(paths)]


def _cut(texts: Sequence[str]) -> list[str]:
    more = len(texts) - _MOST_LISTED
    return (
        [*texts[:_MOST_LISTED], f"and {counting.grouped(more)} more"] if more > 0 else list(texts)
    )


def team_line(name: str) -> str:
    """A line for `team:` in pipeline.yml: an id made from the name, and the name or e-mail."""
    local, at, _ = name.partition("@")
    if at:
        called = item(local.replace(".", " ").title())
        return f"  {slug(local) or 'someone'}: {{name: {called}, email: {item(name)}}}"
    return f"  {slug(name) or 'someone'}: {{name: {item(name)}}}"
