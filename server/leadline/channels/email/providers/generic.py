"""Any other service or mail server: the mail's own bytes, or a form or JSON with its fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from leadline.channels.email.providers.delivery import Brought, Cut, Delivery, mime_of
from leadline.channels.email.providers.keys import key_of_mail
from leadline.channels.email.providers.reading import as_dict, as_text
from leadline.kit import signing
from leadline.kit.errors import Invalid

_FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}


class Generic:
    """Whatever can post a mail to an address."""

    key = "generic"
    secrets = ("shared_secret",)

    def is_genuine(
        self, delivery: Delivery, secrets: Mapping[str, str], settings: Mapping[str, str], now: datetime
    ) -> bool:
        """`X-Leadline-Signature: sha256=…` over the raw body, or the secret in `X-Leadline-Secret`."""
        secret = secrets.get("shared_secret", "")
        if not secret:
            return False
        signature = delivery.headers.get("x-leadline-signature", "")
        if signature:
            return signing.equal("sha256=" + signing.hmac_sha256_hex(secret, delivery.raw), signature.strip())
        return signing.equal(delivery.headers.get("x-leadline-secret", ""), secret)

    def cut(self, delivery: Delivery) -> list[Cut]:
        """One mail, by its Message-ID."""
        read = self.read(delivery)
        return [Cut(key_of_mail(read.raw), delivery.raw, delivery.content_type)]

    def read(self, delivery: Delivery) -> Brought:
        """The mail: the field `email`, the fields `from`, `to`, `subject`, `text`, or the body itself."""
        if "json" in delivery.kind:
            fields = {name: as_text(value) for name, value in as_dict(delivery.json).items()}
        elif delivery.kind in _FORMS:
            fields = delivery.fields
        elif delivery.raw.strip():
            return Brought(raw=delivery.raw)
        else:
            raise Invalid("The body is empty. Post the mail itself.")
        recipients = [fields["recipient"]] if fields.get("recipient") else []
        if fields.get("email"):
            return Brought(raw=fields["email"].encode("utf-8", "replace"), recipients=recipients)
        if not fields.get("from"):
            raise Invalid("Post the mail itself, or the fields from, to, subject and text.")
        names = ("From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Reply-To")
        headers = [(name, fields[name.lower()]) for name in names if fields.get(name.lower())]
        files = delivery.files if delivery.kind == "multipart/form-data" else []
        mail = mime_of(headers, fields.get("text", ""), fields.get("html", ""), files)
        return Brought(raw=mail, recipients=recipients)
