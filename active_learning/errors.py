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


class StrategyMissingError(ConflictError):
    code = "strategy_missing"
    detail = (
        "The strategy “{strategy}” is modAL’s, which is not installed here. Install it, or choose another."
    )


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


class PlanExistsError(ConflictError):
    code = "plan_exists"
    detail = (
        "Rounds on this clause go on by themselves already. End that plan first, or choose another clause."
    )


class PlanStateError(ConflictError):
    code = "plan_state"
    detail = "The plan is {state}, so this cannot be done. Load it again."


class PlanStartInvalidError(InvalidError):
    code = "plan_start"
    detail = "Say when the next round starts in one way: after so many answers, or every so many hours."


class PlanEndlessError(InvalidError):
    code = "plan_endless"
    detail = "Say what ends the rounds: no more gain, so many answers, or so much harm found."


class PlanBudgetError(InvalidError):
    code = "plan_budget"
    detail = "{most_answers} answers in all are too few for one post, which takes {overlap}."


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


class NoTwinError(InvalidError):
    code = "no_twin"
    detail = "This suspect has no near-duplicate whose answer could be changed. Change its own."


class FindingNotAskableError(InvalidError):
    code = "finding_not_askable"
    detail = "People can be asked about posts that are like none answered, not about this."


class FindingAskedError(ConflictError):
    code = "finding_asked"
    detail = "People were asked about this post already. Load the list again."


class FindingAnsweredError(ConflictError):
    code = "finding_answered"
    detail = "Every question of the scan is decided on this post, so there is nothing to ask."


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


class PromotionPassedError(ConflictError):
    code = "promotion_passed"
    detail = (
        "Somebody decided about this clause’s model meanwhile. Look at what holds now, then decide again."
    )


class ModelPromotedError(ConflictError):
    code = "model_promoted"
    detail = "This model is promoted already."


class ModelNotPromotedError(ConflictError):
    code = "model_not_promoted"
    detail = "This model is not the promoted one, and only that one suggests. Promote it first."


class NoModelBeforeError(ConflictError):
    code = "no_model_before"
    detail = "No other model was promoted before this one. Promote another, or take the promotion away."


class ModelMeaningPassedError(ConflictError):
    code = "model_meaning_passed"
    detail = (
        "Version {number} was trained on a meaning of its clause that is no longer in effect, so it must not suggest. "
        "Run a round under the current release and promote its model."
    )


class ThresholdUnreachableError(ConflictError):
    code = "threshold_unreachable"
    detail = "{problem}"
