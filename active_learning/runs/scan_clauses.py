"""What a scan finds on one clause: answers that heads disbelieve, and twins with different answers."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from active_learning.domain.reliability import Reliability, Vote, reliabilities
from active_learning.domain.suspect_kinds import SuspectKind, group_alike_from
from active_learning.learners.arrays import Probabilities
from active_learning.learners.heads.training import Labelled, out_of_sample
from active_learning.learners.neighbours import nearest_answered
from active_learning.learners.noise.suspects import Finding, suspects_found
from active_learning.learners.noise.twins import Twin, twins_across, twins_doubted
from active_learning.models import Scan, Suspect
from active_learning.runs.labels import Decided
from active_learning.runs.scan_people import AnswersGiven, people_told
from active_learning.selectors import decisions_confirmed
from annotation.selectors import PersonResult, VoteView, votes
from core.accounts.selectors import pseudonyms
from core.content.selectors import posts_in

NEIGHBOURS = 3
MOST_COMPARED = 200_000
"""So many posts are compared two by two; of more only those with the same content or group."""


@dataclass(frozen=True)
class PostMark:
    """By what a post is known, and by what it is the same as another."""

    external_id: str
    content_sha256: str
    group_key: str


@dataclass(frozen=True)
class ClauseFound:
    """What was found on a clause: suspects without ranks yet, figures for the scan's page, what heads predicted."""

    key: str
    suspects: list[Suspect]
    facts: dict[str, Any]
    predicted: Probabilities


def posts_marked(project_id: uuid.UUID, post_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, PostMark]:
    """Return what tells the posts apart, by post."""
    rows = posts_in(project_id, also_hidden=True, also_material=True).filter(pk__in=post_ids)
    told = rows.values_list("pk", "external_id", "content_sha256", "group_key")
    return {post_id: PostMark(*mark) for post_id, *mark in told}


@dataclass(frozen=True)
class ClauseLook:
    """One clause's decided posts, in the order of ``labelled``, and who answered them."""

    scan: Scan
    key: str
    ids: list[uuid.UUID]
    labelled: Labelled
    decided: Decided
    marks: Mapping[uuid.UUID, PostMark]
    given: Mapping[uuid.UUID, list[VoteView]]
    trust: Mapping[Any, Reliability]
    names: Mapping[uuid.UUID, str]
    results: Mapping[uuid.UUID, PersonResult]

    def found(self) -> ClauseFound:
        """Return what is to be doubted; what a person confirmed before is left out."""
        predicted = out_of_sample(self.labelled, seed=self.scan.seed).probabilities
        confirmed = decisions_confirmed(self.scan.project_id, self.key)
        known = {index for index, post_id in enumerate(self.ids) if self._decision(post_id) in confirmed}
        doubted = self._answers(suspects_found(self.labelled.labels, predicted), known)
        duplicates = self._duplicates(predicted, known)
        facts = {
            "decisions": len(self.ids),
            "suspects": len(doubted),
            "duplicates": len(duplicates),
            "vectors_compared": self._compares_vectors,
            **self._people(doubted, predicted),
        }
        return ClauseFound(self.key, doubted + duplicates, facts, predicted)

    def _answers(self, findings: Iterable[Finding], known: set[int]) -> list[Suspect]:
        kept = [finding for finding in findings if finding.index not in known]
        indexes = [finding.index for finding in kept]
        vectors = self.labelled.vectors
        near = nearest_answered(vectors[indexes], vectors, count=NEIGHBOURS, own=indexes)
        suspects = []
        for finding, neighbours in zip(kept, near, strict=True):
            why = self._why(finding.index, finding.given_probability, finding.likely_probability)
            why["nearest"] = [
                {
                    "post_id": str(self.ids[one.index]),
                    "answer": self._answer(one.index),
                    "similarity": round(one.similarity, 4),
                }
                for one in neighbours
            ]
            likely = self.labelled.classes[finding.likely]
            suspects.append(self._suspect(SuspectKind.ANSWER, finding.index, likely, finding.suspicion, why))
        return suspects

    @property
    def _compares_vectors(self) -> bool:
        return len(self.ids) <= MOST_COMPARED

    def _duplicates(self, predicted: Probabilities, known: set[int]) -> list[Suspect]:
        labels = self.labelled.labels
        marks = [self.marks[post_id] for post_id in self.ids]
        twins = twins_across(
            self.labelled.vectors,
            labels,
            contents=[mark.content_sha256 for mark in marks],
            groups=[mark.group_key for mark in marks],
            alike_from=self.scan.alike_from,
            group_from=group_alike_from(self.scan.alike_from),
            compares_vectors=self._compares_vectors,
        )
        belief = predicted[np.arange(len(labels)), labels]
        doubted = twins_doubted(twins, labels, belief)
        return [self._duplicate(twin, predicted) for twin in doubted if twin.index not in known]

    def _duplicate(self, twin: Twin, predicted: Probabilities) -> Suspect:
        index, labels = twin.index, self.labelled.labels
        chances = predicted[index]
        why = self._why(index, float(chances[labels[index]]), float(chances[labels[twin.twin]]))
        post_id, similarity = self.ids[twin.twin], round(twin.similarity, 4)
        why["twin"] = {
            "post_id": str(post_id),
            "external_id": self.marks[post_id].external_id,
            "answer": self._answer(twin.twin),
            "similarity": similarity,
            "by": str(twin.by),
        }
        return self._suspect(SuspectKind.DUPLICATE, index, self._answer(twin.twin), similarity, why)

    def _suspect(
        self, kind: SuspectKind, index: int, likely: str, score: float, why: dict[str, Any]
    ) -> Suspect:
        post_id = self.ids[index]
        return Suspect(
            scan=self.scan,
            kind=str(kind),
            post_id=post_id,
            decision_id=self._decision(post_id),
            clause_key=self.key,
            rank=0,
            given=self._answer(index),
            likely=likely,
            score=score,
            why=why,
        )

    def _why(self, index: int, given_probability: float, likely_probability: float) -> dict[str, Any]:
        cast = self.given.get(self.ids[index], [])
        return {
            "given_probability": round(given_probability, 4),
            "likely_probability": round(likely_probability, 4),
            "votes": [
                {
                    "pseudonym": self.names.get(vote.person_id, "former member"),
                    "is_simulated": vote.is_simulated,
                    "answer": vote.answer,
                    "reliability": round(self.trust[vote.person_id].estimate, 3),
                }
                for vote in cast
            ],
            "nearest": [],
        }

    def _people(self, doubted: Iterable[Suspect], predicted: Probabilities) -> dict[str, Any]:
        answers = AnswersGiven(self.given, self.ids, self.labelled.classes, predicted)
        resting = self._resting(doubted)
        return people_told(self.key, answers, self.results, self.names, suspects=resting)

    def _resting(self, doubted: Iterable[Suspect]) -> Counter[uuid.UUID]:
        """Count the doubted answers that rest on each person's own."""
        return Counter(
            vote.person_id
            for suspect in doubted
            for vote in self.given.get(suspect.post_id, [])
            if vote.answer == suspect.given
        )

    def _decision(self, post_id: uuid.UUID) -> uuid.UUID:
        return self.decided.decisions[post_id].pk

    def _answer(self, index: int) -> str:
        return self.labelled.classes[int(self.labelled.labels[index])]


def clause_look(
    scan: Scan,
    key: str,
    ids: list[uuid.UUID],
    labelled: Labelled,
    decided: Decided,
    marks: Mapping[uuid.UUID, PostMark],
    results: Mapping[uuid.UUID, PersonResult],
) -> ClauseLook:
    """Gather what a clause is looked at by."""
    given: dict[uuid.UUID, list[VoteView]] = {}
    for vote in votes(scan.project_id, release_id=scan.release_id, clause_keys=[key]):
        given.setdefault(vote.post_id, []).append(vote)
    trust = reliabilities(
        Vote(post_id, vote.person_id, vote.answer) for post_id, cast in given.items() for vote in cast
    )
    names = {user_id: member.pseudonym for user_id, member in pseudonyms(scan.project_id).items()}
    return ClauseLook(scan, key, ids, labelled, decided, marks, given, trust, names, results)
