"""What the settings page knows, and the way from the sandbox to a real page and back."""

from __future__ import annotations

from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.channels.meta_ads.access import access_of
from leadline.testing import Api
from leadline.workspaces.actor import Actor


def test_one_goes_live_when_the_page_is_known_and_back_again(ola: Actor) -> None:
    api = Api(ola)
    made = api.post("/connections", {"channel": "meta_ads", "name": "Ads"}).json()
    assert made["settings"]["mode"] == "sandbox"
    assert made["pasted"]["verify_token"]
    # The sandbox has secrets of its own: none is taken for the real one that is still missing.
    assert made["secrets_set"]["app_secret"] is False
    assert made["url"].endswith(f"/hooks/meta-ads/{queries.token_of(Connection.objects.get())}")
    address = f"/connections/{made['id']}"

    refused = api.patch(address, {"settings": {"mode": "live"}})
    assert (refused.status_code, refused.json()["field"]) == (422, "settings.page_id")
    live = {"mode": "live", "page_id": "284716352849101", "history_days": "30"}
    changed = api.patch(address, {"settings": live, "secrets": {"access_token": "t0ken"}})
    assert changed.status_code == 200, changed.content
    access = access_of(Connection.objects.get())
    assert (access.base_url, access.token) == ("https://graph.facebook.com", "t0ken")
    assert b"t0ken" not in changed.content

    api.patch(address, {"settings": {"mode": "sandbox"}})
    access = access_of(Connection.objects.get())
    assert access.base_url.endswith("/sandbox/meta-ads/graph")
    assert access.token != "t0ken"
    for wrong in ({"page_id": "x"}, {"history_days": 91}, {"api_version": "25"}, {"mode": "maybe"}):
        assert api.patch(address, {"settings": wrong}).status_code == 422


def test_the_page_is_described_in_the_readers_language(ola: Actor, rita: Actor) -> None:
    shown = {one["channel"]: one for one in Api(ola).get("/integrations").json()}
    page = shown["meta_ads"]
    assert page["sandbox"] == "/sandbox/ads/meta_ads/"
    assert [one["key"] for one in page["asked"] if one["secret"]] == ["app_secret", "access_token"]
    assert len(page["steps"]) > 4
    assert Api(rita).get("/integrations").status_code == 403

    hebrew = Api(ola)
    hebrew.patch("/me", {"language": "he"})
    told = {one["channel"]: one for one in hebrew.get("/integrations").json()}["meta_ads"]
    assert told["label"] != page["label"]
    assert all(one != other for one, other in zip(told["steps"], page["steps"], strict=True))
