"""Pictures and documents come in checked, and go out."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from leadline.channels.whatsapp.models import SandboxMedia, SandboxMessage, SandboxPerson
from leadline.channels.whatsapp.outbound import digest_fits
from leadline.channels.whatsapp.sandbox import people
from leadline.channels.whatsapp.tests.conftest import Drain, Provider
from leadline.conversations.actions import fetching
from leadline.conversations.models import Message
from leadline.leads.models import Lead
from leadline.testing import people as members
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Workspace


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    """Files of the test lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path


def test_a_picture_is_downloaded_and_attached(
    dana: SandboxPerson, rita: Actor, ola: Actor, api: Any, drain: Drain, inside: Workspace
) -> None:
    people.send_picture(dana, "roof.png", "image/png", people.PICTURE, "My roof")
    drain()

    message = Message.objects.get()
    assert (message.kind, message.body) == ("image", "My roof")
    entries = api(ola).get(f"/leads/{message.lead_id}/timeline", kinds="message").json()["items"]
    [media] = entries[0]["payload"]["media"]
    assert (media["mime"], media["size"]) == ("image/png", len(people.PICTURE))
    path = media["url"].removeprefix("/api/v1")
    shown = api(ola).get(path)
    assert (shown.status_code, shown.content) == (200, people.PICTURE)
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    sam = members.member(inside, "Sam", "rep", team="South")
    assert api(sam).get(path).status_code == 404


def test_a_damaged_file_is_not_kept_and_tried_again(dana: SandboxPerson, drain: Drain) -> None:
    people.send_picture(dana, "roof.png", "image/png", people.PICTURE, "")
    drain()
    message = Message.objects.get()
    message.media[0].pop("file_id")
    message.save()
    call = {"workspace_id": str(message.workspace_id), "message_id": str(message.id)}

    SandboxMedia.objects.update(sha256="0" * 64)
    with pytest.raises(fetching.FilesStillMissing):
        fetching.fetch_media(**call)
    assert not Message.objects.get().media[0].get("file_id")

    SandboxMedia.objects.update(sha256=hashlib.sha256(people.PICTURE).hexdigest())
    fetching.fetch_media(**call)
    assert Message.objects.get().media[0]["file_id"]


def test_a_file_the_provider_no_longer_has_is_explained(meta: Provider, drain: Drain) -> None:
    meta.sample("document-1")
    drain()

    [media] = Message.objects.get().media
    assert media["problem"] == "WhatsApp does not have this file any more."
    assert Lead.objects.count() == 1


def test_a_rep_sends_a_document(
    dana: SandboxPerson, rita: Actor, ola: Actor, api: Any, drain: Drain, inside: Workspace
) -> None:
    people.write_text(dana, "Please send the offer")
    drain()
    lead = Lead.objects.get()
    path = f"/api/v1/leads/{lead.id}/message-files"

    def body() -> dict[str, Any]:
        file = SimpleUploadedFile("offer.pdf", b"%PDF-1.7 offer", "application/pdf")
        return {"file": file, "channel": "whatsapp", "body": "Our offer"}

    sam = members.member(inside, "Sam", "rep", team="South")
    assert api(sam).client.post(path, body()).status_code == 404
    sent = api(ola).client.post(path, body())
    assert sent.status_code == 201, sent.content
    drain()

    shown = SandboxMessage.objects.get(from_person=False)
    assert (shown.kind, shown.text) == ("document", "Our offer")
    assert shown.content["document"]["filename"] == "offer.pdf"
    assert bytes(SandboxMedia.objects.get().content) == b"%PDF-1.7 offer"
    assert Message.objects.get(direction="out").state == "delivered"


def test_a_digest_is_compared_as_hex_and_as_base64() -> None:
    content = b"roof"
    digest = hashlib.sha256(content)
    assert digest_fits(content, digest.hexdigest())
    assert digest_fits(content, base64.b64encode(digest.digest()).decode())
    assert not digest_fits(content, "0" * 64)
    assert not digest_fits(content, "not base64")
