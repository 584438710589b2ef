"""What this app refuses, and what it says then."""

from __future__ import annotations

from core.errors import ConflictError, InvalidError, InvalidFieldsError


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


class AdjudicationInvalidError(InvalidFieldsError):
    code = "adjudication_invalid"
    detail = "The decision needs a change before it can be recorded."


class DecisionChangedError(ConflictError):
    code = "decision_changed"
    detail = "The decision changed while you were looking at it. Load the answers again, then decide."
