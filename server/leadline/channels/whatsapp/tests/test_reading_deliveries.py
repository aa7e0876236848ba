"""Every sample body is read as what it says, and nothing odd raises."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadline.channels.whatsapp import inbound
from leadline.channels.whatsapp.contents import (
    AccountTrouble,
    Item,
    Other,
    Preference,
    StatusChange,
    TemplateNews,
    Written,
)
from leadline.channels.whatsapp.wishes import Wish, wish_of

PAYLOADS = Path(__file__).parent / "payloads"
VECTORS: list[dict[str, Any]] = json.loads((PAYLOADS / "signatures.json").read_text())
KEYS = [
    "entry",
    "changes",
    "value",
    "field",
    "messages",
    "statuses",
    "contacts",
    "id",
    "type",
    "text",
    "body",
    "from",
    "profile",
    "timestamp",
    "errors",
    "context",
    "image",
    "interactive",
    "nfm_reply",
    "response_json",
    "system",
    "location",
]
BODIES = sorted(path.name for path in PAYLOADS.glob("*.json") if path.name != "signatures.json")


def only(name: str) -> Item:
    [item] = inbound.read((PAYLOADS / f"{name}.json").read_bytes())
    return item


def written(name: str) -> Written:
    content = only(name).content
    assert isinstance(content, Written)
    return content


def status(name: str) -> StatusChange:
    content = only(name).content
    assert isinstance(content, StatusChange)
    return content


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['file']}-{v.get('why', 'valid')[:20]}")
def test_a_signature_is_judged_on_the_raw_bytes(vector: dict[str, Any]) -> None:
    raw = (PAYLOADS / vector["file"]).read_bytes()
    signature = vector["headers"].get("X-Hub-Signature-256")
    assert inbound.verified(raw, signature, vector["secret"]) is vector["valid"]


def test_a_door_without_a_secret_believes_nobody() -> None:
    assert not inbound.verified(b"{}", "sha256=" + "0" * 64, "")
    assert not inbound.verified(b"{}", None, "secret")
    assert not inbound.verified(b"{}", "sha256=é\ud800", "secret")


@pytest.mark.parametrize("name", BODIES)
def test_every_sample_is_understood_and_cut_with_its_natural_key(name: str) -> None:
    raw = (PAYLOADS / name).read_bytes()
    items, cuts = inbound.read(raw), inbound.cut(raw)
    assert items
    assert [item.natural_key for item in items] == [cut.natural_key for cut in cuts]
    for item, cut in zip(items, cuts, strict=True):
        assert inbound.read(cut.body) == [item]
        assert not isinstance(item.content, Other)


def test_a_message_alone_keeps_its_exact_bytes() -> None:
    raw = (PAYLOADS / "text-1.json").read_bytes()
    [cut] = inbound.cut(raw)
    assert cut.body == raw
    assert cut.natural_key == "wamid.HQYYCzM0NjAwNTU1MDEwa23PrKQGYAO6fd+2gxJy3s7q"
    assert cut.phone_number_id == "109876543210987"


def test_a_redelivery_has_the_same_natural_key() -> None:
    assert only("text-1").natural_key == only("duplicate-of-text-1").natural_key


def test_a_text_tells_who_wrote_what_and_when() -> None:
    message = written("text-1")
    assert message.sender.name == "Ana Ruiz"
    assert (message.sender.wa_id, message.sender.user_id) == ("34600555010", "ES.20417735519802364410")
    assert message.text == "Hola, quiero un presupuesto para 20 licencias 😀\n¿Podéis llamarme hoy?"
    assert message.at == datetime.fromtimestamp(1794820325, UTC)


def test_a_person_without_a_phone_number_is_known_by_user_id() -> None:
    message = written("text-3-username-only")
    assert message.sender.known
    assert message.sender.wa_id == ""
    assert (message.sender.user_id, message.sender.username) == ("US.13055190278864421907", "dana.garden")


def test_an_older_body_without_user_id_is_read_too() -> None:
    message = written("text-2-before-bsuid")
    assert (message.sender.name, message.sender.wa_id) == ("Marta Soto", "525512345678")
    assert message.sender.user_id == ""


def test_a_reply_names_the_message_it_answers() -> None:
    assert written("text-4-reply-context").reply_to == "wamid.HQYYCzE1NTUwMTAwMjAwm8XNdvp5HgUjznYPXwx7oKRp"


@pytest.mark.parametrize(
    ("name", "text", "mime"),
    [
        ("image-1", "Este es el local", "image/jpeg"),
        ("image-2-no-caption", "", "image/png"),
        ("document-1", "Signed quote", "application/pdf"),
        ("audio-1-voice", "", "audio/ogg; codecs=opus"),
    ],
)
def test_media_are_named_for_later_download(name: str, text: str, mime: str) -> None:
    message = written(name)
    assert (message.text, message.media[0].mime) == (text, mime)
    assert message.media[0].id.startswith("10981234567")
    assert message.media[0].voice is (name == "audio-1-voice")


def test_a_place_becomes_readable_text() -> None:
    assert written("location-1-place").text == (
        "Oficina central · Calle de Alcalá 50, 28014 Madrid · 40.4184, -3.695"
    )
    assert written("location-2-pin").text == "51.5072, -0.1276"


def test_a_contact_card_is_kept_whole() -> None:
    [card] = written("contacts-1").cards
    assert (card.name, card.phones, card.emails) == ("Luis Vega", ("34600555099",), ("luis@client.example",))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("button-1-template-quick-reply", "Confirmar"),
        ("interactive-1-button-reply", "Español"),
        ("interactive-2-list-reply", "Solar 6 kW"),
        ("interactive-3-flow-reply", "budget: 5000-10000\nstart: 2027-01"),
    ],
)
def test_a_tap_says_what_was_tapped(name: str, text: str) -> None:
    assert written(name).text == text


def test_a_reaction_points_to_its_message_and_can_be_taken_back() -> None:
    assert written("reaction-1").text == "👍"
    assert written("reaction-1").reply_to.startswith("wamid.")
    assert written("reaction-2-removed").details == {"reaction": None}


def test_an_unsupported_message_keeps_the_reason() -> None:
    message = written("unsupported-1")
    assert message.kind == "unsupported"
    assert message.details["error"]["code"] == 131051


def test_an_advertisement_is_remembered_with_its_click_id() -> None:
    assert written("referral-1-ad").referral["ctwa_clid"].startswith("ARAkLkA8")
    post = written("referral-2-post-username-only")
    assert (post.referral["source_type"], post.sender.wa_id) == ("post", "")


def test_statuses_carry_our_reference_and_their_trouble() -> None:
    assert status("status-delivered-1").our_ref == "msg-20261116-0001"
    assert status("status-sent-2-older-version").status == "sent"
    failed = status("status-failed-1-131047")
    assert failed.trouble is not None
    assert failed.trouble.code == 131047
    assert only("status-read-1").natural_key.endswith(":read")


def test_a_batch_holds_two_messages_and_a_status() -> None:
    items = inbound.read((PAYLOADS / "batch-1.json").read_bytes())
    assert [type(item.content) for item in items] == [Written, Written, StatusChange]
    assert len({item.natural_key for item in items}) == 3
    assert [i.content.text for i in items if isinstance(i.content, Written)] == ["uno", "dos"]


def test_news_about_templates_preferences_and_accounts_are_told_apart() -> None:
    news = only("template-status-2-paused").content
    assert isinstance(news, TemplateNews)
    assert (news.name, news.language, news.state) == ("winter_offer", "en_GB", "paused")
    stop, resume = only("user-preferences-1-stop").content, only("user-preferences-2-resume").content
    assert isinstance(stop, Preference)
    assert isinstance(resume, Preference)
    assert (stop.stopped, resume.stopped) == (True, False)
    assert stop.sender.name == "Tom Lee"
    assert isinstance(only("value-errors-1").content, AccountTrouble)


def test_the_dashboards_test_button_is_recognised() -> None:
    assert only("dashboard-test-1").dashboard_test
    assert not only("text-1").dashboard_test


@pytest.mark.parametrize("stamp", ["1794820325", "1794820325000", 1794820325])
def test_seconds_and_milliseconds_are_the_same_moment(stamp: object) -> None:
    from leadline.channels.whatsapp.reading import moment

    assert moment(stamp) == datetime.fromtimestamp(1794820325, UTC)


@pytest.mark.parametrize("stamp", [None, "", "soon", "-5", "9" * 30, True, {}, "²"])
def test_a_time_that_is_none_is_left_out(stamp: object) -> None:
    from leadline.channels.whatsapp.reading import moment

    assert moment(stamp) is None


def test_a_stranger_in_the_contacts_does_not_lend_a_name() -> None:
    body = {
        "entry": [
            {
                "id": "1",
                "changes": [
                    {
                        "field": "messages",
                        "value": {
                            "contacts": [{"wa_id": "999", "profile": {"name": "Somebody else"}}],
                            "messages": [{"id": "w", "from": "111", "type": "text", "text": {"body": "x"}}],
                        },
                    }
                ],
            }
        ]
    }
    [item] = inbound.read(json.dumps(body).encode())
    assert isinstance(item.content, Written)
    assert item.content.sender.name == ""


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS) | st.just("messages"),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(_VALUES, st.sampled_from(["messages", "user_preferences", "", "account_update"]))
def test_whatever_the_value_is_it_is_read_without_an_error(value: Any, field: str) -> None:
    body = {"entry": [{"id": 1, "changes": [{"field": field, "value": value}]}, value]}
    raw = json.dumps(body).encode()
    assert [i.natural_key for i in inbound.read(raw)] == [c.natural_key for c in inbound.cut(raw)]


@pytest.mark.parametrize("text", ["STOP", " stop. ", "Unsubscribe", "הסר", "הסירו אותי!", "Baja"])
def test_a_word_can_stop_messages(text: str) -> None:
    assert wish_of(text) is Wish.STOP


@pytest.mark.parametrize("text", ["Please stop by at five", "can you cancel my order", "", "🛑"])
def test_a_sentence_with_the_word_does_not(text: str) -> None:
    assert wish_of(text) is None


def test_a_stop_button_stops_and_start_resumes() -> None:
    button = written("button-2-stop")
    assert wish_of(button.text, button.details["button"]["payload"]) is Wish.STOP
    assert wish_of("Start") is Wish.RESUME
