"""Two contacts made one, in all files of a journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from site_builder.edit.changes import Change
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import type_of
from site_builder.edit.existing import Existing, with_bytes
from site_builder.edit.job import Job
from site_builder.edit.mentions import Renaming, renaming_of
from site_builder.edit.merging import Difference, differences, merged, refuse_kinds
from site_builder.edit.refusals import NotDone
from site_builder.edit.said_values import said_value
from site_builder.edit.shelves import whole_files
from site_builder.edit.splices import spliced
from site_builder.edit.united import united
from site_builder.edit.writing import FrontValue, shown
from site_builder.journal.contact import Contact
from site_builder.problems.suggest import did_you_mean

_CONTACTS = ("contacts",)


def merge(job: Job, contact: str, words: Sequence[str], prefer: str, take: Sequence[str]) -> None:
    """Put a contact into the one that ``words`` name, behind `into` or not. Where both differ
    ``prefer`` says whose fields stay, and ``take`` which field is what. Raises NotDone."""
    desk = job.desk
    gone = desk.open(desk.find(contact, _CONTACTS))
    kept = desk.open(desk.find(_into(words), _CONTACTS))
    _refuse(gone, kept)
    renaming = renaming_of(desk, "contacts", gone.found.id, kept.found.id)
    files = whole_files(desk)
    _refuse_other_links(desk, files, renaming)
    one, other = (_united(opened.file, renaming) for opened in (gone, kept))
    found = differences(one, other)
    choices = _choices(desk, found, gone, kept, prefer, take)
    _refuse_open(found, choices, gone, kept)
    data = merged(one, other, choices, job.day, job.person)
    made = [
        Change(kept.file.path, kept.file.data, data),
        *_mentions(files, renaming, {gone.file.path, kept.file.path}),
        Change(gone.file.path, gone.file.data, None),
    ]
    job.change_all(made, f"Merge {gone.found.id} into {kept.found.id}")


def _into(words: Sequence[str]) -> str:
    """The contact that is kept; `into` may stand before it."""
    said = words[1:] if len(words) > 1 and words[0].lower() == "into" else words
    if len(said) > 1:
        raise NotDone("Two at a time: `dealog merge OLD into CONTACT`.")
    return said[0]


def _refuse(gone: Opened, kept: Opened) -> None:
    if gone.found.path == kept.found.path:
        raise NotDone(f"`{gone.found.id}` can't be merged into itself.")
    kinds = [isinstance(o.subject, Contact) and o.subject.is_company for o in (gone, kept)]
    refuse_kinds(gone.file, kept.file, kinds)


def _refuse_other_links(desk: Desk, files: Sequence[Existing], renaming: Renaming) -> None:
    """A link means the deal where a contact has the same id: no link may come to mean another."""
    linking = [file.path for file in files if renaming.in_link.search(file.text)]
    if renaming.has_links and linking and renaming.new in desk.ids("deals"):
        raise NotDone(
            f"`[[{renaming.old}]]` in {linking[0]} would lead to the deal `{renaming.new}`: give "
            f"that another id first: `dealog rename deals/{renaming.new} NEW-ID`."
        )


def _united(file: Existing, renaming: Renaming) -> Existing:
    return with_bytes(file, spliced(file.data, united(file, renaming)))


def _mentions(files: Sequence[Existing], renaming: Renaming, but: set[str]) -> Iterator[Change]:
    for file in files:
        splices = united(file, renaming) if file.path not in but else []
        if splices:
            yield Change(file.path, file.data, spliced(file.data, splices))


def _choices(
    desk: Desk,
    found: Sequence[Difference],
    gone: Opened,
    kept: Opened,
    prefer: str,
    take: Sequence[str],
) -> Mapping[str, FrontValue]:
    """What was said of fields in which the two differ."""
    made: dict[str, FrontValue] = {}
    if prefer:
        id = desk.find(prefer, _CONTACTS).id
        if id not in (gone.found.id, kept.found.id):
            raise NotDone(f"`{id}` is none of the two: --prefer {kept.found.id}.")
        made.update((d.name, d.kept if id == kept.found.id else d.gone) for d in found)
    differing = {d.name: d for d in found}
    for said in take:
        name, sign, value = (part.strip() for part in said.partition("="))
        if name not in differing:
            help = did_you_mean(name, list(differing), "They differ in")
            raise NotDone(f"The two do not differ in `{name}`. {help}".rstrip())
        type, _ = type_of(name, kept.subject)
        made[name] = said_value(desk, type, value) if sign else differing[name].gone
    return made


def _refuse_open(
    found: Sequence[Difference], choices: Mapping[str, FrontValue], gone: Opened, kept: Opened
) -> None:
    """Refuse where it was not said what stays, and show what there is."""
    left = [d for d in found if d.name not in choices]
    if not left:
        return
    ids = gone.found.id, kept.found.id
    width = max(map(len, ids))
    rows = [
        f"  {d.name}\n    {ids[0]:{width}}  {shown(d.gone)}\n    {ids[1]:{width}}  {shown(d.kept)}"
        for d in left
    ]
    raise NotDone(
        f"`{ids[0]}` and `{ids[1]}` differ, and nothing was written:\n"
        + "\n".join(rows)
        + f"\nSay whose stays: --prefer {ids[1]} or --prefer {ids[0]}; of one field, "
        f"--take {left[0].name} for that of {ids[0]}, or --take {left[0].name}=…. "
        "What does not stay is kept in a note."
    )
