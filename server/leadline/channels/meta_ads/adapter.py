"""Understand what Meta delivers: the lead is fetched first, for the delivery only names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from leadline.ads.rules import inquiry_of, plain, record
from leadline.capture.models import Submission
from leadline.capture.ports import NotUnderstood, Taken, TryAgain, Understood
from leadline.channels.meta_ads import inbound, leads
from leadline.channels.meta_ads.access import KEY, access_of, connection_of_page, page_id_of
from leadline.channels.meta_ads.graph import Refused, consequence
from leadline.kit import json
from leadline.kit.sentences import say, word
from leadline.workspaces.actor import Actor

# Meta shows a lead some minutes after it told of it.
_LOOKS = 5
_LOOK_AGAIN = timedelta(seconds=30)
_INVISIBLE = 33
_TEST = word("A test lead of Meta's testing tool, so nobody was bothered with it. The connection works.")


class MetaAdsAdapter:
    """Capture's view of Facebook and Instagram lead ads."""

    channel = KEY

    def fetch(self, submission: Submission) -> bytes:
        """The lead and its form as Meta describes them; empty where the delivery is about something else."""
        body = json.loads(bytes(submission.body))
        named = inbound.named_in(body)
        if "lead" in record(body) or named is None or not named.lead_id or _is_sample(named):
            return b""
        connection = submission.connection
        if connection is not None and page_id_of(connection) != named.page_id:
            connection = connection_of_page(submission.workspace_id, named.page_id)
        if connection is None:
            raise NotUnderstood(
                say(
                    "The page {page} is not connected. Add a connection for it in Settings, Ad forms, then "
                    "try again.",
                    page=named.page_id,
                )
            )
        access = access_of(connection)
        try:
            lead = leads.fetch_lead(access, named.lead_id)
        except Refused as problem:
            if problem.subcode == _INVISIBLE and submission.attempts < _LOOKS:
                raise TryAgain(
                    say("Meta does not show this lead yet: {said}", said=str(problem)), after=_LOOK_AGAIN
                ) from problem
            raise consequence(problem) from problem
        form = leads.fetch_form(connection, access, plain(lead.get("form_id")) or named.form_id)
        return json.dumps({"lead": lead, "form": form})

    def understand(self, submission: Submission) -> Understood:
        """The inquiry in the lead; a test lead and news about other things say only a note."""
        document = record(json.loads(bytes(submission.fetched or submission.body)))
        if "lead" not in document:
            return _without_lead(document)
        lead = record(document["lead"])
        if leads.is_test(lead):
            return Understood(note=_TEST)
        read = leads.read(
            lead, record(document.get("form")), submission.connection_id, submission.received_at
        )
        return Understood(inquiries=[inquiry_of(read)])

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[Taken]) -> None:
        """A filled form leaves nothing but its lead."""

    def settle_all(self, actor: Actor, settled: Sequence[tuple[Submission, Sequence[Taken]]]) -> None:
        """A filled form leaves nothing but its lead."""


def _without_lead(document: dict[str, Any]) -> Understood:
    named = inbound.named_in(document)
    if named is not None and _is_sample(named):
        return Understood(note=word("The sample that Meta's dashboard sends to test the connection."))
    if named is not None and named.field == inbound.FIELD and not named.lead_id:
        raise NotUnderstood("The delivery names no lead.")
    about = named.field if named is not None and named.field else say("nothing")
    return Understood(note=say("Leadline keeps but does not use notifications about “{about}”.", about=about))


def _is_sample(named: inbound.Named) -> bool:
    return len(named.lead_id) > 8 and set(named.lead_id) == {"4"}
