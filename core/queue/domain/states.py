from __future__ import annotations

from enum import StrEnum

GOLD_SOURCE = "gold"
"""Where a task with a known answer comes from; its answers are measured and count for nothing else."""

AGAIN_SOURCE = "again"
"""Where a task comes from that asks the same person about a pair they have judged before, with its sides swapped."""

MEASURING_SOURCES = (GOLD_SOURCE, AGAIN_SOURCE)
"""Made for one person as they are handed out, to measure how they answer; nothing else rests on what they say."""


ONBOARDING = "onboarding"
"""In the context of a gold task: that it is asked openly, to learn by, as a step of a project's onboarding."""


class OnboardingState(StrEnum):
    """Where a person is: a post is due, its known answer is to be looked at, not passed, or past it."""

    OPEN = "open"
    LESSON = "lesson"
    FAILED = "failed"
    PASSED = "passed"


class TaskKind(StrEnum):
    """What a task asks for."""

    LABEL = "label"
    COMPARE = "compare"


class TaskState(StrEnum):
    """A task is open until all its slots are filled (closed) or nobody needs its answers (withdrawn)."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class SlotState(StrEnum):
    """One answer that a task wants; a paused one is handed to nobody until what ordered the task goes on."""

    OPEN = "open"
    PAUSED = "paused"
    LEASED = "leased"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"


class LeaseState(StrEnum):
    """One person's hold on a slot; only an expired one may be handed to the same person again."""

    HELD = "held"
    SUBMITTED = "submitted"
    EXPIRED = "expired"
    SKIPPED = "skipped"
    DECLINED = "declined"


class LateReason(StrEnum):
    """Why a submission that was kept came late."""

    LEASE_EXPIRED = "lease_expired"
    SLOT_TAKEN = "slot_taken"
    TASK_WITHDRAWN = "task_withdrawn"
    PROJECT_PAUSED = "project_paused"
    NONE = ""
