from __future__ import annotations

from core.errors import ConflictError, InvalidError


class SubmissionDiffersError(ConflictError):
    code = "submission_differs"
    detail = (
        "Another answer was already stored under this identifier. Nothing was changed; load the task again."
    )


class SubmittedAlreadyError(ConflictError):
    code = "submitted_already"
    detail = "You have already answered this task. To change the answer, supersede it from your recent work."


class SupersededAlreadyError(ConflictError):
    code = "superseded_already"
    detail = "This answer was already superseded by a newer one. Load your recent work and change that one."


class LeaseOverError(ConflictError):
    code = "lease_over"
    detail = "Your hold on this task has ended. What you wrote is kept; submit it, or load the next task."


class DraftConflictError(ConflictError):
    code = "draft_conflict"
    detail = (
        "This task was changed in another tab or on another device. "
        "Both texts are kept; choose which to go on with."
    )


class ProjectNotActiveError(ConflictError):
    code = "project_not_active"
    detail = "The project is {state}, so it hands out no work right now. A manager can resume it."


class TaskSlotsError(InvalidError):
    code = "task_slots"
    detail = "A task asks for 1 to 50 answers, not {slots}."


class ReasonMissingError(InvalidError):
    code = "reason_missing"
    detail = "Say in a few words why you skip this task, so that it can be put right."
