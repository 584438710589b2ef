"""What rounds go by before enough is decided to train a head: the clause's own words."""

from __future__ import annotations

from typing import Any

from active_learning.domain.clause_words import words_of
from active_learning.domain.strategy_names import COLD_START, STRATEGIES, StrategyName
from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.learners.heads.head import Head
from active_learning.learners.heads.zero_shot import zero_shot_head
from active_learning.learners.rows import Rows
from active_learning.models import ModelVersion, Round
from active_learning.runs.evaluating import code_described, encoder_described
from active_learning.runs.labels import harmful_mask
from policies.selectors import ClauseView


def head_of_words(clause: ClauseView, encoder: PostEncoder, posts: Rows) -> Head | None:
    """Return a head made of the clause's words for posts (posts, width); None where they tell the posts nothing."""
    covered, others = words_of(clause)
    places = [0, encoder.text.dim] if is_joint(encoder) else [0]
    return zero_shot_head(
        encoder.text.encode(covered),
        encoder.text.encode(others),
        posts,
        places=places,
        classes=clause.answer_values,
        harmful=harmful_mask(clause),
        about={"zero_shot": True, "covered": len(covered), "others": len(others)},
    )


def is_joint(encoder: PostEncoder) -> bool:
    """Whether texts and pictures lie in one space, as those of CLIP and SigLIP: one model reads both."""
    text, image = encoder.text, encoder.image
    return (text.name, text.revision, text.dim) == (image.name, image.revision, image.dim)


def strategy_used(wanted: StrategyName, *, is_trained: bool, told: bool) -> StrategyName:
    """Return what chooses: without a trained head, only the strategy that looks for harm goes by words.

    How unsure an uncalibrated model is says nothing. ``told``: there is a pool, and a head for it.
    """
    if not STRATEGIES[wanted].needs_head:
        return wanted
    return wanted if told and (is_trained or wanted is StrategyName.EXPECTED_HARM) else COLD_START


def words_described(found: Round, head: Head, encoder: PostEncoder) -> dict[str, Any]:
    """Return what it takes to make the same head again, in the form of `ModelVersion.trained_on`."""
    return {
        "zero_shot": {"covered": head.about["covered"], "others": head.about["others"]},
        "answers": {},
        "posts": 0,
        "seed": found.seed,
        "round": str(found.pk),
        "encoder": encoder_described(encoder),
        "code": code_described(),
    }


def learned_nothing(model: ModelVersion) -> bool:
    """Whether the model is made of its clause's words alone."""
    return "zero_shot" in model.trained_on
