"""The first line of the page of structure: where most is lost."""

from __future__ import annotations

from site_builder.insights.structure import Structure
from site_builder.journal.pipeline import Pipeline
from site_builder.markup import formats
from site_builder.pages.links import Link
from site_builder.pages.sentence import Sentence, joined, together
from site_builder.pages.sheet import too_few
from site_builder.pages.structure_years import FEWEST_DEALS, anchor_of, placed, stage_of
from site_builder.problems import counting

_Leak = tuple[Sentence, Sentence]
"""In which stages of a pipeline the most is lost, and how much of what it lost."""


def answer(shown: list[Structure], by_id: dict[str, Pipeline]) -> str:
    """The largest leak of all pipelines; where several are as large, these, if they are few."""
    leaks = {(one.id, id): n for one in shown for id, n in one.lost_by_stage.items() if n}
    if not leaks:
        return _unplaced(shown, by_id)
    largest, lost = counting.most(leaks)
    losing = [one for one in shown if placed(one)]
    every = sum(len(placed(one)) for one in losing)
    of = together([_lost_of(one, by_id, len(placed(one)), "sunk") for one in losing])
    if every < FEWEST_DEALS:
        return Sentence(of, f": {too_few(every, FEWEST_DEALS, 'where most is lost')}")
    if lost == every:
        all_of = "" if losing[0].lost_somewhere else "All "
        return Sentence(all_of, of, f" ended in {_name(*largest[0], by_id)}", _rest(losing[0]))
    if len(largest) > counting.MOST_NAMED:
        return Sentence("No stage stands out among ", of)
    stages = [(one, [id for of, id in largest if of == one.id]) for one in losing]
    told = [_leak(one, ids, by_id) for one, ids in stages if ids]
    return _largest(told, len(largest), is_most=2 * lost > every)


def _largest(leaks: list[_Leak], stages: int, *, is_most: bool) -> Sentence:
    """That so many stages lose the most; ``is_most`` where one loses more than all others."""
    if stages > 1:
        told = [Sentence(where, ": ", count) for where, count in leaks]
        return Sentence("No stage loses more than ", joined("; and ", told))
    where, count = leaks[0]
    if is_most:
        return Sentence("Most is lost in ", where, ": ", count)
    return Sentence("More is lost in ", where, " than in any other stage: ", count)


def _unplaced(shown: list[Structure], by_id: dict[str, Pipeline]) -> str:
    """What there is to say where no loss is of a known stage."""
    lost = [one for one in shown if one.lost]
    if not lost:
        return "Nothing is lost yet" if shown else ""
    of = [_lost_of(one, by_id, one.lost, "lost") for one in lost]
    return Sentence("Nobody knows in which stage ", together(of), " ended")


def _leak(one: Structure, stages: list[str], by_id: dict[str, Pipeline]) -> _Leak:
    """Where as much as anywhere is lost, and how much: ``Decision of Sales`` and ``6 of 23 lost
    deals``; of several stages each name leads there."""
    lost = counting.grouped(one.lost_by_stage[stages[0]])
    names = [_name(one.id, id, by_id) for id in stages]
    where, count = Sentence(names[0]), Sentence(Link(lost, f"#{anchor_of(one, stages[0])}"))
    if len(stages) > 1:
        paths = [f"#{anchor_of(one, id)}" for id in stages]
        where, count = together(map(Link, names, paths)), Sentence(f"{lost} each")
    is_one = len(by_id) == 1
    whose = "" if is_one else f" of {formats.isolated(by_id[one.id].name)}"
    of = Link(counting.count(len(placed(one)), "lost deal"), f"#{one.id}-sunk")
    return Sentence(where, whose), Sentence(count, " of " if is_one else " of its ", of, _rest(one))


def _lost_of(one: Structure, by_id: dict[str, Pipeline], count: int, at: str) -> Sentence:
    """So many lost deals of a pipeline, which is named where there are several."""
    whose = f" of {formats.isolated(by_id[one.id].name)}" if len(by_id) > 1 else ""
    return Sentence(Link(counting.count(count, "lost deal"), f"#{one.id}-{at}"), whose)


def _rest(one: Structure) -> str:
    """How many more were lost in a stage that nobody knows."""
    count = counting.grouped(len(one.lost_somewhere))
    unknown = Link(f"{count} more", f"#{one.id}-lost")
    return Sentence(", and ", unknown, " nobody knows where") if one.lost_somewhere else ""


def _name(pipeline: str, stage: str, by_id: dict[str, Pipeline]) -> str:
    return formats.isolated(stage_of(by_id[pipeline], stage).name)
