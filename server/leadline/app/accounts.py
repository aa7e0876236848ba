"""How allauth is bent to Leadline: nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from the first-run page and from invitations only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see the first-run page and invitations."""
        return False
