"""Bodies in and out of the workspaces API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import EmailStr, Field

from leadline.infra.web import Shape
from leadline.workspaces.rules import Role


class CountryOut(Shape):
    """A country and what it presets."""

    code: str
    name: str
    language: str
    timezone: str
    currency: str
    phone_region: str


class LanguageOut(Shape):
    """A language of the interface."""

    code: str
    name: str


class StartOut(Shape):
    """What the first-run page needs."""

    first_run: bool
    sandbox: bool
    countries: list[CountryOut]
    languages: list[LanguageOut]


class StartIn(Shape):
    """The first-run page."""

    company: str = Field(min_length=1, max_length=200)
    country: str
    language: str
    timezone: str
    currency: str
    phone_region: str
    name: str = Field(min_length=1, max_length=200)
    # Checked by kit.email like every address; pydantic refuses the .test domain of demo people.
    email: str = Field(max_length=320)
    password: str = Field(max_length=200)
    sample_data: bool = False


class TeamRef(Shape):
    """A team by name."""

    id: UUID
    name: str


class MemberOut(Shape):
    """A member as colleagues see it."""

    id: UUID
    version: int
    name: str
    email: str
    role: Role
    active: bool
    phone: str
    teams: list[TeamRef]


class UserOut(Shape):
    """One's own settings."""

    language: str
    theme: str
    density: str


class WorkspaceOut(Shape):
    """The company."""

    id: UUID
    version: int
    name: str
    country: str
    language: str
    timezone: str
    currency: str
    phone_region: str


class MeOut(Shape):
    """Who I am here and what I may do."""

    member: MemberOut
    user: UserOut
    workspace: WorkspaceOut
    rights: list[str]
    mfa: bool
    sandbox: bool


class MeIn(Shape):
    """Changes to one's own settings."""

    name: str | None = Field(None, min_length=1, max_length=200)
    phone: str | None = Field(None, max_length=32)
    language: str | None = Field(None, max_length=10)
    theme: Literal["light", "dark", "system"] | None = None
    density: Literal["compact", "comfortable"] | None = None


class WorkspaceIn(Shape):
    """Changes to the company."""

    version: int | None = None
    name: str | None = Field(None, min_length=1, max_length=200)
    country: str | None = None
    language: str | None = None
    timezone: str | None = None
    currency: str | None = None
    phone_region: str | None = None


class MemberIn(Shape):
    """Changes to a member."""

    version: int | None = None
    name: str | None = Field(None, min_length=1, max_length=200)
    phone: str | None = Field(None, max_length=32)
    role: Role | None = None
    active: bool | None = None
    team_ids: list[UUID] | None = None


class TeamOut(Shape):
    """A team and who is in it."""

    id: UUID
    version: int
    name: str
    member_ids: list[UUID]


class TeamIn(Shape):
    """A team to create or change."""

    version: int | None = None
    name: str = Field(min_length=1, max_length=120)
    member_ids: list[UUID] | None = None


class InvitationOut(Shape):
    """An open invitation."""

    id: UUID
    email: str
    name: str
    role: Role
    team_ids: list[UUID]
    invited_by: str | None
    expires_at: datetime
    link: str | None = None


class InvitationIn(Shape):
    """Whom to invite."""

    email: EmailStr
    name: str = Field("", max_length=200)
    role: Role = Role.REP
    team_ids: list[UUID] = []


class InvitedOut(Shape):
    """What somebody sees who opened the link."""

    email: str
    name: str
    workspace: str
    has_login: bool


class AcceptanceIn(Shape):
    """Joining."""

    token: str = Field(max_length=200)
    name: str = Field("", max_length=200)
    password: str = Field(max_length=200)


class ApiKeyOut(Shape):
    """A key; its token only in the answer that made it."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    member_name: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    token: str | None = None


class ApiKeyIn(Shape):
    """A key to make."""

    name: str = Field(min_length=1, max_length=120)
    scopes: list[str]
    expires_at: datetime | None = None


class AuditOut(Shape):
    """Who changed what."""

    id: UUID
    at: datetime
    actor_name: str
    action: str
    object_type: str
    object_id: UUID | None
    # What it is called today; empty for what is gone or has no name.
    object_name: str
    changes: dict[str, Any]
    # What people read: what was done to what, and what the changed parts are called.
    label: str
    labels: dict[str, str]
    address: str | None


class LoginOut(Shape):
    """A good or failed login."""

    id: UUID
    member_name: str
    email: str
    at: datetime
    address: str | None
    agent: str
    succeeded: bool
    reason: str
