"""The WhatsApp settings of /api/v1."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from ninja import Router, Status

from leadline.capture import queries
from leadline.capture.models import Connection
from leadline.channels.whatsapp import setup
from leadline.channels.whatsapp.graph import DEFAULT_VERSION
from leadline.infra.language import worded
from leadline.infra.web import Shape, calls_out, one_of, showing_current
from leadline.workspaces.requests import ActorRequest
from leadline.workspaces.rules import Right

router = Router(tags=["whatsapp"])


class SecretsSet(Shape):
    """Which secrets are stored; they are never shown."""

    app_secret: bool
    access_token: bool


class NumberOut(Shape):
    """A WhatsApp number."""

    id: UUID
    version: int
    name: str
    phone_number_id: str
    business_account_id: str
    display_phone: str
    api_version: str
    mode: Annotated[str, one_of(("sandbox", "live"))]
    webhook_url: str
    verify_token: str
    secrets_set: SecretsSet
    enabled: bool
    stopped: str
    last_event_at: datetime | None
    last_error: str


class NumberIn(Shape):
    """A number with the credentials of Meta's dashboard."""

    name: str = "WhatsApp"
    phone_number_id: str
    business_account_id: str
    display_phone: str = ""
    api_version: str = ""
    app_secret: str = ""
    access_token: str = ""
    verify_token: str = ""


class NumberPatch(Shape):
    """What to change; a secret that is left out or empty stays as it is."""

    version: int
    name: str | None = None
    phone_number_id: str | None = None
    business_account_id: str | None = None
    display_phone: str | None = None
    api_version: str | None = None
    app_secret: str | None = None
    access_token: str | None = None
    verify_token: str | None = None
    enabled: bool | None = None


class NumberTestStep(Shape):
    """One step of a test."""

    name: str
    ok: bool
    detail: str


class NumberTestOut(Shape):
    """What trying the connection found."""

    ok: bool
    steps: list[NumberTestStep]


def _out(connection: Connection) -> NumberOut:
    chosen, secrets = connection.settings, queries.secrets_of(connection)
    return NumberOut(
        id=connection.id,
        version=connection.version,
        name=connection.name,
        phone_number_id=chosen.get("phone_number_id", ""),
        business_account_id=chosen.get("business_account_id", ""),
        display_phone=chosen.get("display_phone", ""),
        api_version=chosen.get("api_version", DEFAULT_VERSION),
        mode=chosen.get("mode", "live"),
        webhook_url=f"{settings.PUBLIC_URL}/hooks/whatsapp/{queries.token_of(connection)}",
        verify_token=secrets.get("verify_token", ""),
        secrets_set=SecretsSet(
            app_secret=bool(secrets.get("app_secret")), access_token=bool(secrets.get("access_token"))
        ),
        enabled=connection.enabled,
        stopped=worded(chosen.get("stopped", "")),
        last_event_at=connection.last_event_at,
        last_error=worded(connection.last_error),
    )


@router.get("/whatsapp/connections", response=list[NumberOut])
def numbers(request: ActorRequest) -> list[NumberOut]:
    """The WhatsApp numbers of the workspace."""
    request.auth.require(Right.CHANGE_SETTINGS)
    return [_out(connection) for connection in queries.connections(request.auth, setup.KEY)]


@router.post("/whatsapp/connections", response={201: NumberOut})
def create_number(request: ActorRequest, body: NumberIn) -> Status[Any]:
    """Connect a number with real credentials."""
    given = body.model_dump()
    return Status(201, _out(setup.connect(request.auth, body.name, given, given)))


@router.patch("/whatsapp/connections/{connection_id}", response=NumberOut)
def change_number(request: ActorRequest, connection_id: UUID, body: NumberPatch) -> NumberOut:
    """Change a number's settings or credentials, or switch it on and off."""
    given = {k: v for k, v in body.model_dump(exclude_none=True).items() if isinstance(v, str)}
    secrets = {k: v for k, v in given.items() if k in setup.SECRETS}
    plain = {k: v for k, v in given.items() if k not in {*setup.SECRETS, "name"}}
    with showing_current(lambda: _out(queries.connection(request.auth, connection_id))):
        changed = setup.change(
            request.auth,
            connection_id,
            version=body.version,
            name=body.name,
            given=plain,
            secrets=secrets,
            enabled=body.enabled,
        )
    return _out(changed)


@router.post("/whatsapp/connections/{connection_id}/template-syncs", response={202: None})
def create_template_sync(request: ActorRequest, connection_id: UUID) -> Status[Any]:
    """Fetch the number's templates from the provider; they appear under /templates."""
    setup.sync(request.auth, connection_id)
    return Status(202, None)


@router.post(
    "/whatsapp/connections/{connection_id}/tests",
    response=NumberTestOut,
    url_name=calls_out("test_whatsapp_number"),
)
def create_test(request: ActorRequest, connection_id: UUID) -> NumberTestOut:
    """Try the number: can deliveries be verified, does the provider know it, are templates approved."""
    steps = setup.try_number(request.auth, connection_id)
    shown = [NumberTestStep(name=worded(step.name), ok=step.ok, detail=worded(step.detail)) for step in steps]
    return NumberTestOut(ok=all(step.ok for step in steps), steps=shown)
