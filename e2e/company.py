"""Companies and their people for the stories, made by the product's own code in the running house."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

import httpx
from playwright._impl._api_structures import SetCookieParam

from e2e.house import House

PASSWORD = "correct horse battery staple"  # noqa: S105 - the stories' own
ISRAEL = {
    "country": "IL",
    "language": "en",
    "timezone": "Asia/Jerusalem",
    "currency": "ILS",
    "phone_region": "IL",
}
COLLEAGUES = (("mona", "Mona Katz", "manager"), ("rita", "Rita Cohen", "rep"), ("omer", "Omer Levi", "rep"))
_numbers = itertools.count(1)
_phones = itertools.count(1000000)


@dataclass
class Person:
    """A member who is logged in: for the API and, by the same cookies, for a browser."""

    name: str
    email: str
    role: str
    house: House
    cookies: dict[str, str]
    id: str = ""
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.house.url, cookies=self.cookies, trust_env=False, timeout=20)
        self.id = self.get("/me")["member"]["id"]

    def get(self, path: str, **params: Any) -> Any:
        """The answer to a read, which must succeed."""
        return _good(self.client.get(f"/api/v1{path}", params=params))

    def post(self, path: str, body: Any = None) -> Any:
        """The answer to a write, which must succeed."""
        return _good(self.client.post(f"/api/v1{path}", json=body, headers=self._headers()))

    def patch(self, path: str, body: Any) -> Any:
        """The answer to a change, which must succeed."""
        return _good(self.client.patch(f"/api/v1{path}", json=body, headers=self._headers()))

    def lead(self, name: str, **fields: Any) -> dict[str, Any]:
        """A new lead of this person, with a phone number that nobody else has."""
        body = {"name": name, "phone": new_phone(), "owner_id": self.id, **fields}
        return cast(dict[str, Any], self.post("/leads", body))

    def browser_cookies(self) -> list[SetCookieParam]:
        """The same login for a browser."""
        return [{"name": name, "value": value, "url": self.house.url} for name, value in self.cookies.items()]

    def second_step(self) -> Callable[[], str]:
        """Switch the second step on; the answer tells the present code of the authenticator app."""
        from allauth.mfa.totp.internal import auth
        from leadline.workspaces.models import User

        secret = auth.generate_totp_secret()
        auth.TOTP.activate(User.objects.get(email=self.email), secret)
        return lambda: str(auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30)))

    def _headers(self) -> dict[str, str]:
        return {"X-CSRFToken": self.cookies["csrftoken"], "Idempotency-Key": str(uuid4())}


@dataclass
class Company:
    """A workspace with an owner, a manager and two reps."""

    name: str
    ola: Person
    mona: Person
    rita: Person
    omer: Person

    def stages(self) -> dict[str, dict[str, Any]]:
        """The stages of the pipeline by their names."""
        [pipeline] = self.ola.get("/pipelines")
        return {stage["name"]: stage for stage in pipeline["stages"]}


def found(house: House, **locale: str) -> Company:
    """A new company in the running house; people's addresses are unique in it."""
    _enter(house)
    from leadline.infra import tenancy
    from leadline.workspaces import access, actions
    from leadline.workspaces.rules import Role

    name = f"Acme {next(_numbers)}"
    domain = f"{name.lower().replace(' ', '')}.example"
    company = {**ISRAEL, **locale, "name": name}
    owner, user = actions.create_workspace(
        company=company, name="Ola Berg", email=f"ola@{domain}", password=PASSWORD
    )
    people = {"ola": _person(house, "Ola Berg", "owner", user, owner.workspace_id)}
    for first, full, role in COLLEAGUES:
        with tenancy.workspace(owner.workspace_id):
            _, link = access.invite(
                owner, email=f"{first}@{domain}", name=full, role=Role(role), team_ids=_teams(owner, role)
            )
        token = link.rstrip("/").rsplit("/", 1)[-1]
        _, user = access.accept_invitation(token=token, name=full, password=PASSWORD)
        people[first] = _person(house, full, role, user, owner.workspace_id)
    return Company(name=name, **people)


def new_phone() -> str:
    """An Israeli mobile number in local notation that no other lead of this run has."""
    digits = str(next(_phones))
    return f"054-{digits[:3]}-{digits[3:]}"


def _teams(owner: Any, role: str) -> list[Any]:
    from leadline.workspaces import queries

    return [team.id for team in queries.teams(owner)[:1]] if role == "rep" else []


def _person(house: House, name: str, role: str, user: Any, workspace_id: Any) -> Person:
    """Log in without the form, whose attempts are counted."""
    from django.conf import settings
    from django.contrib.auth import login
    from django.http import HttpRequest
    from django.middleware.csrf import get_token
    from leadline.workspaces.door import WORKSPACE_SESSION_KEY

    request = HttpRequest()
    request.session = _session()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[WORKSPACE_SESSION_KEY] = str(workspace_id)
    request.session.save()
    get_token(request)
    cookies = {"sessionid": str(request.session.session_key), "csrftoken": request.META["CSRF_COOKIE"]}
    return Person(name=name, email=user.email, role=role, house=house, cookies=cookies)


def _session() -> Any:
    from importlib import import_module

    from django.conf import settings

    return import_module(settings.SESSION_ENGINE).SessionStore()


def _enter(house: House) -> None:
    """Let this process use the house's database through the product's own code."""
    import django
    from django.apps import apps

    if apps.ready:
        return
    from leadline.infra.postgres.connection import running_connection

    connection = running_connection(house.home)
    assert connection is not None, house.last_words()
    os.environ.update(house.environment())
    os.environ.pop("DATABASE_URL", None)
    os.environ["LEADLINE_EMBEDDED_URL"] = connection.url()
    os.environ["DJANGO_SETTINGS_MODULE"] = "leadline.app.settings"
    # Playwright keeps an event loop in this thread; these few statements are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    from importlib import import_module

    from django.conf import settings

    import_module(settings.ROOT_URLCONF)


def _good(answer: httpx.Response) -> Any:
    asked = f"{answer.request.method} {answer.request.url}"
    assert answer.status_code < 400, f"{asked}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None
