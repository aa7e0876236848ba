"""Remember forms, so that a lead can be read with the words of its form even when the platform is busy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leadline.ads.models import AdForm
from leadline.capture.models import Connection
from leadline.infra import tenancy
from leadline.kit import clock


def keep_form(connection: Connection, form_id: str, name: str, content: Mapping[str, Any]) -> None:
    """Keep what the platform says about a form; opens its own transaction."""
    with tenancy.workspace(connection.workspace_id):
        AdForm.objects.update_or_create(
            connection=connection,
            form_id=form_id[:100],
            defaults={"name": name[:300], "content": dict(content), "read_at": clock.now()},
        )
