"""Single leads that arrive at the same moment go through the house together: one transaction for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse

from leadline.capture.ports import Taken
from leadline.channels.api import taking
from leadline.channels.api.shapes import NewLead
from leadline.channels.api.taking import Given, lead_id_of
from leadline.infra import tenancy
from leadline.infra.gathering import Gathering
from leadline.leads.queries import LeadOut
from leadline.workspaces import answers, audit
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

_MOST = 50
# Audit entries name the address they came from, so it is part of who asks.
Who = tuple[Actor, str | None]
Outcome = HttpResponse | BaseException


class CapturedLead(LeadOut):
    """The lead, and whether the inquiry joined one that was open already."""

    joined: bool


@dataclass(frozen=True)
class Handed:
    """One lead handed in, with its bytes and what its Idempotency-Key stands for."""

    lead: NewLead
    raw: bytes
    asked: answers.Asked | None


class _Twice(Exception):
    """The same key twice at the same moment: the second has to see what became of the first."""


def hand_in(actor: Actor, handed: Handed) -> HttpResponse:
    """The captured lead, 201 or 200; Invalid (422) names the field that is wrong.

    A key that was used before gets its first answer again. A refused lead leaves nothing behind.
    """
    actor.require(Right.CHANGE_LEADS)
    return _gathering.take((actor, audit.request_address.get()), handed)


def _together(who: Who, handed: Sequence[Handed]) -> list[Outcome]:
    actor, _ = who
    asked = [one.asked for one in handed if one.asked]
    if len({one.key for one in asked}) < len(asked):
        raise _Twice
    with tenancy.workspace(actor.workspace_id):
        begun = dict(zip(asked, answers.begin(actor, asked), strict=True))
        known = {
            place: answer
            for place, one in enumerate(handed)
            if one.asked and not isinstance(answer := begun[one.asked], UUID)
        }
        fresh = [one for place, one in enumerate(handed) if place not in known]
        made = _answers(actor, fresh)
        _remember([(begun[one.asked], answer) for one, answer in zip(fresh, made, strict=True) if one.asked])
        rest = iter(made)
        return [known[place] if place in known else next(rest) for place in range(len(handed))]


def _answers(actor: Actor, handed: Sequence[Handed]) -> list[Outcome]:
    taken = taking.take_each(actor, [Given(one.lead, one.raw) for one in handed])
    found = {lead_id_of(one) for one in taken if isinstance(one, Taken)}
    pages = taking.pages(actor, found) if found else {}
    return [_answer(one, pages[lead_id_of(one)]) if isinstance(one, Taken) else one for one in taken]


def _answer(taken: Taken, page: LeadOut) -> HttpResponse:
    shown = CapturedLead.model_construct(**dict(page), joined=not taken.created)
    # The answer is made of our own values: it is written out as it is, not checked a second time.
    response = HttpResponse(shown.model_dump_json(), content_type="application/json")
    response.status_code = 201 if taken.created else 200
    response.headers["ETag"] = f'"{page.version}"'
    return response


def _remember(answered: Sequence[tuple[answers.Begun, Outcome]]) -> None:
    """Keep the answers under their keys; the key of a refused one may be used again."""
    reserved = [(key, answer) for key, answer in answered if isinstance(key, UUID)]
    answers.keep({key: answer for key, answer in reserved if isinstance(answer, HttpResponse)})
    answers.release([key for key, answer in reserved if not isinstance(answer, HttpResponse)])


_gathering: Gathering[Who, Handed, HttpResponse] = Gathering(_together, most=_MOST)
