"""Understand what LinkedIn notifies of: leads that were made, and leads that have to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leadline.ads.rules import inquiry_of, names_in, record
from leadline.capture import queries
from leadline.capture.models import Submission
from leadline.capture.ports import NotUnderstood, Taken, TryAgain, Understood
from leadline.channels.linkedin import forgetting, inbound, leads
from leadline.channels.linkedin.access import KEY, access_of
from leadline.channels.linkedin.inbound import CREATED, DELETED, key_of
from leadline.channels.linkedin.rest import Refused
from leadline.kit import json
from leadline.kit.sentences import say, word
from leadline.workspaces.actor import Actor

_LOOKS = 3
_LOOK_AGAIN = timedelta(seconds=30)
_TEST = word("A test lead from LinkedIn, so nobody was bothered with it. The connection works.")
_GONE = word("LinkedIn asked to forget this lead before it was read.")
_FORGET = word("LinkedIn asks to forget a lead: what was received about it is erased.")


class LinkedinAdapter:
    """Capture's view of LinkedIn lead forms."""

    channel = KEY

    def fetch(self, submission: Submission) -> bytes:
        """The lead and its form as LinkedIn describes them; empty where nothing is missing."""
        body = json.loads(bytes(submission.body))
        event = inbound.event_in(body)
        connection = submission.connection
        if "lead" in record(body) or not event.about_lead or event.action != CREATED or connection is None:
            return b""
        if queries.was_received(connection, key_of(event.lead_id, DELETED)):
            return json.dumps({"forgotten": True})
        access = access_of(connection)
        try:
            lead = leads.fetch_lead(access, event.lead_id)
        except Refused as problem:
            if problem.status == 404 and submission.attempts < _LOOKS:
                raise TryAgain(
                    say("LinkedIn does not show this lead yet: {said}", said=str(problem)), after=_LOOK_AGAIN
                ) from problem
            raise NotUnderstood(
                say("LinkedIn does not hand out this lead; perhaps it was deleted: {said}", said=str(problem))
            ) from problem
        return json.dumps({"lead": lead, "form": leads.fetch_form(connection, access, lead)})

    def understand(self, submission: Submission) -> Understood:
        """The inquiry in the lead; a test lead, a deletion and other news say only a note."""
        raw = bytes(submission.fetched or submission.body)
        document = record(json.loads(raw)) if raw else {"forgotten": True}
        if "forgotten" in document:
            return Understood(note=_GONE)
        if "lead" not in document:
            event = inbound.event_in(document)
            if event.about_lead and event.action == DELETED:
                return Understood(note=_FORGET)
            if event.kind == "LEAD_ACTION" and not event.lead_id:
                raise NotUnderstood("The notification names no lead.")
            about = event.kind or say("nothing")
            return Understood(
                note=say("Leadline keeps but does not use notifications about “{about}”.", about=about)
            )
        lead = record(document["lead"])
        if lead.get("testLead") is True:
            return Understood(note=_TEST)
        known = submission.connection.settings if submission.connection is not None else {}
        names = names_in(str(known.get("names") or ""))
        form = record(document.get("form"))
        # Only the notification names the advertisement; a lead from the list comes without it.
        creative = inbound.event_in(json.loads(bytes(submission.body))).creative
        read = leads.read(
            lead, form, names, submission.connection_id, submission.received_at, creative=creative
        )
        return Understood(inquiries=[inquiry_of(read)])

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[Taken]) -> None:
        """Forget what LinkedIn asks to forget."""
        if submission.connection is None or ":" + DELETED not in submission.natural_key:
            return
        event = inbound.event_in(json.loads(bytes(submission.body)))
        if event.about_lead and event.action == DELETED:
            forgetting.forget(submission.connection, event.lead_id)
