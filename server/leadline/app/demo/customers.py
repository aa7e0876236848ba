"""The customers of the demo's traffic: they write, fill in the form, and answer what they are told."""

from __future__ import annotations

import re
import threading
from collections import deque
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from leadline.app.demo import lines
from leadline.app.demo.browsing import Browser
from leadline.app.demo.cast import HEBREW, Casting, Character
from leadline.app.demo.lines import Project

PHONES = "/sandbox/whatsapp/"
# Longer than the form takes for a machine's haste.
_FILLING_IN = 2.6
_REMEMBERED = 40
_MOST_REPLIES = 3
_OURS = 'class="bubble theirs"'
_TAGS = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(type|name|value)="([^"]*)"')
_ADS = ("google", "facebook", "linkedin", "")


@dataclass
class _Chat:
    """A conversation on somebody's phone."""

    path: str
    who: Character
    seen: int = 0
    replies: int = 0


class Customers:
    """Invents people and lets them act; each method is one visit."""

    def __init__(self, owner: Browser, casting: Casting, rng: Random, stop: threading.Event) -> None:
        self.arrived = 0
        self._owner = owner
        self._casting = casting
        self._rng = rng
        self._stop = stop
        self._chats: deque[_Chat] = deque(maxlen=_REMEMBERED)

    def inquire(self) -> None:
        """Somebody new writes by WhatsApp or fills in the form."""
        project = self._rng.choice(lines.PROJECTS)
        who = self._casting.somebody(hebrew=self._rng.random() < 0.3, business=project.business)
        what = project.interest_he if who.language == HEBREW else project.interest.lower()
        text = self._rng.choice(lines.OPENINGS[who.language]).format(what=what)
        if self._rng.random() < 0.65:
            self._write(who, text)
        else:
            self._fill_in(who, project, text)
        self.arrived += 1

    def answer(self) -> None:
        """Whoever got a message from us answers it, if they feel like it."""
        for chat in list(self._chats):
            shown = self._owner.page(f"{chat.path}/bubbles").count(_OURS)
            if shown <= chat.seen or chat.replies >= _MOST_REPLIES:
                continue
            chat.seen = shown
            if self._rng.random() < 0.8:
                body = self._rng.choice(lines.REPLIES[chat.who.language])
                self._owner.send(f"{chat.path}/messages", {"what": "text", "body": body})
                chat.replies += 1
                return

    def _write(self, who: Character, text: str) -> None:
        answers = {"name": who.name, "phone": who.phone, "body": text}
        answer = self._owner.send(f"{PHONES}people", answers)
        if answer.status_code == 302:
            self._chats.append(_Chat(answer.headers["Location"], who))

    def _fill_in(self, who: Character, project: Project, text: str) -> None:
        form = next(one for one in self._owner.get("/forms") if one["enabled"])
        path = urlsplit(form["public_url"]).path
        came_by = self._rng.choice(_ADS)
        campaign = {"utm_source": came_by, "utm_medium": "cpc", "utm_campaign": "demo"} if came_by else {}
        hidden = hidden_in(self._owner.page(path, **campaign))
        if self._stop.wait(_FILLING_IN):
            return
        filled = {"name": who.name, "phone": who.phone, "email": who.email, "text": text}
        more = {"company": who.company, "title": who.title, "interest": project.interest}
        answers = {**hidden, **{key: value for key, value in {**filled, **more}.items() if value}}
        # A documentation address: every visitor comes from somewhere else.
        self._owner.send(path, answers, visitor=f"203.0.113.{self._rng.randrange(1, 255)}")


def hidden_in(page: str) -> dict[str, str]:
    """The hidden fields of a form's page."""
    inputs = [dict(_ATTRIBUTE.findall(tag)) for tag in _TAGS.findall(page)]
    return {
        one["name"]: one.get("value", "") for one in inputs if one.get("type") == "hidden" and "name" in one
    }
