"""The reps of the demo's traffic: they answer who waits, and move what is ready."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from leadline.app.demo import lines
from leadline.app.demo.browsing import Browser

_NEXT = {"New Inquiry": "First Contact", "First Contact": "Quote Sent", "Quote Sent": "Negotiation"}
_LOOKS_AT = "20"


class Rep:
    """Somebody who sells, logged in; `work` is one thing done."""

    def __init__(self, browser: Browser, rng: Random) -> None:
        self._browser = browser
        self._rng = rng
        self._name = str(browser.get("/me")["member"]["name"])
        [pipeline] = browser.get("/pipelines")[:1]
        self._stages = {stage["name"]: stage["id"] for stage in pipeline["stages"]}

    def work(self) -> None:
        """Answer a new lead that waits and move it on, or move one that was answered."""
        waiting = self._mine("New Inquiry")
        if waiting and self._rng.random() < 0.7:
            lead = self._rng.choice(waiting)
            if lead["channel"] == "whatsapp":
                self._write(lead)
            else:
                self._browser.post(f"/leads/{lead['id']}/notes", {"text": self._rng.choice(lines.NOTES)})
            self._move(lead)
            return
        for stage in self._rng.sample(("First Contact", "Quote Sent"), 2):
            if leads := self._mine(stage):
                self._move(self._rng.choice(leads))
                return

    def _mine(self, stage: str) -> list[dict[str, Any]]:
        condition = json.dumps({"field": "stage", "op": "eq", "value": self._stages[stage]})
        page = self._browser.get("/leads", view="mine", filter=condition, sort="-inbound_at", limit=_LOOKS_AT)
        return list(page["items"])

    def _write(self, lead: dict[str, Any]) -> None:
        [way] = [w for w in self._browser.get(f"/leads/{lead['id']}/channels") if w["channel"] == "whatsapp"]
        if way["can_free_text"]:
            name = str(lead["contact_name"]).split()[0]
            spoken = "en" if name.isascii() else "he"
            text = self._rng.choice(lines.ANSWERS[spoken]).format(name=name, rep=self._name.split()[0])
            self._browser.post(f"/leads/{lead['id']}/messages", {"channel": "whatsapp", "body": text})

    def _move(self, lead: dict[str, Any]) -> None:
        target = self._stages[_NEXT[lead["stage_name"]]]
        self._browser.post(f"/leads/{lead['id']}/moves", {"stage_id": target})
