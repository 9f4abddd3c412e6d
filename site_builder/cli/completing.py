"""What the shell offers to complete: ids, stages, people, fields and their values, steps.

Only names of files, pipeline.yml and the one deal that is meant are looked at; where there is no
journal, or a broken one, nothing is offered and nothing said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from site_builder.edit.existing import Existing
    from site_builder.journal.pipeline import Pipeline, StageType
    from site_builder.journal.schema import Schema

Offered = Iterable[str | tuple[str, str]]
"""Words, each alone or with what it means."""
Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_TICK = re.compile(r"\[[xX]\]\s+([a-z0-9-]+)")
_BOTH = ("deals", "contacts")


class Seen:
    """As much of the journal of a command line as is asked for."""

    def __init__(self, context: click.Context) -> None:
        self.said = _said(context)
        self.folder: Path = context.find_root().params.get("folder") or Path()

    @cached_property
    def paths(self) -> dict[str, str]:
        """The paths of all deals and contacts, by `deals/ID` and `contacts/ID`."""
        from site_builder.files.tree import FILE, FolderTree
        from site_builder.load.listing import is_ours
        from site_builder.parse.ids import is_id

        ours = [f.path for f in FolderTree(self.folder).files() if f.kind == FILE]
        named = {_name_of(path): path for path in ours if is_ours(path)}
        # Any other name could be a command once it stands in a shell's line.
        return {name: path for name, path in named.items() if is_id(name.partition("/")[2])}

    @cached_property
    def schema(self) -> Schema:
        from site_builder.files.tree import CONFIG, MAX_BYTES, FolderTree
        from site_builder.parse.pipeline_yml.schema import read_schema

        text = FolderTree(self.folder).read(CONFIG, MAX_BYTES).decode("utf-8-sig")
        schema = read_schema(CONFIG, text, lambda _problem: None)
        assert schema is not None
        return schema

    def file(self, said: str) -> Existing:
        """The deal or contact of an id, or of the beginning of one that no other has."""
        from site_builder.edit.existing import existing
        from site_builder.files.tree import MAX_BYTES, FolderTree

        names = [name for name in self.paths if said in (name, name.partition("/")[2])]
        names = names or [name for name in self.paths if name.partition("/")[2].startswith(said)]
        (name,) = names
        path = self.paths[name]
        data = FolderTree(self.folder).read(path, MAX_BYTES)
        file = existing(name.partition("/")[2], path, data, lambda _problem: None)
        assert file is not None
        return file

    def pipeline(self, id: str | None) -> Pipeline:
        """A pipeline by its id, or the only one."""
        several = self.schema.pipelines
        found = [p for p in several if p.id == id] if id else list(several)
        (one,) = found
        return one

    @property
    def pipeline_of_deal(self) -> Pipeline:
        """The pipeline of the deal that the command line names."""
        return self.pipeline(self.file(self.said["deal"]).text_of("pipeline"))


def offers(find: Callable[[Seen], Offered]) -> Completer:
    """A completion: the words that are found, of those that begin with what is written."""

    def complete(
        context: click.Context, _parameter: click.Parameter, begun: str
    ) -> list[CompletionItem]:
        try:
            words = [(w, "") if isinstance(w, str) else w for w in find(Seen(context))]
        except Exception:  # a broken journal completes nothing, and `check` tells why
            return []
        return [CompletionItem(word, help=help or None) for word, help in meant(words, begun)]

    return complete


def meant(words: Iterable[tuple[str, str]], begun: str) -> list[tuple[str, str]]:
    """The words that begin so; or else the one that has it at the beginning of a later part."""
    some = sorted(dict(words).items())
    found = [each for each in some if each[0].startswith(begun)]
    parts = [each for each in some if f"-{begun}" in each[0]]
    return found or (parts if len(parts) == 1 else [])


def _said(context: click.Context) -> dict[str, Any]:  # as click has it
    """What a command line says, also behind an option that still lacks its value: click then
    leaves the arguments aside."""
    said, left = dict(context.params), list(context.args)
    for param in context.command.params:
        if isinstance(param, click.Argument) and param.name and not said.get(param.name) and left:
            taken, left = (left, []) if param.nargs == -1 else ([left[0]], left[1:])
            said[param.name] = tuple(taken) if param.nargs == -1 else taken[0]
    return said


def _name_of(path: str) -> str:
    return f"{path.partition('/')[0]}/{path.rpartition('/')[2].rpartition('.')[0]}"


def _ids(seen: Seen, *folders: str) -> Iterator[str]:
    """Ids, with the folder where a deal and a contact have the same."""
    for name in seen.paths:
        folder, _, id = name.partition("/")
        if folder in folders:
            others = (other for other in folders if other != folder)
            yield name if any(f"{other}/{id}" in seen.paths for other in others) else id


def _stages(pipeline: Pipeline, type: StageType | None = None) -> Offered:
    return [(s.id, s.name) for s in pipeline.present if type is None or s.type is type]


def _of_type(name: str) -> Completer:
    def find(seen: Seen) -> Offered:
        from site_builder.journal.pipeline import StageType

        return _stages(seen.pipeline_of_deal, StageType(name))

    return offers(find)


def _steps(seen: Seen) -> Offered:
    text = seen.file(seen.said["deal"]).text
    gone = {*_TICK.findall(text), *(seen.said.get("steps") or ())}
    steps = [step for stage in seen.pipeline_of_deal.stages for step in stage.steps]
    return [(step.id, step.name) for step in steps if step.id not in gone]


def _fields(seen: Seen) -> Offered:
    from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS

    file = seen.file(seen.said["subject"])
    if file.path.startswith("contacts/"):
        return CONTACT_FIELDS
    own = seen.pipeline(file.text_of("pipeline")).fields
    return [*(n for n in DEAL_FIELDS if n != "stage"), *((f.name, f.label) for f in own)]


def _values(seen: Seen) -> Offered:
    from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS

    file, name = seen.file(seen.said["subject"]), seen.said["field"]
    is_contact = file.path.startswith("contacts/")
    known = (CONTACT_FIELDS if is_contact else DEAL_FIELDS).get(name)
    if known is not None:
        return _of_known(seen, known.type, known.options)
    own = next(f for f in seen.pipeline(file.text_of("pipeline")).fields if f.name == name)
    return _of_known(seen, own.type, own.options)


def _of_known(seen: Seen, type: str, options: Iterable[str]) -> Offered:
    """The values that a field of a type can have."""
    if type in ("contact", "participant"):
        return _ids(seen, "contacts")
    by_type: dict[str, Callable[[], Offered]] = {
        "choice": lambda: options,
        "deal": lambda: _ids(seen, "deals"),
        "person": lambda: _people(seen),
        "level": lambda: seen.schema.levels,
        "lost-reason": lambda: _reasons(seen),
        "yes/no": lambda: ("yes", "no"),
        "date": lambda: ("today", "tomorrow"),
    }
    return by_type[type]()


def _people(seen: Seen) -> Offered:
    return [(person.id, person.name) for person in seen.schema.team.values()]


def _reasons(seen: Seen) -> Offered:
    return [*seen.schema.lost_reasons.items(), "other"]


def _kinds(seen: Seen) -> Offered:
    from site_builder.journal.fields import KINDS

    return [kind for kind in (*KINDS, *seen.schema.kinds) if kind != "stage"]


def _stages_to_begin(seen: Seen) -> Offered:
    said = seen.said.get("pipeline")
    lines = [seen.pipeline(said)] if said else seen.schema.pipelines
    return [stage for line in lines for stage in _stages(line)]


def _into(seen: Seen) -> Offered:
    return [id for id in _ids(seen, "contacts") if id != seen.said.get("contact")]


def _of_the_two(seen: Seen) -> Offered:
    return [seen.said["contact"], *(seen.said["words"][-1:])]


deal_ids = offers(lambda seen: _ids(seen, "deals"))
contact_ids = offers(lambda seen: _ids(seen, "contacts"))
ids = offers(lambda seen: _ids(seen, *_BOTH))
others_to_merge = offers(_into)
either_to_merge = offers(_of_the_two)
stages = offers(lambda seen: _stages(seen.pipeline_of_deal))
won_stages, lost_stages = _of_type("won"), _of_type("lost")
first_stages = offers(_stages_to_begin)
pipelines = offers(lambda seen: [(p.id, p.name) for p in seen.schema.pipelines])
steps = offers(_steps)
fields = offers(_fields)
values = offers(_values)
people = offers(_people)
reasons = offers(_reasons)
kinds = offers(_kinds)
days = offers(lambda _seen: ("today", "yesterday", "tomorrow", "none"))
