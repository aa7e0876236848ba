"""Every login, good or failed, is written down with its address."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from leadline.workspaces import audit
from leadline.workspaces.models import LoginAttempt, User


def _write(request: HttpRequest | None, email: str, user: User | None, reason: str) -> None:
    LoginAttempt.objects.create(
        email=email.strip().lower()[:254],
        user=user,
        address=audit.request_address.get(),
        agent=(request.headers.get("User-Agent", "") if request else "")[:300],
        succeeded=user is not None,
        reason=reason,
    )


def _good(sender: Any, request: HttpRequest | None = None, user: Any = None, **_: Any) -> None:
    _write(request, user.email, user, "")


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    email = str(credentials.get("email") or credentials.get("username") or "")
    _write(request, email, None, "wrong_password")


def listen() -> None:
    """Start writing logins down; called once when the app is ready."""
    user_logged_in.connect(_good, dispatch_uid="leadline_login")
    user_login_failed.connect(_failed, dispatch_uid="leadline_login_failed")
