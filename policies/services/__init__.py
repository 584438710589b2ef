"""Writes of policies. What other apps may use is re-exported here."""

from __future__ import annotations

from policies.domain.impact import AffectedItem, ImpactCount, ImpactSource, StoppedMeaning
from policies.impact_registry import impact_source_register
from policies.services.campaigns import campaign_start
from policies.services.clauses import clause_add, clause_delete, clause_edit
from policies.services.drafts import outline_arrange, release_draft, release_update
from policies.services.policies import policy_create
from policies.services.publishing import (
    release_approve,
    release_publish,
    release_retire,
    release_submit,
    release_withdraw,
)

__all__ = [
    "AffectedItem",
    "ImpactCount",
    "ImpactSource",
    "StoppedMeaning",
    "campaign_start",
    "clause_add",
    "clause_delete",
    "clause_edit",
    "impact_source_register",
    "outline_arrange",
    "policy_create",
    "release_approve",
    "release_draft",
    "release_publish",
    "release_retire",
    "release_submit",
    "release_update",
    "release_withdraw",
]
