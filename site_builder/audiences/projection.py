"""The journal that an audience is shown: new deals and contacts, made of the listed fields alone.

Nothing is copied and blanked, so that what is not listed, a field that the format will have one
day among it, is not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

from site_builder.audiences.called import Called, of_many
from site_builder.audiences.doubtful import doubtful
from site_builder.audiences.likeness import told_apart
from site_builder.audiences.named_by import named_by
from site_builder.audiences.names import Named, shown_ids
from site_builder.audiences.notes import shown_notes
from site_builder.audiences.stages import Stages
from site_builder.audiences.texts import Texts
from site_builder.audiences.values import Shown, listed_values, projected
from site_builder.audiences.where import meant
from site_builder.insights.insights import Insights
from site_builder.journal.audience import Audience
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.phones import Phones
from site_builder.journal.pipeline import FieldType, Stage
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.journal.webs import Webs, place_of
from site_builder.parse.ids import slug, titled
from site_builder.problems.problem import Problem

_ALONE = 3
"""So many letters a name has to have to be known alone with an `s` behind it."""
_OF_WEB = ("website", "social")
NOBODY = Person("", "")
"""Who owns the deals of which that is not shown."""


def projection(
    journal: Journal, audience: Audience, today: dt.date, problems: Iterable[Problem]
) -> Journal:
    """What an audience is shown of a journal as of today. Files that by its ``problems`` could not
    be read whole are left out, for nobody can say whether they are to be shown. Raises Mistake
    where the audience's query can't be understood."""
    return Projection(journal, audience, today, problems).journal


class Projection:
    """What an audience is shown: the ``deals`` and ``contacts`` as the whole journal has them, and
    the ``journal`` of what they are to it; so many deals are ``left_out`` for their errors."""

    def __init__(
        self, whole: Journal, audience: Audience, today: dt.date, problems: Iterable[Problem]
    ) -> None:
        self._whole, self._audience, unread = whole, audience, doubtful(problems)
        every = meant(Insights(whole, today), audience)
        self.deals = tuple([deal for deal in every if deal.path not in unread])
        self.left_out = len(every) - len(self.deals)
        self.contacts = tuple([c for c in self._taking_part() if c.path not in unread])
        self._stages = Stages(whole.schema.pipelines, self.deals, audience)
        self._shown = self._with_ids()
        self.journal = Journal(
            _schema(whole.schema, self._stages, self._shown),
            tuple(sorted(self._deals(), key=lambda deal: deal.id)),
            tuple(sorted(self._contacts(), key=lambda contact: contact.id)),
        )

    @property
    def names(self) -> Mapping[str, str]:
        """What shown files, ``deals/acme``, are called for the audience."""
        pairs = (("deals", self._shown.deals), ("contacts", self._shown.contacts))
        return {f"{folder}/{old}": new for folder, ids in pairs for old, new in ids.items()}

    def _taking_part(self) -> Iterator[Contact]:
        """Those who take part in shown deals, and the companies that they are shown to be of."""
        if not self._audience.contacts:
            return
        by_id = self._whole.contacts_by_id
        ids = dict.fromkeys(id for deal in self.deals for id in deal.people if id in by_id)
        if "company" in self._audience.contacts:
            firms = [by_id[id].company for id in ids]
            ids.update(dict.fromkeys(id for id in firms if id in by_id))
        yield from (by_id[id] for id in sorted(ids))

    def _with_ids(self) -> Shown:
        """What deals and contacts name, by ids that say nothing but what is shown."""
        names = {c.id: c.name for c in self.contacts} if "name" in self._audience.contacts else {}
        titles = {d.id: d.title for d in self.deals} if "title" in self._audience.deals else {}
        every_deal = self._whole.deals_by_id  # which a link means, where a contact has its id
        named = {**names, **titles}
        called = self._called({*names.values(), *titles.values()})
        phones, webs = self._phones(), self._webs()
        texts = Texts(named, named, self._hidden_names(), called, phones, webs)
        by_name = Shown(names, titles, self._people(), texts)
        contacts, deals = self._in_order(by_name)
        is_id = ("id" in self._audience.contacts, "id" in self._audience.deals)
        of_contacts = shown_ids(contacts, "contact", are_shown=is_id[0])
        of_deals = shown_ids(deals, "deal", are_shown=is_id[1], but=of_contacts.values())
        linked = {old: new for old, new in of_contacts.items() if old not in every_deal}
        hidden = self._hidden_names({*of_contacts.values(), *of_deals.values()})
        made = texts.made
        texts = Texts({**linked, **of_deals}, named, hidden, called, phones, webs, made)
        return Shown(of_contacts, of_deals, by_name.people, texts)

    def _in_order(self, by_name: Shown) -> tuple[list[Named], list[Named]]:
        """Contacts and deals, of whom the same is shown by those that they are shown with."""
        contacts = [self._named_contact(contact, by_name) for contact in self.contacts]
        deals = [self._named_deal(deal, by_name) for deal in self.deals]
        first = {_contact_key(one.id): one.order for one in contacts}
        first.update({_deal_key(one.id): one.order for one in deals})
        places = told_apart(first, partial(self._look, by_name))
        return (
            [one._replace(order=places[_contact_key(one.id)]) for one in contacts],
            [one._replace(order=places[_deal_key(one.id)]) for one in deals],
        )

    def _look(
        self, by_name: Shown, called: Mapping[str, str], keys: Collection[str]
    ) -> Mapping[str, str]:
        """What is shown of some deals and contacts, where all are called by other names."""
        contacts = {one.id: called[_contact_key(one.id)] for one in self.contacts}
        deals = {one.id: called[_deal_key(one.id)] for one in self.deals}
        texts = by_name.texts.leading_to({**contacts, **deals})
        shown = Shown(contacts, deals, by_name.people, texts)
        look = {
            key: self._deal(d, shown, "", "")
            for d in self.deals
            if (key := _deal_key(d.id)) in keys
        }
        of_contacts = {
            key: self._contact(c, shown, "", "")
            for c in self.contacts
            if (key := _contact_key(c.id)) in keys
        }
        return {key: repr(made) for key, made in (*look.items(), *of_contacts.items())}

    def _people(self) -> Mapping[str, Person]:
        """Of the team, the owners that are shown, by no other name than their ids."""
        owners = [d.owner for d in self.deals] if "owner" in self._audience.deals else []
        if "owner" in self._audience.contacts:
            owners += [c.owner for c in self.contacts if c.owner]
        return {one.id: Person(one.id, titled(one.id)) for one in owners}

    def _hidden_names(self, ids: Collection[str] = ()) -> Iterator[str]:
        """The names of contacts, of the team and of deals that are not shown, what people are
        called for short, and ids of several words that are not among those that are (``ids``)."""
        is_named = "name" in self._audience.contacts
        known = {c.name for c in self.contacts} if is_named else set[str]()
        titles = {d.title for d in self.deals} if "title" in self._audience.deals else set[str]()
        everybody = {c.name for c in self._whole.contacts}
        everybody |= {person.name for person in self._whole.schema.team.values()}
        yield from everybody - known
        yield from {d.title for d in self._whole.deals} - titles - known
        at_the_head = self._whole.schema.name
        words = {word for name in (*known, *titles, at_the_head) for word in name.split()}
        short = self._short_names(known) - words
        yield from short
        yield from {each for name in short if len(name) >= _ALONE for each in of_many(name, words)}
        yield from self._addresses()
        said = {slug(name) for name in known | titles}
        yield from {one.id for one in self._whole.subjects if "-" in one.id} - said - {*ids}

    def _called(self, known: Collection[str]) -> Called:
        """What people who are not shown are called, beside some names that are."""
        people = [c.name for c in self._whole.contacts if not c.is_company and c.name not in known]
        return Called(people, {word for name in known for word in name.split()})

    def _addresses(self) -> set[str]:
        """The addresses of contacts and of the team, but for those that are shown and those of the
        web, which are found otherwise."""
        fields = ("email", *_OF_WEB)
        every = {*_said(self._whole.contacts, fields)}
        every |= {person.email for person in self._whole.schema.team.values()}
        shown = {*_said(self.contacts, self._listed(fields))}
        return {text for text in every - shown if place_of(text) is None}

    def _webs(self) -> Webs:
        """The addresses of the web of contacts, but for those that lead where one of those that are
        shown does, or where they have their mail."""
        shown = _said(self.contacts, self._listed(_OF_WEB))
        mails = _said(self.contacts, self._listed(("email",)))
        return Webs(_said(self._whole.contacts, _OF_WEB), shown, mails)

    def _listed(self, fields: Iterable[str]) -> list[str]:
        return [name for name in fields if name in self._audience.contacts]

    def _phones(self) -> Phones:
        """The phone numbers of contacts, but for those that are shown."""
        is_listed = "phone" in self._audience.contacts
        shown = {c.phone for c in self.contacts} if is_listed else set[str]()
        return Phones({c.phone for c in self._whole.contacts} - shown, shown)

    def _short_names(self, known: Collection[str]) -> set[str]:
        """What notes call people who are not shown: each word of the names of the team, and the
        first and last names of those whom shown deals and contacts name."""
        shown = {person.name for person in self._people().values()}
        by_id = self._whole.contacts_by_id
        ids = named_by(self._whole, self.deals, self.contacts)
        people = [by_id[id] for id in ids if not by_id[id].is_company]
        team = self._whole.schema.team.values()
        words = {word for person in team for word in person.name.split() if not word[0].islower()}
        names = [one.name.split() for one in people if one.name not in known]
        return (words | {name[at] for name in names for at in (0, -1)}) - shown

    def _named_deal(self, deal: Deal, by_name: Shown) -> Named:
        made = self._deal(deal, by_name, "", "")  # which names nobody but those that are listed
        title = made.title if deal.id in by_name.deals else ""
        return Named(deal.id, title, made.people, repr(made))

    def _named_contact(self, contact: Contact, by_name: Shown) -> Named:
        made = self._contact(contact, by_name, "", "")
        name = made.name if contact.id in by_name.contacts else ""
        return Named(contact.id, name, (), repr(made))

    def _deals(self) -> Iterator[Deal]:
        ids = self._shown.deals
        places = {id: number for number, id in enumerate(ids, 1)}
        for deal in self.deals:
            yield self._deal(deal, self._shown, ids[deal.id], f"Deal {places[deal.id]}")

    def _contacts(self) -> Iterator[Contact]:
        ids = self._shown.contacts
        places = {id: number for number, id in enumerate(ids, 1)}
        for contact in self.contacts:
            id = contact.id
            yield self._contact(contact, self._shown, ids[id], f"Contact {places[id]}")

    def _deal(self, deal: Deal, shown: Shown, id: str, title: str) -> Deal:
        """A deal made of listed fields; ``title`` is what it is called where its own is not."""
        names = self._audience.deals
        given = dict(listed_values(deal, DEAL_FIELDS, names, shown))
        stage_of = self._stages.stage_in
        return Deal(
            id=id,
            path=f"deals/{id}.md",
            title=given.pop("title", title),
            owner=given.pop("owner", NOBODY),
            pipeline=self._stages.pipeline_of(deal),
            stage=stage_of(deal, deal.stage),
            extras=tuple(_extras(deal.extras, names, shown)),
            notes=self._notes(deal, names, shown),
            summary=_summary(deal, names, shown),
            **given,
        )

    def _contact(self, contact: Contact, shown: Shown, id: str, name: str) -> Contact:
        names = self._audience.contacts
        given = dict(listed_values(contact, CONTACT_FIELDS, names, shown))
        return Contact(
            id=id,
            path=f"contacts/{id}.md",
            name=given.pop("name", name),
            notes=self._notes(contact, names, shown),
            summary=_summary(contact, names, shown),
            **given,
        )

    def _notes(
        self, subject: Deal | Contact, names: tuple[str, ...], shown: Shown
    ) -> tuple[Note, ...]:
        if not self._audience.notes:
            return ()

        def stage_of(stage: Stage) -> Stage | None:
            if isinstance(subject, Deal) and "stage" in names:
                return self._stages.stage_in(subject, stage)
            return None

        return tuple(shown_notes(subject, names, shown, stage_of))


def _deal_key(id: str) -> str:
    return f"deals/{id}"


def _contact_key(id: str) -> str:
    return f"contacts/{id}"


def _said(contacts: Iterable[Contact], fields: Collection[str]) -> Iterator[str]:
    """What stands in some fields of texts."""
    return (text for one in contacts for name in fields for text in _texts(one, name))


def _texts(contact: Contact, name: str) -> tuple[str, ...]:
    """What stands in a field of texts."""
    value = getattr(contact, name)
    return value if isinstance(value, tuple) else (value,)


def _summary(subject: Deal | Contact, names: tuple[str, ...], shown: Shown) -> str:
    return shown.texts.free(subject.summary) if "summary" in names else ""


def _extras(extras: Iterable[Extra], names: tuple[str, ...], shown: Shown) -> Iterator[Extra]:
    """The listed fields that the deal's pipeline gives it, called by their names."""
    for extra in extras:
        name, type = extra.field.name, extra.field.type
        value = projected(extra.value, type, shown) if name in names else None
        if value is not None:
            yield Extra(FieldType(name, titled(name), type), value)


def _schema(whole: Schema, stages: Stages, shown: Shown) -> Schema:
    """What comes along of pipeline.yml: the journal's name, its currency, who may read the site,
    and names of stages. The people are the owners that are shown."""
    return Schema(
        name=whole.name,
        currency=whole.currency,
        visibility=whole.visibility,
        pipelines=stages.pipelines,
        team=dict(shown.people),
    )
