from __future__ import annotations

from core.errors import ConflictError, InvalidError, InvalidFieldsError, NotAllowedError


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


class NothingSaidError(InvalidError):
    code = "nothing_said"
    detail = "Write a few words first."


class NotAQuestionError(ConflictError):
    code = "not_a_question"
    detail = "This note asks nothing, so it cannot be answered. Load the list of questions again."


class ReasonMissingError(InvalidError):
    code = "reason_missing"
    detail = "Say in a few words why you skip this task, so that it can be put right."


class OwnWorkError(ConflictError):
    code = "own_work"
    detail = "This is your own answer, or you answered the same task. Somebody else has to review it."


class QualityRulesInvalidError(InvalidFieldsError):
    code = "quality_rules_invalid"
    detail = "These settings need a change before they can be saved."


class PersonPausedError(ConflictError):
    code = "person_paused"
    detail = "Your work in this project is paused. Your own page says why, and lets you ask for another look."


class LanguagesUnsaidError(ConflictError):
    """``languages``: tags of those that wait."""

    code = "languages_unsaid"
    detail = "Work here comes in several languages. Say which ones you read: you are handed no others."


class OnboardingWaitsError(ConflictError):
    code = "onboarding_waits"
    detail = "Your introduction to this project comes first. Open its label page to go on with it."


class OnboardingStateError(ConflictError):
    code = "onboarding_state"
    detail = "That is not what comes next in this onboarding. Load the page again."


class OwnOnboardingError(NotAllowedError):
    code = "own_onboarding"
    detail = "Somebody else has to decide on your own onboarding."


class PausedAlreadyError(ConflictError):
    code = "paused_already"
    detail = "This person is paused in this project already. Load the list again."


class PauseOverError(ConflictError):
    code = "pause_over"
    detail = "This pause has ended. Load the page again."


class AppealedAlreadyError(ConflictError):
    code = "appealed_already"
    detail = (
        "You have asked for another look already. The answer will stand here as soon as somebody gave it."
    )


class OwnPauseError(ConflictError):
    code = "own_pause"
    detail = "Nobody decides about their own work. Ask another reviewer or a manager."


class WorkClosedError(ConflictError):
    """No work and no uncovered material for this person until a time."""

    code = "work_closed"
    detail = "{says}"


class BreakIsDueError(ConflictError):
    code = "break_is_due"
    detail = "This break is due, so it cannot be ended early. Work opens again by itself."


class OrganizationNotYoursError(NotAllowedError):
    code = "organization_not_yours"
    detail = "You can change what holds for the whole organization only if you manage all of its projects."


class StillWorkingError(ConflictError):
    code = "still_working"
    detail = "You are still in a project. Once you have left them all, you can have this deleted."


class RevealOverError(ConflictError):
    code = "reveal_over"
    detail = "This was covered again. Uncover it anew."


class ReviewInvalidError(InvalidFieldsError):
    code = "review_invalid"
    detail = "The review needs a change before it can be recorded."


class ReviewDiffersError(ConflictError):
    code = "review_differs"
    detail = "Another review was already stored under this identifier. Nothing was changed; load it again."


class HoldingTaskError(ConflictError):
    code = "holding_task"
    detail = (
        "You have this task on your own page right now. Answer it there, or give it back, then review it."
    )


class AdjudicationInvalidError(InvalidFieldsError):
    code = "adjudication_invalid"
    detail = "The decision needs a change before it can be recorded."


class DecisionChangedError(ConflictError):
    code = "decision_changed"
    detail = "The decision changed while you were looking at it. Load the answers again, then decide."
