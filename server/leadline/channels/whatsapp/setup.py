"""Connect WhatsApp numbers: the settings, the test button, and the sandbox number of a new workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from leadline.capture import actions as capture
from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.capture.ports import Step
from leadline.channels.whatsapp import graph, syncing, troubles
from leadline.channels.whatsapp.graph import DEFAULT_VERSION, GraphError, NoAnswer
from leadline.infra import tenancy
from leadline.kit import signing
from leadline.kit.errors import Conflict, Invalid, NotFound
from leadline.kit.sentences import say, word
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

KEY = "whatsapp"
SECRETS = ("app_secret", "access_token", "verify_token")
_IDS = ("phone_number_id", "business_account_id")
_SETTINGS = (*_IDS, "display_phone", "api_version")


def connect(actor: Actor, name: str, given: Mapping[str, str], secrets: Mapping[str, str]) -> Connection:
    """A number with real credentials; its verify token is made here when none is given."""
    actor.require(Right.CHANGE_SETTINGS)
    missing = next((key for key in _IDS if not given.get(key, "").strip()), None)
    if missing:
        raise Invalid(
            say("Enter the {value} from Meta's dashboard.", value=missing.replace("_", " ")), field=missing
        )
    chosen = _clean(given)
    _refuse_twice(actor, chosen["phone_number_id"], None)
    kept = {key: value.strip() for key, value in secrets.items() if key in SECRETS and value.strip()}
    kept.setdefault("verify_token", signing.random_token())
    made = capture.open_connection(
        actor, channel=KEY, name=name.strip() or "WhatsApp", settings={**chosen, "mode": "live"}, secrets=kept
    )
    if "access_token" in kept:
        _sync_later(actor, made)
    return made


def change(
    actor: Actor,
    connection_id: UUID,
    *,
    version: int,
    name: str | None = None,
    given: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    enabled: bool | None = None,
) -> Connection:
    """Change a number's settings; anything that may repair it lets it send again."""
    actor.require(Right.CHANGE_SETTINGS)
    connection = connection_of(actor, connection_id)
    settings = {**connection.settings, **_clean(given or {})}
    if given and given.get("phone_number_id"):
        _refuse_twice(actor, settings["phone_number_id"], connection_id)
    kept = {key: value.strip() for key, value in (secrets or {}).items() if value and value.strip()}
    if kept or given or enabled:
        settings.pop("stopped", None)
    changed = capture.change_connection(
        actor, connection_id, version=version, name=name, settings=settings, secrets=kept, enabled=enabled
    )
    if "stopped" in connection.settings and "stopped" not in settings:
        capture.note_error(changed, "")
    if "access_token" in kept:
        _sync_later(actor, changed)
    return changed


def connection_of(actor: Actor, connection_id: UUID) -> Connection:
    """One WhatsApp number of the workspace; NotFound (404) for any other connection."""
    found = queries.connection(actor, connection_id)
    if found.channel != KEY:
        raise NotFound("There is no WhatsApp number with this id.")
    return found


def sync(actor: Actor, connection_id: UUID) -> None:
    """Fetch the number's templates soon."""
    actor.require(Right.CHANGE_SETTINGS)
    _sync_later(actor, connection_of(actor, connection_id))


def try_number(actor: Actor, connection_id: UUID) -> list[Step]:
    """Try a number: its secret, the provider, its templates; call it outside every transaction."""
    actor.require(Right.CHANGE_SETTINGS)
    with tenancy.workspace(actor.workspace_id):
        connection = connection_of(actor, connection_id)
    return steps_of_test(connection)


def steps_of_test(connection: Connection) -> list[Step]:
    """Try the connection: its secret, the number, its templates; reads nothing but the connection."""
    access, secrets = graph.access_of(connection), queries.secrets_of(connection)
    steps = [
        Step(
            name=word("App secret"),
            ok=bool(secrets.get("app_secret")),
            detail=word("Signed deliveries can be verified.")
            if secrets.get("app_secret")
            else word("Enter the app secret from Meta's dashboard; without it every delivery is refused."),
        )
    ]
    try:
        number = graph.get(access, access.phone_number_id, fields="display_phone_number,verified_name")
        found = f"{number.get('verified_name') or connection.name} {number.get('display_phone_number') or ''}"
        steps.append(Step(name=word("Number"), ok=True, detail=found.strip()))
        templates = syncing.fetch(access)
        usable = sum(template.state == "approved" for template in templates)
        steps.append(
            Step(
                name=word("Templates"),
                ok=usable > 0,
                detail=say("{usable} of {all} templates are approved.", usable=usable, all=len(templates)),
            )
        )
    except GraphError as error:
        remedy = troubles.remedy(error.trouble.code, error.status)
        steps.append(Step(name=word("Access"), ok=False, detail=remedy.text))
    except NoAnswer as problem:
        why = say("WhatsApp does not answer: {problem}", problem=str(problem))
        steps.append(Step(name=word("Access"), ok=False, detail=why))
    return steps


def _clean(given: Mapping[str, str]) -> dict[str, Any]:
    found = {key: given[key].strip()[:100] for key in _SETTINGS if given.get(key, "").strip()}
    version = found.get("api_version", DEFAULT_VERSION)
    if not version.startswith("v") or not version[1:].replace(".", "", 1).isdigit():
        raise Invalid("Write the version like v25.0.", field="api_version")
    return found


def _refuse_twice(actor: Actor, phone_number_id: str, own: UUID | None) -> None:
    for row in queries.connections(actor, KEY):
        if row.settings.get("phone_number_id") == phone_number_id and row.id != own:
            raise Conflict(
                say("This number is connected already as “{name}”.", name=row.name), field="phone_number_id"
            )


def _sync_later(actor: Actor, connection: Connection) -> None:
    syncing.sync_templates.later(workspace_id=str(actor.workspace_id), connection_id=str(connection.id))
