"""What this app refuses, each in a sentence a person can act on."""

from __future__ import annotations

from core.errors import ConflictError, InvalidError, InvalidFieldsError, LimitError, NotFoundError


class ComparisonNotFoundError(NotFoundError):
    code = "comparison_not_found"
    detail = "There is no such comparison, or it is not yours to see."


class JudgmentInvalidError(InvalidFieldsError):
    code = "judgment_invalid"
    detail = "The judgment cannot be stored yet. Each point below says what to do."


class TaskNotComparisonError(ConflictError):
    code = "task_not_comparison"
    detail = "This lease is for a labelling task, not for a comparison."


class AxesUnknownError(InvalidError):
    code = "axes_unknown"
    detail = "The release {release} has no axis clause {keys}. Choose from its axes: {axes}."


class ReleaseNotComparingError(ConflictError):
    code = "release_has_no_axes"
    detail = "The release {release} has no axis clauses, so it gives nothing to compare responses on."


class ReleaseNotInForceError(ConflictError):
    code = "release_not_in_force"
    detail = (
        "New comparisons are asked under a release that is released and not retired. {release} is {state}."
    )


class ReleaseMissingError(ConflictError):
    code = "release_missing"
    detail = "This project has no release in effect yet. Release a policy with axis clauses first."


class ComparisonImportError(InvalidError):
    code = "comparison_import"
    detail = "Nothing was imported: {count} of the lines cannot be used.\n{problems}"


class ComparisonImportTooLongError(LimitError):
    code = "comparison_import_too_long"
    detail = "The file has more than {most} lines. Split it and import the parts one after the other."


class ImportFileMissingError(InvalidError):
    code = "import_file_missing"
    detail = "Send the JSONL file as the form field “file”."
