"""Roles and what they may do."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member is in the workspace."""

    OWNER = "owner"
    ADMIN = "admin"
    MANAGER = "manager"
    REP = "rep"
    MARKETING = "marketing"
    READ_ONLY = "read_only"


class Right(StrEnum):
    """One thing somebody may or may not do; also the scopes of API keys."""

    SEE_LEADS = "leads:read"
    CHANGE_LEADS = "leads:write"
    DELETE_LEADS = "leads:delete"
    SEND_MESSAGES = "messages:send"
    SEE_SETTINGS = "settings:read"
    CHANGE_SETTINGS = "settings:write"
    SEE_CAPTURE = "capture:read"
    CHANGE_CAPTURE = "capture:write"
    CHANGE_AUTOMATIONS = "automations:write"
    MANAGE_MEMBERS = "members:write"
    SEE_AUDIT = "audit:read"


class Scope(StrEnum):
    """Which rows a role reaches."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


_EVERYONE = frozenset({Right.SEE_LEADS})
_REP = _EVERYONE | {Right.CHANGE_LEADS, Right.SEND_MESSAGES}
_MANAGER = _REP | {
    Right.DELETE_LEADS,
    Right.SEE_SETTINGS,
    Right.SEE_CAPTURE,
    Right.CHANGE_CAPTURE,
    Right.SEE_AUDIT,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ADMIN: frozenset(Right),
    Role.MANAGER: frozenset(_MANAGER),
    Role.REP: frozenset(_REP),
    Role.MARKETING: frozenset(
        _EVERYONE | {Right.CHANGE_LEADS, Right.SEE_SETTINGS, Right.SEE_CAPTURE, Right.CHANGE_CAPTURE}
    ),
    Role.READ_ONLY: _EVERYONE,
}

# A rep sees the own leads and those of the own teams; everybody else sees all.
SCOPES: dict[Role, Scope] = {
    Role.OWNER: Scope.ALL,
    Role.ADMIN: Scope.ALL,
    Role.MANAGER: Scope.ALL,
    Role.REP: Scope.TEAM,
    Role.MARKETING: Scope.ALL,
    Role.READ_ONLY: Scope.ALL,
}


def may_grant(granting: Role, granted: Role) -> bool:
    """Only an owner makes owners; admins give every other role."""
    if granting is Role.OWNER:
        return True
    return granting is Role.ADMIN and granted is not Role.OWNER
