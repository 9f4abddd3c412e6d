"""A build into a folder that holds what an earlier one made: what changed since is read and
rendered, and the rest stays."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from site_builder.files.cache import Cache
from site_builder.files.memory import Memory
from site_builder.files.tree import CONFIG
from site_builder.journal.recordings import Recordings
from site_builder.load.findings import Findings, from_plain, plain, plain_problem
from site_builder.load.kept_files import Damaged, KeptFiles, PlainProblems, keep_files, kept_files
from site_builder.load.loaded import Loaded
from site_builder.load.look import Look
from site_builder.load.preparing import NoJournal, Prepared
from site_builder.load.reload import Before, Reloaded, reload, told
from site_builder.site import last_build
from site_builder.site.build import Built, Progress, render_into
from site_builder.site.last_build import LastBuild, kept_as
from site_builder.site.output import Output
from site_builder.site.plan import Planning, SaidByAll, SiteBefore, said_by_all

Marks = dict[str, bytes]


class Kept(NamedTuple):
    """What was kept of the journal that a site was built of: its ``state``, pipeline.yml by its
    digest, the day, all files, what is wrong with them together, what all pages said, what was
    found, and what git had recorded of each deal and contact."""

    state: bytes
    config: bytes
    day: str
    files: KeptFiles
    of_all: PlainProblems
    said: SaidByAll
    found: Findings
    marks: Marks


def keep(cache: Cache, target: Path, state: bytes, loaded: Loaded) -> None:
    """Keep for the next build what one into a folder is made of."""
    files = keep_files(cache.pieces(_data(target)), loaded.files) if loaded.files else None
    if files is None:
        cache.write(_name(target), None)
        return
    config, day = loaded.digests.get(CONFIG, b""), repr((loaded.days, loaded.today, loaded.begun))
    of_all = tuple(map(plain_problem, loaded.of_all))
    said = said_by_all(loaded)
    kept = Kept(state, config, day, files, of_all, said, loaded.findings, _marks(loaded.recorded))
    _write(cache, target, kept)


def again(
    look: Look,
    target: Path,
    last: LastBuild,
    output: Output,
    templates: Path | None,
    progress: Progress,
    recorded: Recordings | None = None,
    state: str = "",
) -> tuple[Findings, Built] | None:
    """Build what changed since the last build, of which a folder holds all; None where
    everything has to be built. ``state`` is that of what git has ``recorded``."""
    cache, digests = look.cache, look.digests()
    kept = _kept(cache, target) if cache else None
    if cache is None or digests is None or kept is None or kept.state != last.state:
        return None
    try:
        ready = look.prepare()
        reloaded = _reloaded(kept, ready, digests)
        if reloaded is None:
            return None
        said = told(reloaded)
        memory = Memory(lambda: cache)
        said = said._replace(loaded=replace(said.loaded, recorded=recorded, memory=memory))
        marks = _marks(recorded)
        before = SiteBefore(last.pages, kept.said, kept.found, _unlike(kept.marks, marks))
        plan = Planning(reloaded, said, before).plan()
    except (Damaged, NoJournal):
        return None
    paths = [*last.assets, *plan.paths]
    written, shown = render_into(
        plan.loaded, plan.render, paths, output, templates, progress, cache, last.shown
    )
    memory.keep()
    shown = {**last.shown, **shown}
    known = {path: digest for path, digest in digests.items() if digest}
    look.keep(ready.days, ready.day, known, said.findings)
    files = kept.files.with_changes(list(reloaded.read.values()), reloaded.gone)
    if files is None or look.last is None:
        cache.write(_name(target), None)
    else:
        of_all = tuple(map(plain_problem, said.loaded.of_all))
        now = kept._replace(state=look.last.state, files=files, of_all=of_all, marks=marks)
        _write(cache, target, now._replace(said=said_by_all(plan.loaded), found=said.findings))
        last_build.keep(cache, target, look.last.state, last.templates, shown, state)
    return said.findings, Built(written, len(plan.paths), shown)


def _reloaded(kept: Kept, ready: Prepared, digests: dict[str, bytes]) -> Reloaded | None:
    day = repr((ready.days, ready.day.date, ready.day.begun))
    codec = ready.reading.codec
    if codec is None or (ready.config, day) != (kept.config, kept.day):
        return None
    subject = partial(kept.files.subject, codec=codec)
    return reload(ready, Before(kept.files.files, subject, kept.of_all), digests)


def _write(cache: Cache, target: Path, kept: Kept) -> None:
    said = tuple(kept.said)
    row = (*kept[:3], kept.files.plain(), kept.of_all, said, plain(kept.found), kept.marks)
    cache.write(_name(target), row)


def _kept(cache: Cache, target: Path) -> Kept | None:
    row: Any = cache.read(_name(target))
    if row is None:
        return None
    state, config, day, files, of_all, said, found, marks = row
    pieces = cache.pieces(_data(target))
    files = kept_files(pieces, files)
    return Kept(state, config, day, files, of_all, SaidByAll(*said), from_plain(found), marks)


def _marks(recorded: Recordings | None) -> Marks:
    return recorded.marks if recorded else {}


def _unlike(was: Marks, now: Marks) -> frozenset[str]:
    """Those of which git has recorded something else."""
    return frozenset([name for name in was.keys() | now.keys() if was.get(name) != now.get(name)])


def _name(target: Path) -> str:
    return f"{kept_as(target)}-files"


def _data(target: Path) -> str:
    return f"{kept_as(target)}-data"
