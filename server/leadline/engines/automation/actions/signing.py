"""The secret that calls of a workspace's automations are signed with, as Standard Webhooks says."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from django.db import transaction

from leadline.engines.automation import policy
from leadline.engines.automation.models import SigningSecret
from leadline.infra import tenancy, vault
from leadline.kit import signing
from leadline.workspaces import audit
from leadline.workspaces.actor import Actor

_PREFIX = "whsec_"
_PURPOSE = "signing secrets"


def secret_of_workspace() -> str:
    """The signing secret of the running workspace, made when it is needed first."""
    row = SigningSecret.objects.first()
    if row is None:
        fresh = SigningSecret(sealed=vault.seal(_fresh(), purpose=_PURPOSE))
        SigningSecret.objects.bulk_create([fresh], ignore_conflicts=True)
        row = SigningSecret.objects.get()
    return vault.unseal(row.sealed, purpose=_PURPOSE)


@transaction.atomic
def show_secret(actor: Actor) -> str:
    """The signing secret, for those who may change automations."""
    policy.require_can_change(actor)
    return secret_of_workspace()


@transaction.atomic
def renew_secret(actor: Actor) -> str:
    """Another signing secret; what is signed from now on cannot be checked with the old one."""
    policy.require_can_change(actor)
    secret_of_workspace()
    row = SigningSecret.objects.select_for_update().get()
    fresh = _fresh()
    row.sealed = vault.seal(fresh, purpose=_PURPOSE)
    row.save()
    audit.record(actor, "automation.secret_renewed", "workspace", tenancy.require_current())
    return fresh


def signed_headers(secret: str, *, event_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that prove who sent the body, when, and under which id."""
    stamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signature = signing.hmac_sha256_base64(key, f"{event_id}.{stamp}.".encode() + body)
    return {"webhook-id": event_id, "webhook-timestamp": stamp, "webhook-signature": f"v1,{signature}"}


def _fresh() -> str:
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
