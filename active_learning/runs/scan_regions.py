"""What a scan finds in drawn boxes: missing, badly placed, or drawn for another clause than others see."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from active_learning.domain.suspect_kinds import SuspectKind
from active_learning.learners.noise.boxes import Boxes, BoxSuspect, Picture, boxes_suspected
from active_learning.models import Scan, Suspect
from active_learning.runs.labels import Decided
from active_learning.selectors import subjects_reviewed
from annotation.selectors import (
    Corners,
    DrawnBox,
    boxes_drawn,
    boxes_merged,
    boxes_suggested,
    votes,
)
from core.accounts.selectors import pseudonyms

AGREEING = 2
"""So many others must have drawn a box before it counts against anybody."""


@dataclass(frozen=True)
class Seen:
    """A box that others see on a picture: for which clause, how sure, and who: a model, or how many people."""

    clause_key: str
    corners: Corners
    sure: float
    people: int
    model: str = ""


class Regions:
    """The boxes drawn for some of a scan's clauses, each beside what others see on the same picture.

    Only boxes behind the decided answer are looked at: who answered otherwise is a matter of answers, not of boxes.
    """

    def __init__(self, scan: Scan, decided: Mapping[str, Decided]) -> None:
        self._scan = scan
        self._decided = decided
        told: dict[str, Any] = {"release_id": scan.release_id, "clause_keys": list(decided)}
        self._drawn: dict[tuple[uuid.UUID, uuid.UUID], list[DrawnBox]] = defaultdict(list)
        for box in boxes_drawn(scan.project_id, **told):
            if self._is_decided(box.post_id, box.clause_key, box.answer):
                self._drawn[box.post_id, box.part_id].append(box)
        self._suggested: dict[tuple[uuid.UUID, uuid.UUID], list[Seen]] = defaultdict(list)
        for mark in boxes_suggested(scan.project_id, **told):
            if self._is_decided(mark.post_id, mark.clause_key, mark.answer):
                seen = Seen(mark.clause_key, mark.corners, mark.confidence, 0, mark.model)
                self._suggested[mark.post_id, mark.part_id].append(seen)
        self._verdicts = {
            (vote.post_id, vote.clause_key, vote.person_id): vote.verdict_id
            for vote in (votes(scan.project_id, **told) if self._drawn else ())
            if self._is_decided(vote.post_id, vote.clause_key, vote.answer)
        }

    @property
    def facts(self) -> dict[str, Any]:
        """Figures for the scan's page: pictures with boxes, and boxes on them."""
        return {"pictures": len(self._drawn), "boxes": sum(map(len, self._drawn.values()))}

    def doubted(self) -> list[Suspect]:
        """Return the doubts about drawn boxes, without ranks yet."""
        sides = [
            (own, seen)
            for place, boxes in sorted(self._drawn.items())
            for person in sorted({box.person_id for box in boxes})
            for own, seen in [self._side(place, boxes, person)]
            if seen
        ]
        number = {key: at for at, key in enumerate(self._scan.clause_keys)}
        pictures = [
            Picture(
                Boxes(
                    _array([box.corners for box in own]), np.array([number[box.clause_key] for box in own])
                ),
                Boxes(
                    _array([one.corners for one in seen]), np.array([number[one.clause_key] for one in seen])
                ),
                np.array([one.sure for one in seen]),
            )
            for own, seen in sides
        ]
        names = {user_id: member.pseudonym for user_id, member in pseudonyms(self._scan.project_id).items()}
        reviewed = {
            key: subjects_reviewed(self._scan.project_id, key, SuspectKind.REGION)
            for key in self._scan.clause_keys
        }
        found: dict[tuple[uuid.UUID, str, str], Suspect] = {}
        for one in boxes_suspected(pictures, classes=len(number)):
            suspect = self._suspect(one, *sides[one.picture], names)
            if suspect is not None and suspect.subject not in reviewed[suspect.clause_key]:
                found.setdefault((suspect.post_id, suspect.clause_key, suspect.subject), suspect)
        return list(found.values())

    def _side(
        self, place: tuple[uuid.UUID, uuid.UUID], boxes: Sequence[DrawnBox], person: uuid.UUID
    ) -> tuple[list[DrawnBox], list[Seen]]:
        """Return what a person drew on a picture, and what others see there."""
        seen = list(self._suggested[place])
        for key in self._scan.clause_keys:
            others = [box for box in boxes if box.person_id != person and box.clause_key == key]
            several = len({box.person_id for box in others})
            seen += [
                Seen(key, corners, people / several, people)
                for corners, people in boxes_merged(others)
                if people >= AGREEING
            ]
        return [box for box in boxes if box.person_id == person], seen

    def _suspect(
        self, one: BoxSuspect, own: Sequence[DrawnBox], seen: Sequence[Seen], names: Mapping[uuid.UUID, str]
    ) -> Suspect | None:
        against, first = seen[one.seen], own[0]
        drawn = None if one.drawn is None else own[one.drawn]
        key = against.clause_key if drawn is None else drawn.clause_key
        verdict = self._verdicts.get((first.post_id, key, first.person_id))
        if verdict is None:
            # They did not say that the clause applies: there is nothing they should have drawn for it.
            return None
        decision = self._decided[key].decisions[first.post_id]
        place = f"{against.corners[0]:.0f},{against.corners[1]:.0f}" if drawn is None else str(drawn.ordinal)
        return Suspect(
            scan=self._scan,
            kind=str(SuspectKind.REGION),
            post_id=first.post_id,
            decision_id=decision.pk,
            clause_key=key,
            subject=f"{verdict}:{place}",
            rank=0,
            given=str(decision.answer),
            likely=str(decision.answer),
            score=round(1.0 - one.score, 6),
            why={
                "given_probability": round(one.score, 4),
                "likely_probability": round(against.sure, 4),
                "votes": [],
                "nearest": [],
                "region": {
                    "problem": str(one.problem),
                    "pseudonym": names.get(first.person_id, "former member"),
                    "is_simulated": first.is_simulated,
                    "part_id": str(first.part_id),
                    "given": None if drawn is None else list(drawn.corners),
                    "likely": list(against.corners),
                    "likely_clause": against.clause_key,
                    "people": against.people,
                    "model": against.model,
                },
            },
        )

    def _is_decided(self, post_id: uuid.UUID, clause_key: str, answer: str | None) -> bool:
        decision = self._decided[clause_key].decisions.get(post_id)
        return decision is not None and answer in (decision.answer, None)


def _array(corners: Sequence[Corners]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array(corners, dtype=np.float64).reshape(-1, 4)
