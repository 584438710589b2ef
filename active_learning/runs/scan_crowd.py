"""What a scan finds where several people answered: a weak consensus, and answers against a strong one."""

from __future__ import annotations

from typing import Any

import numpy as np

from active_learning.domain.suspect_kinds import HUMAN_METHODS, SuspectKind
from active_learning.learners.noise.crowd import STRONG_FROM, Crowd, answers_weak
from active_learning.models import Suspect
from active_learning.runs.scan_clauses import ClauseLook
from active_learning.selectors import subjects_reviewed
from annotation.selectors import VoteView


def crowd_doubted(look: ClauseLook) -> list[Suspect]:
    """Return the doubts about posts of a clause that several people answered, without ranks yet.

    Of decisions: as many as people and heads together expect to be wrong. Of single answers: those against a decision
    that they hold for at least `STRONG_FROM`. What a person decided by hand is doubted neither way.
    """
    crowd = look.answers.crowd
    if crowd is None:
        return []
    return _consensus(look, crowd) + _votes(look, crowd)


def _consensus(look: ClauseLook, crowd: Crowd) -> list[Suspect]:
    rows = [
        place
        for place, index in enumerate(crowd.rows.tolist())
        if crowd.answered[place] > 1 and not _is_by_hand(look, index)
    ]
    given = look.labelled.labels[crowd.rows]
    doubts = 1.0 - crowd.beliefs[np.arange(len(given)), given]
    weak = [rows[at] for at in answers_weak(doubts[rows]).tolist()]
    kept = [place for place in weak if int(crowd.rows[place]) not in look.known]
    near = look.nearest([int(crowd.rows[place]) for place in kept])
    suspects = []
    for place, neighbours in zip(kept, near, strict=True):
        index = int(crowd.rows[place])
        chances = crowd.beliefs[place].copy()
        chances[given[place]] = -1.0
        likely = int(chances.argmax())
        why = look.why(index, 1.0 - float(doubts[place]), float(chances[likely]))
        why["nearest"] = neighbours
        why["crowd"] = _told(look, crowd, place)
        suspects.append(
            look.suspect(
                SuspectKind.CONSENSUS, index, look.labelled.classes[likely], float(doubts[place]), why
            )
        )
    return suspects


def _votes(look: ClauseLook, crowd: Crowd) -> list[Suspect]:
    place_of = {index: place for place, index in enumerate(crowd.rows.tolist())}
    reviewed = subjects_reviewed(look.scan.project_id, look.key, SuspectKind.VOTE)
    suspects = []
    for (index, vote), quality in zip(look.answers.counted, crowd.answer_qualities.tolist(), strict=True):
        place = place_of[index]
        if str(vote.verdict_id) in reviewed or not _is_against(look, crowd, place, vote):
            continue
        held = float(crowd.beliefs[place, crowd.consensus[place]])
        why = look.why(index, quality, held)
        why["crowd"] = _told(look, crowd, place)
        why["vote"] = {
            "pseudonym": look.names.get(vote.person_id, "former member"),
            "is_simulated": vote.is_simulated,
            "severity": vote.severity,
            "decided": look.answer(index),
        }
        suspects.append(
            look.suspect(
                SuspectKind.VOTE,
                index,
                look.answer(index),
                1.0 - quality,
                why,
                given=vote.answer,
                subject=str(vote.verdict_id),
            )
        )
    return suspects


def _is_against(look: ClauseLook, crowd: Crowd, place: int, vote: VoteView) -> bool:
    """Whether an answer is another than the decision, and people and heads hold the decision for likely enough."""
    index = int(crowd.rows[place])
    decided = int(look.labelled.labels[index])
    return (
        vote.answer != look.answer(index)
        and crowd.answered[place] > 1
        and int(crowd.consensus[place]) == decided
        and float(crowd.beliefs[place, decided]) >= STRONG_FROM
        and not _is_by_hand(look, index)
    )


def _is_by_hand(look: ClauseLook, index: int) -> bool:
    return look.decision(index).method in HUMAN_METHODS


def _told(look: ClauseLook, crowd: Crowd, place: int) -> dict[str, Any]:
    """Return what people and head come to on a post, and how far either is behind it."""
    index = int(crowd.rows[place])
    consensus = int(crowd.consensus[place])
    answer = look.labelled.classes[consensus]
    return {
        "consensus": answer,
        "probability": round(float(crowd.beliefs[place, consensus]), 4),
        "answered": int(crowd.answered[place]),
        "agreeing": sum(vote.answer == answer for vote in look.given.get(look.ids[index], [])),
        "model_probability": round(float(look.predicted[index, consensus]), 4),
    }
