"""Connect lead forms of TikTok: what the settings ask for, and what to do there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leadline.ads import actions as ads
from leadline.ads.rules.settings import (
    IN_THE_SANDBOX,
    MODE_CHOICES,
    SANDBOX_SIGNER,
    checked_mode,
    secret_for,
    text_of,
)
from leadline.capture import actions as capture
from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.capture.ports import Asked, Door, SettingsPage, Step
from leadline.channels.tiktok.inbound import DATED, KEY, OPEN
from leadline.kit import signing
from leadline.kit.errors import Invalid
from leadline.kit.sentences import moment, say, word
from leadline.workspaces.actor import Actor

_SCHEMES = ((OPEN, word("X-Open-Signature")), (DATED, word("TikTok-Signature")))


def check(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are stored; Invalid (422) names what is wrong."""
    scheme = text_of(given, "scheme") or OPEN
    if scheme not in (OPEN, DATED):
        raise Invalid(say("There is no such way of signing."), field="settings.scheme")
    return {"mode": checked_mode(given), "scheme": scheme}


def opened(actor: Actor, connection: Connection) -> None:
    """The secret of a new connection, and its account in the sandbox."""
    ads.open_account(connection)
    capture.change_connection(actor, connection.id, secrets={SANDBOX_SIGNER: signing.random_token()})


def test(connection: Connection) -> Sequence[Step]:
    """What can be said without TikTok, which has nothing to be asked for."""
    known = bool(secret_for(connection.settings, queries.secrets_of(connection), "app_secret"))
    seen, live = connection.last_event_at, connection.settings.get("mode") == "live"
    hint = say("Fill in a form of yours as a test.") if live else IN_THE_SANDBOX
    return [
        Step(
            name=word("App secret"),
            ok=known,
            detail=say("Signed deliveries can be verified.") if known else say("Enter the app secret."),
        ),
        Step(
            name=word("A delivery has arrived"),
            ok=seen is not None,
            detail=moment(seen) if seen else hint,
        ),
    ]


DOOR = Door(
    channel=KEY,
    label=word("TikTok lead forms"),
    path="/hooks/tiktok/{token}",
    secrets=("app_secret",),
    check=check,
    test=test,
    opened=opened,
    page=SettingsPage(
        intro=word("Whoever fills in a form of your advertisement on TikTok becomes a lead."),
        steps=(
            word("In TikTok's portal for business developers create an app; its review takes some days."),
            word("Enter the app secret."),
            word("Subscribe to leads with the address from here; the guide shows the call."),
            word(
                "Choose “Live” and fill in a form of yours. If its delivery is refused, choose the other way "
                "of signing."
            ),
            word("A token that is withdrawn ends the deliveries without a word: look here now and then."),
        ),
        asked=(
            Asked(key="mode", label=word("Where leads come from"), choices=MODE_CHOICES),
            Asked(key="scheme", label=word("Way of signing"), choices=_SCHEMES),
            Asked(key="app_secret", label=word("App secret"), secret=True),
        ),
        sandbox=f"/sandbox/ads/{KEY}/",
        guide="tiktok",
    ),
)
