"""A company with a row in every table the API can name, its texts marked with a canary."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from leadline.assignment.models import SlaClock
from leadline.capture import actions as capture
from leadline.capture.models import Connection
from leadline.capture.ports import Item
from leadline.channels.email.providers.keys import key_of_mail
from leadline.channels.email.reading import MAIL
from leadline.infra import tenancy
from leadline.kit import clock, ids
from leadline.testing import Api
from leadline.workspaces import actions
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member, User

PASSWORD = "a long and good one 7"


def build(name: str, canary: str, drain: Callable[[], int]) -> Actor:
    """Create the company, use it through its own API, and give its owner."""
    company = {
        "name": f"{name} {canary}", "country": "IL", "language": "en", "timezone": "Asia/Jerusalem",
        "currency": "ILS", "phone_region": "IL",
    }  # fmt: skip
    mail = f"ola@{canary}.example"
    owner, _user = actions.create_workspace(
        company=company, name=f"Ola {canary}", email=mail, password=PASSWORD
    )
    api = Api(owner)
    made(api.post("/teams", {"name": f"Team {canary}"}))
    made(api.post("/invitations", {"email": f"new@{canary}.example", "name": f"New {canary}"}))
    made(api.post("/api-keys", {"name": f"Key {canary}", "scopes": ["leads:read"]}))
    made(api.post("/fields", {"object": "lead", "key": "secret", "type": "text", "label": f"Field {canary}"}))
    made(api.post("/fields", {"object": "lead", "key": "proof", "type": "file", "label": f"Proof {canary}"}))
    made(api.post("/views", {"object": "lead", "name": f"View {canary}"}))
    for number in range(2):
        lead = made(api.post("/leads", _lead(canary, number)))
        made(api.post(f"/leads/{lead['id']}/notes", {"text": f"Note {canary}"}))
        made(api.post(f"/leads/{lead['id']}/objections", {"kind": f"Price {canary}"}))
        made(api.upload(f"/leads/{lead['id']}/files", "proof.txt", canary.encode(), key="custom.proof"))
    with tenancy.workspace(owner.workspace_id):
        # The report of breaches has a row whatever the time of the day.
        SlaClock.objects.update(due_at=clock.now(), breached_at=clock.now(), next_at=None)
    made(api.post(f"/leads/{lead['id']}/conversions", {"customer": {"new": {"name": f"Customer {canary}"}}}))
    form = made(api.post("/forms", _form(canary)))
    visitor = {"email": f"visitor@{canary}-customer.example", "message": canary}
    Client().post(urlsplit(form["public_url"]).path, visitor)
    with tenancy.workspace(owner.workspace_id):
        drain()
    (submission,) = api.get("/submissions", channel="form").json()["items"]
    made(api.post(f"/submissions/{submission['id']}/dismissals", {"spam": True}))
    _bring_and_give(api, canary)
    with tenancy.workspace(owner.workspace_id):
        drain()
    _a_mail_comes_in(owner, canary, drain)
    _say_something_by_whatsapp(owner, lead, canary, drain)
    return owner


def lowest(owner: Actor, canary: str) -> Actor:
    """A read-only member of the company."""
    from leadline.workspaces.door import actor_of_member

    with tenancy.workspace(owner.workspace_id):
        user = User.objects.create_user(email=f"reader@{canary}.example", password=PASSWORD, name="Reader")
        member = Member.objects.create(user=user, name="Reader", role="read_only")
        return actor_of_member(member, frozenset())


def made(answer: Any) -> Any:
    """The answer's body; an error here means the sweep's own set-up is wrong."""
    assert answer.status_code in (200, 201), answer.content
    return answer.json()


def _lead(canary: str, number: int) -> dict[str, Any]:
    return {
        "id": str(ids.new_id()), "name": f"Dana {canary} {number}", "company": f"Company {canary}",
        "email": f"dana{number}@{canary}-customer.example", "phone": f"05{number}1234567",
        "text": f"Please call me {canary}", "source": "referral", "channel": "whatsapp",
        "custom": {"secret": canary},
    }  # fmt: skip


def _form(canary: str) -> dict[str, Any]:
    fields = [{"key": "email", "label": "E-mail", "type": "email", "required": True}]
    return {"name": f"Form {canary}", "title": f"Form {canary}", "fields": fields}


def _say_something_by_whatsapp(
    owner: Actor, lead: dict[str, Any], canary: str, drain: Callable[[], int]
) -> None:
    templates = Api(owner).get("/templates", channel="whatsapp").json()
    rows = templates["items"] if isinstance(templates, dict) else templates
    body = {
        "channel": "whatsapp", "template_id": rows[0]["id"],
        "variables": dict.fromkeys(rows[0].get("variables", []), canary),
    }  # fmt: skip
    Api(owner).post(f"/leads/{lead['id']}/messages", body)


def _a_mail_comes_in(owner: Actor, canary: str, drain: Callable[[], int]) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = f"writer@{canary}-customer.example", f"Subject {canary}"
    mail["Message-ID"] = f"<one@{canary}-customer.example>"
    mail.set_content(f"How much is it? {canary}")
    raw = mail.as_bytes()
    with tenancy.workspace(owner.workspace_id):
        box = Connection.objects.get(channel="email")
        capture.receive(box, [Item(natural_key=key_of_mail(raw), body=raw, content_type=MAIL)])
        drain()


def _bring_and_give(api: Api, canary: str) -> None:
    """A list that was imported, with a bad row, and one that was exported."""
    rows = f"Name,E-mail\nListed {canary},listed@{canary}-customer.example\nBad {canary},{canary}\n"
    draft = made(api.upload("/imports", f"{canary}.csv", rows.encode()))
    made(api.post(f"/imports/{draft['id']}/runs"))
    made(api.post("/exports", {"object": "lead"}))
    tags = {"add": [f"Tag {canary}"]}
    made(api.post("/bulk-edits", {"action": "tag", "values": tags, "listed": {"kind": "all"}}))
