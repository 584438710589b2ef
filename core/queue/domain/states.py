from __future__ import annotations

from enum import StrEnum


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
    """One answer that a task wants."""

    OPEN = "open"
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
