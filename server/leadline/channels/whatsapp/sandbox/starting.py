"""Give a workspace a number in the sandbox."""

from __future__ import annotations

import secrets

from leadline.capture import actions as capture
from leadline.capture.models import Connection
from leadline.channels.whatsapp import approved
from leadline.channels.whatsapp.models import SandboxNumber, SandboxTemplate
from leadline.conversations import actions as conversations
from leadline.kit import signing
from leadline.workspaces.actor import Actor

_TEXTS = (
    (
        "welcome",
        "utility",
        {
            "en": "Hi {{name}}, thank you for writing. We have got your message and will answer very soon.",
            "he": "שלום {{name}}, תודה שפנית אלינו. קיבלנו את הפנייה ונחזור אליך ממש בקרוב.",
        },
    ),
    (
        "follow_up",
        "utility",
        {
            "en": "Hi {{name}}, is there anything you would like to know about our offer? Just answer here.",
            "he": "שלום {{name}}, יש משהו שתרצו לדעת על ההצעה שלנו? אפשר פשוט לענות כאן.",
        },
    ),
    (
        "quote_ready",
        "utility",
        {
            "en": "Hi {{name}}, your quote is ready: {{link}}",
            "he": "שלום {{name}}, הצעת המחיר שלך מוכנה: {{link}}",
        },
    ),
    (
        "news",
        "marketing",
        {
            "en": "Hi {{name}}, we have something new for you. Answer STOP if you do not want such messages.",
            "he": "שלום {{name}}, יש לנו משהו חדש בשבילך. להסרה אפשר להשיב הסר.",
        },
    ),
)
_EXAMPLES = {"name": "Dana", "link": "https://example.com/q/1"}


def set_up_number(actor: Actor) -> Connection:
    """A connected sandbox number with approved templates in English and Hebrew."""
    token, number_id = signing.random_token(), _digits(15)
    display = f"1555{_digits(7)}"
    connection = capture.open_connection(
        actor,
        channel="whatsapp",
        name="WhatsApp (sandbox)",
        settings={
            "mode": "sandbox",
            "phone_number_id": number_id,
            "business_account_id": _digits(15),
            "display_phone": display,
        },
        secrets={
            "access_token": token,
            "app_secret": secrets.token_hex(16),
            "verify_token": signing.random_token(),
        },
    )
    number = SandboxNumber.objects.create(
        connection_id=connection.id,
        phone_number_id=number_id,
        business_account_id=connection.settings["business_account_id"],
        display_phone=display,
        token_digest=signing.token_digest(token),
    )
    made = SandboxTemplate.objects.bulk_create(_templates(number))
    # What a synchronisation would bring; so that the first automation finds its template.
    known = [approved.template_in(as_listed(template)) for template in made]
    conversations.keep_templates(actor, "whatsapp", connection.id, [t for t in known if t is not None])
    return connection


def as_listed(template: SandboxTemplate) -> dict[str, object]:
    """The template as the provider lists it."""
    return {
        "id": template.template_id,
        "name": template.name,
        "language": template.language,
        "status": template.status,
        "category": template.category.upper(),
        "parameter_format": "NAMED",
        "components": template.components,
        "rejected_reason": "NONE",
    }


def _templates(number: SandboxNumber) -> list[SandboxTemplate]:
    return [
        SandboxTemplate(
            number=number,
            template_id=_digits(16),
            name=name,
            language=language,
            category=category,
            components=[{"type": "BODY", "text": text, "example": _EXAMPLES}],
        )
        for name, category, texts in _TEXTS
        for language, text in texts.items()
    ]


def _digits(count: int) -> str:
    return str(secrets.randbelow(9 * 10 ** (count - 1)) + 10 ** (count - 1))
