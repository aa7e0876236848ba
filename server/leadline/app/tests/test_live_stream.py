"""The live stream over the wire: who is told what, at once, and without holding a thread."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from leadline.app import asgi
from leadline.app.processes.web import InThread
from leadline.infra import bell, events, live, tenancy
from leadline.infra.jobs.tests.works import wait_until
from leadline.infra.live import feed, visibility
from leadline.testing import Api, people
from leadline.workspaces.actor import Actor
from leadline.workspaces.models import Member, Workspace

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class LampLit(events.Event):
    live = "lamps"
    lamp_id: UUID
    owner_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SecretKept(events.Event):
    lamp_id: UUID


@pytest.fixture(scope="module")
def address(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bell.start()
    server = InThread("127.0.0.1", port)
    base = f"http://127.0.0.1:{port}"
    # The server's own threads read between the tests too.
    with django_db_blocker.unblock():
        wait_until(lambda: _answers(base))
        yield base
        server.stop()


@pytest.fixture
def acme() -> Workspace:
    return people.acme()


@pytest.fixture
def ola(acme: Workspace) -> Actor:
    with tenancy.workspace(acme.id):
        return people.member(acme, "Ola", "owner")


@pytest.fixture
def rita(acme: Workspace) -> Actor:
    with tenancy.workspace(acme.id):
        return people.member(acme, "Rita", "rep", team="North")


@pytest.fixture
def lamps_of_reps() -> Iterator[set[UUID]]:
    """The lamps that reps may see."""
    shown: set[UUID] = set()
    live.offer_visibility("lamps", lambda actor, ids: shown & set(ids))
    yield shown
    visibility._offers.pop("lamps")


class Ear:
    """One open stream of a member."""

    def __init__(self, base: str, actor: Actor | None, *, last: int | None = None) -> None:
        cookies = {m.key: m.value for m in Api(actor).client.cookies.values()} if actor else {}
        headers = {"Last-Event-ID": str(last)} if last else {}
        self.client = httpx.Client(base_url=base, cookies=cookies, timeout=10, trust_env=False)
        self.context = self.client.stream("GET", "/api/v1/live", headers=headers)
        self.response = self.context.__enter__()
        self.lines = self.response.iter_lines() if self.response.status_code == 200 else iter(())
        if self.response.status_code == 200:
            assert next(self.lines) == "retry: 2000"

    def hear(self) -> dict[str, Any]:
        """The next change."""
        seq = 0
        for line in self.lines:
            if line.startswith("id: "):
                seq = int(line.removeprefix("id: "))
            if line.startswith("data: "):
                return {"seq": seq, **json.loads(line.removeprefix("data: "))}
        raise AssertionError("The stream ended.")

    def close(self) -> None:
        self.context.__exit__(None, None, None)
        self.client.close()


@pytest.fixture
def listen(address: str) -> Iterator[Callable[..., Ear]]:
    with ExitStack() as stack:

        def open_ear(actor: Actor | None, **options: Any) -> Ear:
            before = len(_listeners())
            ear = stack.enter_context(closing(Ear(address, actor, **options)))
            if ear.response.status_code == 200:
                wait_until(lambda: len(_listeners()) > before)
            return ear

        yield open_ear
    wait_until(lambda: not _listeners())


def _listeners() -> list[feed.Listener]:
    return [one for group in asgi._feed._listeners.values() for one in group]


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/healthz", trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def light(workspace_id: UUID, **more: Any) -> UUID:
    lamp_id = uuid4()
    with tenancy.workspace(workspace_id):
        events.record(LampLit(workspace_id=workspace_id, lamp_id=lamp_id, **more))
    return lamp_id


def test_a_committed_event_is_told_at_once(listen: Callable[..., Ear], ola: Actor) -> None:
    ear = listen(ola)
    with tenancy.workspace(ola.workspace_id):
        events.record(SecretKept(workspace_id=ola.workspace_id, lamp_id=uuid4()))
    lamp_id = light(ola.workspace_id)

    heard = ear.hear()
    assert (heard["room"], heard["kind"], heard["ids"]) == ("lamps", "LampLit", [str(lamp_id)])
    assert heard["seq"] > 0


def test_another_company_hears_nothing_of_it(listen: Callable[..., Ear], ola: Actor, stranger: Actor) -> None:
    theirs = listen(stranger)
    light(ola.workspace_id)
    own = light(stranger.workspace_id)
    assert theirs.hear()["ids"] == [str(own)]


def test_a_rep_is_told_of_what_is_visible_or_names_the_rep(
    listen: Callable[..., Ear], rita: Actor, lamps_of_reps: set[UUID]
) -> None:
    ear = listen(rita)
    light(rita.workspace_id)
    taken_away = light(rita.workspace_id, owner_id=rita.member_id)
    heard = ear.hear()
    assert "ids" not in heard
    assert str(taken_away) not in json.dumps(heard)

    shown = uuid4()
    lamps_of_reps.add(shown)
    with tenancy.workspace(rita.workspace_id):
        events.record(LampLit(workspace_id=rita.workspace_id, lamp_id=shown))
    assert ear.hear()["ids"] == [str(shown)]


def test_without_an_offer_a_rep_learns_only_that_the_room_changed(
    listen: Callable[..., Ear], rita: Actor
) -> None:
    ear = listen(rita)
    light(rita.workspace_id)
    assert "ids" not in ear.hear()


def test_a_browser_that_was_away_is_told_what_it_missed(listen: Callable[..., Ear], ola: Actor) -> None:
    ear = listen(ola)
    light(ola.workspace_id)
    last = ear.hear()["seq"]
    ear.close()
    missed = [str(light(ola.workspace_id)) for _ in range(3)]

    back = listen(ola, last=last)
    assert [back.hear()["ids"][0] for _ in range(3)] == missed


def test_an_event_that_commits_late_is_still_told(listen: Callable[..., Ear], ola: Actor) -> None:
    ear = listen(ola)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('infra_eventrow_seq_seq')")
        drawn_early = cursor.fetchone()[0]
    first = light(ola.workspace_id)
    assert ear.hear()["ids"] == [str(first)]

    late = uuid4()
    with tenancy.workspace(ola.workspace_id), connection.cursor() as cursor:
        payload = json.dumps({"workspace_id": str(ola.workspace_id), "lamp_id": str(late)})
        cursor.execute(
            "INSERT INTO infra_eventrow (seq, workspace_id, name, payload, at) "
            "VALUES (%s, %s, 'LampLit', %s, now())",
            [drawn_early, ola.workspace_id, payload],
        )
    assert ear.hear()["ids"] == [str(late)]


def test_nobody_listens_without_a_login(listen: Callable[..., Ear]) -> None:
    assert listen(None).response.status_code == 401


def test_a_stream_ends_with_the_login(
    listen: Callable[..., Ear], ola: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leadline.infra.live.stream.RECHECK", 0.0)
    ear = listen(ola)
    with tenancy.workspace(ola.workspace_id):
        Member.objects.filter(id=str(ola.member_id)).update(active=False)
    light(ola.workspace_id)
    with pytest.raises(AssertionError, match="ended"):
        [ear.hear() for _ in range(3)]


def test_a_member_has_a_limited_number_of_streams_and_pages_still_load(
    listen: Callable[..., Ear], ola: Actor, address: str
) -> None:
    for _ in range(feed.LISTENERS_PER_MEMBER):
        listen(ola)
    assert listen(ola).response.status_code == 429
    # More streams than threads, and every thread is free.
    assert _answers(address)
