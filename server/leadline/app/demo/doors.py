"""How the people of the story come in: the same doors as everybody's, without the network between."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from leadline.app.demo.cast import Character
from leadline.app.demo.plot import Tale
from leadline.capture import actions as capture
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import Inquiry, Item
from leadline.channels.webforms.adapters import OWN_FORM
from leadline.channels.whatsapp import inbound
from leadline.channels.whatsapp.models import SandboxNumber, SandboxPerson
from leadline.channels.whatsapp.reading import as_dict, as_list, as_text
from leadline.channels.whatsapp.sandbox import people, sends, telling
from leadline.contacts.ports import IdentityIn, Person
from leadline.contacts.rules import IdentityKind
from leadline.conversations import actions as conversations
from leadline.conversations.models import Message
from leadline.conversations.ports import InboundMessage
from leadline.kit import clock, ids, json, money
from leadline.workspaces.actor import Actor

_SITES = {"google_ads": "google", "facebook": "facebook", "linkedin": "linkedin"}
_PAGE = "https://www.example.com/"


class Doors:
    """The sandbox number and the first form of a workspace."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self.number = SandboxNumber.objects.order_by("created_at")[0]
        self._whatsapp = Connection.objects.get(id=self.number.connection_id)
        self._form = Connection.objects.filter(channel=OWN_FORM).order_by("created_at")[0]

    def phone_of(self, who: Character) -> SandboxPerson:
        """The person's phone in the sandbox."""
        return people.invent(self.number, name=who.name, raw_phone=who.phone, username="", region=who.country)

    def write(self, phone: SandboxPerson, text: str) -> UUID | None:
        """They write by WhatsApp; the lead it belongs to."""
        message = people.write_text(phone, text)
        raw = telling.delivery(self.number, telling.message_value(phone, message)).encode("ascii")
        [cut] = inbound.cut(raw)
        item = Item(natural_key=cut.natural_key, body=cut.body, content_type="application/json")
        return self._understood(self._whatsapp, item)

    def answer(self, phone: SandboxPerson, text: str, *, lead_id: UUID, contact_id: UUID) -> None:
        """They write again, in a conversation that is known."""
        message = people.write_text(phone, text)
        inbound_message = InboundMessage(
            contact_id=contact_id,
            lead_id=lead_id,
            channel="whatsapp",
            account_id=self._whatsapp.id,
            provider_id=message.provider_id,
            address=phone.wa_id,
            at=message.at,
            body=text,
        )
        conversations.receive(Actor.product(self._whatsapp.workspace_id), [inbound_message])

    def arrive(self, phone: SandboxPerson, message: Message) -> str:
        """A message of ours is shown on their phone; its id at the provider."""
        answer = as_dict(json.loads(sends.send(self.number, _call(phone, message)).content))
        [sent] = as_list(answer.get("messages"))
        return as_text(as_dict(sent).get("id"))

    def fill_in(self, tale: Tale, text: str = "") -> UUID | None:
        """They fill in the form of the website; the lead it belongs to."""
        came_by = _SITES.get(tale.source, "")
        campaign = {"utm_source": came_by, "utm_medium": "cpc", "utm_campaign": tale.campaign}
        answers = {
            "name": tale.who.name,
            "email": tale.who.email,
            "phone": tale.who.phone,
            "company": tale.who.company,
            "city": tale.who.city,
            "title": tale.who.title,
            "language": tale.who.language,
            "interest": tale.interest,
            "budget": str(money.Money(tale.worth, self._currency).to_decimal()),
            "currency": self._currency,
            "text": text or tale.text,
            "page_url": _PAGE,
            **(campaign if came_by else {}),
        }
        return self._understood(self._form, _form_item(answers))

    def send_spam(self, text: str) -> None:
        """A machine fills in the form, the hidden field too."""
        answers = {"name": "Best Offers", "email": "offers@spam.test", "text": text, "_hp_website": "x"}
        capture.receive(self._form, [_form_item(answers, spam="The hidden field was filled in.")])

    def hand_in(self, actor: Actor, tale: Tale) -> UUID | None:
        """Somebody of the team writes the inquiry down, after a call or a meeting."""
        who = tale.who
        known = ((IdentityKind.PHONE, who.phone), (IdentityKind.EMAIL, who.email))
        identities = [IdentityIn(kind, raw) for kind, raw in known if raw]
        inquiry = Inquiry(
            natural_key=str(ids.new_id()),
            channel=tale.channel,
            source=tale.source,
            campaign=tale.campaign,
            at=tale.at,
            person=Person(
                name=who.name,
                company=who.company,
                identities=tuple(identities),
                city=who.city,
                country=who.country,
                language=who.language,
                fields={"title": who.title} if who.title else {},
            ),
            text=tale.text,
            interest=tale.interest,
            value_minor=tale.worth,
            currency=self._currency,
        )
        [taken] = capture.take_in(actor, [inquiry])
        return taken.lead.id if taken.lead else None

    def _understood(self, connection: Connection, item: Item) -> UUID | None:
        [submission_id] = capture.receive(connection, [item])
        workspace_id = str(connection.workspace_id)
        capture.understand(workspace_id=workspace_id, submission_ids=[str(submission_id)])
        return Submission.objects.values_list("lead_id", flat=True).get(id=submission_id)


def _call(phone: SandboxPerson, message: Message) -> dict[str, Any]:
    """The message as the provider is asked to send it."""
    if message.template is None:
        return {"to": phone.wa_id, "type": "text", "text": {"body": message.body}}
    values = [{"type": "text", "parameter_name": k, "text": v} for k, v in message.variables.items()]
    template = {
        "name": message.template.name,
        "language": {"code": message.template.language},
        "components": [{"type": "body", "parameters": values}],
    }
    return {"to": phone.wa_id, "type": "template", "template": template}


def _form_item(answers: dict[str, str], spam: str = "") -> Item:
    filled = {key: value for key, value in answers.items() if value}
    return Item(
        natural_key=f"story:{ids.new_id()}:{clock.now():%s}",
        body=urlencode(filled).encode(),
        content_type="application/x-www-form-urlencoded",
        quarantine=spam,
        spam=bool(spam),
    )
