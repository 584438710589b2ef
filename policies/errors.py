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
    detail = "Nobody has approved this text yet. Ask a colleague who did not write it."


class ApprovalRepeatedError(ConflictError):
    code = "approval_repeated"
    detail = "You have already approved this text."


class EffectiveDateError(InvalidError):
    code = "effective_date"
    detail = "A release takes effect now or later. Choose a date that is not in the past."


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


class CampaignReleaseError(ConflictError):
    code = "campaign_release"
    detail = "A campaign asks under a release that is released and not retired."


class VersionMissingError(InvalidError):
    code = "version_missing"
    detail = "Say which version you have read, as ?version=3."
