"""Writes about who gets in: invitations and API keys."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from leadline.infra import events, lookup, tenancy
from leadline.infra.jobs import background
from leadline.infra.language import speaking, worded
from leadline.kit import clock, signing
from leadline.kit import email as mail_addresses
from leadline.kit.errors import Conflict, Forbidden, Invalid, NotFound
from leadline.kit.sentences import say, sentence_from
from leadline.workspaces import actions, audit, policy, queries
from leadline.workspaces.actor import Actor
from leadline.workspaces.door import actor_of_member
from leadline.workspaces.events import MemberJoined
from leadline.workspaces.models import ApiKey, Invitation, Member, TeamMember, User, Workspace
from leadline.workspaces.rules import Right, Role, may_grant

_INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def invite(
    actor: Actor, *, email: str, name: str, role: Role, team_ids: Collection[UUID]
) -> tuple[Invitation, str]:
    """Invite somebody by mail; the invitation and its link, which is shown only now."""
    actor.require(Right.MANAGE_MEMBERS)
    if not may_grant(actor.role, role):
        raise Forbidden("Only an owner can make owners.")
    address = mail_addresses.normalise(email)
    if address is None:
        raise Invalid("This e-mail address is not complete.", field="email")
    if policy.visible_members(actor).filter(user__email=address).exists():
        raise Conflict("This person is a member already.", code="already_member", field="email")
    if policy.visible_teams(actor).filter(id__in=team_ids).count() != len(set(team_ids)):
        raise Invalid("One of these teams does not exist.", field="team_ids")
    # A newer invitation replaces the older one, whose link stops working.
    policy.visible_invitations(actor).filter(email__iexact=address).delete()
    token = signing.random_token()
    invitation = Invitation.objects.create(
        email=address,
        name=name.strip()[:200],
        role=role,
        team_ids=[str(team_id) for team_id in team_ids],
        token_digest=signing.token_digest(token),
        invited_by_id=actor.member_id,
        expires_at=clock.now() + _INVITATION_LASTS,
    )
    link = f"{settings.PUBLIC_URL}/invitation/{token}"
    audit.record(actor, "member.invited", "invitation", invitation.id, {"email": address, "role": role})
    workspace = queries.own_workspace(actor)
    mail_invitation.later(
        address=address,
        invited_by=actor.name,
        link=link,
        company=workspace.name,
        language=workspace.language,
    )
    return invitation, link


@background(retries=5)
def mail_invitation(
    *, address: str, invited_by: str, link: str, company: str = "Leadline", language: str = "en"
) -> None:
    """Send the mail with the link, in the language of the company: of the person nothing is known yet."""
    subject = say("{name} invites you to {company}", name=invited_by, company=company)
    text = say("Open this link within 7 days to join:\n\n{link}\n", link=sentence_from(link))
    with speaking(language):
        send_mail(worded(subject), worded(text), settings.DEFAULT_FROM_EMAIL, [address])


@transaction.atomic
def withdraw_invitation(actor: Actor, invitation_id: UUID) -> None:
    """The link stops working."""
    invitation = lookup.lock(policy.visible_invitations(actor), invitation_id)
    audit.record(actor, "invitation.withdrawn", "invitation", invitation.id, {"email": invitation.email})
    invitation.delete()


def invitation_by_token(token: str) -> Invitation:
    """The open invitation behind a link; NotFound (404) when used, withdrawn or older than 7 days."""
    with tenancy.everywhere():
        invitation = Invitation.objects.filter(
            token_digest=signing.token_digest(token), accepted_at=None, expires_at__gt=clock.now()
        ).first()
    if invitation is None:
        raise NotFound("This invitation is no longer valid. Ask for a new one.")
    return invitation


def invited(token: str) -> dict[str, object]:
    """What the invitation page shows: address, name, company, and whether the person has a login."""
    invitation = invitation_by_token(token)
    return {
        "email": invitation.email,
        "name": invitation.name,
        "workspace": Workspace.objects.get(id=invitation.workspace_id).name,
        "has_login": User.objects.filter(email__iexact=invitation.email).exists(),
    }


def accept_invitation(*, token: str, name: str, password: str) -> tuple[Actor, User]:
    """Join: a new login, or the known person's own password. The token works once."""
    found = invitation_by_token(token)
    with tenancy.workspace(found.workspace_id):
        invitation = Invitation.objects.select_for_update().filter(id=found.id, accepted_at=None).first()
        if invitation is None:
            raise NotFound("This invitation was used already. Log in.")
        user = User.objects.filter(email__iexact=invitation.email).first()
        if user is None:
            user = actions.make_user(email=invitation.email, name=name or invitation.name, password=password)
        elif not user.check_password(password):
            raise Forbidden("You have a login with this address. Use its password.", field="password")
        member, _made = Member.objects.update_or_create(
            user=user, defaults={"name": user.name, "role": invitation.role, "active": True}
        )
        team_ids = [UUID(team_id) for team_id in invitation.team_ids]
        TeamMember.objects.bulk_create(
            [TeamMember(team_id=team_id, member=member) for team_id in team_ids], ignore_conflicts=True
        )
        invitation.accepted_at = clock.now()
        invitation.save(update_fields=["accepted_at"])
        actor = actor_of_member(member, frozenset(team_ids))
        audit.record(actor, "member.joined", "member", member.id, {"role": member.role})
        events.record(MemberJoined(workspace_id=member.workspace_id, member_id=member.id))
    return actor, user


@transaction.atomic
def create_api_key(
    actor: Actor, *, name: str, scopes: Collection[str], expires_at: datetime | None
) -> tuple[ApiKey, str]:
    """A key with some of the creator's own rights; its token is returned once and never stored."""
    actor.require(Right.CHANGE_SETTINGS)
    if actor.member_id is None:
        raise Forbidden("A key belongs to a member; only a member makes one.")
    wanted = {_right(scope) for scope in scopes}
    if not wanted or not wanted <= actor.rights:
        raise Invalid("Choose at least one scope, and only scopes that you have yourself.", field="scopes")
    token = f"ll_{signing.random_token(32)}"
    key = ApiKey.objects.create(
        name=name.strip()[:120] or "API key",
        prefix=token[:9],
        digest=signing.token_digest(token),
        member_id=actor.member_id,
        scopes=sorted(right.value for right in wanted),
        expires_at=expires_at,
    )
    audit.record(actor, "api_key.created", "api_key", key.id, {"name": key.name, "scopes": key.scopes})
    return key, token


@transaction.atomic
def revoke_api_key(actor: Actor, key_id: UUID) -> None:
    """The key stops working at once."""
    key = lookup.lock(policy.visible_api_keys(actor).filter(revoked_at=None), key_id)
    key.revoked_at = clock.now()
    key.save(update_fields=["revoked_at"])
    audit.record(actor, "api_key.revoked", "api_key", key.id, {"name": key.name})


def _right(scope: str) -> Right:
    try:
        return Right(scope)
    except ValueError as error:
        raise Invalid(say("There is no scope “{scope}”.", scope=scope), field="scopes") from error
