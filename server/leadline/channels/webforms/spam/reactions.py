"""What people do elsewhere that says what is spam."""

from __future__ import annotations

from collections.abc import Sequence

from leadline.capture.events import SubmissionsJudged
from leadline.channels.webforms.spam import actions
from leadline.infra.events import reaction
from leadline.leads.events import LeadMarkedSpam, LeadReopened


@reaction(to=SubmissionsJudged)
def a_judged_submission_is_remembered(judged: Sequence[SubmissionsJudged]) -> None:
    """Marked as spam, or let in although it was held back as spam."""
    for event in judged:
        actions.note(event.submission_ids, spam=event.spam, by=event.by, at=event.at)


@reaction(to=LeadMarkedSpam)
def a_lead_that_was_spam_is_remembered(marked: Sequence[LeadMarkedSpam]) -> None:
    """Most spam is recognised only on the lead itself."""
    actions.note_leads([event.lead_id for event in marked], marked[0].at)


@reaction(to=LeadReopened)
def a_lead_that_was_none_after_all_is_forgotten(reopened: Sequence[LeadReopened]) -> None:
    """Undoing the mark undoes what is learned from it."""
    actions.forget_leads([event.lead_id for event in reopened])
