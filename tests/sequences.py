"""A small journal that is changed at random, step by step, as people and programs change one:
after each step what a build leaves and says is what one from nothing makes.

``python -m tests.sequences FIRST COUNT`` runs so many, by their numbers: see ``make soak``.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest
from jinja2 import BytecodeCache, Environment

from site_builder.cli.main import main
from site_builder.insights import topics
from site_builder.site import render, templating
from tests.commands import contents
from tests.compiled import Remembered

STEPS = 5
FEW = 2
PEOPLE = ("ann", "bob", "cleo", "dan", "eve", "fay", "champion")
COMPANIES = ("acme", "blue-fir", "corp")
DEALS = ("alfa", "beta", "gamma", "delta", "acme")
STAGES = ("lead", "talks", "won", "lost", "rest", "ledd")
KINDS = ("call", "email", "meeting", "note", "news", "know", "like", "trust", "stage", "cal")
MISLAID = ("deals/x.txt", "deals/README.md", "contacts/A b.md", "deal/x.md", "contacts/.y.md")
DAYS = ("2026-09-01", "2026-10-05", "2026-11-01", "2026-11-19", "2026-11-20", "2026-12-24")
PIPELINE = """\
journal: Kestrel
currency: EUR
visibility: private
as-of: 2026-11-20
team:
  max: {name: Max Lind}
  ida: {name: Ida Roth}
levels: [shopper, client]
lost-reasons: {price: Price}
follow-up: {touch: {level client: 30d, tag press: 90d}}
pipelines:
  sales:
    fields:
      rival: {type: contact}
      before: {type: deal}
    stages:
      lead: {name: Lead, probability: 10%, stale-after: 14d}
      talks: {probability: 40%, steps: {asked: Asked, shown: Shown}}
      won: {type: won}
      lost: {type: lost}
      rest: {type: parked}
"""


class Scene:
    """A journal in a folder, its site, and the chance by which it changes."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = Random(seed)
        self.folder = folder
        self.journal = folder / "j"
        self.options: list[str] = []
        self.first: tuple[dict[str, bytes | None], Built] | None = None
        self.done: list[str] = []
        self.write("pipeline.yml", PIPELINE)
        for id in (*PEOPLE[:4], *COMPANIES[:2]):
            self.contact(id)
        for id in DEALS[:3]:
            self.deal(id)

    def step(self, sure: Change | None = None) -> None:
        """Change something, or several things at once; what is ``sure`` first, if anything is."""
        if sure:
            self.surely(sure)
        for _ in range(self.random.choice((0 if sure else 1, 1, 1, 2, 4))):
            self.do(self.random.choices(*zip(*CHANGES, strict=True))[0])

    def do(self, change: Change) -> None:
        self.done.append(change.__name__)
        change(self)

    def surely(self, change: Change) -> None:
        """Change something in this way, till it differs: a file, when it was written, or the day."""
        if change is tidy:
            mislay(self)
        before = self._looks()
        for _ in range(_TRIES):
            self.do(change)
            if change in _NOTHING_NEW or self._looks() != before:
                return
        raise AssertionError(f"{change.__name__} changes nothing")

    def _looks(self) -> tuple[dict[str, int], dict[str, bytes], list[str]]:
        files = [path for path in self.journal.rglob("*") if path.is_file()]
        written = {str(path): path.stat().st_mtime_ns for path in files}
        return written, contents(self.journal), [*self.options]

    def restore(self, files: dict[str, bytes]) -> None:
        """Have these files as they were, and no others but the site's."""
        self.done.append("| restore")
        for path, data in contents(self.journal).items():
            if path.partition("/")[0] != "_site" and files.get(path) != data:
                (self.journal / path).unlink()
        for path, data in files.items():
            if not (self.journal / path).exists():
                (self.journal / path).parent.mkdir(parents=True, exist_ok=True)
                (self.journal / path).write_bytes(data)

    def write(self, path: str, text: str) -> None:
        (self.journal / path).parent.mkdir(parents=True, exist_ok=True)
        (self.journal / path).write_text(text, "utf-8")

    def files(self, folder: str = "") -> list[Path]:
        found = [p for p in (self.journal / folder).rglob("*") if p.is_file()]
        return sorted(
            p for p in found if p.relative_to(self.journal).parts[0] in ("deals", "contacts")
        )

    def a_file(self) -> Path | None:
        files = self.files()
        return self.random.choice(files) if files else None

    def contact(self, id: str) -> None:
        pick = self.random.choice
        lines = [f"name: {pick(('', 'The '))}{id.title()}{pick(('', ' Roe'))}"]
        if id in COMPANIES:
            lines += ["type: company"] * pick((1, 1, 1, 0)) + ["level: client"] * pick((0, 1))
        else:
            lines += [f"company: {pick(COMPANIES)}"] * pick((0, 1, 1))
            lines += [f"introduced-by: {pick(PEOPLE)}"] * pick((0, 0, 1))
            lines += ["tags: [press]"] * pick((0, 1)) + ["role: Head"] * pick((0, 1))
        self.write(f"contacts/{id}.md", self.text(lines, pick((0, 1))))

    def deal(self, id: str) -> None:
        pick = self.random.choice
        people = [
            f"{pick(PEOPLE)}{pick(('', '', ' champion', ' ann'))}"
            for _ in range(pick((0, 1, 1, 2)))
        ]
        lines = [
            f"title: {pick(('Big', 'Small'))} {id}",
            f"owner: {pick(('max', 'ida', 'max', 'Max Lind'))}",
        ]
        lines += [f"stage: {pick(STAGES)}"] + [f"company: {pick((*COMPANIES, 'Acme Roe'))}"] * pick(
            (0, 1, 1)
        )
        lines += [f"contacts: [{', '.join(people)}]"] * bool(people)
        lines += [f"value: {pick((100, 2000))}"] * pick((0, 1))
        lines += [f"next: 2026-11-2{pick((1, 9))} Ask [[{pick(PEOPLE)}]]"] * pick((0, 1))
        lines += [f"source: referral {pick((*PEOPLE, *COMPANIES))}"] * pick((0, 0, 1))
        lines += [f"rival: {pick(COMPANIES)}", f"before: {pick(DEALS)}"][: pick((0, 0, 1, 2))]
        lines += ["titel: x"] * (self.random.random() < 0.1)
        self.write(f"deals/{pick(('', '', 'old/'))}{id}.md", self.text(lines, pick((0, 1, 2, 4))))

    def text(self, lines: list[str], notes: int) -> str:
        body = "".join(self.note() for _ in range(notes))
        return "---\n" + "\n".join(lines) + f"\n---\n\n{self.prose()}\n\n{body}"

    def prose(self) -> str:
        pick = self.random.choice
        named = pick((*PEOPLE, *COMPANIES, *DEALS, "nobody", "Ann Roe"))
        return pick(
            (
                "",
                "Plain words.",
                "Some **bold** words.",
                f"See [[{named}]].",
                f"As [[{named}|they]] said.",
            )
        )

    def note(self) -> str:
        pick, kind = self.random.choice, self.random.choice(KINDS)
        words = f" {pick(STAGES)}" if kind == "stage" else ""
        words += f" from {pick((*PEOPLE, 'max', 'Ann'))}" * (kind != "stage" and pick((0, 1, 1)))
        words += f" — Said [[{pick(PEOPLE)}]]" * pick((0, 0, 1))
        field = pick(("", "", "", "value:: 300\n", f"who:: {pick(PEOPLE)}\n"))
        step = pick(("", "", "\n- [x] asked\n"))
        return f"## {pick(DAYS)} {kind}{words}\n{field}\n{self.prose()}\n{step}\n"


def edit_words(scene: Scene) -> None:
    if file := scene.a_file():
        file.write_text(
            file.read_text("utf-8") + f"\n{scene.random.choice(('More.', scene.prose()))}\n"
        )


def add_note(scene: Scene) -> None:
    if file := scene.a_file():
        file.write_text(file.read_text("utf-8") + "\n" + scene.note())


def write_deal(scene: Scene) -> None:
    scene.deal(scene.random.choice(DEALS))


def write_contact(scene: Scene) -> None:
    scene.contact(scene.random.choice((*PEOPLE, *COMPANIES)))


def rename_somebody(scene: Scene) -> None:
    file = scene.random.choice(scene.files("contacts") or [scene.journal / "pipeline.yml"])
    file.write_text(file.read_text("utf-8").replace("name: ", "name: New ", 1))


def remove(scene: Scene) -> None:
    if file := scene.a_file():
        file.unlink()


def move(scene: Scene) -> None:
    if file := scene.a_file():
        name = scene.random.choice((*PEOPLE, *COMPANIES, *DEALS, file.stem))
        place = scene.random.choice(
            (file.parent, scene.journal / file.relative_to(scene.journal).parts[0] / "x")
        )
        place.mkdir(exist_ok=True)
        file.rename(place / f"{name}.md")


def swap(scene: Scene) -> None:
    one, two = scene.a_file(), scene.a_file()
    if one and two and one != two:
        said = one.read_text("utf-8")
        one.write_text(two.read_text("utf-8"))
        two.write_text(said)


def spoil(scene: Scene) -> None:
    if file := scene.a_file():
        cut = scene.random.choice(
            ("---\n", "---\nname: [\n---\n", "", "---\nname: x\ntitle: y\n---\n", "\x00")
        )
        file.write_text(cut)


def mislay(scene: Scene) -> None:
    scene.write(scene.random.choice(MISLAID), "---\nname: Ann\n---\n")


def tidy(scene: Scene) -> None:
    for path in MISLAID:
        (scene.journal / path).unlink(missing_ok=True)
    shutil.rmtree(scene.journal / "deal", ignore_errors=True)


def change_schema(scene: Scene) -> None:
    pick = scene.random.choice
    text = PIPELINE.replace("name: Lead", f"name: {pick(('Lead', 'First'))}")
    text = text.replace("  ida: {name: Ida Roth}\n", pick(("", "  ida: {name: Ida Roth}\n")))
    text = text.replace("2026-11-20", pick(("2026-11-20", "2026-11-20", "2026-11-21")))
    scene.write(
        "pipeline.yml", pick((text, text, text, text.replace("private", "public"), "journal: ["))
    )


def change_day(scene: Scene) -> None:
    scene.options = scene.random.choice(
        ([], [], ["--today", "2026-11-03"], ["--today", "2027-01-01"], ["--strict"])
    )


def change_templates(scene: Scene) -> None:
    pick = scene.random.choice
    scene.write("templates/notfound.html", pick(("Gone.", "Away.", "{{ site.name }}")))
    scene.write("templates/assets/own.css", pick(("a{}", "b{}")))
    if pick((0, 1)):
        shutil.rmtree(scene.journal / "templates")


def touch_output(scene: Scene) -> None:
    pages = sorted(p for p in (scene.journal / "_site").rglob("*.html") if p.is_file())
    if pages:
        page = scene.random.choice(pages)
        scene.random.choice((page.touch, page.unlink, lambda: page.write_text("mine")))()


def touch_input(scene: Scene) -> None:
    if file := scene.a_file():
        os.utime(file, (1, scene.random.choice((1, 2_000_000_000))))


def check(scene: Scene) -> None:
    run("-C", scene.journal, "check", *scene.options)


def forget(scene: Scene) -> None:
    run("cache", "clear")


Change = Callable[[Scene], None]
CHANGES: tuple[tuple[Change, int], ...] = (
    (edit_words, 8), (add_note, 8), (write_deal, 6), (write_contact, 6), (rename_somebody, 4),
    (remove, 4), (move, 5), (swap, 2), (spoil, 3), (mislay, 2), (tidy, 2), (change_schema, 2),
    (change_day, 2), (change_templates, 1), (touch_output, 2), (touch_input, 2), (check, 3), (forget, 1),
)  # fmt: skip


_NOTHING_NEW, _TRIES = (check, forget), 50
"""What leaves all as it is but for what is kept, and so often what is sure is tried."""


def run(*arguments: str | Path) -> tuple[int, str, str]:
    """The exit code of a command run in this process, and what it wrote to its two outputs."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int)
    return code, out.getvalue(), err.getvalue()


Built = tuple[dict[str, bytes], tuple[int, str, str]]
"""A site, and how its build ended."""


def clean(scene: Scene) -> Built:
    """What a build from nothing leaves and says: of the first files, what the first build did."""
    if scene.first and not scene.options and scene.first[0] == inputs(scene):
        return scene.first[1]
    fresh = scene.folder / "fresh"
    said = run("-C", scene.journal, "build", "-o", fresh, "--no-cache", *scene.options)
    site = contents(fresh)
    shutil.rmtree(fresh, ignore_errors=True)
    return site, said


def inputs(scene: Scene) -> dict[str, bytes | None]:
    """The files and folders of the journal, without its site."""
    paths = {p.relative_to(scene.journal).as_posix(): p for p in scene.journal.rglob("*")}
    inside = {name: path for name, path in paths.items() if name.partition("/")[0] != "_site"}
    return {name: path.read_bytes() if path.is_file() else None for name, path in inside.items()}


def compared(scene: Scene) -> None:
    """Build, and hold it to a build from nothing; and a check alike."""
    before = contents(scene.journal / "_site")
    found = run("-C", scene.journal, "build", *scene.options)
    if "in place of pages that are gone" in found[2]:  # somebody wrote to one that is to go
        assert found == run("-C", scene.journal, "build", "--no-cache", *scene.options), scene.done
        shutil.rmtree(scene.journal / "_site")
        before, found = {}, run("-C", scene.journal, "build", *scene.options)
    expected, said = clean(scene)
    after = contents(scene.journal / "_site")
    if expected:
        assert after == expected, (scene.done, sorted(unlike(after, expected)), found)
        assert found[2].rpartition("removed. ")[2] == said[2].rpartition("removed. ")[2], scene.done
        changed = sum(
            before.get(path) != data for path, data in after.items() if path != ".dealog-manifest"
        )
        assert f" {changed} file" in found[2], (scene.done, changed, found[2])
    else:
        assert after == before
    assert found[:2] == said[:2] and found[2].splitlines()[:-1] == said[2].splitlines()[:-1], (
        scene.done
    )
    options = ["--format", scene.random.choice(("text", "json")), *scene.options]
    checked = run("-C", scene.journal, "check", *options)
    assert checked == run("-C", scene.journal, "check", "--no-cache", *options), scene.done


def unlike(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """The paths of files that are there once only, or differ."""
    return {path for path in {*one, *other} if one.get(path) != other.get(path)}


def play(folder: Path, seed: int, steps: int = STEPS, sure: Sequence[Change] = ()) -> None:
    """Change a journal step by step, and look at it after each. It has few deals and many by turns.
    Where changes are ``sure``, there is a step for each, and back: all files are as they were first."""
    scene = Scene(folder, seed)
    first = contents(scene.journal)
    with patch.multiple(topics, FEW=FEW, LISTED=FEW):
        files, said = inputs(scene), run("-C", scene.journal, "build")
        scene.first = files, (contents(scene.journal / "_site"), said)
        by_chance: list[Change | None] = [None] * steps
        for change in sure or by_chance:
            scene.done.append("|")
            scene.step(change)
            compared(scene)
            if change is not None:
                scene.restore(first)
                compared(scene)


@cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    return templating.environment(list(folders))


def environment(folders: list[Path], compiled: BytecodeCache | None = None) -> Environment:
    """The templates of dealog itself, loaded once for all builds of this process; a journal's own,
    compiled once."""
    if len(folders) > 1:
        return templating.environment(folders, compiled=Remembered())
    return _environment(tuple(folders))


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:])
    patched = pytest.MonkeyPatch()
    patched.setattr(render, "environment", environment)
    for number in range(first, first + count):
        print(number, end=" ", flush=True)  # noqa: T201 - how far it has come
        with tempfile.TemporaryDirectory() as place:
            os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
            try:
                play(Path(place), number, 8)
            except AssertionError as wrong:
                print(f"sequence {number}: {wrong}"[:3000])  # noqa: T201 - what it is for
                sys.exit(1)
