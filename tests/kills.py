"""Commands, and a deed of a page, that are killed at random moments: every file is as it was or as it
was to become, nothing keeps the next run out, and that heals what was left.

``python -m tests.kills FIRST COUNT`` kills so many times, by numbers: see ``make soak``.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

from site_builder.files.whole_files import TEMPORARY
from tests import killing
from tests.catalogue import BASE, PIPELINE, deal
from tests.commands import contents, write
from tests.exchange.helpers import DEALS as MAP

_MOST_CALLS, _LAST = 40, 6
_ROWS = "Id,Name,Owner,Stage,Amount,Close\n" + "".join(
    f"{n},Harbour {n},maria,lead,{n}00,2026-12-0{n}\n" for n in range(1, 9)
)
_NOTE = "\n## 2026-11-0{n} call with jane-roe\n\nSee [[jane-roe]] and [[acme]].\n"
FILES: Mapping[str, str] = {
    **BASE,
    "contacts/jane-lee.md": "---\nname: Jane Lee\n---\n",
    "deals/same.md": deal(notes=_NOTE.format(n=1)),
    **{f"deals/d-{n}.md": deal(front="contacts: [jane-roe]", notes=_NOTE.format(n=n)) for n in range(2, 6)},
    "m.yml": MAP,
    "f.csv": _ROWS,
}  # fmt: skip
_SLIPPED = deal(owner="ownr: maria", front="valeu: 700")
_ALL = 'audiences:\n  all: {deals: {show: [title, stage]}}\n  few: {deals: {where: "stage:lead", show: [title]}}\n'


@dataclass(frozen=True)
class Scene:
    """What is run, whether it is an edit, which ``undo`` takes back, and files that it wants."""

    words: Sequence[str]
    is_edit: bool = True
    is_built: bool = False
    more: Mapping[str, str] = field(default_factory=dict)


SCENES: Mapping[str, Scene] = {
    "build": Scene(["build"], is_edit=False),
    "build again": Scene(["build"], is_edit=False, is_built=True),
    "import": Scene(["import", "f.csv", "--map", "m.yml"], is_edit=False),
    "log": Scene(["log", "same", "Called Jane", "--kind", "call", "--date", "2026-11-10"]),
    "rename": Scene(["rename", "contacts/jane-roe", "jane-r"]),
    "merge": Scene(["merge", "jane-roe", "into", "jane-lee", "--prefer", "jane-lee", "--date", "2026-11-10"]),
    "forget": Scene(["forget", "jane-roe"]),
    "repairs": Scene(["check", "--fix"], more={f"deals/r-{n}.md": _SLIPPED for n in range(3)}),
    "site of an audience": Scene(
        ["build", "--audience", "all", "--audience", "few"], is_edit=False, more={"pipeline.yml": f"{PIPELINE}{_ALL}"}
    ),
    "deed of a page": Scene(["(deed)", "do/move", "deal", "same", "stage", "qualification"]),
}  # fmt: skip


def prepared(root: Path, scene: Scene) -> Path:
    """A journal in which it has not been run yet."""
    write(root, {**FILES, **scene.more})
    for path in FILES:
        (root / path).chmod(0o600)
    if scene.is_built:
        ended(root, ["build"])
        (root / "deals/d-2.md").unlink()
        write(root, {"deals/new.md": deal(), "deals/d-3.md": deal(front="value: 12")})
    return root


def ended(root: Path, words: Sequence[str], kill_at: int = 0, calls: int = 0) -> tuple[int, int]:
    """How it ends, and how many files it touches, of what is kept between runs too."""
    watch = [root, Path(os.environ["XDG_CACHE_HOME"])]
    return killing.run(*_words(root, words), watch=watch, kill_at=kill_at, calls=calls)


def _words(root: Path, words: Sequence[str]) -> Sequence[str | Path]:
    if words[0] == "(deed)":
        return [words[0], root, *words[1:]]
    return ["-C", root, *[root / word if word in ("f.csv", "m.yml") else word for word in words]]


def files(root: Path) -> dict[str, tuple[int, bytes]]:
    """All that stands there but what is written beside its place, and who may read it."""
    return {
        path: ((root / path).stat().st_mode, data)
        for path, data in contents(root).items()
        if TEMPORARY not in path
    }


def kill(folder: Path, name: str, random: Random, touches: int) -> bool:
    """Run it in a new folder, kill it, look, and heal; whether it did not end before."""
    scene = SCENES[name]
    root = prepared(folder / "j", scene)
    before, whole = files(root), _whole(name)
    late = random.randint(max(1, touches - _LAST), touches)  # in the end most is written
    moment = random.choice((random.randint(1, touches), late))
    calls = random.choice((0, 0, random.randrange(_MOST_CALLS)))
    code, _ = ended(root, scene.words, moment, calls)
    assert code in (-signal.SIGKILL, 0), (name, moment, calls, code)
    assert not _opened(root), (name, moment, calls)
    for path, data in files(root).items():
        assert data in (before.get(path), whole.get(path)) or _is_book(path), (
            name,
            moment,
            calls,
            path,
        )
    assert before.keys() & whole.keys() <= files(root).keys(), (name, moment, calls)
    if scene.is_edit:
        ended(root, ["undo"])
        assert files(root) == before, (name, moment, calls)
    assert ended(root, scene.words)[0] == 0
    assert files(root) == whole, (name, moment, calls)
    left = [path for path in contents(root) if TEMPORARY in path or path.endswith(".dealog-lock")]
    assert left == [], (name, moment, calls)
    shutil.rmtree(root)
    return code != 0


def _opened(root: Path) -> list[Path]:
    """What stands beside files that are their owner's alone, to take their places, and is not."""
    beside = [path for path in root.glob(f"*/.*{TEMPORARY}") if path.stat().st_mode & 0o077]
    return [path for path in beside if f"{path.parent.name}/{_name_of(path)}" in FILES]


def _name_of(temporary: Path) -> str:
    return temporary.name[1:].rsplit(".", 2)[0]


def _is_book(path: str) -> bool:
    """Whether a file says what a build writes, and is neither old nor new while it does."""
    return path.endswith(".dealog-manifest")


@cache
def measured(name: str) -> tuple[int, Mapping[str, tuple[int, bytes]]]:
    """How many files are touched where nothing is killed, and what then stands there."""
    with tempfile.TemporaryDirectory() as folder:
        root = prepared(Path(folder) / "j", SCENES[name])
        code, touches = ended(root, SCENES[name].words)
        assert code == 0, name
        return touches, files(root)


def _whole(name: str) -> Mapping[str, tuple[int, bytes]]:
    return measured(name)[1]


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:])
    names, struck = sorted(SCENES), Counter[str]()
    for number in range(first, first + count):
        which = names[number % len(names)]
        with tempfile.TemporaryDirectory() as place:
            os.environ["XDG_CACHE_HOME"] = f"{place}/cache"
            struck[which] += kill(Path(place), which, Random(number), measured(which)[0])
    told = ", ".join(f"{which} {struck[which]}" for which in names)
    print(f"{count} tried, {struck.total()} killed before their end: {told}")  # noqa: T201
