"""Traffic for the demo: over HTTP like everybody, through the sandbox's phones and the public form.

Run as a process of its own beside the server; it ends when its standard input does.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import httpx

from leadline.app.cli.serve import say
from leadline.app.demo.browsing import Browser
from leadline.app.demo.cast import COLLEAGUES, Casting
from leadline.app.demo.customers import Customers
from leadline.app.demo.reps import Rep
from leadline.workspaces.rules import Role

COMPANY = {
    "company": "Northlight Solar",
    "country": "IL",
    "language": "en",
    "timezone": "Asia/Jerusalem",
    "currency": "ILS",
    "phone_region": "IL",
    "name": "Dana Gold",
}
DOMAIN = "northlight-solar.test"
OWNER = f"dana@{DOMAIN}"
PASSWORD_VARIABLE = "LEADLINE_DEMO_PASSWORD"  # noqa: S105 - the name, not the password
# Seconds between two things that happen: lively while somebody probably looks, then calmer.
LIVELY, CALM = 3.0, 30.0
LIVELY_FOR = 200
# After so many the company is full; a demo left alone for weeks must not fill the disk.
MOST_ARRIVALS = 500
_STORY_TAKES = 180.0
_SELLERS = 2


@contextmanager
def beside(port: int, password: str, *, quiet: bool) -> Iterator[None]:
    """Traffic beside the server that the block runs; it ends with the block, or with this process."""
    words = [sys.executable, "-m", "leadline.app.demo.traffic", str(port), *(["quiet"] if quiet else [])]
    process = subprocess.Popen(words, stdin=subprocess.PIPE, env={**os.environ, PASSWORD_VARIABLE: password})
    try:
        yield
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def play(port: int, password: str, stop: threading.Event, *, quiet: bool = False) -> None:
    """Make the company if there is none, tell how to log in, and let things happen until told to stop."""
    owner = Browser(port)
    while not owner.is_there():
        if stop.wait(0.3):
            return
    if not _made_or_entered(owner, password):
        say("The demo company could not be made; the reason is above.")
        return
    _tell_login(port, password)
    if not quiet:
        _go_on(owner, _sellers(port, password), stop)


def _made_or_entered(owner: Browser, password: str) -> bool:
    if not owner.get("/start")["first_run"]:
        return owner.log_in(OWNER, password)
    say("Telling the story of a company; this takes some seconds.")
    body = {**COMPANY, "email": OWNER, "password": password, "sample_data": True}
    answer = owner.post("/start", body, within=_STORY_TAKES)
    if answer.status_code != 201:
        say(answer.text[:300])
    return answer.status_code == 201


def _sellers(port: int, password: str) -> list[Rep]:
    names = [one.mailbox for one in COLLEAGUES if one.role is Role.REP]
    found = []
    for place, name in enumerate(names[:_SELLERS]):
        browser = Browser(port)
        if browser.log_in(f"{name}@{DOMAIN}", password):
            found.append(Rep(browser, Random(place)))  # noqa: S311 - a story, not a secret
    return found


def _go_on(owner: Browser, sellers: list[Rep], stop: threading.Event) -> None:
    rng = Random()  # noqa: S311 - a story, not a secret
    customers = Customers(owner, Casting(rng, side=1), rng, stop)
    turns = itertools.cycle(sellers)
    for beat in itertools.count():
        if stop.wait(LIVELY if beat < LIVELY_FOR else CALM):
            return
        # A restarted or busy server is no reason to end; the next beat tries again.
        with contextlib.suppress(httpx.HTTPError):
            if beat % 2 == 0 and customers.arrived < MOST_ARRIVALS:
                customers.inquire()
            elif beat % 4 == 1:
                customers.answer()
            elif sellers:
                next(turns).work()


def _tell_login(port: int, password: str) -> None:
    people = ", ".join(f"{one.mailbox}@ ({one.role.value.replace('_', ' ')})" for one in COLLEAGUES)
    say(f"Open   http://127.0.0.1:{port}")
    say(f"E-mail {OWNER}")
    say(f"Pass   {password}")
    say(f"The same password opens {people} at {DOMAIN}.")
    say(f"Write as a customer: http://127.0.0.1:{port}/sandbox/whatsapp/")


def main() -> None:
    """Play until standard input ends."""
    stop = threading.Event()

    def listen() -> None:
        # Past Python's own buffer: its lock, held by a waiting thread, breaks off the end of the process.
        while os.read(sys.stdin.fileno(), 4096):
            pass
        stop.set()

    threading.Thread(target=listen, name="end", daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt, httpx.HTTPError):
        play(int(sys.argv[1]), os.environ[PASSWORD_VARIABLE], stop, quiet="quiet" in sys.argv[2:])


if __name__ == "__main__":
    main()
