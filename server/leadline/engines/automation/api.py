"""Automations, their runs, and what they can be made of."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from leadline.engines.automation import actions, showing, showing_recipes, showing_tries
from leadline.engines.automation.shapes import (
    AutomationChange,
    AutomationIn,
    AutomationOut,
    OffersOut,
    RecipeOut,
    RunOut,
    SigningSecretOut,
)
from leadline.engines.automation.trying_shapes import (
    AutomationDryRunIn,
    AutomationDryRunOut,
    AutomationTestIn,
    EditionOut,
    RehearsedRunOut,
    RestorationIn,
    RunChange,
)
from leadline.infra.web import Page, showing_current
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["automations"])
State = Literal["running", "waiting", "done", "failed", "cancelled", "skipped"]


@router.get("/automations", response=list[AutomationOut])
def list_automations(request: ActorRequest) -> list[AutomationOut]:
    """All automations with their sentences and numbers."""
    return showing.automations(request.auth)


@router.post("/automations", response={201: AutomationOut})
def create_automation(request: ActorRequest, body: AutomationIn) -> Status[AutomationOut]:
    """Make an automation, a switched-off copy of one, or one by a recipe."""
    if body.recipe is not None:
        made = actions.follow_recipe(
            request.auth,
            body.recipe,
            body.choices or {},
            enabled=body.enabled is not False,
            automation_id=body.id,
        )
    else:
        values = body.model_dump(exclude_none=True, exclude={"id", "copy_of", "choices"})
        made = actions.create_automation(request.auth, values, automation_id=body.id, copy_of=body.copy_of)
    return Status(201, showing.automation(request.auth, made.id))


@router.get("/automation-offers", response=OffersOut)
def list_offers(request: ActorRequest) -> OffersOut:
    """The triggers, actions and variables to choose from."""
    return showing.offered(request.auth)


@router.get("/automation-recipes", response=list[RecipeOut])
def list_recipes(request: ActorRequest) -> list[RecipeOut]:
    """Automations that are ready to be taken over."""
    return showing_recipes.recipes(request.auth)


@router.get("/signing-secret", response=SigningSecretOut)
def get_signing_secret(request: ActorRequest) -> dict[str, str]:
    """What calls of automations are signed with."""
    return {"secret": actions.show_secret(request.auth)}


@router.post("/signing-secrets", response={201: SigningSecretOut})
def create_signing_secret(request: ActorRequest) -> Status[dict[str, str]]:
    """Replace the signing secret; the old one is no longer used."""
    return Status(201, {"secret": actions.renew_secret(request.auth)})


@router.get("/automations/{automation_id}", response=AutomationOut)
def get_automation(request: ActorRequest, automation_id: UUID) -> AutomationOut:
    """One automation."""
    return showing.automation(request.auth, automation_id)


@router.patch("/automations/{automation_id}", response=AutomationOut)
def change_automation(request: ActorRequest, automation_id: UUID, body: AutomationChange) -> AutomationOut:
    """Edit an automation, switch it on or off."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(lambda: showing.automation(request.auth, automation_id)):
        actions.change_automation(request.auth, automation_id, changes, body.version)
    return showing.automation(request.auth, automation_id)


@router.delete("/automations/{automation_id}", response={204: None})
def delete_automation(request: ActorRequest, automation_id: UUID) -> Status[None]:
    """Take an automation off the list."""
    actions.archive_automation(request.auth, automation_id)
    return Status(204, None)


@router.get("/automations/{automation_id}/runs", response=Page[RunOut])
def list_runs(
    request: ActorRequest,
    automation_id: UUID,
    cursor: str | None = None,
    state: State | None = None,
    limit: Annotated[int, Field(ge=1, le=200)] = 50,
) -> Page[RunOut]:
    """The runs of an automation with their steps, newest first."""
    return showing.runs(request.auth, automation_id, cursor=cursor, state=state, limit=limit)


@router.post("/automations/{automation_id}/dry-runs", response={201: AutomationDryRunOut})
def create_dry_run(
    request: ActorRequest, automation_id: UUID, body: AutomationDryRunIn
) -> Status[AutomationDryRunOut]:
    """Begin to work out what it would have done in the last days; nothing is sent or changed."""
    changes = body.model_dump(exclude_none=True, exclude={"days"})
    made = actions.start_dry_run(request.auth, automation_id, body.days, changes)
    return Status(201, showing_tries.dry_run(made))


@router.get("/automations/{automation_id}/dry-runs", response=list[AutomationDryRunOut])
def list_dry_runs(
    request: ActorRequest, automation_id: UUID, limit: Annotated[int, Field(ge=1, le=200)] = 1
) -> list[AutomationDryRunOut]:
    """The newest dry runs, as far as they are worked out, newest first."""
    return showing_tries.dry_runs(request.auth, automation_id, limit)


@router.post("/automations/{automation_id}/tests", response=RehearsedRunOut)
def create_test(request: ActorRequest, automation_id: UUID, body: AutomationTestIn) -> RehearsedRunOut:
    """What it would do for one record now; nothing is sent or changed."""
    changes = body.model_dump(exclude_none=True, exclude={"record_id"})
    found = actions.try_on(request.auth, automation_id, body.record_id, changes)
    return showing_tries.tried(found.to_json())


@router.get("/automations/{automation_id}/editions", response=list[EditionOut])
def list_editions(request: ActorRequest, automation_id: UUID) -> list[EditionOut]:
    """The versions of an automation with what changed in each, newest first."""
    return showing_tries.editions(request.auth, automation_id)


@router.post("/automations/{automation_id}/restorations", response=AutomationOut)
def create_restoration(request: ActorRequest, automation_id: UUID, body: RestorationIn) -> AutomationOut:
    """Write an earlier version again, as the newest."""
    actions.restore_edition(request.auth, automation_id, body.number)
    return showing.automation(request.auth, automation_id)


@router.get("/runs/{run_id}", response=RunOut)
def get_run(request: ActorRequest, run_id: UUID) -> RunOut:
    """One run and its steps."""
    return showing.run(request.auth, run_id)


@router.post("/runs/{run_id}/retries", response=RunOut)
def create_retry(request: ActorRequest, run_id: UUID) -> RunOut:
    """Try a failed run again from the step that failed."""
    actions.retry_run(request.auth, run_id)
    return showing.run(request.auth, run_id)


@router.patch("/runs/{run_id}", response=RunOut)
def change_run(request: ActorRequest, run_id: UUID, body: RunChange) -> RunOut:
    """Hold a run, or let it go on."""
    actions.pause_run(request.auth, run_id, paused=body.paused)
    return showing.run(request.auth, run_id)


@router.post("/runs/{run_id}/cancellations", response=RunOut)
def create_cancellation(request: ActorRequest, run_id: UUID) -> RunOut:
    """End a run for good."""
    actions.cancel_run(request.auth, run_id)
    return showing.run(request.auth, run_id)
