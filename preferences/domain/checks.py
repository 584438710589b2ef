"""What a judgment document must satisfy under the release it answers, beyond its shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from preferences.domain.document import PAIR, JudgmentDocument, Position, ResponseOpinion


@dataclass(frozen=True)
class JudgmentTerms:
    """What the task and its release ask for.

    ``axes`` are the axis clauses the task asks, ``severities`` the severity values of every clause that a
    response may be said to break, by clause key (an empty set: the clause has no severity scale), ``positions`` where
    responses were shown, ``highest`` the best rating on axes with steps of their own.
    """

    axes: tuple[str, ...]
    severities: Mapping[str, frozenset[int]]
    assessment_is_required: bool
    positions: tuple[Position, ...] = PAIR
    highest: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DocumentProblem:
    """One thing to put right: where in the document, and what to do about it."""

    path: str
    message: str


def document_problems(
    document: JudgmentDocument, terms: JudgmentTerms, *, texts: Mapping[Position, str]
) -> list[DocumentProblem]:
    """List everything in ``document`` that its task and release do not allow; empty when it may be stored.

    ``texts`` are the two responses in shown order, to tell a rewrite from a copy.
    """
    return [
        *asked_problems([answer.clause_key for answer in document.axes], terms),
        *opinion_problems(document.responses, terms),
        *_rewrite_problems(document, texts),
    ]


def asked_problems(keys: Sequence[str], terms: JudgmentTerms) -> Iterator[DocumentProblem]:
    """Yield what is wrong with the axes that a document answers: not asked, answered twice, or open."""
    answered = Counter(keys)
    for index, key in enumerate(keys):
        if key not in terms.axes:
            yield DocumentProblem(f"axes.{index}.clause_key", f"This task does not ask about {key!r}.")
        elif answered[key] > 1:
            yield DocumentProblem(f"axes.{index}.clause_key", f"{key!r} is answered more than once.")
    for key in terms.axes:
        if key not in answered:
            yield DocumentProblem("axes", f"{key!r} has no answer yet.")


def opinion_problems(opinions: Sequence[ResponseOpinion], terms: JudgmentTerms) -> Iterator[DocumentProblem]:
    """Yield what is wrong with what is said of responses alone."""
    positions = Counter(opinion.position for opinion in opinions)
    for index, opinion in enumerate(opinions):
        path = f"responses.{index}"
        if opinion.position not in terms.positions:
            yield DocumentProblem(f"{path}.position", f"There is no {opinion.position} response.")
        if positions[opinion.position] > 1:
            yield DocumentProblem(
                f"{path}.position", f"The {opinion.position} response is assessed more than once."
            )
        if opinion.acceptable is True and (opinion.clause_keys or opinion.severity):
            yield DocumentProblem(
                path, "An acceptable response breaks no clause: remove the clauses or mark it not acceptable."
            )
        unknown = [key for key in opinion.clause_keys if key not in terms.severities]
        for key in unknown:
            yield DocumentProblem(
                f"{path}.clause_keys", f"The release has no clause {key!r} that a response could break."
            )
        allowed = frozenset[int]().union(
            *(terms.severities.get(key, frozenset()) for key in opinion.clause_keys)
        )
        if opinion.severity is not None and not unknown and opinion.severity not in allowed:
            yield DocumentProblem(
                f"{path}.severity", f"None of the cited clauses has a severity {opinion.severity}."
            )
    if terms.assessment_is_required:
        said = {opinion.position for opinion in opinions if opinion.acceptable is not None}
        for position in terms.positions:
            if position not in said:
                yield DocumentProblem("responses", f"Say whether the {position} response is acceptable.")


def _rewrite_problems(document: JudgmentDocument, texts: Mapping[Position, str]) -> Iterator[DocumentProblem]:
    positions = Counter(rewrite.position for rewrite in document.rewrites)
    for index, rewrite in enumerate(document.rewrites):
        path = f"rewrites.{index}"
        if positions[rewrite.position] > 1:
            yield DocumentProblem(
                f"{path}.position", f"The {rewrite.position} response is rewritten more than once."
            )
        if not rewrite.text.strip():
            yield DocumentProblem(f"{path}.text", "The rewritten response is empty.")
        elif rewrite.position not in texts:
            yield DocumentProblem(f"{path}.position", f"There is no {rewrite.position} response.")
        elif rewrite.text == texts[rewrite.position]:
            yield DocumentProblem(
                f"{path}.text", "The rewritten response equals the original: change it or discard it."
            )
