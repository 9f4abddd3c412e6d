"""Edits at random, each by a command on a journal of odd files: after each one, every byte outside
what it tells is as it was, the files say what was meant and nothing else, and `undo` brings the
bytes back.

``python -m tests.random_edits FIRST COUNT`` makes so many, by their numbers: see ``make soak``.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from site_builder.edit.existing import Existing, existing
from site_builder.edit.leftovers import comments_of
from site_builder.edit.moved_notes import said_in_notes
from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.source.yaml_nodes import Scalar
from tests.commands import contents
from tests.edit.desks import TODAY
from tests.edits_at_random import Edit, an_edit
from tests.odd_files import write_journal
from tests.sequences import run

Files = Mapping[str, bytes]
EDITS_OF_A_JOURNAL = 10
PARTIES = 5
UNREADABLE = "contacts/unreadable.md"


def read(files: Files) -> dict[str, Existing]:
    """The deals and contacts of a journal, by their folders and ids."""
    made = {}
    for path, data in files.items():
        folder, _, name = path.rpartition("/")
        if folder and not path.endswith(UNREADABLE):
            id = name.rpartition(".")[0]
            file = existing(id, path, data, lambda _problem: None)
            assert file is not None, path
            made[f"{folder.partition('/')[0]}/{id}"] = file
    return made


def hold(edit: Edit, before: Files, after: Files) -> None:
    """Raises AssertionError where an edit did more than it should, or less."""
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert changed
    were, are = read(before), read(after)
    assert errors(after) <= errors(before)
    if edit.words[0] == "new":
        assert not changed & before.keys() and len(changed) == 1
    elif edit.words[0] == "rename":
        _hold_renaming(edit, were, are)
    elif edit.words[0] == "merge":
        _hold_merging(edit, were, are)
    else:
        assert changed == {were[edit.of].path}
        _hold_change(edit, were[edit.of], are[edit.of])


def errors(files: Files) -> int:
    """How many errors a journal has."""
    loaded = load(MemoryTree(dict(files)), lambda: TODAY)
    return sum(problem.severity == "error" for problem in loaded.problems)


def _hold_change(edit: Edit, was: Existing, now: Existing) -> None:
    """One file: its fields line by line, and all else byte by byte but for one new stretch."""
    old, new = chunks(was), chunks(now)
    kept = [chunk for chunk in old if chunk[0] not in (*edit.fields, REST)]
    assert kept == [chunk for chunk in new if chunk[0] not in (*edit.fields, REST)]
    names = [e.key.text for e in was.document.front.entries if e.key.text not in edit.fields]
    assert [was.value(name) for name in names] == [now.value(name) for name in names]
    for name in edit.fields:
        comment = _comment(was, name)
        assert not comment or not now.value(name) or comment in dict(new)[name].decode(), name
    _hold_rest(dict(old).get(REST, b""), dict(new).get(REST, b""), edit.notes)
    said, says = Counter(said_in_notes(was)), Counter(said_in_notes(now))
    assert not said - says and sum((says - said).values()) == edit.notes
    for text in edit.texts:
        written = "\n".join(line.strip() for line in text.strip().split("\n"))
        (note,) = says - said
        shown = f"{note[7]}\n{note[10]}".strip().split("\n")
        assert "\n".join(line.strip() for line in shown if line.strip()) == re.sub(
            r"\n\n+", "\n", written
        )


def _comment(file: Existing, name: str) -> str:
    """What stands behind the value of a field that has one line."""
    node = file.document.front.get(name)
    if node is None or node.span.line != node.span.end_line:
        return ""
    is_in_block = isinstance(node, Scalar) and node.is_block
    line = file.text.split("\n")[node.span.line - 1]
    return "" if is_in_block else line[node.span.end_column - 1 :].strip()


REST, MARK = "(the rest)", b"\xef\xbb\xbf"


def chunks(file: Existing) -> list[tuple[str, bytes]]:
    """A file cut at its fields: each with its lines, comments apart, and all that is no field."""
    lines = file.data.removeprefix(MARK).splitlines(True)
    if lines and not lines[-1].endswith(b"\n"):  # what comes behind a last line ends it
        lines[-1] += b"\r\n" if b"\r\n" in file.data else b"\n"
    starts = {e.key.span.line: e.key.text for e in file.document.front.entries}
    made: list[tuple[str, bytes]] = [("(mark)", file.data[:3] if file.data[:3] == MARK else b"")]
    name, is_markdown = "", file.path.endswith(".md")
    for row, line in enumerate(lines, 1):
        if name == REST and (is_markdown or row not in starts):
            pass
        elif row in starts:
            name = starts[row]
        elif (is_markdown and row > 1 and line.rstrip() == b"---") or (
            not is_markdown and line.startswith((b"notes:", b"summary:"))
        ):
            name = REST
        elif not (line[:1].isspace() or line.startswith(b"- ")) or not line.strip():
            name = "(comment)"
        made.append((name, line))
    joined: dict[str, bytes] = {}
    for name, line in made:
        joined[name] = joined.get(name, b"") + line
    return list(joined.items())


def _hold_rest(old: bytes, new: bytes, notes: int) -> None:
    """One stretch is new, or none; an empty list of notes may have gone, and a last line may have
    got its end."""
    if not notes:
        assert new in (old, old + b"\n", old + b"\r\n")
        return
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    gone = old[start : len(old) - end]
    assert not gone or re.fullmatch(rb"[ \t]*(\[\])?[ \t]*", gone), gone
    inserted = new[start : len(new) - end]
    ends = {b"\r\n" if line.endswith(b"\r\n") else b"\n" for line in old.splitlines(True)[:-1]}
    if len(ends) == 1:
        stray = inserted.replace(b"\r\n", b"") if ends == {b"\r\n"} else inserted
        assert b"\n" not in stray.strip(b"\n") if ends == {b"\r\n"} else b"\r" not in stray


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _hold_renaming(edit: Edit, were: Mapping[str, Existing], are: Mapping[str, Existing]) -> None:
    """The new id is nowhere else, so its mentions taken back are the bytes that were."""
    old, new = (name.rpartition("/")[2].encode() for name in (edit.old, edit.new))
    assert {edit.new if name == edit.old else name for name in were} == are.keys()
    for name, file in were.items():
        now = are[edit.new if name == edit.old else name]
        assert now.data.replace(new, old) == file.data
        word = re.compile(rf"\[\[{old.decode()}(?:\\?\||\]\])")
        texts = re.sub(r"(?s)```.*?(```|$)|~~~.*|`[^`\n]*`", "", file.text)
        links = word.findall(texts)
        assert edit.old in were and (not links or new in now.data)


def _hold_merging(edit: Edit, were: Mapping[str, Existing], are: Mapping[str, Existing]) -> None:
    """Lines that don't name the one that goes stay, and all that it said stands somewhere."""
    old, new = (name.rpartition("/")[2] for name in (edit.old, edit.new))
    assert were.keys() - are.keys() == {edit.old} and are.keys() <= were.keys()
    for name, now in are.items():
        lines = were[name].data.splitlines()
        if name != edit.new:
            left = [line for line in lines if old.encode() not in line and new.encode() not in line]
            assert [
                line
                for line in now.data.splitlines()
                if new.encode() not in line and old.encode() not in line
            ] == left
    kept, gone, now = were[edit.new], were[edit.old], are[edit.new]
    assert is_within(
        [
            e.key.text
            for e in kept.document.front.entries
            if e.key.text not in ("introduced-by", "company")
        ],
        [e.key.text for e in now.document.front.entries],
    )
    words = re.compile(rf"(?<![\w-]){old}(?![\w-])")
    mine, others, found = (
        Counter(words.sub(new, _with_set(each, old, new)) for each in said_in_notes(file))
        for file in (kept, gone, now)
    )
    wanted = mine | others
    assert sum((found - wanted).values()) <= 1
    assert all(comment in now.text for comment in comments_of(gone))
    for entry in gone.document.front.entries:
        value = gone.value(entry.key.text)
        for each in value if isinstance(value, tuple) else (value,):
            assert words.sub(new, " ".join(each.split())) in words.sub(
                new, " ".join(now.text.split())
            ).replace("''", "'").replace('\\"', '"'), each


def _with_set(said: Sequence[object], old: str, new: str) -> str:
    """What a note says, with the parties as a set in which two that are one are one."""
    parties = said[PARTIES]
    assert isinstance(parties, tuple)
    names = sorted({new if each == old else each for each in parties})
    return repr([*said[:PARTIES], names, *said[PARTIES + 1 :]])


def is_within(some: Sequence[object], others: Sequence[object]) -> bool:
    """Whether these stand among the others, in their order."""
    rest = iter(others)
    return all(each in rest for each in some)


def play(folder: Path, seed: int, edits: int = EDITS_OF_A_JOURNAL) -> Counter[str]:
    """Make edits of one journal; how many of each command were made, and how many refused."""
    random, counted = Random(seed), Counter[str]()
    journal = folder / "j"
    write_journal(journal, random)
    if not seed % 10:  # which only what names may change heeds
        (journal / UNREADABLE).write_bytes(b"no front matter")
    assert errors(contents(journal)) == int(not seed % 10), run("-C", journal, "check")[1]
    for number in range(edits):
        before = contents(journal)
        edit = an_edit(random, sorted(read(before)), number)
        by = [] if edit.words[0] in ("next", "new", "rename") else ["--by", "max"]
        code, out, err = run("-C", journal, edit.words[0], *by, *edit.words[1:])
        after = contents(journal)
        where = (seed, number, edit.words, out, err)
        assert code in (0, 1, 2), where
        counted[f"{edit.words[0]} {'made' if not code else 'refused'}"] += 1
        if code:
            assert after == before, where
            continue
        try:
            hold(edit, before, after)
        except AssertionError as fault:
            raise AssertionError(where) from fault
        assert run("-C", journal, "undo")[0] == 0 and contents(journal) == before, where
        if random.random() < 0.7:
            assert run("-C", journal, "undo")[0] == 0 and contents(journal) == after, where
    return counted


def main(first: int, count: int) -> None:
    """Make so many edits, from a seed on."""
    counted = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        for seed in range(first, first + -(-count // EDITS_OF_A_JOURNAL)):
            counted += play(Path(folder) / "journal", seed)
            shutil.rmtree(Path(folder) / "journal")
            print(seed, end=" ", flush=True)  # noqa: T201 - how far it has come
    print(", ".join(f"{n} {what}" for what, n in sorted(counted.items())))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
