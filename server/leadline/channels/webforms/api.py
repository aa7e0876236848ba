"""The form builder."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from ninja import Router, Status
from pydantic import Field

from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.channels.webforms import pages, samples
from leadline.channels.webforms.adapters import OWN_FORM
from leadline.channels.webforms.forms import Form, checked
from leadline.channels.webforms.mapping import Why
from leadline.engines.schema import queries as schema
from leadline.infra.web import Shape, one_of, showing_current
from leadline.kit.errors import Invalid, NotFound
from leadline.kit.sentences import say
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["forms"])


class FormIn(Form):
    """A new form."""

    id: UUID | None = None
    name: str = Field(min_length=1, max_length=120)
    enabled: bool = True


class FormPatch(Shape):
    """What to change on a form; `settings` fields not named stay as they are."""

    version: int | None = None
    name: str | None = Field(None, min_length=1, max_length=120)
    enabled: bool | None = None
    title: str | None = None
    intro: str | None = None
    fields: list[dict[str, Any]] | None = None
    button: str | None = None
    thank_you: str | None = None
    consent_text: str | None = None
    consent_required: bool | None = None
    redirect_hosts: list[str] | None = None
    allowed_origins: list[str] | None = None
    source: str | None = None
    campaign: str | None = None
    kind: str | None = None
    language: str | None = None
    proof_of_work: bool | None = None
    offer: str | None = None
    download_url: str | None = None


class FormOut(Form):
    """A form, where it is found, and the markup to paste."""

    id: UUID
    version: int
    name: str
    enabled: bool
    created_at: datetime
    last_event_at: datetime | None
    public_url: str
    embed_html: str
    iframe_html: str
    submissions: int


class SampleIn(Shape):
    """A delivery of a form tool, as text."""

    body: str = Field(min_length=1, max_length=100_000)


class SampleFieldOut(Shape):
    """One answer of a sample, where it would go, and what says so."""

    label: str
    answer: str
    target: str
    why: Annotated[str, one_of(Why)]


class SampleOut(Shape):
    """A delivery field by field; no fields while nothing has come or it cannot be read."""

    tool: str
    received_at: datetime | None
    fields: list[SampleFieldOut]


@router.get("/form-hooks/{connection_id}/sample", response=SampleOut)
def read_sample(request: ActorRequest, connection_id: UUID) -> SampleOut:
    """What the form tool sent last, and where each answer goes."""
    return _sample(samples.newest(request.auth, connection_id))


@router.post("/form-hooks/{connection_id}/sample", response=SampleOut)
def try_sample(request: ActorRequest, connection_id: UUID, body: SampleIn) -> SampleOut:
    """Where the answers of a pasted sample would go; nothing is kept."""
    return _sample(samples.pasted(request.auth, connection_id, body.body))


@router.get("/forms", response=list[FormOut])
def list_forms(request: ActorRequest) -> list[FormOut]:
    """The workspace's forms, oldest first."""
    rows = doors.connections(request.auth, OWN_FORM)
    counts = doors.submission_counts(request.auth, [row.id for row in rows])
    return [_out(row, counts.get(row.id, 0)) for row in rows]


@router.post("/forms", response={201: FormOut})
def create_form(request: ActorRequest, body: FormIn) -> Status[FormOut]:
    """Open a new form; it can be filled in at once."""
    form = Form.model_validate(body.model_dump(exclude={"id", "name", "enabled"}))
    _require_known_fields(form)
    made = capture.open_connection(
        request.auth,
        channel=OWN_FORM,
        name=body.name,
        settings=form.model_dump(),
        enabled=body.enabled,
        connection_id=body.id,
    )
    return Status(201, _out(made, 0))


@router.get("/forms/{form_id}", response=FormOut)
def read_form(request: ActorRequest, form_id: UUID) -> FormOut:
    """One form."""
    return _with_count(request, _form(request, form_id))


@router.patch("/forms/{form_id}", response=FormOut)
def change_form(request: ActorRequest, form_id: UUID, body: FormPatch) -> FormOut:
    """Change a form; pages that are open keep working."""
    connection = _form(request, form_id)
    given = body.model_dump(exclude_unset=True, exclude={"version", "name", "enabled"})
    form = checked(Form, {**connection.settings, **given})
    _require_known_fields(form)
    with showing_current(lambda: read_form(request, form_id)):
        changed = capture.change_connection(
            request.auth,
            form_id,
            version=body.version,
            name=body.name,
            enabled=body.enabled,
            settings=form.model_dump(),
        )
    return _with_count(request, changed)


@router.delete("/forms/{form_id}", response={204: None})
def delete_form(request: ActorRequest, form_id: UUID) -> Status[None]:
    """Close a form for good; what came through it stays."""
    _form(request, form_id)
    capture.close_connection(request.auth, form_id)
    return Status(204, None)


def _sample(sample: samples.Sample) -> SampleOut:
    return SampleOut(
        tool=sample.tool,
        received_at=sample.received_at,
        fields=[
            SampleFieldOut(label=one.label, answer=one.answer[:300], target=one.target, why=one.why)
            for one in sample.places
        ],
    )


def _form(request: ActorRequest, form_id: UUID) -> Connection:
    connection = doors.connection(request.auth, form_id)
    if connection.channel != OWN_FORM:
        raise NotFound("There is no form with this id.")
    return connection


def _require_known_fields(form: Form) -> None:
    custom = [field.key for field in form.fields if field.key.startswith("custom.")]
    known = schema.fields_named("lead", custom) if custom else {}
    for key in custom:
        if key not in known:
            raise Invalid(
                say("There is no field “{key}”. Add it in the settings first.", key=key), field="fields"
            )


def _with_count(request: ActorRequest, connection: Connection) -> FormOut:
    counts = doors.submission_counts(request.auth, [connection.id])
    return _out(connection, counts.get(connection.id, 0))


def _out(connection: Connection, submissions: int) -> FormOut:
    form = Form.model_validate(connection.settings)
    address = f"{settings.PUBLIC_URL}/f/{doors.token_of(connection)}"
    return FormOut(
        **form.model_dump(),
        id=connection.id,
        version=connection.version,
        name=connection.name,
        enabled=connection.enabled,
        created_at=connection.created_at,
        last_event_at=connection.last_event_at,
        public_url=address,
        embed_html=pages.snippet(form, address, f"{address}/embed.js"),
        iframe_html=pages.iframe(form, address),
        submissions=submissions,
    )
