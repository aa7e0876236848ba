"""Connect a page: what the settings ask for, what to do at Meta, and the test button."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from leadline.ads import actions as ads
from leadline.ads.rules import plain, records
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
from leadline.channels.meta_ads import graph, listing
from leadline.channels.meta_ads.access import DEFAULT_VERSION, KEY, Access, access_of, is_live
from leadline.channels.meta_ads.graph import Refused
from leadline.kit import signing
from leadline.kit.errors import Invalid
from leadline.kit.sentences import count, say, word
from leadline.workspaces.actor import Actor

_VERSION = re.compile(r"v\d{1,3}(\.\d{1,3})?")
_DIGITS = re.compile(r"\d{1,30}")


def check(given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they are stored; Invalid (422) names what is wrong."""
    page_id = text_of(given, "page_id")
    version = text_of(given, "api_version") or DEFAULT_VERSION
    mode = checked_mode(given)
    if page_id and not _DIGITS.fullmatch(page_id):
        raise Invalid(say("A page id is a number."), field="settings.page_id")
    if mode == "live" and not page_id:
        raise Invalid(say("Enter the page id before you go live."), field="settings.page_id")
    if not _VERSION.fullmatch(version):
        raise Invalid(say("Write the version like v25.0."), field="settings.api_version")
    return {
        "mode": mode,
        "page_id": page_id,
        "api_version": version,
        "history_days": checked_history(given),
    }


def opened(actor: Actor, connection: Connection) -> None:
    """The tokens of a new connection, and its account in the sandbox."""
    given = queries.secrets_of(connection)
    made = {
        "verify_token": given.get("verify_token") or signing.random_token(),
        SANDBOX_SIGNER: signing.random_token(),
        "sandbox_token": ads.open_account(connection),
    }
    capture.change_connection(actor, connection.id, secrets=made)


def test(connection: Connection) -> Sequence[Step]:
    """Try the connection: its secret, its page, the page's subscription, its forms."""
    access, secrets = access_of(connection), queries.secrets_of(connection)
    signed = bool(secret_for(connection.settings, secrets, "app_secret"))
    steps = [
        Step(
            name=word("App secret"),
            ok=signed,
            detail=say("Signed deliveries can be verified.")
            if signed
            else say("Enter the app secret from Meta's dashboard; without it every delivery is refused."),
        )
    ]
    try:
        name = plain(graph.get(access, access.page_id, fields="id,name").body.get("name"))
        steps.append(Step(name=word("Page"), ok=True, detail=name or access.page_id))
        steps.append(_subscription(access))
        found = listing.forms(access)
        steps.append(
            Step(
                name=word("Forms"),
                ok=bool(found),
                detail=count(len(found), "{n} form is found.", "{n} forms are found."),
            )
        )
    except TryAgain as problem:
        steps.append(Step(name=word("Access"), ok=False, detail=problem.said))
    except Refused as problem:
        steps.append(Step(name=word("Access"), ok=False, detail=str(problem)))
    if is_live(connection) and connection.last_event_at is None:
        steps.append(
            Step(name=word("A delivery has arrived"), ok=False, detail=say("Send a test lead from Meta."))
        )
    return steps


def _subscription(access: Access) -> Step:
    """Without the app on the page Meta delivers nothing and says nothing; so it is put there."""
    path = f"{access.page_id}/subscribed_apps"
    if not _subscribed(access, path):
        graph.post(access, path, subscribed_fields="leadgen")
    done = _subscribed(access, path)
    return Step(
        name=word("Subscription"),
        ok=done,
        detail=say("The page sends its leads to your app.")
        if done
        else say("The page does not send its leads to your app. Subscribe the page to “leadgen”."),
    )


def _subscribed(access: Access, path: str) -> bool:
    apps = records(graph.get(access, path).body.get("data"))
    return any("leadgen" in (app.get("subscribed_fields") or ()) for app in apps)


DOOR = Door(
    channel=KEY,
    label=word("Facebook and Instagram lead ads"),
    path="/hooks/meta-ads/{token}",
    secrets=("app_secret", "access_token", "verify_token"),
    check=check,
    test=test,
    opened=opened,
    page=SettingsPage(
        intro=word("Whoever fills in a form of your advertisement on Facebook or Instagram becomes a lead."),
        steps=(
            word("In Meta's dashboard for developers, create an app with the product Webhooks."),
            word("Enter the app secret from App settings, Basic."),
            word(
                "In the Business settings, give a system user your page and create a token with the "
                "permissions leads_retrieval, pages_show_list, pages_read_engagement, pages_manage_metadata "
                "and ads_management. Enter the token of the page."
            ),
            word("Under Webhooks, Page: enter the address and the verify token, and subscribe to “leadgen”."),
            word("In the Leads Access Manager, give your app access to the leads of the page."),
            word("Choose “Live” and press “Test”: that also subscribes the page."),
        ),
        asked=(
            Asked(key="mode", label=word("Where leads come from"), choices=MODE_CHOICES),
            Asked(key="page_id", label=word("Page id"), hint=word("In the page's About, Page transparency.")),
            Asked(key="app_secret", label=word("App secret"), secret=True),
            Asked(key="access_token", label=word("Access token of the page"), secret=True),
            Asked(
                key="history_days",
                label=word("Days to look back when connecting"),
                hint=word("0 to 90. Older leads are answered like new ones."),
            ),
            Asked(key="api_version", label=word("API version")),
        ),
        pasted=(("verify_token", word("Verify token")),),
        sandbox=f"/sandbox/ads/{KEY}/",
        guide="meta-ads",
        catches_up=True,
    ),
)
