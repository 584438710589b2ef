"""Whether a dataset's next version may be built yet: not before the re-labelling it waits for, or with a reason."""

from __future__ import annotations

from typing import Any

from core.accounts.selectors import Actor
from exports.domain.definition import Definition
from exports.errors import CampaignsUnfinishedError
from policies.selectors import CampaignStanding, ReleaseView, campaigns_standing


def gate_pass(
    actor: Actor, definition: Definition, release: ReleaseView, *, override_reason: str
) -> dict[str, Any]:
    """Return what a version is built in spite of: nothing, when every campaign is as far as the definition wants.

    A campaign that was cancelled is waited for no more; one whose tasks are being made has no share yet.

    Raises
    ------
    CampaignsUnfinishedError
        When one is not that far and no reason was given.
    """
    wanted = definition.campaigns_share
    if wanted is None:
        return {}
    behind = [standing for standing in campaigns_standing(release.id) if standing.share < wanted]
    if not behind:
        return {}
    if not override_reason:
        raise CampaignsUnfinishedError(
            wanted=f"{wanted:.0%}", release=release.label, unfinished="; ".join(map(_said, behind))
        )
    return {
        "wanted": wanted,
        "campaigns": [
            {
                "id": str(standing.campaign_id),
                "against": standing.against_label,
                "clause_keys": list(standing.clause_keys),
                "share": standing.share,
            }
            for standing in behind
        ],
        "reason": override_reason,
        "by": actor.user.display_name,
    }


def _said(standing: CampaignStanding) -> str:
    return f"{', '.join(standing.clause_keys)} has {standing.share:.0%}"
