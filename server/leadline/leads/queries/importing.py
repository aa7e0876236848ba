"""Understand rows of a file as leads, and find out which are known already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from leadline.contacts import queries as contacts
from leadline.contacts.actions import ReadPerson, read_person
from leadline.engines.schema.actions import ValueCheck
from leadline.engines.transfer.ports import Given, Terms
from leadline.kit import money, text
from leadline.kit.errors import Invalid
from leadline.kit.sentences import Text, say
from leadline.leads.columns import PERSON
from leadline.leads.models import Lead
from leadline.leads.ports import Placed
from leadline.leads.queries.reaching import latest_leads_of, stages_in_use
from leadline.leads.rules import SOURCES, LeadStatus, LeadType
from leadline.workspaces import policy as people
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_CUSTOM = "custom."
_TEXTS = ("interest", "campaign", "next_step", "competitor", "text")


@dataclass
class ReadRow:
    """A row as a lead: its person, its own values, what has no place, and what is wrong with it."""

    number: int
    read: ReadPerson
    title: str = ""
    source: str = ""
    at: datetime | None = None
    value_minor: int | None = None
    currency: str = ""
    owner_id: UUID | None = None
    placed: Placed | None = None
    values: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    trouble: Text = ""
    # The lead the person has already, or that an earlier row of the same file opens.
    known: Lead | None = None
    before: bool = False

    @property
    def duplicate(self) -> bool:
        """Whether the person has a lead already."""
        return self.known is not None or self.before


class RowReader:
    """Reads the rows of a batch; what all rows need is read once: 4 statements, however many rows."""

    def __init__(self, actor: Actor, rows: Sequence[Given], terms: Terms) -> None:
        here = own_workspace(actor)
        self.region, self.currency, self.terms = here.phone_region, here.currency, terms
        self.sources = {text.fold(label): key for key, label in SOURCES.items()}
        keys = {key for row in rows for key in row.values if key.startswith(_CUSTOM)}
        self.check = ValueCheck("lead", keys)
        members = people.visible_members(actor).filter(active=True).select_related("user")
        self.members: dict[str, UUID] = {}
        if any("owner" in row.values for row in rows):
            for member in members:
                self.members |= {text.fold(member.name): member.id, text.fold(member.user.email): member.id}
        stages = stages_in_use() if any("stage" in row.values for row in rows) else []
        self.stages = {
            text.fold(name): Placed(pipeline_id=s.pipeline_id, stage_id=s.id, status=str(s.kind))
            for s in reversed(stages)
            for name in (s.name, str(s.id), *((s.kind,) if s.kind != "open" else ()))
        }

    def read(self, row: Given) -> ReadRow:
        """One row; the first thing wrong with it is its trouble."""
        values = row.values
        person = read_person(values, self.region, PERSON)
        made = ReadRow(row.number, person, extra={**row.extra, **person.extra}, trouble=person.trouble)
        made.title = text.clean(str(values.get("name") or ""), 200)
        made.source = self._source(values)
        made.values = {key: str(values[key]) for key in _TEXTS if values.get(key)}
        made.values.setdefault("campaign", self.terms.defaults.get("campaign", ""))
        try:
            self._amount(made, values)
            made.fields = self.check({k: v for k, v in values.items() if k.startswith(_CUSTOM)})
        except Invalid as problem:
            made.trouble = made.trouble or problem.said
        self._place(made, values)
        made.at = datetime.fromisoformat(values["inbound_at"]) if values.get("inbound_at") else None
        if not (person.recognised or person.person.name or person.person.company or made.title):
            made.trouble = made.trouble or say(
                "Nothing says who this is: no name, phone, mail address or company."
            )
        return made

    def _source(self, values: Mapping[str, Any]) -> str:
        named = str(values.get("source") or self.terms.defaults.get("source") or "")
        return (
            self.sources.get(text.fold(named))
            or text.slug(named, separator="_")
            or (named[:60] if named else "import")
        )

    def _amount(self, made: ReadRow, values: Mapping[str, Any]) -> None:
        code = str(values.get("currency") or self.currency).strip().upper()[:3]
        if values.get("currency"):
            money.exponent(code)
        if not values.get("value_minor"):
            return
        amount = money.parse(str(values["value_minor"]), code)
        if amount.amount_minor < 0:
            raise Invalid(say("The value cannot be negative."))
        made.value_minor, made.currency = amount.amount_minor, code

    def _place(self, made: ReadRow, values: Mapping[str, Any]) -> None:
        """Names that nobody has, and stages that are not there, are kept beside the lead."""
        owner = str(values.get("owner") or "")
        made.owner_id = self.members.get(text.fold(owner)) if owner else None
        if owner and made.owner_id is None:
            made.extra["Owner"] = owner
        made.owner_id = made.owner_id or self.terms.owner_id
        stage = str(values.get("stage") or "")
        made.placed = self.stages.get(text.fold(stage)) if stage else None
        if stage and made.placed is None:
            made.extra["Stage"] = stage
        kind = str(values.get("lead_type") or "")
        if kind in {one.value for one in LeadType}:
            made.values["lead_type"] = kind
        elif kind:
            made.extra["Lead type"] = kind


def read_rows(actor: Actor, rows: Sequence[Given], terms: Terms, seen: set[Any]) -> list[ReadRow]:
    """The rows as leads, each with the lead its person has already: a fixed number of statements."""
    reader = RowReader(actor, rows, terms)
    read = [reader.read(row) for row in rows]
    holders = contacts.holders({key for one in read for key in one.read.keys})
    leads = latest_leads_of(list(set(holders.values()))) if holders else {}
    for one in read:
        if one.trouble:
            continue
        owners = [holders[key] for key in one.read.keys if key in holders]
        one.known = next((leads[contact_id] for contact_id in owners if contact_id in leads), None)
        one.before = any(key in seen for key in one.read.keys)
        seen.update(one.read.keys)
    return read


def apart(one: ReadRow) -> ReadPerson:
    """The person of a row that shall be a lead of its own although somebody like that has an open one."""
    taken = one.before or (one.known is not None and one.known.status == LeadStatus.OPEN)
    closed = one.placed is not None and one.placed.status != LeadStatus.OPEN
    return replace(one.read, person=replace(one.read.person, apart=taken and not closed))
