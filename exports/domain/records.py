"""What rows are built from: facts about posts, comparisons and the answers given about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One part of a post: a text, or a stored media file by hash."""

    kind: str
    label: str = ""
    language: str = ""
    text: str | None = None
    sha256: str | None = None
    mime: str | None = None
    media_kind: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class PostRecord:
    """A post with its parts in order."""

    id: str
    external_id: str
    language: str = ""
    source: str = ""
    group_key: str = ""
    parts: tuple[PartRecord, ...] = ()

    @property
    def text(self) -> str:
        """The text parts in order, an empty line between two."""
        return "\n\n".join(part.text for part in self.parts if part.text is not None)


@dataclass(frozen=True, slots=True)
class ClauseRecord:
    """A clause as the target release words it; ``answers`` in the release's order."""

    key: str
    question: str
    meaning_revision: int
    answers: tuple[str, ...] = ()
    harmful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """One person's answer to one clause of one post.

    ``is_counted`` is false when it was superseded, or came when its task needed no more answers.
    """

    submission_id: str
    annotator: str
    answer: str
    meaning_revision: int
    policy_version: str
    severity: int | None = None
    confidence: float | None = None
    reason: str = ""
    seconds: float | None = None
    is_simulated: bool = False
    is_gold: bool = False
    is_superseded: bool = False
    is_counted: bool = True
    evidence: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """What the project holds true for one post and clause; ``answer`` is null when it is undecided."""

    id: str
    clause_key: str
    meaning_revision: int
    policy_version: str
    answer: str | None
    severity: int | None
    confidence: float | None
    method: str
    evidence: tuple[Mapping[str, object], ...] = ()
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class LabelledPost:
    """A post with its decisions (newest first for each clause) and every vote by clause."""

    post: PostRecord
    decisions: tuple[DecisionRecord, ...]
    votes: Mapping[str, tuple[VoteRecord, ...]]


@dataclass(frozen=True, slots=True)
class ResponseRecord:
    """One of the two responses; ``has_media`` when it is more than text."""

    text: str
    source_model: str | None = None
    has_media: bool = False


@dataclass(frozen=True, slots=True)
class AxisVoteRecord:
    """One person's answer on one axis.

    ``choice`` is ``prefer``, ``tie``, ``both_good`` or ``both_unacceptable``; ``value`` runs from -3 (A is
    much better) to 3 (B is much better) and is 0 without a preference.
    """

    choice: str
    value: int
    meaning_revision: int


@dataclass(frozen=True, slots=True)
class JudgmentRecord:
    """What one person said about a comparison.

    ``acceptable`` says by side (``a``, ``b``) whether the response is; a side left out was not assessed.
    ``rewrites`` holds the improved text by side. ``a_was_first`` tells the order shown.
    """

    submission_id: str
    annotator: str
    policy_version: str
    axes: Mapping[str, AxisVoteRecord]
    acceptable: Mapping[str, bool] = field(default_factory=dict)
    rewrites: Mapping[str, str] = field(default_factory=dict)
    a_was_first: bool = True
    reason: str = ""
    seconds: float | None = None
    confidence: float | None = None
    is_simulated: bool = False
    is_gold: bool = False
    is_superseded: bool = False
    is_counted: bool = True

    @property
    def both_unacceptable(self) -> bool:
        """Whether the person refused both responses outright."""
        return any(vote.choice == "both_unacceptable" for vote in self.axes.values())


@dataclass(frozen=True, slots=True)
class AxisDecisionRecord:
    """What the project holds true on one axis.

    ``outcome`` is ``a``, ``b``, ``tie``, ``both_good`` or ``both_unacceptable``, null when it is undecided;
    ``p_a`` is the chance that A is better, null when it was not estimated.
    """

    id: str
    axis: str
    meaning_revision: int
    policy_version: str
    outcome: str | None
    p_a: float | None
    method: str
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class JudgedComparison:
    """A comparison with the decision on each axis (newest first) and every judgment."""

    id: str
    external_id: str
    prompt: tuple[tuple[str, str], ...]
    response_a: ResponseRecord
    response_b: ResponseRecord
    group_key: str
    language: str
    decisions: tuple[AxisDecisionRecord, ...]
    judgments: tuple[JudgmentRecord, ...]
    prompt_has_media: bool = False

    def response(self, side: str) -> ResponseRecord:
        """Return the response on ``side``."""
        return self.response_a if side == "a" else self.response_b
