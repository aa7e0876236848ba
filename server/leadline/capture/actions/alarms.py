"""A connection whose provider refuses everything rests, and those who can repair it are told once."""

from __future__ import annotations

from leadline.capture.models import Connection
from leadline.capture.ports import DoorShut
from leadline.capture.rules import storable
from leadline.engines.notices import actions as notices
from leadline.kit import clock
from leadline.kit.sentences import Text, say
from leadline.workspaces.models import Member
from leadline.workspaces.rules import Role


def note_error(connection: Connection, text: str) -> None:
    """Remember what went wrong last at this door, for the settings page; empty text clears it."""
    at = clock.now() if text else None
    Connection.objects.filter(id=connection.id).update(last_error=storable(text)[:2000], last_error_at=at)


def shut(connection: Connection, problem: DoorShut) -> None:
    """Ask the provider nothing more for a while; an alarm is told to the administrators, once."""
    row = Connection.objects.select_for_update().get(id=connection.id)
    until = clock.now() + problem.after
    if row.rests_until is None or row.rests_until < until:
        Connection.objects.filter(id=row.id).update(rests_until=until)
    if row.last_error == str(problem):
        return
    note_error(row, str(problem))
    if problem.alarm:
        _tell(row, problem.said)


def works(connection: Connection) -> None:
    """The provider answers: what went wrong before is over."""
    if connection.last_error or connection.rests_until:
        Connection.objects.filter(id=connection.id).update(rests_until=None)
        note_error(connection, "")


def _tell(connection: Connection, text: Text) -> None:
    admins = Member.objects.filter(role__in=[Role.OWNER.value, Role.ADMIN.value], active=True)
    notices.tell(
        [
            notices.Telling(
                member_id=member_id,
                kind="channel_stopped",
                title=say("{name} needs your attention", name=connection.name),
                text=text,
            )
            for member_id in admins.values_list("id", flat=True)
        ]
    )
