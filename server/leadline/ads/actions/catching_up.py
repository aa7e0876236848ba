"""Ask a platform for leads whose deliveries never came; a run that is cut short goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from leadline.ads import ports, queries
from leadline.ads.models import CatchUp
from leadline.ads.ports import CatchesUp
from leadline.ads.rules.settings import HISTORY_DAYS
from leadline.capture import actions as capture
from leadline.capture import queries as doors
from leadline.capture.models import Connection
from leadline.capture.ports import DoorShut, TryAgain
from leadline.infra import tenancy
from leadline.infra.jobs import background
from leadline.kit import clock
from leadline.kit.errors import Invalid
from leadline.kit.sentences import say
from leadline.workspaces.actor import Actor
from leadline.workspaces.rules import Right

# The platforms' clocks and their lists may lag behind.
OVERLAP = timedelta(hours=1)


_MOST_PAGES = 200
_MOST_TROUBLES = 5


def catch_up_later(actor: Actor, connection_id: UUID) -> None:
    """Ask the platform soon; Invalid (422) when it cannot be asked."""
    actor.require(Right.CHANGE_CAPTURE)
    connection = doors.connection(actor, connection_id)
    if ports.list_of(connection.channel) is None:
        raise Invalid(say("This platform cannot be asked for leads that were missed."))
    catch_up.later(workspace_id=str(actor.workspace_id), connection_id=str(connection.id))


def queue_catching_up() -> int:
    """Queue a run for every connection whose platform can be asked; how many."""
    found = queries.listing_connections()
    for workspace_id, connection_id in found:
        with tenancy.workspace(workspace_id):
            catch_up.later(workspace_id=str(workspace_id), connection_id=str(connection_id))
    return len(found)


@background(retries=2)
def catch_up(*, workspace_id: str, connection_id: str) -> int:
    """Read the platform's list since the last run; how many leads that brought or completed."""
    with tenancy.workspace(UUID(workspace_id)):
        connection = Connection.objects.filter(id=connection_id, enabled=True, closed_at=None).first()
    platform = ports.list_of(connection.channel) if connection is not None else None
    if connection is None or platform is None or capture.resting(connection):
        return 0
    brought, troubles = 0, []
    try:
        for subject in platform.subjects(connection):
            try:
                found = _read(connection, platform, subject)
            except DoorShut:
                raise
            except TryAgain as problem:
                # One list that cannot be read must not keep the others back; it goes on at its page.
                troubles.append(str(problem))
                if len(troubles) == _MOST_TROUBLES:
                    break
                continue
            brought += found.brought
            if found.enough:
                break
    except TryAgain as problem:
        _note(connection, problem)
        return brought
    _note(connection, troubles[0] if troubles else None)
    return brought


@dataclass(frozen=True)
class _Found:
    brought: int
    enough: bool = False


def _read(connection: Connection, platform: CatchesUp, subject: str) -> _Found:
    """Read one list to its end, or as far as the quota allows."""
    state, brought = _state(connection, subject), 0
    for _ in range(_MOST_PAGES):
        page = platform.page(connection, subject, state.since - OVERLAP, state.cursor)
        brought += _keep(connection, state, page)
        if page.enough or not state.cursor:
            return _Found(brought, page.enough)
    return _Found(brought)


def _note(connection: Connection, trouble: TryAgain | str | None) -> None:
    """Let the settings page show how the run went."""
    with tenancy.workspace(connection.workspace_id):
        if isinstance(trouble, DoorShut):
            capture.shut(connection, trouble)
        elif trouble is not None:
            capture.note_error(connection, str(trouble))
        else:
            capture.works(connection)


def _state(connection: Connection, subject: str) -> CatchUp:
    with tenancy.workspace(connection.workspace_id):
        days = connection.settings.get("history_days", HISTORY_DAYS)
        first = connection.created_at - timedelta(days=days) + OVERLAP
        state, _ = CatchUp.objects.get_or_create(
            connection=connection, subject=subject[:200], defaults={"since": first}
        )
        if state.began_at is None:
            state.began_at = clock.now()
            state.save(update_fields=["began_at"])
    return state


def _keep(connection: Connection, state: CatchUp, page: ports.LeadPage) -> int:
    """Store a page and how far it goes in one transaction, so that neither is ever without the other."""
    with tenancy.workspace(connection.workspace_id):
        brought = capture.receive_found(connection, page.items)
        state.cursor = page.cursor
        if not page.cursor:
            state.since, state.began_at = state.began_at or clock.now(), None
        state.save(update_fields=["cursor", "since", "began_at"])
    return brought
