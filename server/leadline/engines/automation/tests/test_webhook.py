"""Automations call other people's servers: signed, told a fixed list, again when they are ill."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from leadline.engines.automation import actions, webhook
from leadline.engines.automation.models import Run, SigningSecret, StepLog
from leadline.engines.automation.ports import Action, Reach, offer_action, offer_subject
from leadline.engines.automation.tests.playground import knock_at, load, make, states
from leadline.engines.schema.ports import Field, FieldType
from leadline.infra.http import calling
from leadline.infra.http.circuit import Circuits
from leadline.kit import clock
from leadline.kit.errors import Forbidden, Invalid
from leadline.testing import Api
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Team

pytestmark = pytest.mark.usefixtures("held")
Drain = Callable[[], int]


class Receiver:
    """Somebody's server: remembers what came, answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[tuple[int, bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                status, said = receiver.answers.pop(0) if receiver.answers else (200, b"thank you")
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def allowed(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator lets calls reach private networks."""
    monkeypatch.setattr(settings.ENV, "allow_private_addresses", True)


@pytest.fixture
def receiver(allowed: None) -> Iterator[Receiver]:
    """A server in the own network."""
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(autouse=True)
def _doors_may_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "circuits", Circuits())
    url = Field(key="url", type=FieldType.URL, label="Address", required=True)
    offer_action(
        Action(
            "test.call",
            "Call",
            [url],
            webhook.call_webhook,
            ("team",),
            reach=Reach.REPEATABLE,
            check=webhook.check_address,
        )
    )
    offer_subject("team", load=load, told=("name",))


def calls(url: str) -> list[dict[str, Any]]:
    return [{"kind": "do", "action": "test.call", "with": {"url": url}}]


def later(drain: Drain, **time: float) -> None:
    clock.move(timedelta(**time))
    actions.wake_due_runs()
    drain()


def test_the_server_is_told_the_record_and_can_check_who_says_so(
    door: Team, drain: Drain, receiver: Receiver
) -> None:
    make(calls(receiver.url))
    knock_at(door.id)
    drain()
    ((headers, body),) = receiver.got
    run = Run.objects.get()
    told = json.loads(body)
    assert told["type"] == "automation.step"
    assert told["timestamp"] == "2026-01-07T10:00:00+00:00"
    assert told["data"]["team"] == {"id": str(door.id), "name": "North"}
    assert told["data"]["automation"]["name"] == "Doorman"
    assert headers["webhook-id"] == told["id"] == f"run_{run.id}_0"

    secret = actions.show_secret(Actor.product(run.workspace_id))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert secret not in SigningSecret.objects.get().sealed

    log = StepLog.objects.get()
    assert (log.outcome, run.state) == ("done", "done")
    assert (log.result["status"], log.result["answer"]) == (200, "thank you")


def test_a_server_that_is_ill_is_called_again_with_the_same_id(
    door: Team, drain: Drain, receiver: Receiver
) -> None:
    receiver.answers = [(503, b"come back later " * 100), (500, b"")]
    make(calls(receiver.url))
    knock_at(door.id)
    drain()
    later(drain, seconds=11)
    later(drain, seconds=21)
    logs = list(StepLog.objects.order_by("at", "id"))
    assert [(log.outcome, log.result["status"]) for log in logs] == [
        ("failed", 503),
        ("failed", 500),
        ("done", 200),
    ]
    assert len(logs[0].result["answer"]) == 500
    assert logs[0].error == "The server answered 503; it is called again later."
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert states() == ["done"]


def test_a_server_that_never_recovers_is_given_up_and_the_run_says_why(
    door: Team, drain: Drain, receiver: Receiver
) -> None:
    receiver.answers = [(502, b"")] * 20
    make(calls(receiver.url))
    knock_at(door.id)
    drain()
    for _ in range(10):
        later(drain, hours=2)
    assert len(receiver.got) == 6
    run = Run.objects.get()
    assert (run.state, run.reason) == ("failed", "The server answered 502; it is called again later.")


def test_a_server_that_does_not_want_it_is_left_alone(door: Team, drain: Drain, receiver: Receiver) -> None:
    receiver.answers = [(404, b"no such page")]
    make(calls(receiver.url))
    knock_at(door.id)
    drain()
    later(drain, hours=2)
    assert len(receiver.got) == 1
    run, log = Run.objects.get(), StepLog.objects.get()
    assert (run.state, log.result["answer"]) == ("failed", "no such page")
    assert run.reason == "The server answered 404 and does not want this call."


def test_where_nobody_listens_it_says_so_and_tries_again(door: Team, drain: Drain, allowed: None) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    make(calls(url))
    knock_at(door.id)
    drain()
    assert (StepLog.objects.get().outcome, states()) == ("failed", ["waiting"])
    assert StepLog.objects.get().error.startswith("Could not connect")


def test_private_networks_stay_closed(door: Team, drain: Drain) -> None:
    make(calls("https://127.0.0.1:9/hook"))
    knock_at(door.id)
    drain()
    run = Run.objects.get()
    assert run.state == "failed"
    assert run.reason == "127.0.0.1 is in a private network; calls to it are not allowed."


@pytest.mark.parametrize(
    "url",
    ["http://example.com/hook", "ftp://example.com", "example.com", "https://", "https://a b.example",
     "https://{{name}}.example/", "https://example.com:99999/", "javascript:alert(1)"],
)  # fmt: skip
def test_addresses_that_cannot_work_are_refused_when_they_are_written(door: Team, url: str) -> None:
    with pytest.raises(Invalid) as refusal:
        make(calls(url))
    assert refusal.value.field == "steps.0.with.url"


def test_the_secret_is_for_those_who_build_automations_and_can_be_renewed(ola: Actor, rita: Actor) -> None:
    first = Api(ola).get("/signing-secret").json()["secret"]
    assert Api(ola).get("/signing-secret").json()["secret"] == first
    second = Api(ola).post("/signing-secrets", {}).json()["secret"]
    assert second != first
    assert Api(ola).get("/signing-secret").json()["secret"] == second
    assert Api(rita).get("/signing-secret").status_code == 403
    with pytest.raises(Forbidden):
        actions.renew_secret(rita)
