"""The known people of the tests."""

from __future__ import annotations

from leadline.workspaces.actor import Actor
from leadline.workspaces.door import actor_of_member
from leadline.workspaces.models import Member, Team, TeamMember, User, Workspace

PASSWORD = "correct horse battery staple"  # noqa: S105 - the tests' own


def acme() -> Workspace:
    """An Israeli company that works in English."""
    return Workspace.objects.create(
        name="Acme", country="IL", language="en", timezone="Asia/Jerusalem", currency="ILS", phone_region="IL"
    )


def other() -> Workspace:
    """Another company, in the United States."""
    return Workspace.objects.create(
        name="Other",
        country="US",
        language="en",
        timezone="America/New_York",
        currency="USD",
        phone_region="US",
    )


def member(workspace: Workspace, name: str, role: str, team: str | None = None) -> Actor:
    """A member as an actor; call it inside the workspace."""
    user = User(email=f"{name.lower()}@{workspace.name.lower()}.example", name=name)
    user.set_unusable_password()
    user.save()
    made = Member.objects.create(user=user, name=name, role=role)
    teams = []
    if team:
        teams = [Team.objects.get_or_create(name=team)[0]]
        TeamMember.objects.create(team=teams[0], member=made)
    return actor_of_member(made, frozenset(t.id for t in teams))
