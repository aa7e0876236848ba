"""Remember which calculations were handed in, so that each counts once."""

from __future__ import annotations

from uuid import UUID

from leadline.channels.webforms.models import SpentProof
from leadline.channels.webforms.work import Proof
from leadline.infra import retention, tenancy
from leadline.kit import clock
from leadline.kit.sentences import word

REPEATED = word("a calculation that was used before")


def spend(workspace_id: UUID, proof: Proof) -> str:
    """Count the proof as used; what is wrong with it, empty for a good one that was never used before."""
    if proof.trouble or proof.expires_at is None:
        return proof.trouble
    with tenancy.workspace(workspace_id):
        row = SpentProof(digest=proof.digest, expires_at=proof.expires_at)
        SpentProof.objects.bulk_create([row], ignore_conflicts=True)
        # The row that is there is ours only if nobody spent the proof before.
        mine = SpentProof.objects.filter(digest=proof.digest, id=row.id).exists()
    return "" if mine else REPEATED


def forget_expired() -> int:
    """Delete what has expired: an old calculation is refused by its own time."""
    return retention.forget(SpentProof.objects.filter(expires_at__lte=clock.now()).order_by("expires_at"))
