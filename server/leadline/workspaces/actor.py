"""Who acts: a member in the browser, an API key, or the product itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from leadline.kit.errors import Forbidden
from leadline.kit.sentences import say
from leadline.workspaces.rules import RIGHTS, SCOPES, Right, Role, Scope


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, in which workspace, with which rights. The product itself acts as `Actor.product(...)`."""

    workspace_id: UUID
    name: str
    role: Role
    member_id: UUID | None = None
    team_ids: frozenset[UUID] = frozenset()
    api_key_id: UUID | None = None
    rights: frozenset[Right] = field(default_factory=frozenset)
    # What the actor reads; the product itself speaks English and leaves sentences to their readers.
    language: str = "en"
    # By whose clocks: the workspace's.
    zone: str = "UTC"

    @property
    def human(self) -> bool:
        """True when a person does it in the browser; automatic actions are never touches."""
        return self.member_id is not None and self.api_key_id is None

    @property
    def scope(self) -> Scope:
        """Which rows this actor reaches."""
        return SCOPES[self.role]

    def may(self, right: Right) -> bool:
        """Whether this actor has the right."""
        return right in self.rights

    def require(self, right: Right) -> None:
        """Forbidden (403) unless the actor has the right."""
        if right not in self.rights:
            raise Forbidden(
                say("Your role does not allow this ({right}). Ask an administrator.", right=right.value)
            )

    @classmethod
    def product(cls, workspace_id: UUID, name: str = "Leadline") -> Actor:
        """The product acting by itself: capture, automations, clocks."""
        return cls(workspace_id=workspace_id, name=name, role=Role.ADMIN, rights=RIGHTS[Role.ADMIN])
