"""Whatever a platform says, and whatever is entered in the settings: understood or refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadline.ads import ports as ads
from leadline.ads.models import SandboxAccount
from leadline.ads.ports import Filled
from leadline.ads.rules import AdLead, Answer, inquiry_of, moment, names_in
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import NotUnderstood, Understood, adapter_for, doors_with_page
from leadline.kit import clock
from leadline.kit.errors import Invalid, LeadlineError

ACME = UUID(int=7)
CHANNELS = Path(__file__).parents[2] / "channels"
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["", "a@b.example"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
THOROUGH = settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def documents(channel: str) -> Iterator[Any]:
    """Everything recorded of a platform: deliveries, and answers as they are stored."""
    for path in sorted((CHANNELS / channel / "tests/payloads").glob("*.json")):
        document = json.loads(path.read_text())
        answered = document.get("response", {}).get("body") if isinstance(document, dict) else None
        yield document
        if answered is not None:
            yield {"lead": answered, "form": answered}


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place inside a document at which something else could stand."""
    if isinstance(value, dict | list):
        for key in list(value) if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


def understood(channel: str, document: Any) -> Understood | None:
    adapter = adapter_for(channel)
    assert adapter is not None
    door = Connection(workspace_id=ACME, channel=channel, settings={})
    row = Submission(workspace_id=ACME, channel=channel, connection=door, body=json.dumps(document).encode())
    try:
        return adapter.understand(row)
    except (NotUnderstood, LeadlineError):
        return None


@pytest.mark.parametrize("door", doors_with_page(), ids=lambda door: door.channel)
def test_anything_a_platform_says_is_understood_or_refused(door: Any) -> None:
    recorded = list(documents(door.channel))

    @THOROUGH
    @given(chosen=st.data())
    def say(chosen: st.DataObject) -> None:
        document = json.loads(json.dumps(chosen.draw(st.sampled_from(recorded))))
        holder, key = chosen.draw(st.sampled_from(list(places(document))))
        holder[key] = chosen.draw(ODD)
        understood(door.channel, document)
        understood(door.channel, chosen.draw(ODD))

    say()
    assert any((found := understood(door.channel, one)) and found.inquiries for one in recorded)


@pytest.mark.parametrize("door", doors_with_page(), ids=lambda door: door.channel)
def test_anything_entered_in_the_settings_is_stored_or_refused_by_its_name(door: Any) -> None:
    stored = door.check({})
    assert door.check(stored) == stored
    refused: set[str] = set()

    @THOROUGH
    @given(key=st.sampled_from(sorted(stored)), value=ODD)
    def enter(key: str, value: Any) -> None:
        try:
            json.dumps(door.check({**stored, key: value}))
        except Invalid as problem:
            refused.add(str(problem.field))

    enter()
    assert refused <= {f"settings.{key}" for key in stored}


def test_every_platform_of_the_sandbox_asks_what_its_page_says() -> None:
    for door in doors_with_page():
        desk = ads.desk_for(door.channel)
        assert desk is not None
        assert door.page is not None
        assert door.page.sandbox == f"/sandbox/ads/{door.channel}/"
        assert door.page.catches_up is (ads.list_of(door.channel) is not None)
        keys = {one.key for one in door.page.asked}
        assert keys == {*door.check({})} - {"subscribed"} | (
            {*door.secrets} - {k for k, _ in door.page.pasted}
        )


def lead(*answers: Answer, **more: Any) -> AdLead:
    return AdLead(
        natural_key="1", channel="x", source="x", at=clock.now(), answers=answers, connection_id=None, **more
    )


def test_answers_find_their_place_whatever_a_platform_calls_them() -> None:
    found = inquiry_of(
        lead(
            Answer(key="First-Name", values=("Dana",)),
            Answer(key="LAST_NAME", values=(" Levi ",)),
            Answer(key="WORK_EMAIL", values=("dana@dana.example",)),
            Answer(key="phone_number", values=("p:+972541234567",)),
            Answer(key="country", values=("Israel",)),
            Answer(key="gclid", values=("Abc",)),
            Answer(key="empty", values=("", "  ")),
            Answer(key="colour", label="Which colours?", values=("red", "blue")),
            facts={"form": "Roofs", "ad": ""},
        )
    )
    person = found.person
    assert (person.name, person.country) == ("Dana Levi", "")
    assert [(one.kind, one.raw) for one in person.identities] == [
        ("email", "dana@dana.example"),
        ("phone", "+972541234567"),
    ]
    assert found.text == "Which colours?: red, blue"
    assert found.extra == {"Which colours?": ["red", "blue"], "country": "Israel", "form": "Roofs"}
    assert found.utm == {"gclid": "Abc"}


def test_an_address_in_an_own_question_is_an_address_and_without_any_nobody_can_be_reached() -> None:
    own = Answer(key="where_shall_we_write?", values=("dana@dana.example",))
    assert [one.raw for one in inquiry_of(lead(own)).person.identities] == ["dana@dana.example"]
    with pytest.raises(NotUnderstood):
        inquiry_of(lead(Answer(key="name", values=("Dana",))))


def test_times_and_names_are_read_in_every_form() -> None:
    at = {moment(one) for one in (1794823331, "1794823331", 1794823331000, "2026-11-16T10:02:11+0000")}
    assert {one.isoformat() for one in at if one} == {"2026-11-16T10:02:11+00:00"}
    assert [moment(odd) for odd in ("", None, "soon", 10**15, "99999999999999999", True)] == [None] * 6
    assert names_in("1 = A = B\n\nnonsense\n2=\n =C") == {"1": "A = B"}


def test_a_test_lead_of_the_sandbox_is_never_an_inquiry() -> None:
    for channel in ("google_ads", "linkedin"):
        desk = ads.desk_for(channel)
        assert desk is not None
        door = Connection(workspace_id=ACME, channel=channel, settings={})
        account = SandboxAccount(workspace_id=ACME, connection=door)
        noted = desk.note(account, Filled(answers={}, test=True))
        document = {"lead": noted.body} if channel == "linkedin" else noted.body
        said = understood(channel, document)
        assert said is not None
        assert (said.inquiries, bool(said.note)) == ((), True)
