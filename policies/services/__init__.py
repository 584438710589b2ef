"""Writes of policies. What other apps may use is re-exported here."""

from __future__ import annotations

from policies.domain.impact import (
    RENEWED_COUNTED,
    STOPPED,
    AffectedItem,
    AsksNobody,
    CitingRecord,
    ImpactCount,
    ImpactSource,
    MeasuredTime,
    Place,
    RecordFilter,
    RecordsSought,
    Renewed,
    StoppedMeaning,
    asked_again,
    stopped_values,
)
from policies.domain.likeness import LikeBy, Likeness
from policies.impact_registry import impact_source_register
from policies.precedent_registry import (
    citation_rule_register,
    held_out_rule_register,
    likeness_source_register,
)
from policies.services.campaign_tasks import campaigns_follow
from policies.services.campaigns import (
    campaign_cancel,
    campaign_pause,
    campaign_resume,
    campaign_start,
    campaign_widen,
)
from policies.services.clauses import clause_add, clause_delete, clause_edit
from policies.services.discussion import (
    comment_resolve,
    comment_write,
    suggestion_accept,
    suggestion_make,
    suggestion_reject,
    suggestion_withdraw,
)
from policies.services.drafts import outline_arrange, release_discard, release_draft, release_update
from policies.services.importing import policy_import
from policies.services.lineage import clause_restore, clause_split, clauses_merge
from policies.services.policies import policy_create
from policies.services.precedents import (
    Ruled,
    precedent_approve,
    precedent_retire,
    precedents_overturn,
    precedents_propose,
)
from policies.services.presence import presence_tell
from policies.services.publishing import (
    release_approve,
    release_publish,
    release_retire,
    release_submit,
    release_withdraw,
)
from policies.services.reviewing import approvals_require, reviewers_ask
from policies.uncertainty_registry import UncertaintySource, uncertainty_source_register
from policies.unclear_registry import (
    AxisSigns,
    UnclearSource,
    axes_rest_on,
    axes_unclear,
    unclear_source_register,
)

__all__ = [
    "RENEWED_COUNTED",
    "STOPPED",
    "AffectedItem",
    "AsksNobody",
    "AxisSigns",
    "CitingRecord",
    "ImpactCount",
    "ImpactSource",
    "LikeBy",
    "Likeness",
    "MeasuredTime",
    "Place",
    "RecordFilter",
    "RecordsSought",
    "Renewed",
    "Ruled",
    "StoppedMeaning",
    "UncertaintySource",
    "UnclearSource",
    "approvals_require",
    "asked_again",
    "axes_rest_on",
    "axes_unclear",
    "campaign_cancel",
    "campaign_pause",
    "campaign_resume",
    "campaign_start",
    "campaign_widen",
    "campaigns_follow",
    "citation_rule_register",
    "clause_add",
    "clause_delete",
    "clause_edit",
    "clause_restore",
    "clause_split",
    "clauses_merge",
    "comment_resolve",
    "comment_write",
    "held_out_rule_register",
    "impact_source_register",
    "likeness_source_register",
    "outline_arrange",
    "policy_create",
    "policy_import",
    "precedent_approve",
    "precedent_retire",
    "precedents_overturn",
    "precedents_propose",
    "presence_tell",
    "release_approve",
    "release_discard",
    "release_draft",
    "release_publish",
    "release_retire",
    "release_submit",
    "release_update",
    "release_withdraw",
    "reviewers_ask",
    "stopped_values",
    "suggestion_accept",
    "suggestion_make",
    "suggestion_reject",
    "suggestion_withdraw",
    "uncertainty_source_register",
    "unclear_source_register",
]
