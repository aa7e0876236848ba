"""Somebody with a browser: keeps cookies, sends the token that forms need, logs in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

_API = "/api/v1"
_LOGIN = "/_allauth/browser/v1"
_PATIENCE = 30.0


class Browser:
    """One person's session with the running server."""

    def __init__(self, port: int) -> None:
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", timeout=_PATIENCE, trust_env=False, follow_redirects=False
        )

    def is_there(self) -> bool:
        """Whether the server answers."""
        try:
            return self._client.get("/healthz").status_code == 200
        except httpx.HTTPError:
            return False

    def log_in(self, email: str, password: str) -> bool:
        """Log in; whether it worked."""
        answer = self._client.post(
            f"{_LOGIN}/auth/login", json={"email": email, "password": password}, headers=self._token()
        )
        return answer.status_code == 200

    def get(self, path: str, **query: str) -> Any:
        """What the API answers; an HTTPError when it refuses."""
        answer = self._client.get(_API + path, params=query)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: Mapping[str, Any], *, within: float = _PATIENCE) -> httpx.Response:
        """Write through the API; the caller looks at the status."""
        return self._client.post(_API + path, json=dict(body), headers=self._token(), timeout=within)

    def page(self, path: str, **query: str) -> str:
        """A page as text; an HTTPError when it is refused."""
        answer = self._client.get(path, params=query)
        answer.raise_for_status()
        return answer.text

    def send(self, path: str, answers: Mapping[str, str], *, visitor: str = "") -> httpx.Response:
        """Send a form of a page, from the visitor's own address if one is given."""
        headers = {"X-Forwarded-For": visitor} if visitor else self._token()
        return self._client.post(path, data=dict(answers), headers=headers)

    def close(self) -> None:
        """Leave."""
        self._client.close()

    def _token(self) -> dict[str, str]:
        if "csrftoken" not in self._client.cookies:
            self._client.get(f"{_LOGIN}/config")
        return {"X-CSRFToken": self._client.cookies.get("csrftoken") or ""}
