"""The API of the prediction."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Status

from leadline.infra.web import Shape, one_of, showing_current
from leadline.scoring.prediction import actions, queries
from leadline.scoring.prediction.measuring import Measures
from leadline.scoring.prediction.rules import Better, Training
from leadline.scoring.prediction.suspicion import Refused
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["prediction"])


class TrainingOut(Shape):
    """How far the learning has come."""

    state: Annotated[str, one_of(Training)]
    progress: float
    asked_at: datetime | None
    trouble: str


class RulesMeasuredOut(Shape):
    """The score by rules on the same leads."""

    auc: float
    lift_10: float
    lift_20: float


class FactorValueOut(Shape):
    """A value of a factor: [choice], [from, below] of a number, [] for any other; how it moves the chance."""

    value: list[str | float | None]
    moves: float
    leads: int


class FactorOut(Shape):
    """An input and how far it moves the chance on average."""

    key: str
    label: str
    moves: float
    values: list[FactorValueOut]


class RefusedOut(Shape):
    """A field that is no input, and why."""

    key: str
    label: str
    why: Annotated[str, one_of(Refused)]


class DriftedInputOut(Shape):
    """An input whose values are spread otherwise than before (population stability index)."""

    key: str
    label: str
    shift: float


class DriftedOutcomesOut(Shape):
    """Outcomes that differ from the predictions by more than chance."""

    predicted: float
    happened: float
    leads: int


class DriftOut(Shape):
    """What warns that new leads are not like those that were learned from."""

    inputs: list[DriftedInputOut]
    outcomes: DriftedOutcomesOut | None
    newest_auc: float | None


class ModelOut(Shape):
    """What was learned and how good it is; `drift` is of the newest fifth, `since` of leads afterwards."""

    trained_at: datetime
    leads: int
    won: int
    useful: bool
    measures: Measures | None
    rules: RulesMeasuredOut | None
    better: Annotated[str, one_of(Better)] | None
    factors: list[FactorOut]
    refused: list[RefusedOut]
    drift: DriftOut
    since: DriftOut


class PredictionOut(Shape):
    """The prediction of the workspace."""

    version: int
    enabled: bool
    allowed: list[str]
    refused: list[str]
    training: TrainingOut
    closed_leads: int
    won_leads: int
    enough: bool
    model: ModelOut | None


class PredictionIn(Shape):
    """What to change; `allowed` fields are inputs although they look late, `refused` ones never are."""

    version: int | None = None
    enabled: bool | None = None
    allowed: list[str] | None = None
    refused: list[str] | None = None


class LeadReasonOut(Shape):
    """A field of the lead that raises or lowers its chance, in parts of one."""

    key: str
    label: str
    value: str | float | bool | None
    moves: float


class LeadPredictionOut(Shape):
    """The chance that a lead buys, the average chance, and why it differs."""

    enabled: bool
    chance: float | None
    base: float | None
    reasons: list[LeadReasonOut] | None
    at: datetime | None


@router.get("/prediction", response=PredictionOut)
def get_prediction(request: ActorRequest) -> dict[str, Any]:
    """Whether chances are predicted, how well, and from what."""
    return queries.prediction(request.auth)


@router.patch("/prediction", response=PredictionOut)
def change_prediction(request: ActorRequest, body: PredictionIn) -> dict[str, Any]:
    """Switch the prediction on or off; say which fields may be inputs from the next training on."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(lambda: PredictionOut.model_validate(queries.prediction(request.auth))):
        actions.change_settings(request.auth, changes, body.version)
    return queries.prediction(request.auth)


@router.post("/prediction/trainings", response={202: PredictionOut})
def create_prediction_training(request: ActorRequest) -> Status[dict[str, Any]]:
    """Learn anew from the closed leads, in the background."""
    actions.ask_for_training(request.auth)
    return Status(202, queries.prediction(request.auth))


@router.get("/leads/{lead_id}/prediction", response=LeadPredictionOut)
def get_lead_prediction(request: ActorRequest, lead_id: UUID) -> queries.Chance:
    """How likely a lead is to buy, and why."""
    return queries.chance_of(request.auth, lead_id)
