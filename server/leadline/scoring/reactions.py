"""What changes a score: an inquiry, a changed field, a message, a talk, a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.conversations.events import MessageReceived, MessageStateChanged
from leadline.conversations.rules import State
from leadline.engines.timeline.events import TimelineEntryAdded
from leadline.infra.events import reaction
from leadline.leads.events import (
    InquiryJoined,
    LeadCaptured,
    LeadChanged,
    LeadReopened,
    LeadRestored,
)
from leadline.scoring import actions, queries
from leadline.scoring.rules import UNREACHABLE, WRITTEN_CHANNELS, EventKind, Happening


@reaction(to=LeadCaptured)
def a_new_lead_is_scored(captured: Sequence[LeadCaptured]) -> None:
    """In the transaction of the capture: no lead is ever seen without its score."""
    actions.score(captured[0].workspace_id, [event.lead_id for event in captured], fresh=True)


@reaction(to=InquiryJoined)
def another_inquiry_counts(joined: Sequence[InquiryJoined]) -> None:
    """The inquiry may have filled fields; and asking again shows interest."""
    happened = [
        Happening(
            kind=EventKind.INQUIRY, lead_id=e.lead_id, at=e.at, ref=f"inquiry:{e.channel}:{e.at.isoformat()}"
        )
        for e in joined
        if e.channel not in WRITTEN_CHANNELS
    ]
    actions.score(joined[0].workspace_id, [event.lead_id for event in joined], happened)


@reaction(to=LeadChanged)
def changed_fields_change_the_fit(changed: Sequence[LeadChanged]) -> None:
    """A field that a rule asks about may have changed."""
    actions.score(changed[0].workspace_id, [event.lead_id for event in changed])


@reaction(to=LeadReopened)
def a_reopened_lead_is_scored(reopened: Sequence[LeadReopened]) -> None:
    """Closed leads are not counted; what changed meanwhile is counted now."""
    actions.score(reopened[0].workspace_id, [event.lead_id for event in reopened])


@reaction(to=LeadRestored)
def a_restored_lead_is_scored(restored: Sequence[LeadRestored]) -> None:
    """Leads in the trash are not counted; what changed meanwhile is counted now."""
    actions.score(restored[0].workspace_id, [event.lead_id for event in restored])


@reaction(to=MessageReceived)
def a_message_shows_interest(received: Sequence[MessageReceived]) -> None:
    """Writing to us counts, answering us counts, each once per window."""
    happened = [
        Happening(
            kind=EventKind.REPLY if event.reply else EventKind.MESSAGE,
            lead_id=event.lead_id,
            at=event.at,
            ref=f"message:{event.message_id}",
        )
        for event in received
        if event.lead_id is not None
    ]
    if happened:
        actions.score(received[0].workspace_id, [], happened)


@reaction(to=MessageStateChanged)
def a_read_message_counts_and_a_lost_one_too(changed: Sequence[MessageStateChanged]) -> None:
    """Opening our message shows interest; an address that does not exist takes points."""
    kinds = {State.READ.value: EventKind.OPEN, State.FAILED.value: EventKind.BOUNCE}
    happened = [
        Happening(
            kind=kinds[event.state],
            lead_id=event.lead_id,
            at=event.at,
            ref=f"{event.state}:{event.message_id}",
        )
        for event in changed
        if event.lead_id is not None
        and event.state in kinds
        and (event.state == State.READ or event.error_code in UNREACHABLE)
    ]
    if happened:
        actions.score(changed[0].workspace_id, [], happened)


@reaction(to=TimelineEntryAdded)
def a_talk_or_a_meeting_counts(added: Sequence[TimelineEntryAdded]) -> None:
    """Calls, meetings and refusals are written on the timeline by whoever knows of them."""
    for event in added:
        if set(event.kinds) & queries.ON_TIMELINE.keys():
            found = queries.happened_on_timeline(event.about_ids, event.with_ids, event.kinds)
            if found:
                actions.score(event.workspace_id, [], found)


@reaction(to=LeadCaptured, later=True)
def a_new_lead_is_classified(captured: Sequence[LeadCaptured]) -> None:
    """What somebody asks for at first may already say how far they are."""
    actions.classify(captured[0].workspace_id, [event.lead_id for event in captured])


@reaction(to=LeadChanged)
def a_lead_type_is_dated(changed: Sequence[LeadChanged]) -> None:
    """Whoever sets the type, the moment is kept."""
    actions.date_types([event.lead_id for event in changed if "lead_type" in event.fields])


@reaction(to=LeadChanged, later=True)
def changed_fields_may_qualify(changed: Sequence[LeadChanged]) -> None:
    """A person who now asks for a quote is ready to talk to sales."""
    others = [event.lead_id for event in changed if set(event.fields) != {"lead_type"}]
    actions.classify(changed[0].workspace_id, others)
