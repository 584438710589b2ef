from __future__ import annotations

from core.errors import ConflictError, InvalidError, UnavailableError


class ClauseNotLearnableError(InvalidError):
    code = "clause_not_learnable"
    detail = (
        "“{clause_key}” is not a verdict clause of {release}. Choose one whose answers are labels of posts."
    )


class ReleaseNotPublishedError(ConflictError):
    code = "release_not_published"
    detail = "The release is not one of this project's published ones. Publish it first, or choose another."


class EncoderNameError(InvalidError):
    code = "encoder_name"
    detail = "{problem}"


class EncoderUnusableError(ConflictError):
    code = "encoder_unusable"
    detail = "{problem}"


class QuotasImpossibleError(InvalidError):
    code = "quotas_impossible"
    detail = "{problem}"


class LikePostMissingError(InvalidError):
    code = "like_post_missing"
    detail = "The post to be like is not one of this project’s. Choose another, or leave it out."


class NothingToScanError(ConflictError):
    code = "nothing_to_scan"
    detail = (
        "No clause has enough decisions for a scan: each needs at least two different answers with two posts each. "
        "Label more posts first."
    )


class NothingEncodedError(ConflictError):
    code = "nothing_encoded"
    detail = (
        "This encoder has read {posts} of the project’s posts so far, and a map needs two. Run a round or a scan with "
        "it first: they encode the posts."
    )


class MapUnfinishedError(ConflictError):
    code = "map_unfinished"
    detail = "The map is not laid out yet. Wait for it, or start another."


class NothingToAskOnMapError(ConflictError):
    code = "nothing_to_ask_on_map"
    detail = "People can be asked about none of these posts: {reasons}. Choose others, or another clause."


class SuspectReviewedError(ConflictError):
    code = "suspect_reviewed"
    detail = "Somebody has reviewed this suspect already. Load the list again."


class SuspectAskedError(ConflictError):
    code = "suspect_asked"
    detail = "People were asked about this suspect already. Their answer will settle it."


class DecidedByPersonError(ConflictError):
    code = "decided_by_person"
    detail = "A reviewer decided this answer, and other people's answers do not change that. Confirm or change it here."


class DecisionReplacedError(ConflictError):
    code = "decision_replaced"
    detail = "The answer was decided anew since the scan. Load the list again."


class NewAnswerMissingError(InvalidError):
    code = "new_answer_missing"
    detail = "To change the answer, say which of the clause's answers is right."


class NothingToJudgeError(ConflictError):
    code = "nothing_to_judge"
    detail = "{problem}"


class JudgingUnderWayError(ConflictError):
    code = "judging_under_way"
    detail = "The run is under way or finished. Wait for it, cancel it first, or start a new one."


class JudgeSilentError(UnavailableError):
    code = "judge_silent"
    detail = (
        "The endpoint failed {times} times in a row: {problem} What was judged is kept; go on once it works."
    )
