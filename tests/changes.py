"""Random changes of random journals (tests/stories.py), as somebody's branch would make them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.stories import STAGES, TODAY

Files = dict[str, str]
Edit = Callable[[random.Random, Files], None]


def changed(files: Files, seed: int, edits: int = 12, spoilt: bool = False) -> Files:
    """The files after some random edits; ``spoilt`` also makes files that can't be understood."""
    draw, after = random.Random(seed), dict(files)
    choices = (*EDITS, spoil, spoil_pipelines) if spoilt else EDITS
    for _ in range(draw.randint(0, edits)):
        draw.choice(choices)(draw, after)
    return after


def _deal(draw: random.Random, files: Files) -> str:
    return draw.choice(sorted(path for path in files if path.startswith("deals/")))


def _front(text: str, name: str, value: str) -> str:
    """The text with a field set in its front matter."""
    _, front, body = text.split("---\n", 2)
    line = f"{name}: {value}\n"
    front, count = re.subn(rf"(?m)^{name}: .*\n", lambda _: line, front)
    return f"---\n{front}{'' if count else line}---\n{body}"


def set_value(draw: random.Random, files: Files) -> None:
    path = _deal(draw, files)
    files[path] = _front(files[path], "value", f"{draw.randint(1, 9) * 1000} EUR")


def put_off(draw: random.Random, files: Files) -> None:
    path = _deal(draw, files)
    day = f"202{draw.choice('67')}-{draw.randint(10, 12)}-{draw.randint(10, 28)}"
    files[path] = _front(files[path], "close", day)


def raise_probability(draw: random.Random, files: Files) -> None:
    path = _deal(draw, files)
    files[path] = _front(files[path], "probability", f"{draw.randint(1, 19) * 5}%")


def reassign(draw: random.Random, files: Files) -> None:
    path = _deal(draw, files)
    if "owner::" not in files[path]:
        files[path] = _front(files[path], "owner", draw.choice(["ann", "ben", "cleo"]))


def add_note(draw: random.Random, files: Files) -> None:
    path = draw.choice(sorted(path for path in files if path != "pipeline.yml"))
    files[path] += f"\n## {TODAY} call\n\nSaid.\n"


def move(draw: random.Random, files: Files) -> None:
    path = _deal(draw, files)
    pipeline = "renewals" if "pipeline: renewals" in files[path] else "sales"
    stage = draw.choice(list(STAGES[pipeline]))
    reason = "lost-reason: price" if STAGES[pipeline][stage] == "lost" else ""
    text = _front(files[path], "stage", stage) + f"\n## {TODAY} stage {stage} by ann\n"
    text = re.sub(r"(?m)^lost-reason: .*\n", "", text) if not reason else text
    files[path] = _front(text, "lost-reason", "price") if reason else text


def edit_note(draw: random.Random, files: Files) -> None:
    path = _deal(draw, files)
    parts = re.split(r"(?m)^(?=## )", files[path])
    if len(parts) > 1:
        at = draw.randrange(1, len(parts))
        parts[at] = parts[at].rstrip("\n") + f"\n\nMore of {draw.random()}.\n\n"
        files[path] = "".join(parts)


def drop_note(draw: random.Random, files: Files) -> None:
    path = _deal(draw, files)
    parts = re.split(r"(?m)^(?=## )", files[path])
    if len(parts) > 1:
        at = draw.randrange(1, len(parts))
        if "stage" not in parts[at].split("\n")[0] and "owner::" not in parts[at]:
            files[path] = "".join(parts[:at] + parts[at + 1 :])


def remove(draw: random.Random, files: Files) -> None:
    files.pop(_deal(draw, files))


def rename(draw: random.Random, files: Files) -> None:
    path = _deal(draw, files)
    files[f"{path.removesuffix('.md')}-x.md"] = files.pop(path)


def add_deal(draw: random.Random, files: Files) -> None:
    id = f"new-{draw.randint(0, 999)}"
    files[f"deals/{id}.md"] = (
        f"---\ntitle: {id}\nowner: ann\npipeline: sales\nstage: lead\nvalue: 700 EUR\n---\n\n## {TODAY} call\n"
    )


def rewrite_contact(draw: random.Random, files: Files) -> None:
    path = draw.choice(sorted(path for path in files if path.startswith("contacts/")))
    files[path] = _front(files[path], "phone", f"+49 30 {draw.randint(10000, 99999)}")


def remove_contact(draw: random.Random, files: Files) -> None:
    files.pop(draw.choice(sorted(path for path in files if path.startswith("contacts/p"))))


def spoil(draw: random.Random, files: Files) -> None:
    path = draw.choice(sorted(path for path in files if path != "pipeline.yml"))
    files[path] = draw.choice(["---\n[\n---\n", "---\nx: y\n---\n", "nothing", files[path] + "\n## 2026-99-99 call\n"])  # fmt: skip


def spoil_pipelines(draw: random.Random, files: Files) -> None:
    files["pipeline.yml"] = draw.choice(
        ["[", files["pipeline.yml"] + "x: y\n", files["pipeline.yml"].replace("20%", "30%")]
    )


EDITS: tuple[Edit, ...] = (
    *(set_value, put_off, raise_probability, reassign, add_note, move, edit_note, drop_note),
    *(remove, rename, add_deal, rewrite_contact),
)
