"""Play the scenes of the story through the real actions, each at its own time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from leadline.app.demo import doors, lines
from leadline.app.demo.plot import LOST, Deed, Scene, Tale
from leadline.assignment import actions as assignment
from leadline.assignment import queries as clocks
from leadline.channels.whatsapp.models import SandboxPerson
from leadline.conversations import actions as conversations
from leadline.conversations import queries as talks
from leadline.conversations.actions.sending import Draft
from leadline.conversations.ports import StatusIn
from leadline.customers import actions as customers
from leadline.engines.notices import actions as notices
from leadline.engines.timeline import actions as timeline
from leadline.engines.timeline.ports import Entry
from leadline.infra.language import speaking, worded
from leadline.kit import clock
from leadline.leads import actions as leads
from leadline.leads import queries as lead_queries
from leadline.leads.models import Lead
from leadline.leads.ports import LossIn, WonIn
from leadline.leads.rules import DEFAULT_LOSS_REASONS, DEFAULT_STAGES
from leadline.workspaces.actor import Actor
from leadline.workspaces.queries import own_workspace

_AT_ONCE = 500
WHATSAPP = "whatsapp"
# Whoever wrote may be answered in free words for a day.
_WINDOW = timedelta(hours=24)


@dataclass
class Part:
    """A tale that is being told: its lead, and the person's phone in the sandbox if they write."""

    tale: Tale
    phone: SandboxPerson | None = None
    heard_at: datetime | None = None
    lead_id: UUID | None = None
    contact_id: UUID | None = None
    owner_id: UUID | None = None

    @property
    def answered(self) -> bool:
        """Whether somebody of the team wrote to them."""
        return self.phone is not None and any(scene.deed is Deed.WROTE for scene in self.tale.scenes)


class Teller:
    """Knows the company and its people; every method runs at the time the clock tells."""

    def __init__(self, actor: Actor, members: Mapping[UUID, Actor], entries: doors.Doors) -> None:
        self._product = Actor.product(actor.workspace_id)
        self._owner = actor
        self._members = members
        self._doors = entries
        self._templates: dict[tuple[str, str], UUID] = {}
        # The story knows stages and reasons by their English names, whatever they are called here.
        stages = {stage.name: stage.id for stage in lead_queries.stages_in_use()}
        reasons = {reason.name: reason.id for reason in lead_queries.loss_reasons(actor)}
        with speaking(own_workspace(actor).language):
            self._stages = {s.name: stages[worded(s.name)] for s in DEFAULT_STAGES}
            self._reasons = {name: reasons[worded(name)] for name in DEFAULT_LOSS_REASONS}
        self._deeds: Mapping[Deed, Callable[[Part, UUID, Scene], None]] = {
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
            part.phone, part.heard_at = self._doors.phone_of(tale.who), tale.at
            part.lead_id = self._doors.write(part.phone, tale.text)
        elif tale.channel == "form":
            part.lead_id = self._doors.fill_in(tale)
        else:
            part.lead_id = self._doors.hand_in(self._anybody(), tale)
        assert part.lead_id is not None, "Every opening of the story opens a lead."
        known = Lead.objects.filter(id=part.lead_id).values_list("contact_id", "owner_id")
        part.contact_id, part.owner_id = known.get()

    def play(self, part: Part, scene: Scene) -> None:
        """One scene of a lead that is open."""
        if part.lead_id is not None:
            self._deeds[scene.deed](part, part.lead_id, scene)

    def everybody_reads(self, parts: Iterable[Part]) -> None:
        """Owners have read what they answered, and everybody what the bell told until now."""
        for part in parts:
            if part.lead_id is not None and part.answered:
                conversations.mark_read(self._owner_of(part), part.lead_id)
        for member in self._members.values():
            notices.read(member)

    def let_clocks_speak(self, now: datetime) -> None:
        """What the clocks would have said by now: warnings, and what nobody answered in time."""
        for workspace_id, clock_ids in clocks.due_clocks(now, _AT_ONCE).items():
            assignment.speak(workspace_id, clock_ids)

    def _anybody(self) -> Actor:
        return next(one for one in self._members.values() if one.name.startswith("Mona"))

    def _owner_of(self, part: Part) -> Actor:
        owner = self._members.get(part.owner_id) if part.owner_id else None
        return owner or self._owner

    def _welcomed(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        self._send(self._product, part, lead_id, self._template(part, "welcome", automatic=True))

    def _wrote(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        rep = self._owner_of(part)
        open_window = part.heard_at is not None and scene.at < part.heard_at + _WINDOW
        text = scene.text.format(name=part.tale.who.first_name, rep=rep.name.split()[0])
        draft = Draft(channel=WHATSAPP, body=text) if open_window else self._template(part, "follow_up")
        self._send(rep, part, lead_id, draft)

    def _template(self, part: Part, name: str, *, automatic: bool = False) -> Draft:
        return Draft(
            channel=WHATSAPP,
            template_id=self._template_id(name, part.tale.who.language),
            variables={"name": part.tale.who.first_name},
            automatic=automatic,
            cause="New WhatsApp lead: welcome at once" if automatic else "",
        )

    def _template_id(self, name: str, language: str) -> UUID:
        if (name, language) not in self._templates:
            account_id = self._doors.number.connection_id
            found = talks.template_named(self._product, WHATSAPP, account_id, name, [language, "en"])
            assert found is not None, f"The sandbox number begins with the template {name}."
            self._templates[name, language] = found.id
        return self._templates[name, language]

    def _send(self, actor: Actor, part: Part, lead_id: UUID, draft: Draft) -> None:
        assert part.phone is not None, "Only who wrote by WhatsApp is answered there."
        message = conversations.send(actor, lead_id, draft)
        became = StatusIn(
            channel=WHATSAPP,
            status="delivered" if draft.automatic else "read",
            our_ref=message.send_ref or "",
            provider_id=self._doors.arrive(part.phone, message),
            at=clock.now(),
        )
        conversations.apply_statuses(self._product, [became])

    def _replied(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        assert part.phone is not None
        assert part.contact_id is not None
        part.heard_at = scene.at
        self._doors.answer(part.phone, scene.text, lead_id=lead_id, contact_id=part.contact_id)

    def _called(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        rep = self._owner_of(part)
        entry = Entry.by(
            rep,
            "call",
            about_id=lead_id,
            with_id=part.contact_id,
            direction="out",
            channel="phone",
            text=scene.text,
            payload={"duration_seconds": 120 + 17 * len(scene.text) % 400},
            at=scene.at,
        )
        timeline.record(entry)
        leads.note_touch([lead_id], rep.member_id, "phone", scene.at)

    def _noted(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        leads.add_note(self._owner_of(part), lead_id, scene.text)

    def _valued(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        who = part.tale.who
        changes = {"value_minor": scene.minor, "interest": part.tale.interest}
        business = {"contact": {"company": who.company, "email": who.email}} if who.company else {}
        leads.change_lead(self._owner_of(part), lead_id, {**changes, **business})

    def _moved(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        won = WonIn(value_minor=scene.minor) if scene.minor else None
        leads.move_lead(self._owner_of(part), lead_id, self._stages[scene.text], won=won)
        if won is not None:
            # What the automation that ships does with every lead that is won.
            customers.make_customer(self._product, lead_id)

    def _lost(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        reason, note, competitor = lines.LOSSES[int(scene.text)]
        lost = LossIn(reason_id=self._reasons[reason], note=note, competitor=competitor)
        leads.move_lead(self._owner_of(part), lead_id, self._stages[LOST], lost=lost)

    def _planned(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        changes = {"next_step": scene.text, "next_step_at": scene.due}
        leads.change_lead(self._owner_of(part), lead_id, changes)

    def _asked_again(self, part: Part, lead_id: UUID, scene: Scene) -> None:
        self._doors.fill_in(part.tale, text=scene.text)
