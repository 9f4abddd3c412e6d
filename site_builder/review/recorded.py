"""What git has recorded of a journal: which commit changed what of each deal and contact.

The files of 5,000 commits are read in a second and kept as what they say; later only new commits
are read. A file's fields are those of its front matter, as they are written there; nothing is
checked, for old versions may have been wrong.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.files.cache import Cache
from site_builder.files.git_history import Made, Touched, history, texts
from site_builder.files.git_objects import HERE, NoRevision, Repository
from site_builder.journal.recordings import (
    RECORDED,
    Commit,
    Entry,
    FieldRecorded,
    Recorded,
    Recordings,
)

_NAME = "recorded"
_MUCH = 20
"""A commit that adds more files than that brings over what was elsewhere before."""
_AT_ONCE = 500
_PATH = re.compile(r"(contacts|deals)/(?:[^/.][^/]*/)*([a-z0-9-]+)\.(?:md|ya?ml)")
_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(rf"^({'|'.join(RECORDED)}):[ \t]+(\S.*)$", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]#.*")
_DAY = "([0-9]{4}-[0-9]{2}-[0-9]{2})"
_HEADING = re.compile(rf"^ {{0,3}}##[ \t]*{_DAY}", re.MULTILINE)
_MAPPING = re.compile(
    rf"^[ \t]*(?:-[ \t]+)?\{{?[ \t]*['\"]?date['\"]?:[ \t]*['\"]?{_DAY}", re.MULTILINE
)


class _Text(NamedTuple):
    """What a version of a file says."""

    fields: Mapping[Recorded, str]
    notes: Counter[dt.date]


class _Row(NamedTuple):
    """What a commit did to a deal or contact, which was named otherwise ``before``."""

    name: str
    before: str
    is_new: bool
    fields: tuple[FieldRecorded, ...]
    notes: tuple[dt.date, ...]


_Rows = dict[str, tuple[Made, tuple[_Row, ...]]]
"""What each commit did, by its id."""
_NOTHING = _Text({}, Counter())


def recorded(folder: Path, rev: str | None, cache: Cache | None) -> Recordings | None:
    """What git has recorded of a journal up to a revision, or to the commit that the working tree
    began with; None where it has recorded nothing, or there is no git."""
    try:
        repository = Repository(folder)
        head = repository.commit(rev or HERE).id
        # What is kept is of the working tree's branch.
        return recordings(repository, head, cache if rev is None else None)
    except NoRevision:
        return None


def recordings(repository: Repository, head: str, cache: Cache | None) -> Recordings:
    """What the commits up to one have recorded. Raises NoRevision."""
    # What a shallow clone lacks may come, and no commit would tell.
    kept = None if cache is None or repository.is_shallow else _kept(cache)
    known, rows = kept or ("", {})
    if known != head:
        if known and not repository.is_before(known, head):
            known, rows = "", {}
        rows = rows | _read(repository, head, known)
        if cache is not None and not repository.is_shallow:
            _keep(cache, head, rows)
    return _recordings(rows, repository.is_shallow)


def _read(repository: Repository, head: str, known: str) -> _Rows:
    """What commits did that are not known yet; so many at once that their files are no burden."""
    found: _Rows = {}
    commits = list(history(repository, head, known))
    for at in range(0, len(commits), _AT_ONCE):
        some = commits[at : at + _AT_ONCE]
        blobs = {b for _, files in some for one in files for b in (*one.old, one.new) if b}
        said = {id: _text(data) for id, data in texts(repository, sorted(blobs)).items()}
        for made, files in some:
            found[made.id] = made, tuple(_rows(files, said))
    return found


def _rows(files: Sequence[Touched], said: Mapping[str, _Text]) -> Iterator[_Row]:
    gone = {_name(one.path): one.old for one in files if not one.new}
    for one in files:
        name, before = _name(one.path), _name(one.before)
        # A file that went to another folder, or became one of the other kind, is the same.
        old = one.old if any(one.old) else gone.get(name, ())
        if name and one.new:
            olds = [said.get(blob, _NOTHING) for blob in old if blob]
            new = said.get(one.new, _NOTHING)
            yield _Row(name, before or name, not olds, _fields(olds, new), _notes(olds, new))


def _name(path: str) -> str:
    """``deals/acme``; nothing of what is no deal or contact."""
    match = _PATH.fullmatch(path)
    return f"{match[1]}/{match[2]}" if match else ""


def _fields(olds: Sequence[_Text], new: _Text) -> tuple[FieldRecorded, ...]:
    """The fields that are otherwise than in all versions before."""
    found = []
    for name in RECORDED:
        now, before = new.fields.get(name, ""), [old.fields.get(name, "") for old in olds]
        if now not in before and (now or before):
            found.append(FieldRecorded(name, before[0] if before else "", now))
    return tuple(found)


def _notes(olds: Sequence[_Text], new: _Text) -> tuple[dt.date, ...]:
    """The days of the notes that are in no version before."""
    come = new.notes
    for old in olds:
        come = come - old.notes
    return tuple(sorted(come.elements()))


def _text(data: bytes) -> _Text:
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    front = _FRONT.match(text)
    # Front matter is fields alone; a file without is YAML, whose notes are indented.
    written = dict(_FIELD.findall(front[1] if front else text))
    fields = {name: _plain(written[name]) for name in RECORDED if name in written}
    form, body = (_HEADING, text[front.end() :]) if front else (_MAPPING, text)
    return _Text(fields, Counter(day for match in form.finditer(body) if (day := _day(match[1]))))


def _plain(written: str) -> str:
    """A value without its quotes or a comment behind it."""
    quote = written[0]
    if quote in "'\"":
        return written[1:].partition(quote)[0]
    return _COMMENT.sub("", written).strip()


def _day(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _recordings(rows: _Rows, is_shallow: bool) -> Recordings:
    """The same by deal and contact, under the names that they have now. The order is that of the
    commits' times, so that it makes no difference which were read before."""
    ordered = sorted(rows.values(), key=lambda one: (one[0].seconds, one[0].id))
    begins = [made.day for made, _ in ordered if made.is_first] if is_shallow else []
    # Where the history was cut off, all that there was seems to come at once.
    ordered = [one for one in ordered if not (is_shallow and one[0].is_first)]
    found: dict[str, list[Entry]] = {}
    for at, (made, some) in enumerate(ordered):
        much = (at == 0 and not is_shallow) or sum(row.is_new for row in some) > _MUCH
        commit = Commit(made.id, made.day, made.author, made.address, much)
        for row in some:
            if row.before != row.name and row.before in found:
                found[row.name] = found.pop(row.before) + found.get(row.name, [])
            if row.is_new or row.fields or row.notes:
                entry = Entry(commit, row.is_new, row.fields, row.notes)
                found.setdefault(row.name, []).append(entry)
    return Recordings(
        {name: tuple(found[name]) for name in sorted(found)}, max(begins, default=None)
    )


def _keep(cache: Cache, head: str, rows: _Rows) -> None:
    plain = [
        (
            (*made[:2], made.day.toordinal(), *made[3:]),
            [
                (*r[:3], [tuple(f) for f in r.fields], [d.toordinal() for d in r.notes])
                for r in some
            ],
        )
        for made, some in rows.values()
    ]
    cache.write(_NAME, (head, plain))


def _kept(cache: Cache) -> tuple[str, _Rows] | None:
    found: Any = cache.read(_NAME)  # as ``_keep`` wrote it
    if found is None:
        return None
    head, plain = found
    day = dt.date.fromordinal
    rows: _Rows = {}
    for (id, seconds, made_on, *others), some in plain:
        rows[id] = (
            Made(id, seconds, day(made_on), *others),
            tuple(
                _Row(
                    name,
                    before,
                    is_new,
                    tuple(FieldRecorded(*f) for f in fields),
                    tuple(map(day, notes)),
                )
                for name, before, is_new, fields, notes in some
            ),
        )
    return head, rows
