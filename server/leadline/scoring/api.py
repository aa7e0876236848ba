"""The API of scores."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Status

from leadline.infra.language import worded
from leadline.infra.web import showing_current
from leadline.kit.sentences import Sentence
from leadline.scoring import actions, qualified, queries, rules, shapes, trying
from leadline.scoring.models import ScoreEdition, ScoreEntry, ScoreRule
from leadline.scoring.presets import PRESETS
from leadline.workspaces.actor import Actor
from leadline.workspaces.requests import ActorRequest

router = Router(tags=["scoring"])


@router.get("/leads/{lead_id}/score", response=shapes.ScoreOut)
def get_score(request: ActorRequest, lead_id: UUID) -> dict[str, Any]:
    """Why a lead has its score."""
    return _score(queries.explanation(request.auth, lead_id))


@router.post("/leads/{lead_id}/bands", response=shapes.ScoreOut)
def create_band(request: ActorRequest, lead_id: UUID, body: shapes.BandIn) -> dict[str, Any]:
    """Set the band of a lead by hand."""
    actions.set_band(request.auth, lead_id, body.band, body.reason)
    return _score(queries.explanation(request.auth, lead_id))


@router.get("/leads/{lead_id}/types", response=list[shapes.LeadTypeVisitOut])
def list_lead_types(request: ActorRequest, lead_id: UUID) -> list[dict[str, Any]]:
    """When a lead became IQL, MQL, SQL or PQL."""
    names = ("lead_type", "at", "by_rule", "why")
    visits = queries.type_visits(request.auth, lead_id)
    return [{**{name: getattr(one, name) for name in names}, "why": worded(one.why)} for one in visits]


@router.get("/leads/{lead_id}/qualification", response=shapes.QualificationOut)
def get_lead_qualification(request: ActorRequest, lead_id: UUID) -> qualified.Qualification:
    """The questions that qualify a lead, what is known, what it is worth and what is missing."""
    return qualified.qualification(request.auth, lead_id)


@router.post("/happenings", response={201: shapes.HappenedOut})
def create_happening(request: ActorRequest, body: shapes.HappeningIn) -> Status[dict[str, Any]]:
    """Tell what a person did elsewhere; it counts for the open lead of that person."""
    told = actions.Told(**{**body.model_dump(), "kind": rules.EventKind(body.kind)})
    lead = actions.take_happening(request.auth, told)
    names = ("score", "band", "lead_type")
    return Status(201, {"lead_id": lead.id, **{name: getattr(lead, name) for name in names}})


@router.get("/scoring", response=shapes.ScoringOut)
def get_scoring(request: ActorRequest) -> dict[str, Any]:
    """How leads are scored."""
    settings = queries.settings(request.auth)
    return {"settings": settings, "rules": [_rule(rule) for rule in queries.rules(request.auth)]}


@router.patch("/scoring/settings", response=shapes.ScoringSettingsOut)
def change_scoring_settings(request: ActorRequest, body: shapes.ScoringSettingsIn) -> Any:
    """Change caps, thresholds or the half-life; open leads are counted anew."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(lambda: shapes.ScoringSettingsOut.model_validate(queries.settings(request.auth))):
        return actions.change_settings(request.auth, changes, body.version)


@router.post("/scoring/rules", response={201: shapes.ScoreRuleOut})
def create_scoring_rule(request: ActorRequest, body: shapes.NewScoreRule) -> Status[dict[str, Any]]:
    """Add a rule; open leads are counted anew."""
    return Status(201, _rule(actions.create_rule(request.auth, body.model_dump(exclude_none=True))))


@router.patch("/scoring/rules/{rule_id}", response=shapes.ScoreRuleOut)
def change_scoring_rule(request: ActorRequest, rule_id: UUID, body: shapes.ScoreRuleIn) -> dict[str, Any]:
    """Change a rule or switch it off; open leads are counted anew."""
    changes = body.model_dump(exclude_none=True, exclude={"version"})
    with showing_current(
        lambda: shapes.ScoreRuleOut.model_validate(_rule(queries.rule(request.auth, rule_id)))
    ):
        return _rule(actions.change_rule(request.auth, rule_id, changes, body.version))


@router.delete("/scoring/rules/{rule_id}", response={204: None})
def delete_scoring_rule(request: ActorRequest, rule_id: UUID) -> Status[None]:
    """Remove a rule; open leads are counted anew."""
    actions.delete_rule(request.auth, rule_id)
    return Status(204, None)


@router.get("/scoring/draft", response=shapes.ScoringDraftOut)
def get_scoring_draft(request: ActorRequest) -> dict[str, Any]:
    """What is being tried; the numbers and rules in force while nothing is."""
    return _draft(request.auth)


@router.put("/scoring/draft", response=shapes.ScoringDraftOut)
def put_scoring_draft(request: ActorRequest, body: shapes.ScoringDraftIn) -> dict[str, Any]:
    """Keep a draft; what is in force stays as it is until the draft is published."""
    if body.preset is not None:
        actions.begin_with_preset(request.auth, body.preset, body.version)
    elif body.edition_id is not None:
        actions.take_back(request.auth, body.edition_id)
    else:
        kept = queries.draft_or_in_force(request.auth)
        numbers = body.numbers.model_dump() if body.numbers else kept["numbers"]
        wanted = [rule.model_dump() for rule in body.rules] if body.rules is not None else kept["rules"]
        actions.save_draft(request.auth, numbers, wanted, body.version)
    return _draft(request.auth)


@router.delete("/scoring/draft", response={204: None})
def delete_scoring_draft(request: ActorRequest) -> Status[None]:
    """Forget the draft."""
    actions.drop_draft(request.auth)
    return Status(204, None)


@router.get("/scoring/draft/dry-run", response=shapes.DryRunOut)
def get_scoring_dry_run(request: ActorRequest) -> trying.DryRun:
    """What publishing the draft now would do; nothing is written and nobody is told."""
    return trying.dry_run(request.auth, queries.draft_or_in_force(request.auth))


@router.get("/scoring/editions", response=list[shapes.ScoringEditionOut])
def list_scoring_editions(request: ActorRequest) -> list[dict[str, Any]]:
    """What was published, newest first, and how far the leads are counted by it."""
    return [_edition(edition) for edition in queries.editions(request.auth)]


@router.post("/scoring/editions", response={201: shapes.ScoringEditionOut})
def create_scoring_edition(request: ActorRequest, body: shapes.NewEdition) -> Status[dict[str, Any]]:
    """Publish the draft; open leads are counted anew."""
    return Status(201, _edition(actions.publish(request.auth, body.version)))


@router.get("/scoring/presets", response=list[shapes.ScoringPresetOut])
def list_scoring_presets(request: ActorRequest) -> list[dict[str, Any]]:
    """The shipped sets of rules."""
    return [
        {"key": key, "name": worded(preset.name), "rules": len(preset.rules)}
        for key, preset in PRESETS.items()
    ]


def _draft(actor: Actor) -> dict[str, Any]:
    draft = queries.draft(actor)
    in_force = queries.in_force(actor)
    content = draft.content if draft else in_force
    return {
        "version": draft.version if draft else 0,
        "numbers": content["numbers"],
        "rules": [
            {**rule, "sentence": worded(queries.sentence(rule["group"], rule["when"]))}
            for rule in content["rules"]
        ],
        "changes": rules.differences(content, in_force),
    }


def _edition(edition: ScoreEdition) -> dict[str, Any]:
    names = ("id", "number", "created_at", "by_name", "total", "counted", "done_at")
    return {**{name: getattr(edition, name) for name in names}, "rules": len(edition.content["rules"])}


def _rule(rule: ScoreRule) -> dict[str, Any]:
    names = ("id", "version", "group", "name", "when", "points", "enabled", "position")
    values = {name: getattr(rule, name) for name in names}
    return {**values, "sentence": worded(queries.sentence(rule.group, rule.when))}


def _label(line: rules.Reason | ScoreEntry) -> str:
    """A rule is called as the company calls it; the words of limits and of time are ours."""
    ours = isinstance(line.label, Sentence) or line.group == rules.Group.FADING
    return worded(line.label) if ours else str(line.label)


def _score(found: queries.Explanation) -> dict[str, Any]:
    lead = found.lead
    kept = (
        *("score", "fit", "engagement", "band", "band_overridden", "band_reason"),
        *("poor_fit", "ready_at"),
    )
    return {
        **{name: getattr(lead, name) for name in kept},
        "threshold": found.threshold,
        "reasons": [{**vars(reason), "label": _label(reason)} for reason in found.standing.reasons],
        "history": [
            {"at": entry.at, "score": entry.score_after, "label": _label(entry), "points": entry.points}
            for entry in found.history
        ],
    }
