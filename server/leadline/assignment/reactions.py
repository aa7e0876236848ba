"""Who gets a lead when it comes in, and what starts and stops its clock."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.assignment import actions
from leadline.infra.events import reaction
from leadline.leads import events as facts
from leadline.workspaces.events import MemberDeactivated, MemberJoined


@reaction(to=facts.LeadCaptured)
def a_new_lead_gets_an_owner_and_a_clock(captured: Sequence[facts.LeadCaptured]) -> None:
    """In the transaction of the capture, after scoring: no lead is ever seen without an owner."""
    creators = {event.lead_id: event.by_member_id for event in captured}
    quiet = {event.lead_id for event in captured if event.quiet}
    actions.assign_captured(captured[0].workspace_id, creators, quiet=quiet)


@reaction(to=facts.LeadReady)
def a_lead_that_is_ready_is_decided_again(ready: Sequence[facts.LeadReady]) -> None:
    """Rules may keep leads only until they are ready for sales."""
    actions.decide_again_when_ready(ready[0].workspace_id, [event.lead_id for event in ready])


@reaction(to=facts.BandChanged)
def another_band_means_another_due_time(changed: Sequence[facts.BandChanged]) -> None:
    """Hot leads are answered sooner."""
    actions.recompute([event.lead_id for event in changed])


@reaction(to=facts.LeadTouched)
def a_human_touch_stops_the_clock(touched: Sequence[facts.LeadTouched]) -> None:
    """The first touch counts; automatic replies are no touches and never come here."""
    actions.stop_clocks({event.lead_id: event.at for event in reversed(touched)}, by="touch")


@reaction(to=facts.LeadWon)
def a_won_lead_has_no_clock(won: Sequence[facts.LeadWon]) -> None:
    """Nobody has to answer any more."""
    actions.stop_clocks({event.lead_id: event.at for event in won}, by="closed")


@reaction(to=facts.LeadLost)
def a_lost_lead_has_no_clock(lost: Sequence[facts.LeadLost]) -> None:
    """Nobody has to answer any more."""
    actions.stop_clocks({event.lead_id: event.at for event in lost}, by="closed")


@reaction(to=facts.LeadMarkedSpam)
def spam_has_no_clock(marked: Sequence[facts.LeadMarkedSpam]) -> None:
    """Nobody has to answer any more."""
    actions.stop_clocks({event.lead_id: event.at for event in marked}, by="closed")


@reaction(to=facts.LeadDeleted)
def a_lead_in_the_trash_has_no_clock(deleted: Sequence[facts.LeadDeleted]) -> None:
    """Nobody has to answer any more."""
    actions.stop_clocks({event.lead_id: event.at for event in deleted}, by="closed")


@reaction(to=facts.LeadReopened)
def a_reopened_lead_gets_its_time_again(reopened: Sequence[facts.LeadReopened]) -> None:
    """Somebody has to answer again, if nobody did."""
    actions.restart_clocks([event.lead_id for event in reopened])


@reaction(to=facts.LeadRestored)
def a_restored_lead_gets_its_time_again(restored: Sequence[facts.LeadRestored]) -> None:
    """Somebody has to answer again, if nobody did."""
    actions.restart_clocks([event.lead_id for event in restored])


@reaction(to=facts.LeadAssigned, later=True)
def a_new_owner_is_told(assigned: Sequence[facts.LeadAssigned]) -> None:
    """After the commit; a batch of leads is told as one. Who took a lead by hand knows it already."""
    others = (event for event in assigned if event.owner_id != event.by_member_id)
    actions.tell_new_owners({event.lead_id: event.owner_id for event in others if event.owner_id})


@reaction(to=MemberDeactivated)
def the_leads_of_who_left_find_new_owners(left: Sequence[MemberDeactivated]) -> None:
    """In the same transaction: no open lead is ever left with somebody who cannot log in."""
    for event in left:
        actions.reassign_leads_of(event.workspace_id, event.member_id)


@reaction(to=MemberJoined)
def who_sells_joins_the_default_team(joined: Sequence[MemberJoined]) -> None:
    """Somebody without a team would never get a lead."""
    actions.join_default_team(joined[0].workspace_id, [event.member_id for event in joined])
