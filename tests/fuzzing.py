"""Whatever bytes come: problems, and no exception. A journal's files, notes, queries, tables and
their maps, changes, merges and repairs are spoiled at random.

``python -m tests.fuzzing FIRST COUNT`` does so, by numbers: see ``make soak``.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache, partial
from random import Random

from site_builder.cli.merge_file import merge_lines
from site_builder.edit.repairs import repaired
from site_builder.edit.three_way import merged
from site_builder.edit.weave import Three
from site_builder.exchange.map.map_reader import read_map
from site_builder.files.git import NoCommit
from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.load.loader import load
from site_builder.load.pair import load_pair
from site_builder.load.preparing import NoJournal
from site_builder.markup.excerpts import excerpt
from site_builder.markup.prose import Writer
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.problems import report
from site_builder.problems.problem import Problem
from site_builder.query.fields import fields_of
from site_builder.query.language import Mistake
from site_builder.query.matching import query
from site_builder.query.records import records
from site_builder.query.spans import Calendar
from site_builder.review.compare import compare
from site_builder.review.markdown import markdown
from site_builder.review.sides import Sides
from site_builder.review.told import told
from site_builder.serve.forms import Form, NoForm, form_of
from tests import mutations
from tests.comparisons import side
from tests.exchange import helpers
from tests.exchange.test_properties import HEADER, MAPS
from tests.journals import Site
from tests.places import DOCS
from tests.query.cases import CASES, JOURNAL
from tests.slips import PIPELINE

DAY = dt.date(2026, 11, 20)


def _placed(problems: Iterable[Problem]) -> None:
    """Every problem says what is wrong and what to do, and has a place that is one."""
    for problem in problems:
        assert problem.message and problem.help, problem
        assert problem.span.line > 0 and problem.span.column > 0, problem
        assert (problem.span.end_line, problem.span.end_column) >= problem.span[1:3], problem


def whole_journal(random: Random) -> None:
    """It is loaded, its problems are told in all forms, and a page of each is made."""
    files = mutations.files(random)
    result = load(MemoryTree(files), lambda: DAY)
    _placed(result.problems)
    report.text(result.problems, result.sources)
    report.as_json(result.problems)
    report.github(result.problems)
    if result.journal is not None:
        pages = Site(result)
        for path in random.sample(sorted(pages), 2):
            assert pages[path]


def prose(random: Random) -> None:
    """A text becomes HTML, and its beginning is told."""
    text = mutations.spoiled(random.choice(_TEXTS), random).decode("utf-8", "replace")
    html = Writer({"acme": ("../deals/acme.html", "Acme")}.get).html(text).html
    assert not set("\x00") & set(html) and len(excerpt(html).text) < 2_000


_TEXTS = [b"- [x] needs: all\n- b\n\n| a | b |\n|---|---|\n| [[acme\\|x]] | `c` |\n", b"*a* **b** [c](https://d.example) [[acme]]\n",
          b"> quoted\n> - one\n>   1. two\n\n```py\ncode\n```\n", b"# Head\n\nWords ~~gone~~ <https://e.example>\n---\n"]  # fmt: skip


@cache
def _asked() -> Insights:
    seen = load(MemoryTree(JOURNAL), lambda: DAY).seen
    assert seen is not None
    return Insights(seen, DAY)


def queries(random: Random) -> None:
    """A query means deals, or is told what is wrong, with its place."""
    insights = _asked()
    text = mutations.spoiled(random.choice(list(CASES)).encode(), random).decode("utf-8", "replace")
    wrong = None
    try:
        meant = query(text, fields_of(insights.journal.schema), Calendar(DAY, 1))
        assert all(meant(record) in (True, False) for record in records(insights))
    except Mistake as mistake:
        wrong = mistake
    assert wrong is None or (wrong.message and 0 <= wrong.start <= wrong.end <= len(text))


_ROW = '"1","Harbour","maria","offer","5000","2026-03-04"\n'


def tables(random: Random) -> None:
    """Rows are taken, left or refused, and what is written can be read."""
    rows = f"{HEADER}\n{_ROW * 2}{_ROW.replace('1', '2', 1)}".encode()
    made = helpers.plan(mutations.spoiled(rows, random), random.choice(MAPS))
    assert helpers.adds_up(made.counts)
    _placed(made.problems)
    load(MemoryTree({"pipeline.yml": helpers.PIPELINE, **made.files}), lambda: DAY)


@cache
def _maps() -> list[bytes]:
    return [
        path.read_bytes() for path in sorted(DOCS.glob("maps/*/*.yml")) if path.stem != "pipeline"
    ]


def maps(random: Random) -> None:
    """A map is read or told."""
    problems: list[Problem] = []
    text = mutations.spoiled(random.choice(_maps()), random).decode("utf-8", "replace")
    made = read_map("m.yml", text, helpers.SCHEMA, problems.append)
    _placed(problems)
    assert made is not None or problems
    helpers.plan(f"{HEADER}\n{_ROW}", text)


def schemas(random: Random) -> None:
    """A pipeline.yml is read or told."""
    problems: list[Problem] = []
    text = mutations.spoiled(PIPELINE.encode(), random).decode("utf-8", "replace")
    made = read_schema("pipeline.yml", text, problems.append)
    _placed(problems)
    assert made is not None or problems


def changes(random: Random) -> None:
    """Two journals are compared and the change is told."""
    before, after = mutations.files(random), mutations.files(random)
    pair = load_pair(MemoryTree(before), MemoryTree(after), lambda: DAY, None)
    if pair.before is not None and pair.before.seen and pair.after.seen:
        sides = Sides(side(pair.before), side(pair.after), pair.after.today, DAY)
        assert markdown(told(compare(sides), ("It",)))


def merges(random: Random) -> None:
    """Two versions become one, in which no word of a line of either is missing that base had not, but
    those that the other one took away: it may have changed another item of the same list."""
    files = mutations.files(random)
    path = random.choice(sorted(files))
    base = files[path]
    ours, theirs = (mutations.spoiled(base, random) for _ in range(2))
    with suppress(NoCommit):  # git merges no zero bytes, and the files are left as they are
        made = merged(path, Three(base, ours, theirs), partial(merge_lines, 7))
        known = {line.strip() for line in base.splitlines()}
        for side, other in ((ours, theirs), (theirs, ours)):
            new = {
                word
                for line in side.splitlines()
                if line.strip() not in known
                for word in line.split()
            }
            missing = Counter(new - set(made.data.split()))
            assert made.conflicts or missing <= Counter(base.split()) - Counter(other.split())


def repairs(random: Random) -> None:
    """What is safe is mended, and the problems told are those that are left."""
    files = mutations.files(random)
    with suppress(NoJournal):
        made = repaired(MemoryTree(files), lambda: DAY, None, lambda _path: ())
        _placed(made.loaded.problems)
        after = {**files, **{change.path: change.after or b"" for change in made.changes}}
        assert load(MemoryTree(after), lambda: DAY).problems == made.loaded.problems
        assert all(change.before == files[change.path] != change.after for change in made.changes)


def forms(random: Random) -> None:
    """A form is one, or it is told that it is none."""
    data = mutations.form(
        random, {"deal": "one", "day": "fri", "text": "Call", "steps": ["a", "b"]}
    )
    with suppress(NoForm):
        form = form_of(data)
        assert isinstance(form, Form)
        for name in ("deal", "day", "text"):
            with suppress(NoForm):
                form.line(name)
        form.texts("steps")


ROOMS: tuple[Callable[[Random], None], ...] = (
    whole_journal, prose, queries, tables, maps, schemas, changes, merges, repairs, forms,
)  # fmt: skip


def fuzz(room: Callable[[Random], None], number: int) -> None:
    """Try one spoiled input. Whatever is raised says which."""
    try:
        room(Random(f"{room.__name__} {number}"))
    except Exception as error:
        error.add_note(f"input {number} of {room.__name__}")
        raise


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:])
    for each in ROOMS:
        for seed in range(first, first + count):
            fuzz(each, seed)
        print(f"{each.__name__}: {count}", flush=True)  # noqa: T201 - how far it has come
