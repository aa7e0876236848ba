"""Connect lead forms of Google Ads: an address and a key to paste, and names for ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from leadline.ads import actions as ads
from leadline.ads.rules import names_in
from leadline.ads.rules.settings import IN_THE_SANDBOX, MODE_CHOICES, checked_mode, text_of
from leadline.capture import actions as capture
from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.capture.ports import Asked, Door, SettingsPage, Step
from leadline.channels.google_ads.reading import KEY
from leadline.channels.google_ads.webhook import KEY_FIELD
from leadline.kit import signing
from leadline.kit.errors import Invalid
from leadline.kit.sentences import moment, say, word
from leadline.workspaces.actor import Actor

_MOST_NAMES = 20_000


def check(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are stored; Invalid (422) names what is wrong."""
    names = text_of(given, "names", _MOST_NAMES)
    if len(names_in(names)) < sum(bool(line.strip()) for line in names.splitlines()):
        raise Invalid(say("Write one pair a line, like 20987654321 = Roofs."), field="settings.names")
    return {"mode": checked_mode(given), "names": names}


def opened(actor: Actor, connection: Connection) -> None:
    """The key of a new connection, and its account in the sandbox."""
    ads.open_account(connection)
    key = queries.secrets_of(connection).get(KEY_FIELD) or signing.random_token(18)
    capture.change_connection(actor, connection.id, secrets={KEY_FIELD: key})


def test(connection: Connection) -> Sequence[Step]:
    """What can be said without Google, which is never asked anything."""
    live = connection.settings.get("mode") == "live"
    https = str(settings.PUBLIC_URL).startswith("https://")
    seen = connection.last_event_at
    hint = say("Press “Send test data” in the lead form of Google Ads.") if live else IN_THE_SANDBOX
    steps = [
        Step(name=word("Key"), ok=bool(queries.secrets_of(connection).get(KEY_FIELD))),
        Step(
            name=word("A delivery has arrived"),
            ok=seen is not None,
            detail=moment(seen) if seen else hint,
        ),
    ]
    if live:
        why = say("Google delivers to https only. Set LEADLINE_PUBLIC_URL to an https address.")
        steps.insert(
            1, Step(name=word("The address begins with https"), ok=https, detail="" if https else why)
        )
    return steps


DOOR = Door(
    channel=KEY,
    label=word("Google Ads lead forms"),
    path="/hooks/google-ads/{token}",
    secrets=(KEY_FIELD,),
    check=check,
    test=test,
    opened=opened,
    page=SettingsPage(
        intro=word("Whoever fills in the form under your advertisement on Google becomes a lead."),
        steps=(
            word("In Google Ads, open the lead form under Assets and go to “Export leads from Google Ads”."),
            word("Choose “Other data integration options” and enter the address and the key from here."),
            word("Press “Send test data”: it appears in the integration log and bothers nobody."),
            word(
                "Google tells ids only. Write the names of your campaigns and forms beside their ids, "
                "so that leads show them."
            ),
            word("Choose “Live”. Give every form its own connection if different people answer its leads."),
        ),
        asked=(
            Asked(key="mode", label=word("Where leads come from"), choices=MODE_CHOICES),
            Asked(
                key="names",
                label=word("Names of campaigns, ad groups and forms"),
                hint=word("One pair a line: the id, an equals sign, the name."),
                lines=True,
            ),
        ),
        pasted=((KEY_FIELD, word("Key")),),
        sandbox=f"/sandbox/ads/{KEY}/",
        guide="google-ads",
    ),
)
