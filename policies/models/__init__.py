"""Tables of this app; private to it."""

from __future__ import annotations

from policies.models.approval import Approval
from policies.models.campaign import Campaign, CampaignItem
from policies.models.clause import Clause, ClauseIdentity
from policies.models.policy import Policy
from policies.models.release import Release

__all__ = ["Approval", "Campaign", "CampaignItem", "Clause", "ClauseIdentity", "Policy", "Release"]
