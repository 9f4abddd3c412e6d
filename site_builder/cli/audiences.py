"""Sites for audiences: which are asked for, and building them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder.audiences.projection import Projection
from site_builder.cli.exits import Refused
from site_builder.cli.loading import cache_for
from site_builder.cli.printing import progress, say
from site_builder.files.tree import CONFIG, own_templates
from site_builder.journal.audience import Audience
from site_builder.journal.schema import Schema
from site_builder.load.loaded import Loaded
from site_builder.pages.shown.registry import shown_pages, shown_site
from site_builder.problems import counting
from site_builder.problems.suggest import did_you_mean, listed
from site_builder.query.language import Mistake
from site_builder.site.build import Built, build_pages
from site_builder.site.claim import OutputRefused
from site_builder.site.manifest import MANIFEST
from site_builder.site.output import Output
from site_builder.site.render import Renderer
from site_builder.site.template_errors import TemplateWrong


class Part(NamedTuple):
    """What an audience is shown of a journal on a day, and the folder that its site goes to."""

    audience: Audience
    shown: Projection
    target: Path
    today: dt.date


def audience_of(schema: Schema, name: str) -> Audience:
    """The audience of a name. Raises Refused, with those that there are, where there is none, or
    where it is not known what it is to be shown."""
    audience = schema.audiences.get(name)
    if audience is None:
        there = f"There are {listed(list(schema.audiences))}." if schema.audiences else ""
        help = did_you_mean(name, schema.audiences) or there or f"{CONFIG} names no `audiences`."
        raise Refused(f"There is no audience `{name}`. {help}")
    if not audience.is_sound:
        raise Refused(
            f"What the audience `{name}` is shown could not be read, so that it is shown nothing: "
            "`dealog check` tells what to mend."
        )
    return audience


def shown_to(loaded: Loaded, audience: Audience) -> Projection:
    """What an audience is shown of a loaded journal. Raises Refused where nobody can say."""
    journal = loaded.seen
    assert journal is not None
    try:
        return Projection(journal, audience, loaded.today, loaded.problems)
    except Mistake as mistake:
        raise Refused(f"`where` of the audience `{audience.id}`: {mistake}") from None


def parts_of(loaded: Loaded, names: Sequence[str], target: Path) -> list[Part]:
    """What audiences are shown, and where: one in the folder itself, several in folders of their
    names in it. Raises Refused before anything is written."""
    assert loaded.journal is not None
    audiences = [audience_of(loaded.journal.schema, name) for name in dict.fromkeys(names)]
    if len(audiences) > 1 and (target / MANIFEST).exists():
        raise Refused(
            f"`{target}` holds a site itself: choose another folder for those of several audiences "
            "with `-o`."
        )
    targets = [target / one.id if len(audiences) > 1 else target for one in audiences]
    pairs = zip(audiences, targets, strict=True)
    return [Part(one, shown_to(loaded, one), at, loaded.today) for one, at in pairs]


def others_beside(parts: Sequence[Part], target: Path) -> list[Path]:
    """The folders in the one for several audiences that hold sites of others than these: of those
    that were built earlier, and may be shown nothing any more."""
    if len(parts) < 2:
        return []
    built = {part.target for part in parts}
    return sorted({manifest.parent for manifest in target.glob(f"*/{MANIFEST}")} - built)


def build_part(part: Part, folder: Path, no_cache: bool, load: Callable[[], Loaded]) -> None:
    """Build the site of an audience, and say what was built. Where that had to wait for another
    build the journal is loaded anew, so that the last to build has the last word. Raises
    Refused."""
    output, waits = Output(part.target, folder), list[str]()
    try:
        output.claim(lambda: waits.append(_wait(part.target)))
        if waits:
            (part,) = parts_of(load(), [part.audience.id], part.target)
        built = _built(part, output, folder, no_cache)
    except (OutputRefused, TemplateWrong) as refused:
        raise Refused(str(refused)) from None
    finally:
        output.release()
    say(
        f"{part.target}: what `{part.audience.id}` is shown, {_said_of(part)}. "
        f"{counting.count(built.pages, 'page')}, {counting.count(built.written.changed, 'file')} "
        f"changed, {built.written.pruned} removed. As of {part.today}."
    )


def _wait(target: Path) -> str:
    waits = f"Another build writes to {target}: waiting for its end."
    say(waits)
    return waits


def _built(part: Part, output: Output, folder: Path, no_cache: bool) -> Built:
    """Of the journal nothing is kept, and nothing that was: only templates, as all sites have."""
    journal, cache = part.shown.journal, cache_for(folder, no_cache, part.target)
    pages = shown_pages(journal, part.audience, part.today)
    renderer = Renderer(shown_site(journal, pages, part.today), own_templates(folder), cache)
    return build_pages(pages, renderer, output, progress(), is_apart=True)


def _said_of(part: Part) -> str:
    shown, where = part.shown, part.audience.where
    deals, contacts = len(shown.deals), len(shown.contacts)
    firms = len({deal.company for deal in shown.deals if deal.company})
    none = "" if all(deal.company for deal in shown.deals) else " or of none"
    of = f" of {counting.count(firms, 'company', 'companies')}{none}" if firms else ""
    said = f"{counting.count(deals, 'deal')}{of} and {counting.count(contacts, 'contact')}"
    if not deals and where and not shown.left_out:
        return f"{said}: `where`, which is `{where}`, means none"
    if not shown.left_out:
        return said
    return f"{said}; {counting.count(shown.left_out, 'deal')} with errors left out"


def public_needs_one(audiences: Mapping[str, Audience]) -> str:
    """Why a public journal is not built whole, and what to type."""
    first = next(iter(audiences), "")
    help = (
        f"build what one is shown, as `dealog build --audience {first}`."
        if first
        else "name `audiences`, and what each is shown, or write `visibility: private`."
    )
    return (
        f"`visibility` in {CONFIG} is `public`, so that only sites of audiences are built: {help}"
    )
