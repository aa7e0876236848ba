"""The outside world under way: customers and programs who do not give up until they are answered."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from leadline.kit import signing
from stories.company import ACME, PASSWORD

PATIENCE = 20.0
AGAIN = 0.2
SECRET = "a secret of the provider"


@dataclass(frozen=True)
class Doors:
    """Where inquiries are handed in, and with which keys."""

    port: int
    webhook: str
    number_id: str
    forms: Sequence[str]
    token: str
    owner: httpx.Client

    def json(self, verb: str, path: str, body: Any = None) -> Any:
        """Ask the API as the owner; the answer must be a good one."""
        answer = self.owner.request(verb, f"/api/v1{path}", json=body)
        assert answer.status_code < 300, (verb, path, answer.status_code, answer.text)
        return answer.json() if answer.content else None


@dataclass(frozen=True)
class Inquiry:
    """One inquiry on its way: the request that carries it, and how its person is recognised."""

    channel: str
    person: str
    path: str
    body: bytes
    headers: dict[str, str]


@dataclass
class Answered:
    """What became of the inquiries that were handed in."""

    good: list[Inquiry] = field(default_factory=list)
    given_up: list[Inquiry] = field(default_factory=list)
    refused: list[tuple[int, bytes]] = field(default_factory=list)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def note(self, inquiry: Inquiry, status: int, said: bytes) -> None:
        """Remember how an inquiry was answered at last; 0 when nobody ever did."""
        with self._guard:
            if 200 <= status < 300:
                self.good.append(inquiry)
            elif 400 <= status < 500:
                self.refused.append((status, said))
            else:
                self.given_up.append(inquiry)

    def people(self, channel: str = "") -> list[str]:
        """Who was answered."""
        return [one.person for one in self.good if channel in ("", one.channel)]


def open_doors(port: int, reps: Sequence[str]) -> Doors:
    """Start the company over HTTP: an owner, reps who take turns, two forms, a key, a known app secret."""
    base = f"http://127.0.0.1:{port}"
    owner = httpx.Client(base_url=base, trust_env=False, timeout=30)
    company = {key: value for key, value in ACME.items() if key != "name"}
    mine = {"company": "Acme", "name": "Ola", "email": "ola@acme.example", "password": PASSWORD}
    started = owner.post("/api/v1/start", json={**company, **mine})
    assert started.status_code == 201, started.text
    owner.get("/api/v1/me")
    owner.headers["X-CSRFToken"] = owner.cookies["csrftoken"]
    doors = Doors(port, "", "", [], "", owner)
    number = doors.json("GET", "/whatsapp/connections")[0]
    doors.json(
        "PATCH", f"/whatsapp/connections/{number['id']}", {"version": number["version"], "app_secret": SECRET}
    )
    asked = [
        {"key": "email", "label": "E-mail", "type": "email"},
        {"key": "phone", "label": "P", "type": "phone"},
    ]
    forms = [doors.json("POST", "/forms", {"name": f"Form {n}", "fields": asked}) for n in range(2)]
    key = doors.json("POST", "/api-keys", {"name": "Shop", "scopes": ["leads:read", "leads:write"]})
    for rep in reps:
        invite(doors, rep)
    return Doors(
        port=port,
        webhook=urlsplit(number["webhook_url"]).path,
        number_id=number["phone_number_id"],
        forms=[urlsplit(form["public_url"]).path for form in forms],
        token=key["token"],
        owner=owner,
    )


def invite(doors: Doors, name: str, role: str = "rep") -> None:
    """Somebody joins the company."""
    asked = {"email": f"{name.lower()}@acme.example", "name": name, "role": role, "team_ids": []}
    token = doors.json("POST", "/invitations", asked)["link"].rsplit("/", 1)[-1]
    accepted = httpx.post(
        f"http://127.0.0.1:{doors.port}/api/v1/invitation/acceptances",
        json={"token": token, "name": name, "password": PASSWORD},
        trust_env=False,
        timeout=30,
    )
    assert accepted.status_code == 201, accepted.text


def by_whatsapp(doors: Doors, phone: str, key: str) -> Inquiry:
    """A message, delivered and signed by the provider."""
    digits = phone.lstrip("+")
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"phone_number_id": doors.number_id},
        "contacts": [{"wa_id": digits, "profile": {"name": f"Person {digits[-5:]}"}}],
        "messages": [
            {
                "id": f"wamid.{key}",
                "from": digits,
                "timestamp": str(int(time.time())),
                "type": "text",
                "text": {"body": "How much?"},
            }
        ],
    }
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    body = json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()
    headers = {"X-Hub-Signature-256": "sha256=" + signing.hmac_sha256_hex(SECRET, body)}
    return Inquiry("whatsapp", phone, doors.webhook, body, headers)


def by_form(doors: Doors, person: str, key: str, *, number: int = 0, **fields: str) -> Inquiry:
    """A form, posted by the script on a page; each visitor has an own address."""
    given = fields or {"email": person}
    body = json.dumps({"fields": given, "idempotency_key": key}).encode()
    address = f"198.{18 + number // 65536 % 2}.{number // 256 % 256}.{number % 256}"
    return Inquiry("form", person, doors.forms[number % len(doors.forms)], body, {"X-Forwarded-For": address})


def by_api(doors: Doors, person: str, key: str, **fields: str) -> Inquiry:
    """A program that names its request, so that it may repeat it."""
    body = json.dumps(fields or {"name": person, "email": person}).encode()
    headers = {"Authorization": f"Bearer {doors.token}", "Idempotency-Key": key}
    return Inquiry("api", person, "/api/v1/leads", body, headers)


def by_batch(doors: Doors, people: Sequence[str], key: str) -> Inquiry:
    """Many at once by a program."""
    body = json.dumps({"leads": [{"name": person, "email": person} for person in people]}).encode()
    headers = {"Authorization": f"Bearer {doors.token}", "Idempotency-Key": key}
    return Inquiry("api", people[0], "/api/v1/leads/batch", body, headers)


def crowd(doors: Doors, first: int = 0) -> Iterator[Inquiry]:
    """One stranger after the other: of ten, two by WhatsApp, one by a form, seven by the API."""
    number = first
    while True:
        number += 1
        if number % 5 == 0:
            yield by_whatsapp(doors, f"+97250{1_000_000 + number}", f"in-{number}")
        elif number % 10 == 1:
            yield by_form(doors, f"visitor{number}@gmail.com", f"form-{number}", number=number)
        else:
            yield by_api(doors, f"person{number}@gmail.com", f"order-{number}")


def post(port: int, inquiry: Inquiry) -> tuple[int, bytes]:
    """Hand an inquiry in once; status 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        headers = {"Content-Type": "application/json", **inquiry.headers}
        connection.request("POST", inquiry.path, inquiry.body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def hand_in(port: int, inquiry: Inquiry, answered: Answered, *, redelivered: bool = False) -> None:
    """Hand an inquiry in until it is answered, or patience ends; `redelivered`: once more after that."""
    until = time.monotonic() + PATIENCE
    status, said = post(port, inquiry)
    while status in (0, 429) or status >= 500:
        if time.monotonic() > until:
            break
        time.sleep(AGAIN)
        status, said = post(port, inquiry)
    answered.note(inquiry, status, said)
    if redelivered:
        post(port, inquiry)


class Traffic:
    """So many inquiries a second, every fifth of them delivered twice, until it is stopped."""

    def __init__(
        self, port: int, inquiries: Iterator[Inquiry], *, per_second: float, hands: int = 24
    ) -> None:
        self.answered = Answered()
        self._port, self._inquiries, self._pause = port, inquiries, 1 / per_second
        self._guard = threading.Lock()
        self._next_at = time.monotonic()
        self._over = threading.Event()
        self._dice = random.Random(7)
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(hands)]

    def __enter__(self) -> Traffic:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(PATIENCE + 20)

    def _work(self) -> None:
        while not self._over.is_set():
            with self._guard:
                inquiry = next(self._inquiries)
                twice = self._dice.random() < 0.2
                begins, self._next_at = self._next_at, max(self._next_at, time.monotonic()) + self._pause
            self._over.wait(max(0.0, begins - time.monotonic()))
            if not self._over.is_set():
                hand_in(self._port, inquiry, self.answered, redelivered=twice)


def all_at_once(works: Sequence[Callable[[], None]]) -> None:
    """Begin all of them at the same moment, each on a thread of its own, and wait for their ends."""
    barrier = threading.Barrier(len(works))

    def begin(work: Callable[[], None]) -> None:
        with suppress(threading.BrokenBarrierError):
            barrier.wait(30)
        work()

    threads = [threading.Thread(target=begin, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
