"""What the phone shows; call it inside the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from leadline.channels.whatsapp.models import SandboxMessage, SandboxNumber, SandboxPerson
from leadline.infra import lookup
from leadline.kit.errors import Invalid, NotFound
from leadline.kit.sentences import word
from leadline.workspaces import policy
from leadline.workspaces.actor import Actor

FAULTS = (
    ("", word("Everything works")),
    ("429", word("Too many messages (130429)")),
    ("pair_rate", word("Too many to one person (131056)")),
    ("5xx", word("Server error (131000)")),
    ("slow", word("Slow answer (6 s)")),
    ("lost_answer", word("Takes the message, answer gets lost")),
    ("expired", word("Access token expired (190)")),
    ("not_on_whatsapp", word("Person not on WhatsApp (131026)")),
)
_SHOWN = 200
_TICKS = {"sent": "✓", "delivered": "✓✓", "read": "✓✓"}


@dataclass(frozen=True)
class Bubble:
    """One message on the phone."""

    id: UUID
    mine: bool
    text: str
    kind: str
    at: datetime
    ticks: str
    read: bool
    picture: str


def numbers() -> list[SandboxNumber]:
    """The workspace's numbers in the sandbox."""
    return list(SandboxNumber.objects.order_by("created_at"))


def number(number_id: str | None) -> SandboxNumber:
    """The number with this id, else the first."""
    found = [one for one in numbers() if not number_id or str(one.id) == number_id]
    if not found:
        raise NotFound("This workspace has no WhatsApp number in the sandbox.")
    return found[0]


def people_of(numbers: Sequence[SandboxNumber]) -> list[SandboxPerson]:
    """The customers, who wrote or were written to last first."""
    return list(SandboxPerson.objects.filter(number__in=numbers).order_by("-last_at")[:_SHOWN])


def person(person_id: UUID) -> SandboxPerson:
    """One customer."""
    return lookup.get(SandboxPerson.objects.select_related("number"), person_id)


def bubbles(person: SandboxPerson) -> list[Bubble]:
    """The newest messages of a chat in the order of time."""
    newest = person.messages.order_by("-at", "-id")[:_SHOWN]
    return [_bubble(message) for message in reversed(newest)]


def region(actor: Actor) -> str:
    """The country in whose notation people write their numbers here."""
    return policy.own_workspace(actor).values_list("phone_region", flat=True).get()


def home_time(actor: Actor) -> ZoneInfo:
    """The workspace's time zone, in which the phone shows its clock."""
    return ZoneInfo(policy.own_workspace(actor).values_list("timezone", flat=True).get())


def set_faults(number: SandboxNumber, *, fault: str, duplicates: bool, out_of_order: bool) -> None:
    """Switch the provider's faults."""
    if fault not in {key for key, _ in FAULTS}:
        raise Invalid("There is no such fault.", field="fault")
    number.fault, number.duplicates, number.out_of_order = fault, duplicates, out_of_order
    number.save(update_fields=["fault", "duplicates", "out_of_order"])


def too_big() -> Invalid:
    """The refusal of a file that is too big."""
    return Invalid("Choose a file of at most 5 MB.", field="file")


def _bubble(message: SandboxMessage) -> Bubble:
    return Bubble(
        id=message.id,
        mine=message.from_person,
        text=message.text,
        kind=message.kind,
        at=message.at,
        ticks=_TICKS.get(message.state, "") if message.from_person else "",
        read=message.state == "read",
        picture="",
    )
