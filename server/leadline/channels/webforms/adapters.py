"""How submissions of forms are understood: own forms and the webhooks of form tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from leadline.capture.models import Submission
from leadline.capture.ports import NotUnderstood, Taken, Understood
from leadline.channels.webforms import activities, returning
from leadline.channels.webforms.filled import Filled, plain
from leadline.channels.webforms.forms import Form
from leadline.channels.webforms.inquiries import Setting, inquiry_of
from leadline.channels.webforms.said import FORM_HOOK, OWN_FORM, read, said
from leadline.channels.webforms.spam import queries as spam
from leadline.channels.webforms.spam.learning import Judgement
from leadline.channels.webforms.spam.signs import told
from leadline.engines.timeline import actions as timeline
from leadline.kit.sentences import Text, Value, joined, say, word
from leadline.tracking import actions as visits
from leadline.workspaces.actor import Actor

__all__ = ["FORM_HOOK", "OWN_FORM", "FormAdapter"]

INCOMPLETE = word("Incomplete: there is neither an e-mail address nor a phone number in it.")


class FormAdapter:
    """Understands what came through one kind of form door; files nothing beyond people and leads."""

    def __init__(self, channel: str) -> None:
        self.channel = channel

    def understand(self, submission: Submission) -> Understood:
        """The inquiries in the body; one without address and number is incomplete, one like spam is spam."""
        setting = setting_of(submission)
        _, filled = read(submission)
        found = spam.judged(submission.id, "\n".join(map(said, filled)))
        if found is not None and found.spam:
            raise NotUnderstood(why_spam(found), spam=True)
        who = _known_by_browser(submission, filled)
        made = [inquiry_of(_told(one, who), setting, one.key or submission.natural_key) for one in filled]
        inquiries = [inquiry for inquiry in made if inquiry is not None]
        if not inquiries:
            raise NotUnderstood(INCOMPLETE if filled else "The body holds no form fields.")
        missing = len(made) - len(inquiries)
        note = say("{missing} of {all} were incomplete.", missing=missing, all=len(made))
        return Understood(inquiries=inquiries, note=note if missing else "")

    def settle(self, actor: Actor, submission: Submission, taken: Sequence[Taken]) -> None:
        """Write down what people took or signed up for."""
        self.settle_all(actor, [(submission, taken)])

    def settle_all(self, actor: Actor, settled: Sequence[tuple[Submission, Sequence[Taken]]]) -> None:
        """Like `settle` for each pair; a browser that filled in a form is known from now on."""
        timeline.record(*activities.entries(settled))
        for _, all_taken in settled:
            for taken in all_taken:
                if taken.lead is not None and taken.inquiry.visitor:
                    owner = visits.Owner(lead_id=taken.lead.id, contact_id=taken.contact.id)
                    visits.join(None, taken.inquiry.visitor, owner)


def _known_by_browser(submission: Submission, filled: Sequence[Filled]) -> Mapping[str, Any]:
    """Who the visitor said to be in an earlier submission of the same browser."""
    token = plain(filled[0].answers.get(returning.FIELD)) if filled and submission.channel == OWN_FORM else ""
    if not token or submission.connection is None:
        return {}
    secret = returning.secret_of(submission.connection)
    return returning.told(secret, token, submission.received_at).who


def _told(filled: Filled, who: Mapping[str, Any]) -> Filled:
    missing = {key: value for key, value in who.items() if not filled.answers.get(key)}
    return replace(filled, answers={**filled.answers, **missing}) if missing else filled


def why_spam(found: Judgement) -> Text:
    """The sentence that says what speaks for spam."""
    percent = min(round(found.chance * 100), 99)
    shown: list[Value] = [text for text in map(told, found.signs) if text is not None]
    if not shown:
        return say("It reads like what was marked as spam before ({percent} %).", percent=percent)
    return say(
        "It reads like what was marked as spam before ({percent} %): {signs}.",
        percent=percent,
        signs=joined(shown, "{first}, {second}"),
    )


def setting_of(submission: Submission) -> Setting:
    """What the receiver knows: the door's settings, and the page the browser named."""
    if submission.connection is None:
        raise NotUnderstood("The form it came through is unknown.")
    known = _settings(submission)
    own = Form.model_validate(known) if submission.channel == OWN_FORM else None
    return Setting(
        connection_id=submission.connection.id,
        name=submission.connection.name,
        received_at=submission.received_at,
        source=str(known.get("source", "")),
        campaign=str(known.get("campaign", "")),
        consent_text=str(known.get("consent_text", "")),
        mapping=own.mapping if own else dict(known.get("mapping") or {}),
        labels={field.key: field.label for field in own.fields} if own else {},
        page=str(submission.headers.get("Referer", "")),
        kind=str(known.get("kind", "")),
        offer=str(known.get("offer", "")),
    )


def _settings(submission: Submission) -> dict[str, Any]:
    return submission.connection.settings if submission.connection is not None else {}
