"""Play the scenes of the story through the real actions, each at its own time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from leadline.app.demo import doors, lines
from leadline.app.demo.plot import Deed, Scene, Tale
from leadline.assignment import actions as assignment
from leadline.assignment import queries as clocks
from leadline.channels.whatsapp.models import SandboxPerson
from leadline.conversations import actions as conversations
from leadline.conversations import queries as talks
from leadline.conversations.actions.sending import Draft
from leadline.conversations.ports import StatusIn
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads import queries as lead_queries
from leadline.leads.models import Lead
from leadline.leads.ports import LossIn, WonIn
from leadline.workspaces.actor import Actor

_AT_ONCE = 500
WHATSAPP = "whatsapp"


@dataclass
class Part:
    """A tale that is being told: its lead, and the person's phone in the sandbox if they write."""

    tale: Tale
    lead_id: UUID | None = None
    phone: SandboxPerson | None = None


class Teller:
    """Knows the company and its people; every method runs at the time the clock tells."""

    def __init__(self, actor: Actor, members: Mapping[UUID, Actor], entries: doors.Doors) -> None:
        self._product = Actor.product(actor.workspace_id)
        self._owner = actor
        self._members = members
        self._doors = entries
        self._stages = {stage.name: stage.id for stage in lead_queries.stages_in_use()}
        self._reasons = {reason.name: reason.id for reason in lead_queries.loss_reasons(actor)}
        self._deeds: Mapping[Deed, Callable[[Part, Lead, Scene], None]] = {
            Deed.WELCOMED: self._welcomed,
            Deed.WROTE: self._wrote,
            Deed.REPLIED: self._replied,
            Deed.CALLED: self._called,
            Deed.NOTED: self._noted,
            Deed.VALUED: self._valued,
            Deed.MOVED: self._moved,
            Deed.LOST: self._lost,
            Deed.PLANNED: self._planned,
            Deed.ASKED_AGAIN: self._asked_again,
        }

    def open(self, part: Part) -> None:
        """The inquiry arrives."""
        tale = part.tale
        if tale.channel == WHATSAPP:
            part.phone = self._doors.phone_of(tale.who)
            part.lead_id = self._doors.write(part.phone, tale.text)
        elif tale.channel == "form":
            part.lead_id = self._doors.fill_in(tale)
        else:
            part.lead_id = self._doors.hand_in(self._anybody(), tale)

    def play(self, part: Part, scene: Scene) -> None:
        """One scene of a lead that is open."""
        if part.lead_id is not None:
            self._deeds[scene.deed](part, Lead.objects.select_related("contact").get(id=part.lead_id), scene)

    def let_clocks_speak(self, now: datetime) -> None:
        """What the clocks would have said by now: warnings, and what nobody answered in time."""
        for workspace_id, clock_ids in clocks.due_clocks(now, _AT_ONCE).items():
            assignment.speak(workspace_id, clock_ids)

    def _anybody(self) -> Actor:
        return next(one for one in self._members.values() if one.name.startswith("Mona"))

    def _owner_of(self, lead: Lead) -> Actor:
        return self._members.get(cast(UUID, lead.owner_id), self._owner)

    def _welcomed(self, part: Part, lead: Lead, scene: Scene) -> None:
        self._send(self._product, part, lead, self._template(part, lead, "welcome", automatic=True))

    def _wrote(self, part: Part, lead: Lead, scene: Scene) -> None:
        rep = self._owner_of(lead)
        text = scene.text.format(name=part.tale.who.first_name, rep=rep.name.split()[0])
        draft = Draft(channel=WHATSAPP, body=text)
        [way] = [way for way in talks.ways_to(rep, lead.id) if way.channel == WHATSAPP]
        self._send(rep, part, lead, draft if way.can_free_text else self._template(part, lead, "follow_up"))

    def _template(self, part: Part, lead: Lead, name: str, *, automatic: bool = False) -> Draft:
        spoken = [part.tale.who.language, "en"]
        template = talks.template_named(self._product, WHATSAPP, self._doors.number.connection_id, name, spoken)
        return Draft(
            channel=WHATSAPP,
            template_id=template.id if template else None,
            variables={"name": part.tale.who.first_name},
            automatic=automatic,
            cause="New WhatsApp lead: welcome at once" if automatic else "",
        )

    def _send(self, actor: Actor, part: Part, lead: Lead, draft: Draft) -> None:
        message = conversations.send(actor, lead.id, draft)
        assert part.phone is not None
        provider_id = self._doors.arrive(part.phone, message.body)
        became = StatusIn(
            channel=WHATSAPP,
            status="delivered" if draft.automatic else "read",
            our_ref=message.send_ref or "",
            provider_id=provider_id,
            at=clock.now(),
        )
        conversations.apply_statuses(self._product, [became])

    def _replied(self, part: Part, lead: Lead, scene: Scene) -> None:
        if part.phone is not None:
            self._doors.write(part.phone, scene.text)

    def _called(self, part: Part, lead: Lead, scene: Scene) -> None:
        rep = self._owner_of(lead)
        entry = Entry.by(
            rep,
            "call",
            about_id=lead.id,
            with_id=lead.contact_id,
            direction="out",
            channel="phone",
            text=scene.text,
            payload={"duration_seconds": 120 + 17 * len(scene.text) % 400},
            at=scene.at,
        )
        timeline.record(entry)
        leads.note_touch([lead.id], rep.member_id, "phone", scene.at)

    def _noted(self, part: Part, lead: Lead, scene: Scene) -> None:
        leads.add_note(self._owner_of(lead), lead.id, scene.text)

    def _valued(self, part: Part, lead: Lead, scene: Scene) -> None:
        changes = {"value_minor": scene.minor, "interest": part.tale.interest}
        leads.change_lead(self._owner_of(lead), lead.id, changes)

    def _moved(self, part: Part, lead: Lead, scene: Scene) -> None:
        won = WonIn(value_minor=scene.minor) if scene.minor else None
        leads.move_lead(self._owner_of(lead), lead.id, self._stages[scene.text], won=won)

    def _lost(self, part: Part, lead: Lead, scene: Scene) -> None:
        reason, note, competitor = lines.LOSSES[int(scene.text)]
        lost = LossIn(reason_id=self._reasons[reason], note=note, competitor=competitor)
        leads.move_lead(self._owner_of(lead), lead.id, self._stages["Closed lost"], lost=lost)

    def _planned(self, part: Part, lead: Lead, scene: Scene) -> None:
        changes = {"next_step": scene.text, "next_step_at": scene.due}
        leads.change_lead(self._owner_of(lead), lead.id, changes)

    def _asked_again(self, part: Part, lead: Lead, scene: Scene) -> None:
        self._doors.fill_in(part.tale, text=scene.text)
