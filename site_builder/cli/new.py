"""``dealog new deal`` and ``dealog new contact``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from site_builder.cli import completing
from site_builder.cli.edits import contact_option, dated_edits, edits, person_option
from site_builder.cli.printing import say_also
from site_builder.cli.signed import Signed

if TYPE_CHECKING:
    from site_builder.edit.job import Job

id_option = click.option("--id", metavar="ID", help="Its id.  [default: made of its name]")


@click.group()
def new() -> None:
    """Begin a deal or contact."""


@new.command(cls=Signed)
@click.argument("words", nargs=-1, required=True, metavar="TITLE")
@id_option
@contact_option("--company", help="The company it is with.")
@contact_option(
    "--contact", "contacts", multiple=True, metavar="'CONTACT [ROLE]'", help="Who takes part."
)
@person_option("--owner", help="Whose it is.  [default: as --by]")
@click.option(
    "--pipeline",
    metavar="PIPELINE",
    shell_complete=completing.pipelines,
    help="Where there are several.",
)
@click.option(
    "--stage",
    metavar="STAGE",
    shell_complete=completing.first_stages,
    help="Where it begins.  [default: the first]",
)
@click.option("--value", metavar="MONEY", help="What it is worth: 48000, 48000 USD.")
@click.option("--close", metavar="DAY", help="When it is expected to close.")
@click.option("--next", "next_", metavar="'DAY TEXT'", help="The next step.")
@click.option("--source", metavar="TEXT", help="Where it comes from; `referral CONTACT`.")
@click.option("--channel", metavar="TEXT", help="How it came in.")
@dated_edits
def deal(
    job: Job,
    words: Sequence[str],
    id: str | None,
    company: str | None,
    contacts: Sequence[str],
    owner: str | None,
    pipeline: str | None,
    stage: str | None,
    value: str | None,
    close: str | None,
    next_: str | None,
    source: str | None,
    channel: str | None,
) -> None:
    """Begin a deal: `dealog new deal "Two sites" --company acme`."""
    from site_builder.edit.starting import DealSaid, begin_deal

    said = begin_deal(
        job,
        " ".join(words),
        DealSaid(
            company or "",
            tuple(contacts),
            owner or "",
            pipeline,
            stage or "",
            value or "",
            close or "",
            next_ or "",
            source or "",
            channel or "",
        ),
        id,
    )
    say_also(said)


@new.command(cls=Signed)
@click.argument("words", nargs=-1, required=True, metavar="NAME")
@id_option
@click.option("--type", "kind", type=click.Choice(["person", "company"]), help="[default: person]")
@contact_option("--company", help="Where the person works.")
@click.option("--role", metavar="TEXT", help="As what.")
@click.option("--email", metavar="EMAIL")
@click.option("--phone", metavar="PHONE")
@click.option("--website", metavar="URL")
@contact_option("--introduced-by", help="Who brought them to us.")
@person_option("--owner", help="Whose contact it is.")
@edits
def contact(
    job: Job,
    words: Sequence[str],
    id: str | None,
    kind: str | None,
    company: str | None,
    role: str | None,
    email: str | None,
    phone: str | None,
    website: str | None,
    introduced_by: str | None,
    owner: str | None,
) -> None:
    """Begin a contact: `dealog new contact "Jane Roe" --company acme`."""
    from site_builder.edit.starting import ContactSaid, begin_contact

    begin_contact(
        job,
        " ".join(words),
        ContactSaid(
            kind or "",
            company or "",
            role or "",
            email or "",
            phone or "",
            website or "",
            introduced_by or "",
            owner or "",
        ),
        id,
    )
