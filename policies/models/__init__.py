"""Tables of this app; private to it."""

from __future__ import annotations

from policies.models.approval import Approval, ReviewRequest
from policies.models.campaign import Campaign, CampaignItem
from policies.models.clause import Clause, ClauseIdentity
from policies.models.discussion import Comment, Suggestion
from policies.models.draft_version import DraftVersion
from policies.models.policy import Policy
from policies.models.precedent import Precedent
from policies.models.presence import DraftPresence
from policies.models.release import Release

__all__ = [
    "Approval",
    "Campaign",
    "CampaignItem",
    "Clause",
    "ClauseIdentity",
    "Comment",
    "DraftPresence",
    "DraftVersion",
    "Policy",
    "Precedent",
    "Release",
    "ReviewRequest",
    "Suggestion",
]
