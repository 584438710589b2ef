"""What policies refuse, each in a sentence a person can act on."""

from __future__ import annotations

from core.errors import (
    ConflictError,
    InvalidError,
    InvalidFieldsError,
    LimitError,
    NotAllowedError,
    NotFoundError,
)


class PolicyNotFoundError(NotFoundError):
    code = "policy_not_found"
    detail = "There is no such policy, or it is not yours to see."


class ReleaseNotFoundError(NotFoundError):
    code = "release_not_found"
    detail = "There is no such release, or it is not yours to see."


class ClauseNotFoundError(NotFoundError):
    code = "clause_not_found"
    detail = "This release has no clause {key}."


class CampaignNotFoundError(NotFoundError):
    code = "campaign_not_found"
    detail = "There is no such campaign, or it is not yours to see."


class PolicyKeyTakenError(ConflictError):
    code = "policy_key_taken"
    detail = "This project already has a policy with the key {key}. Choose another key."


class ClauseKeyTakenError(ConflictError):
    code = "clause_key_taken"
    detail = (
        "The key {key} is already in use in {where}. A clause key names one clause of a project for ever."
    )


class ClauseLimitError(LimitError):
    code = "clause_limit"
    detail = "A release holds at most {most} clauses. Divide the policy into two."


class ReleaseNotDraftError(ConflictError):
    code = "release_not_draft"
    detail = "This release is {state}; only a draft can be changed. Start a new draft from it."


class ReleaseStateError(ConflictError):
    code = "release_state"
    detail = "This release is {state}; that step needs a release that is {needed}."


class ReleaseVersionConflictError(ConflictError):
    """Somebody saved the outline or title meanwhile; both states travel in ``fields``."""

    code = "release_version_conflict"
    detail = "Somebody else changed this release meanwhile. Compare both versions, then save again."


class ClauseVersionConflictError(ConflictError):
    """Somebody saved the clause meanwhile; both texts travel in ``fields`` as ``yours`` and ``theirs``."""

    code = "clause_version_conflict"
    detail = "Somebody else changed this clause meanwhile. Compare both texts, then save again."


class ReleaseIncompleteError(InvalidFieldsError):
    """What still stands between a draft and its review, one row per problem."""

    code = "release_incomplete"
    detail = "This release cannot go on yet. Each point below says what to do."


class ApprovalOwnTextError(NotAllowedError):
    code = "approval_own_text"
    detail = "You wrote part of this release. Somebody else has to approve it."


class ApprovalMissingError(ConflictError):
    code = "approval_missing"
    detail = "{missing} more approval(s) of this very text are needed. Ask colleagues who did not write it."


class ApprovalRepeatedError(ConflictError):
    code = "approval_repeated"
    detail = "You have already approved this text."


class ReviewerInvalidError(InvalidError):
    code = "reviewer_invalid"
    detail = "Only people of this project who may approve policy can be asked to review."


class CommentNotFoundError(NotFoundError):
    code = "comment_not_found"
    detail = "There is no such comment, or it is not yours to see."


class SuggestionNotFoundError(NotFoundError):
    code = "suggestion_not_found"
    detail = "There is no such suggestion, or it is not yours to see."


class PassageNotFoundError(InvalidError):
    code = "passage_not_found"
    detail = "The clause has no such passage any more. Look at the text as it is now."


class SuggestionEmptyError(InvalidError):
    code = "suggestion_empty"
    detail = "Propose a text that differs from the one that stands there and fits its place."


class SuggestionDecidedError(ConflictError):
    code = "suggestion_decided"
    detail = "This suggestion is {state} already."


class SuggestionOthersError(NotAllowedError):
    code = "suggestion_others"
    detail = "Only who made a suggestion can take it back; decline it instead."


class EffectiveDateError(InvalidError):
    code = "effective_date"
    detail = "A release takes effect now or later. Choose a date that is not in the past."


class ClausesUnlikeError(InvalidError):
    code = "clauses_unlike"
    detail = "A question about a post and a criterion for comparing cannot become one clause."


class VersionNotFoundError(NotFoundError):
    code = "version_not_found"
    detail = "No version {version} of {key} was saved in this draft."


class ParentInvalidError(InvalidError):
    code = "parent_invalid"
    detail = "{key} cannot stand under {parent_key}: {problem}."


class OutlineInvalidError(InvalidError):
    code = "outline_invalid"
    detail = "The new order must name every clause of the release exactly once: {problem}."


class AgainstInvalidError(InvalidError):
    code = "against_invalid"
    detail = "Compare with another release of the same policy that is released or retired."


class CampaignEmptyError(ConflictError):
    code = "campaign_empty"
    detail = "No clause asked by both releases changed its meaning, so there is nothing to ask again."


class CampaignClauseError(InvalidError):
    code = "campaign_clause"
    detail = "{key} did not change its meaning between these releases, so a campaign cannot ask it."


class RecordsPlaceError(InvalidError):
    code = "records_place"
    detail = "This page of the list is not known. Begin at its first page."


class CampaignStateError(ConflictError):
    code = "campaign_state"
    detail = "This campaign is {state}; {wanted}."


class CampaignWidenError(ConflictError):
    code = "campaign_widen"
    detail = "This campaign already asks that much. Choose a smaller margin, or ask all."


class CampaignReleaseError(ConflictError):
    code = "campaign_release"
    detail = "A campaign asks under a release that is released and not retired."


class VersionMissingError(InvalidError):
    code = "version_missing"
    detail = "Say which version you have read, as ?version=3."


class PrecedentNotFoundError(NotFoundError):
    code = "precedent_not_found"
    detail = "There is no such precedent, or it is not yours to see."


class PrecedentStateError(ConflictError):
    code = "precedent_state"
    detail = "This precedent is {state}; that step needs one that is {needed}."


class PrecedentOwnRulingError(NotAllowedError):
    code = "precedent_own_ruling"
    detail = "You made this ruling. Somebody else has to approve it as a precedent."


class PrecedentStaleError(ConflictError):
    code = "precedent_stale"
    detail = (
        "The clause {key} means something else by now. Rule on the post again under the release in effect."
    )


class PrecedentReasonError(InvalidError):
    code = "precedent_reason"
    detail = "Say why it is retired; whoever cited it reads that."


class RenderingUnknownError(InvalidError):
    code = "rendering_unknown"
    detail = "There is no rendering “{rendering}”. Use guideline, safeguard, cope, shieldgemma or llamaguard."


class RenderingBudgetError(InvalidError):
    code = "rendering_budget"
    detail = "The budget is a number of tokens from 0 (cut nothing) to {most}."


class PolicyFileUnknownError(InvalidError):
    code = "policy_file_unknown"
    detail = "There is no form “{form}”. Take markdown, json or pack."


class ImportRefusedError(LimitError):
    code = "import_refused"
    detail = "{problem}"
    status = 422
    title = "These files were not read"


class ImportNothingError(InvalidFieldsError):
    """Why no clause came out of the files, one row per reason, as file and line."""

    code = "import_nothing"
    detail = "Nothing in these files became a clause. Each point below says why."


class ImportFileError(InvalidError):
    code = "import_file"
    detail = "The file {name} did not arrive whole. Choose it again."
