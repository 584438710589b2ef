"""What this app refuses, and what it says then."""

from __future__ import annotations

from core.errors import ConflictError, InvalidError, InvalidFieldsError, UnavailableError


class LabelDocumentInvalidError(InvalidFieldsError):
    code = "label_document_invalid"
    detail = "The answers cannot be recorded as they are. Your draft is kept; each problem is named below."


class NotALabelTaskError(ConflictError):
    code = "not_a_label_task"
    detail = "This task compares two responses; it is not about a post."


class ClauseNotAskableError(InvalidError):
    code = "clause_not_askable"
    detail = "The release “{release}” has no verdict clause “{clause_key}”."


class NothingToAskError(InvalidError):
    code = "nothing_to_ask"
    detail = "The release “{release}” has no clause that asks a question about a post."


class NoPostsMatchError(InvalidError):
    code = "no_posts_match"
    detail = "No post matches, or all that match have these tasks already."


class FiguresNotKeptError(UnavailableError):
    code = "figures_not_kept"
    detail = (
        "The answers were counted, but the figures could not be kept. Try again; if it lasts, see the cache."
    )


class RulingInvalidError(InvalidFieldsError):
    code = "ruling_invalid"
    detail = "The ruling needs a change before it can be recorded."


class NothingOfferedError(ConflictError):
    code = "nothing_offered"
    detail = "No suggestions were shown for this task."


class SuggestionsInvalidError(InvalidFieldsError):
    code = "suggestions_invalid"
    detail = (
        "The suggestions cannot be stored as they are, so none was. Each problem names the line it is in."
    )


class ProposalInvalidError(InvalidFieldsError):
    code = "proposal_invalid"
    detail = "The proposal cannot be stored as it is, so nothing was. Each problem is named below."


class GoldAlreadyError(ConflictError):
    code = "gold_already"
    detail = "This post is gold already. Retire that first to make it anew."


class GoldRetiredError(ConflictError):
    code = "gold_retired"
    detail = "This gold was retired already. Load the list again."


class NothingKnownError(InvalidError):
    code = "nothing_known"
    detail = (
        "Nothing is decided on this post under this release. Adjudicate a clause first, or answer it by hand."
    )


class OnboardingSetInvalidError(InvalidFieldsError):
    code = "onboarding_set_invalid"
    detail = "The onboarding set cannot be kept as it is, so nothing was changed."
