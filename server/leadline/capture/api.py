"""The integration log, and the doors of the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings as installation
from ninja import Router, Status
from pydantic import Field

from leadline.capture import actions, queries, rules
from leadline.capture.models import Connection, Submission
from leadline.capture.ports import Door, SettingsPage, door_for, doors_with_page
from leadline.capture.shapes import (
    AskedChoiceOut,
    AskedOut,
    ConnectionIn,
    ConnectionOut,
    ConnectionPatch,
    DismissalIn,
    IntegrationOut,
    PastedOut,
    RetriesIn,
    RetriesOut,
    StepOut,
    SubmissionDetail,
    SubmissionOut,
    SubmissionPage,
    TestOut,
)
from leadline.engines.timeline.ports import SENTENCE
from leadline.infra.language import told, worded
from leadline.infra.web import calls_out, showing_current
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor
from leadline.workspaces.requests import ActorRequest
from leadline.workspaces.rules import Right

router = Router(tags=["capture"])


@router.get("/submissions", response=SubmissionPage)
def list_submissions(
    request: ActorRequest,
    state: str | None = None,
    channel: str | None = None,
    connection_id: UUID | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> SubmissionPage:
    """The integration log, newest first."""
    if state is not None and state not in set(rules.State):
        raise Invalid(f"state is one of {', '.join(rules.State)}.", field="state")
    found = queries.submissions(
        request.auth, state=state, channel=channel, connection_id=connection_id, cursor=cursor, limit=limit
    )
    return SubmissionPage(
        items=[SubmissionOut(**_row(row)) for row in found.items],
        next_cursor=found.next_cursor,
        counts=found.counts,
        total=found.total,
    )


@router.post("/submissions/retries", response={202: RetriesOut})
def retry_submissions(request: ActorRequest, body: RetriesIn) -> Status[RetriesOut]:
    """Understand again up to a thousand submissions of one state."""
    return Status(202, RetriesOut(queued=actions.retry_all(request.auth, body.state)))


@router.get("/submissions/{submission_id}", response=SubmissionDetail)
def read_submission(request: ActorRequest, submission_id: UUID) -> SubmissionDetail:
    """One submission as it arrived."""
    return _detail(queries.submission(request.auth, submission_id))


@router.post("/submissions/{submission_id}/retries", response={202: SubmissionDetail})
def retry_submission(request: ActorRequest, submission_id: UUID) -> Status[SubmissionDetail]:
    """Understand the submission again."""
    return Status(202, _detail(actions.retry(request.auth, submission_id)))


@router.post("/submissions/{submission_id}/dismissals", response={201: SubmissionDetail})
def dismiss_submission(
    request: ActorRequest, submission_id: UUID, body: DismissalIn | None = None
) -> Status[SubmissionDetail]:
    """Put the submission aside, or mark it as spam."""
    put_aside = actions.mark_spam if body is not None and body.spam else actions.discard
    return Status(201, _detail(put_aside(request.auth, submission_id)))


@router.get("/connections", response=list[ConnectionOut])
def list_connections(request: ActorRequest, channel: str | None = None) -> list[ConnectionOut]:
    """The workspace's doors."""
    return [_connection(request.auth, row) for row in queries.connections(request.auth, channel)]


@router.post("/connections", response={201: ConnectionOut})
def create_connection(request: ActorRequest, body: ConnectionIn) -> Status[ConnectionOut]:
    """Open a door."""
    door = actions.door_of(body.channel)
    _require_known_secrets(door, body.secrets)
    made = actions.open_connection(
        request.auth,
        channel=body.channel,
        name=body.name,
        settings=door.check(body.settings),
        secrets=body.secrets,
        enabled=body.enabled,
        connection_id=body.id,
    )
    if door.opened is not None:
        door.opened(request.auth, made)
    return Status(201, _connection(request.auth, queries.connection(request.auth, made.id)))


@router.patch("/connections/{connection_id}", response=ConnectionOut)
def change_connection(request: ActorRequest, connection_id: UUID, body: ConnectionPatch) -> ConnectionOut:
    """Change a door."""
    connection = queries.connection(request.auth, connection_id)
    door = actions.door_of(connection.channel)
    _require_known_secrets(door, body.secrets or {})
    settings = None if body.settings is None else door.check({**connection.settings, **body.settings})
    with showing_current(lambda: _connection(request.auth, queries.connection(request.auth, connection_id))):
        changed = actions.change_connection(
            request.auth,
            connection_id,
            version=body.version,
            name=body.name,
            settings=settings,
            secrets=body.secrets,
            enabled=body.enabled,
        )
    return _connection(request.auth, changed)


@router.delete("/connections/{connection_id}", response={204: None})
def close_connection(request: ActorRequest, connection_id: UUID) -> Status[None]:
    """Close a door for good; what came through it stays."""
    actions.door_of(queries.connection(request.auth, connection_id).channel)
    actions.close_connection(request.auth, connection_id)
    return Status(204, None)


@router.post("/connections/{connection_id}/tests", response=TestOut, url_name=calls_out("test_connection"))
def test_connection(request: ActorRequest, connection_id: UUID) -> TestOut:
    """Try the door."""
    steps = actions.try_connection(request.auth, connection_id)
    shown = [StepOut(name=worded(step.name), ok=step.ok, detail=worded(step.detail)) for step in steps]
    return TestOut(ok=all(step.ok for step in steps), steps=shown)


@router.get("/integrations", response=list[IntegrationOut])
def list_integrations(request: ActorRequest) -> list[IntegrationOut]:
    """The channels with a settings page of their own, and what their pages say."""
    request.auth.require(Right.SEE_CAPTURE)
    return [_integration(door, door.page) for door in doors_with_page() if door.page is not None]


def _require_known_secrets(door: Door, secrets: Mapping[str, str]) -> None:
    for name in secrets:
        if name not in door.secrets:
            raise Invalid(
                say("There is no secret “{name}”.", name=name[:60]),
                code="unknown_field",
                field=f"secrets.{name}",
            )


def _row(row: Submission) -> dict[str, Any]:
    names = SubmissionOut.model_fields.keys() - {"connection_name", "reason"}
    return {
        **{name: getattr(row, name) for name in names},
        "reason": told(row.result.get(SENTENCE), row.reason) if row.reason else "",
        "connection_name": row.connection.name if row.connection is not None else "",
    }


def _detail(row: Submission) -> SubmissionDetail:
    return SubmissionDetail(
        **_row(row),
        body=rules.shown_body(bytes(row.body)),
        fetched=rules.shown_body(bytes(row.fetched or b"")),
        size=len(row.body),
        content_type=row.content_type,
        headers=row.headers,
        result={key: value for key, value in row.result.items() if key != SENTENCE},
    )


def _integration(door: Door, page: SettingsPage) -> IntegrationOut:
    return IntegrationOut(
        channel=door.channel,
        label=worded(door.label),
        intro=worded(page.intro),
        steps=[worded(step) for step in page.steps],
        asked=[
            AskedOut(
                key=one.key,
                label=worded(one.label),
                hint=worded(one.hint),
                secret=one.secret,
                lines=one.lines,
                choices=[AskedChoiceOut(value=value, label=worded(label)) for value, label in one.choices],
            )
            for one in page.asked
        ],
        pasted=[PastedOut(key=key, label=worded(label)) for key, label in page.pasted],
        sandbox=page.sandbox if installation.ENV.sandbox else "",
        guide=page.guide,
        catches_up=page.catches_up,
    )


def _connection(actor: Actor, row: Connection) -> ConnectionOut:
    door = door_for(row.channel)
    known = queries.secrets_of(row)
    page = door.page if door else None
    pasted = page.pasted if page is not None and actor.may(Right.CHANGE_CAPTURE) else ()
    state = (
        "off" if not row.enabled else "error" if row.last_error else "ok" if row.last_event_at else "waiting"
    )
    path = door.path.replace("{token}", queries.token_of(row)) if door else ""
    return ConnectionOut(
        id=row.id,
        version=row.version,
        channel=row.channel,
        label=worded(door.label) if door else row.channel,
        name=row.name,
        enabled=row.enabled,
        state=state,
        last_event_at=row.last_event_at,
        last_error=worded(row.last_error),
        rests_until=row.rests_until,
        settings=row.settings,
        pasted={name: known.get(name, "") for name, _ in pasted},
        secrets_set={name: bool(known.get(name)) for name in (door.secrets if door else known)},
        url=installation.PUBLIC_URL + path if path else "",
    )
