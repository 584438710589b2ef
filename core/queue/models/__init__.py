"""Tables of this app; private to it."""

from __future__ import annotations

from core.queue.models.notes import Note
from core.queue.models.onboarding import OnboardingRun, OnboardingStep
from core.queue.models.protection import (
    CheckIn,
    Closure,
    Harm,
    OrganizationProtection,
    PersonLimit,
    PersonProtection,
    ProjectLimit,
    ProjectProtection,
    Reveal,
    Ward,
)
from core.queue.models.quality import GoldOffer, PairOffer, Pause, QualityRules, SpareId
from core.queue.models.reviews import Review
from core.queue.models.submissions import Draft, Submission
from core.queue.models.tasks import HeldSource, Lease, Slot, Task
from core.queue.models.views import ViewEvent

__all__ = [
    "CheckIn",
    "Closure",
    "Draft",
    "GoldOffer",
    "Harm",
    "HeldSource",
    "Lease",
    "Note",
    "OnboardingRun",
    "OnboardingStep",
    "OrganizationProtection",
    "PairOffer",
    "Pause",
    "PersonLimit",
    "PersonProtection",
    "ProjectLimit",
    "ProjectProtection",
    "QualityRules",
    "Reveal",
    "Review",
    "Slot",
    "SpareId",
    "Submission",
    "Task",
    "ViewEvent",
    "Ward",
]
