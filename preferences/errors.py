"""What this app refuses, each in a sentence a person can act on."""

from __future__ import annotations

from core.errors import (
    ConflictError,
    InvalidError,
    InvalidFieldsError,
    LimitError,
    NotFoundError,
    UnavailableError,
)


class ComparisonNotFoundError(NotFoundError):
    code = "comparison_not_found"
    detail = "There is no such comparison, or it is not yours to see."


class SlateNotFoundError(NotFoundError):
    code = "slate_not_found"
    detail = "There are no such responses judged together, or they are not yours to see."


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


class ChoosingNeedsPairsError(ConflictError):
    code = "choosing_needs_pairs"
    detail = "Only pairs can be chosen by what they tell. Leave the choosing out, or ask about pairs."


class ComparisonImportError(InvalidError):
    code = "comparison_import"
    detail = "Nothing was imported: {count} of the lines cannot be used.\n{problems}"


class ComparisonImportTooLongError(LimitError):
    code = "comparison_import_too_long"
    detail = "The file has more than {most} lines. Split it and import the parts one after the other."


class GoldPairInvalidError(InvalidFieldsError):
    code = "gold_pair_invalid"
    detail = "This cannot be known of the comparison. Each point below says what to do."


class GoldPairAlreadyError(ConflictError):
    code = "gold_pair_already"
    detail = "The answers to this comparison are known already. End that first."


class NothingKnownError(ConflictError):
    code = "gold_pair_nothing_known"
    detail = "Nothing is decided on this comparison yet: say yourself which outcomes are right."


class ImportFileMissingError(InvalidError):
    code = "import_file_missing"
    detail = "Send the JSONL file as the form field “file”."


class ModelSilentError(UnavailableError):
    code = "model_silent"
    detail = (
        "The model did not answer {times} times in a row, so the run was stopped; what it answered is kept. "
        "{problem} Mend the endpoint, then go on with the run."
    )


class NothingToAskJudgeError(ConflictError):
    code = "nothing_to_ask_judge"
    detail = "{problem}"


class JudgeRunNotFoundError(NotFoundError):
    code = "judge_run_not_found"
    detail = "There is no such run of a judge, or it is not yours to see."


class RunUnderWayError(ConflictError):
    code = "run_under_way"
    detail = "The run is finished, or still under way: there is nothing to go on with."


class JudgeImportError(InvalidError):
    code = "judge_import"
    detail = "Nothing was imported: {count} of the lines cannot be used.\n{problems}"


class SamplingRunNotFoundError(NotFoundError):
    code = "sampling_run_not_found"
    detail = "There is no such run that asks a model for responses, or it is not yours to see."


class NothingToSampleError(ConflictError):
    code = "nothing_to_sample"
    detail = (
        "Every prompt that may be asked has {samples} responses by “{model}” already, or there is none. "
        "Ask for more, choose another model, or bring in prompts."
    )


class SampleTooLongError(InvalidError):
    code = "sample_too_long"
    detail = (
        "“{name}” may answer with at most {most} tokens. Ask for fewer, or raise its limit under Endpoints."
    )


class SampleAloneError(InvalidError):
    code = "sample_alone"
    detail = (
        "One response a prompt has nothing to be compared with. Ask for two or more, put it beside other models' "
        "responses, or keep responses alone."
    )


class SamplingFileError(InvalidError):
    code = "sampling_file"
    detail = "Nobody was asked: {count} of the lines cannot be used.\n{problems}"


class SamplingFileTooLongError(LimitError):
    code = "sampling_file_too_long"
    detail = "The file has more than {most} prompts, or more than 64 MiB. Split it, and ask one part after the other."


class ConversationNotFoundError(NotFoundError):
    code = "conversation_not_found"
    detail = "There is no such conversation, or it is not yours to see."


class TurnInvalidError(InvalidError):
    code = "turn_invalid"
    detail = "{problem}"


class TurnNotJudgedError(ConflictError):
    code = "turn_not_judged"
    detail = "Judge this turn first; once your judgment is sent, you can go on with the conversation."


class ResponseShowsMediaError(ConflictError):
    code = "response_shows_media"
    detail = (
        "This response shows pictures, video or sound. A conversation goes on from responses in words only."
    )


class ConversationHiddenError(ConflictError):
    code = "conversation_hidden"
    detail = "What this conversation is about was hidden, so nothing is added to it."
