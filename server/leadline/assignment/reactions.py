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
    actions.pause_or_resume([event.lead_id for event in changed])


@reaction(to=facts.LeadMoved)
def another_stage_may_stop_the_clock_or_let_it_go_on(moved: Sequence[facts.LeadMoved]) -> None:
    """Rules may say that nobody has to answer while a lead is in a stage."""
    actions.pause_or_resume([event.lead_id for event in moved])


@reaction(to=facts.LeadChanged)
def other_values_may_stop_the_clock_or_let_it_go_on(changed: Sequence[facts.LeadChanged]) -> None:
    """Rules may say so of any field, such as a tag."""
    actions.pause_or_resume([event.lead_id for event in changed])


@reaction(to=facts.LeadAssigned)
def another_team_has_other_hours(assigned: Sequence[facts.LeadAssigned]) -> None:
    """A new lead is counted by the hours of its team from the beginning."""
    moved = [event for event in assigned if event.previous_owner_id or event.previous_team_id]
    if others := [event.lead_id for event in moved if event.team_id != event.previous_team_id]:
        actions.count_by_other_hours(others)


@reaction(to=facts.LeadAssigned)
def who_was_given_a_lead_by_hand_has_a_first_task(assigned: Sequence[facts.LeadAssigned]) -> None:
    """Whom the rules choose gets it with the lead itself."""
    if by_hand := [event.lead_id for event in assigned if not event.by_rule]:
        actions.plan_first_steps(by_hand)


@reaction(to=facts.LeadTouched)
def a_human_touch_stops_the_clock(touched: Sequence[facts.LeadTouched]) -> None:
    """The first touch counts; automatic replies are no touches and never come here."""
    actions.stop_clocks({event.lead_id: event.at for event in reversed(touched)}, by="touch")
    actions.finish_first_steps([event.lead_id for event in touched])


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
    lead_ids = [event.lead_id for event in reopened]
    actions.replace_gone_owners(reopened[0].workspace_id, lead_ids)
    actions.restart_clocks(lead_ids)


@reaction(to=facts.LeadRestored)
def a_restored_lead_gets_its_time_again(restored: Sequence[facts.LeadRestored]) -> None:
    """Somebody has to answer again, if nobody did."""
    lead_ids = [event.lead_id for event in restored]
    actions.replace_gone_owners(restored[0].workspace_id, lead_ids)
    actions.restart_clocks(lead_ids)


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
