"""The shapes of capture's API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from leadline.capture import rules
from leadline.infra.web import Page, Shape, one_of


class SubmissionOut(Shape):
    """One row of the integration log."""

    id: UUID
    version: int
    channel: str
    connection_id: UUID | None
    connection_name: str
    natural_key: str
    received_at: datetime
    state: Annotated[str, one_of(rules.State)]
    reason: str
    spam: bool
    attempts: int
    lead_id: UUID | None
    contact_id: UUID | None
    next_try_at: datetime | None


class SubmissionPage(Page[SubmissionOut]):
    """The integration log with the number of submissions in each state."""

    counts: dict[str, int]


class SubmissionDetail(SubmissionOut):
    """A submission with its body as text, secrets hidden, what the provider added, and what became of it."""

    body: str
    fetched: str
    size: int
    content_type: str
    headers: dict[str, str]
    result: dict[str, Any]


class RetriesIn(Shape):
    """Which submissions to try again."""

    state: str


class RetriesOut(Shape):
    """How many submissions were queued."""

    queued: int


class DismissalIn(Shape):
    """Why the submission is put aside."""

    spam: bool = False


class ConnectionIn(Shape):
    """A new door."""

    id: UUID | None = None
    channel: str = Field(max_length=30)
    name: str = Field(min_length=1, max_length=120)
    settings: dict[str, Any] = Field(default_factory=dict)
    secrets: dict[str, str] = Field(default_factory=dict)
    enabled: bool = True


class ConnectionPatch(Shape):
    """What to change on a door; an empty secret removes it."""

    version: int | None = None
    name: str | None = Field(None, min_length=1, max_length=120)
    settings: dict[str, Any] | None = None
    secrets: dict[str, str] | None = None
    enabled: bool | None = None


class ConnectionOut(Shape):
    """A door: never its secrets, only which are set; `pasted` are those made here for the provider."""

    id: UUID
    version: int
    channel: str
    label: str
    name: str
    enabled: bool
    state: Annotated[str, one_of(("off", "error", "ok", "waiting"))]
    last_event_at: datetime | None
    last_error: str
    rests_until: datetime | None
    settings: dict[str, Any]
    secrets_set: dict[str, bool]
    pasted: dict[str, str]
    url: str


class StepOut(Shape):
    """One step of trying a connection."""

    name: str
    ok: bool
    detail: str


class TestOut(Shape):
    """How trying a connection went."""

    ok: bool
    steps: list[StepOut]


class AskedChoiceOut(Shape):
    """One value and its words."""

    value: str
    label: str


class AskedOut(Shape):
    """Something a channel's settings page asks for."""

    key: str
    label: str
    hint: str
    secret: bool
    lines: bool
    choices: list[AskedChoiceOut]


class PastedOut(Shape):
    """Something made here that is pasted at the provider; its value is in the connection's `pasted`."""

    key: str
    label: str


class IntegrationOut(Shape):
    """A channel with a settings page of its own, in the reader's language."""

    channel: str
    label: str
    intro: str
    steps: list[str]
    asked: list[AskedOut]
    pasted: list[PastedOut]
    sandbox: str
    guide: str
    catches_up: bool
