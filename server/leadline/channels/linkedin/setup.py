"""Connect an owner of LinkedIn lead forms: what the settings ask for, what to do there, the test button."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings

from leadline.ads import actions as ads
from leadline.ads.rules import names_in
from leadline.ads.rules.settings import (
    MODE_CHOICES,
    SANDBOX_SIGNER,
    checked_history,
    checked_mode,
    secret_for,
    text_of,
)
from leadline.capture import actions as capture
from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.capture.ports import Asked, Door, SettingsPage, Step, TryAgain
from leadline.channels.linkedin import listing, rest
from leadline.channels.linkedin.access import DEFAULT_VERSION, KEY, OWNER, access_of
from leadline.channels.linkedin.rest import Refused
from leadline.infra import tenancy
from leadline.kit import clock, signing
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say, word
from leadline.workspaces.actor import Actor

PATH = "/hooks/linkedin/{token}"
_VERSION = re.compile(r"20\d{4}")
_LEAD_TYPES = (
    ("SPONSORED", word("Advertisements")),
    ("COMPANY", word("Company page")),
    ("EVENT", word("Events")),
    ("ORGANIZATION_PRODUCT", word("Product pages")),
)
_MOST_NAMES = 20_000


def check(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are stored; Invalid (422) names what is wrong."""
    mode, owner = checked_mode(given), text_of(given, "owner")
    if owner.isascii() and owner.isdigit():
        owner = f"urn:li:sponsoredAccount:{owner}"
    version = text_of(given, "api_version") or DEFAULT_VERSION
    lead_type = text_of(given, "lead_type") or _LEAD_TYPES[0][0]
    names = text_of(given, "names", _MOST_NAMES)
    if owner and not OWNER.fullmatch(owner):
        raise Invalid(say("Write urn:li:sponsoredAccount:… or urn:li:organization:…"), field="settings.owner")
    if mode == "live" and not owner:
        raise Invalid(say("Enter the account before you go live."), field="settings.owner")
    if not _VERSION.fullmatch(version):
        raise Invalid(say("Write the version as year and month, like 202610."), field="settings.api_version")
    if lead_type not in {key for key, _ in _LEAD_TYPES}:
        raise Invalid(say("There is no such kind of lead."), field="settings.lead_type")
    if len(names_in(names)) < sum(bool(line.strip()) for line in names.splitlines()):
        raise Invalid(say("Write one pair a line, like 20987654321 = Roofs."), field="settings.names")
    return {
        "mode": mode,
        "owner": owner,
        "lead_type": lead_type,
        "api_version": version,
        "names": names,
        "history_days": checked_history(given),
        "subscribed": text_of(given, "subscribed", 1000),
    }


def opened(actor: Actor, connection: Connection) -> None:
    """The secrets of a new connection, and its account in the sandbox."""
    made = {SANDBOX_SIGNER: signing.random_token(), "sandbox_token": ads.open_account(connection)}
    capture.change_connection(actor, connection.id, secrets=made)


def test(connection: Connection) -> Sequence[Step]:
    """Try the connection: its secret, its leads, its subscription."""
    access, secrets = access_of(connection), queries.secrets_of(connection)
    known = bool(secret_for(connection.settings, secrets, "client_secret"))
    steps = [
        Step(
            name=word("Client secret"),
            ok=known,
            detail=say("Challenges are answered, and signed deliveries can be verified.")
            if known
            else say("Enter the client secret; without it LinkedIn blocks the address."),
        )
    ]
    try:
        now = clock.now()
        listing.ask(access, now - timedelta(days=1), int(now.timestamp() * 1000), 0, 1)
        steps.append(
            Step(name=word("Access"), ok=True, detail=say("LinkedIn shows the leads of the account."))
        )
        subscribe(connection)
        steps.append(
            Step(name=word("Subscription"), ok=True, detail=say("LinkedIn delivers new leads here."))
        )
    except TryAgain as problem:
        steps.append(Step(name=word("Access"), ok=False, detail=problem.said))
    except Refused as problem:
        steps.append(Step(name=word("Access"), ok=False, detail=str(problem)))
    return steps


def subscribe(connection: Connection) -> None:
    """Let LinkedIn deliver here; once for each owner, kind of lead and address."""
    access = access_of(connection)
    address = settings.PUBLIC_URL + PATH.replace("{token}", queries.token_of(connection))
    wanted = f"{access.owner} {access.lead_type} {address}"
    if connection.settings.get("subscribed") == wanted:
        return
    body = {
        "webhook": address,
        "owner": {access.owner_kind: access.owner},
        "leadType": access.lead_type,
    }
    try:
        rest.post(access, "leadNotifications", body)
    except Refused as problem:
        # It exists already: it was made before, perhaps by another installation.
        if problem.status != 409 and "exist" not in str(problem).lower():
            raise
    with tenancy.workspace(connection.workspace_id):
        row = Connection.objects.select_for_update().get(id=connection.id)
        row.settings = {**row.settings, "subscribed": wanted}
        row.save(update_fields=["settings"])


DOOR = Door(
    channel=KEY,
    label=word("LinkedIn lead forms"),
    path=PATH,
    secrets=("client_secret", "access_token"),
    check=check,
    test=test,
    opened=opened,
    page=SettingsPage(
        intro=word(
            "Whoever fills in a lead form of your advertisement, page or event on LinkedIn becomes a lead."
        ),
        steps=(
            word("In LinkedIn's developer portal create an app and ask for the product Lead Sync."),
            word("Enter the client secret of the app from Auth."),
            word(
                "Make an access token with the scopes r_marketing_leadgen_automation, r_ads and "
                "r_organization_admin. It lives 60 days; Leadline tells you when it has ended."
            ),
            word(
                "Enter the number of the advertising account, or urn:li:organization: and the page's number."
            ),
            word("Choose “Live” and press “Test”: that also subscribes to new leads at this address."),
            word(
                "LinkedIn then asks every two hours whether the address is yours. Leadline answers by itself."
            ),
        ),
        asked=(
            Asked(key="mode", label=word("Where leads come from"), choices=MODE_CHOICES),
            Asked(key="owner", label=word("Account or page")),
            Asked(key="lead_type", label=word("Kind of leads"), choices=_LEAD_TYPES),
            Asked(key="client_secret", label=word("Client secret"), secret=True),
            Asked(key="access_token", label=word("Access token"), secret=True),
            Asked(
                key="names",
                label=word("Names of campaigns"),
                hint=word("One pair a line: the id, an equals sign, the name."),
                lines=True,
            ),
            Asked(
                key="history_days",
                label=word("Days to look back when connecting"),
                hint=word("0 to 90. Older leads are answered like new ones."),
            ),
            Asked(
                key="api_version",
                label=word("API version"),
                hint=word("Year and month. LinkedIn withdraws each after about a year."),
            ),
        ),
        sandbox=f"/sandbox/ads/{KEY}/",
        guide="linkedin",
        catches_up=True,
    ),
)
