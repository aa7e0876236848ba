"""What may be kept of a visit, who is a robot, and whose link it was."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leadline.tracking import links, rules

NOW = datetime(2026, 11, 16, 9, 15, tzinfo=UTC)
CRAWLERS = Path(os.environ.get("LEADLINE_SAMPLES", "samples")) / "reference" / "crawler_user_agents.json"
KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
PEOPLE = [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/140.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) {KIT} Version/19.0 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"Mozilla/5.0 (Linux; Android 15; SM-S921B) {KIT} SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 14) {KIT} Chrome/138.0 Mobile Safari/537.36 [FBAN/EMA;FBAV/400.0;]",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/140.0 Safari/537.36 Edg/140.0 OPR/120.0",
]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://www.example.com/solar?utm_source=google&gclid=EAIaIQ", "https://www.example.com/solar?utm_source=google&gclid=EAIaIQ"),
        ("https://www.example.com/reset?token=abc&utm_term=x#secret", "https://www.example.com/reset?utm_term=x"),
        ("https://e.example/?email=ana%40ruiz.example&p=3", "https://e.example/?p=3"),
        ("https://e.example/?q=ana%40ruiz.example&utm_source=ana@ruiz.example", "https://e.example/"),
        ("https://user:pass@e.example:8443/a", "https://e.example:8443/a"),
        ("javascript:alert(1)", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_an_address_is_kept_without_what_may_be_private(url: str, kept: str) -> None:
    assert rules.kept_address(url) == kept


def test_people_are_no_robots_and_robots_are_no_people() -> None:
    assert [agent for agent in PEOPLE if rules.is_robot(agent)] == []
    robots = [
        "",
        "curl/8.5",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Slackbot",
    ]
    assert [agent for agent in robots if not rules.is_robot(agent)] == []


@pytest.mark.faults
@pytest.mark.skipif(not CRAWLERS.exists(), reason="LEADLINE_SAMPLES names no folder with the file")
def test_nearly_every_known_crawler_is_recognised() -> None:
    agents = [agent for entry in json.loads(CRAWLERS.read_text()) for agent in entry["instances"]]
    recognised = sum(map(rules.is_robot, agents))
    assert recognised / len(agents) >= 0.95


def test_a_wrong_clock_is_put_right_and_the_past_is_refused() -> None:
    assert rules.corrected(NOW + timedelta(hours=3), timedelta(hours=-3), NOW) == NOW
    assert rules.corrected(NOW + timedelta(minutes=1), timedelta(), NOW) == NOW
    assert rules.corrected(NOW - timedelta(hours=25), timedelta(), NOW) is None


def test_prices_are_key_pages_whatever_their_spelling() -> None:
    assert rules.is_key_page("/Pricing/team", rules.KEY_PAGES)
    assert not rules.is_key_page("/blog", (*rules.KEY_PAGES, "/", " "))


def test_the_published_link_is_ours_and_a_changed_one_is_not() -> None:
    published = "eyJsIjoibGRfNzczMSIsImMiOjEyLCJlIjoxNzk3NDEyMzIwfQ.TfgKS3P2a8aQ4nmHNg1wTA"
    secret = "track-secret-1"
    assert links.token(secret, "ld_7731", datetime.fromtimestamp(1797412320, UTC), 12) == published
    assert links.lead_in(secret, published, NOW) == "ld_7731"
    assert links.lead_in(secret, published, NOW + timedelta(days=3650)) == ""
    assert links.lead_in("another", published, NOW) == ""
    for broken in (
        "",
        ".",
        "x.y",
        published[:-1],
        published.replace("e", "f", 1),
        "[].TfgKS3P2a8aQ4nmHNg1wTA",
    ):
        assert links.lead_in(secret, broken, NOW) == ""
