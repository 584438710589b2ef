"""What the tools refuse, in sentences that an agent and its person can act on."""

from __future__ import annotations

from core.errors import (
    ConflictError,
    InvalidError,
    InvalidFieldsError,
    LimitError,
    NotAllowedError,
    NotFoundError,
)


class OriginRefusedError(NotAllowedError):
    code = "origin_refused"
    detail = "This address is for programs. A page of another site cannot call it."


class CallTooLargeError(LimitError):
    code = "call_too_large"
    detail = "A call holds at most {limit_bytes} bytes."


class CallsTooManyError(LimitError):
    status = 429
    title = "Too many requests"
    code = "calls_too_many"
    detail = "A token makes at most {per_minute} calls a minute. Wait {retry_after_s} seconds, then go on."


class ToolUnknownError(InvalidError):
    code = "tool_unknown"
    detail = "There is no tool “{name}”. List the tools to see which there are."


class ToolInputInvalidError(InvalidFieldsError):
    code = "tool_input_invalid"
    detail = "The call needs a change; each problem is named by its place in the arguments."


class ClauseAmbiguousError(InvalidError):
    code = "clause_ambiguous"
    detail = (
        "Several of your projects have a clause “{clause}”. Name it as search_policies does: policy id/key."
    )


class ClauseUnknownError(NotFoundError):
    code = "clause_unknown"
    detail = "There is no such clause in that release, or it is not yours to see."


class VersionUnknownError(NotFoundError):
    code = "version_unknown"
    detail = "There is no such released version, or it is not yours to see. Versions are named like safety@3."


class VersionAmbiguousError(InvalidError):
    code = "version_ambiguous"
    detail = "Several of your projects have a release “{version}”. Name it by its release_id."


class ProposalDiffersError(ConflictError):
    code = "proposal_differs"
    detail = "Another proposal was stored under this idempotency key. Nothing was changed; use a new key for a new one."
