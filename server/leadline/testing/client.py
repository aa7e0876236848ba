"""A client of the API that acts as a known person."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leadline.infra import tenancy
from leadline.workspaces.actor import Actor
from leadline.workspaces.door import WORKSPACE_SESSION_KEY
from leadline.workspaces.models import Member

BASE = "/api/v1"


class Api:
    """JSON over /api/v1 as one member, or as nobody; answers are Django responses."""

    def __init__(self, actor: Actor | None = None, *, key: str | None = None) -> None:
        self.client = Client(raise_request_exception=True)
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}
        if actor is not None:
            self._log_in(actor)

    def _log_in(self, actor: Actor) -> None:
        with tenancy.workspace(actor.workspace_id):
            user = Member.objects.select_related("user").get(id=str(actor.member_id)).user
        self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = self.client.session
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[WORKSPACE_SESSION_KEY] = str(actor.workspace_id)
        session.save()

    def get(self, path: str, **query: Any) -> Any:
        """GET; query values that are dicts or lists are sent as JSON."""
        params = {k: json.dumps(v) if isinstance(v, dict | list) else v for k, v in query.items()}
        return self.client.get(BASE + path, params, headers=self.headers)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """POST a JSON body, with an Idempotency-Key if given."""
        return self._send("post", path, body, key)

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Any:
        """POST a file with form fields."""
        body = {"file": SimpleUploadedFile(name, content), **fields}
        return self.client.post(BASE + path, body, headers=self.headers)

    def patch(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """PATCH a JSON body."""
        return self._send("patch", path, body, key)

    def put(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """PUT a JSON body."""
        return self._send("put", path, body, key)

    def delete(self, path: str, *, key: str | None = None) -> Any:
        """DELETE."""
        return self._send("delete", path, None, key)

    def _send(self, verb: str, path: str, body: Any, key: str | None) -> Any:
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        return getattr(self.client, verb)(
            BASE + path,
            json.dumps(body, default=str) if body is not None else "",
            content_type="application/json",
            headers=headers,
        )
