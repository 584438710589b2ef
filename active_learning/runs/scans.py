"""One scan: predict every decided post by heads that never saw it, and list the answers that look wrong."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from active_learning.domain.reliability import Reliability, Vote, reliabilities
from active_learning.errors import NothingToScanError
from active_learning.learners.heads.training import Labelled, labels_suffice, out_of_sample
from active_learning.learners.neighbours import nearest_answered
from active_learning.learners.noise.suspects import Finding, suspects_found
from active_learning.models import Scan, Suspect
from active_learning.runs.embedding import encoder_loaded, posts_embedded
from active_learning.runs.labels import Decided, by_post, decided_posts
from active_learning.runs.progress import Progress
from active_learning.selectors import decisions_confirmed
from annotation.selectors import VoteView, votes
from core.accounts.selectors import pseudonyms
from core.accounts.services import audit_record
from policies.selectors import release_get

NEIGHBOURS = 3
ClauseResult = tuple[str, list[Suspect], dict[str, Any]]


def scan_run(scan_id: uuid.UUID, progress: Progress) -> dict[str, Any]:
    """Run the scan; one that finished already is left as it is.

    Raises
    ------
    NothingToScanError, EncoderUnusableError, JobCancelled
    """
    scan = Scan.objects.select_related("project").get(pk=scan_id)
    if scan.finished_at is not None:
        return {"suspects": scan.suspects.count()}
    decided = {key: decided_posts(scan.project_id, scan.release_id, key) for key in scan.clause_keys}
    post_ids = sorted({post_id for found in decided.values() for post_id in found.decisions})
    progress(0, None, "Loading the encoder")
    encoder = encoder_loaded(scan.encoder)
    embedded = posts_embedded(post_ids, encoder, progress, run=f"scan:{scan.pk}")
    vector_of = by_post(embedded.post_ids, embedded.vectors)
    release = release_get(scan.release_id)
    results: list[ClauseResult] = []
    for key in scan.clause_keys:
        progress(len(post_ids), len(post_ids), f"Looking through {key}")
        ids, labelled = decided[key].labelled(release.clauses[key], vector_of, held_out=None)
        if labels_suffice(labelled):
            results.append(_clause(scan, key, ids, labelled, decided[key]))
    if not results:
        raise NothingToScanError()
    _write(scan, results)
    return {"suspects": sum(len(suspects) for _, suspects, _ in results)}


def _clause(scan: Scan, key: str, ids: list[uuid.UUID], labelled: Labelled, decided: Decided) -> ClauseResult:
    predicted = out_of_sample(labelled, seed=scan.seed)
    confirmed = decisions_confirmed(scan.project_id, key)
    findings = [
        finding
        for finding in suspects_found(labelled.labels, predicted.probabilities)
        if decided.decisions[ids[finding.index]].pk not in confirmed
    ]
    given = _votes_by_post(scan, key)
    trust = reliabilities(
        Vote(post_id, vote.person_id, vote.answer) for post_id, cast in given.items() for vote in cast
    )
    names = {user_id: member.pseudonym for user_id, member in pseudonyms(scan.project_id).items()}
    indexes = [finding.index for finding in findings]
    near = nearest_answered(labelled.vectors[indexes], labelled.vectors, count=NEIGHBOURS, own=indexes)
    suspects = []
    for finding, neighbours in zip(findings, near, strict=True):
        post_id = ids[finding.index]
        why = _why(finding, given.get(post_id, []), trust, names)
        why["nearest"] = [
            {
                "post_id": str(ids[one.index]),
                "answer": labelled.classes[int(labelled.labels[one.index])],
                "similarity": round(one.similarity, 4),
            }
            for one in neighbours
        ]
        suspects.append(_suspect(scan, key, finding, labelled, decided, post_id, why))
    people = [
        {
            "pseudonym": names.get(person, "former member"),
            "answered": row.answered,
            "estimate": round(row.estimate, 3),
        }
        for person, row in sorted(trust.items(), key=lambda item: item[1].estimate)
        if isinstance(person, uuid.UUID)
    ]
    facts = {"decisions": len(ids), "suspects": len(suspects), "annotators": people}
    return key, suspects, facts


def _suspect(
    scan: Scan,
    key: str,
    finding: Finding,
    labelled: Labelled,
    decided: Decided,
    post_id: uuid.UUID,
    why: dict[str, Any],
) -> Suspect:
    return Suspect(
        scan=scan,
        post_id=post_id,
        decision_id=decided.decisions[post_id].pk,
        clause_key=key,
        rank=0,
        given=labelled.classes[finding.given],
        likely=labelled.classes[finding.likely],
        score=finding.suspicion,
        why=why,
    )


def _votes_by_post(scan: Scan, key: str) -> dict[uuid.UUID, list[VoteView]]:
    found: dict[uuid.UUID, list[VoteView]] = {}
    for vote in votes(scan.project_id, release_id=scan.release_id, clause_keys=[key]):
        found.setdefault(vote.post_id, []).append(vote)
    return found


def _why(
    finding: Finding, cast: list[VoteView], trust: dict[Any, Reliability], names: dict[uuid.UUID, str]
) -> dict[str, Any]:
    return {
        "given_probability": round(finding.given_probability, 4),
        "likely_probability": round(finding.likely_probability, 4),
        "votes": [
            {
                "pseudonym": names.get(vote.person_id, "former member"),
                "is_simulated": vote.is_simulated,
                "answer": vote.answer,
                "reliability": round(trust[vote.person_id].estimate, 3),
            }
            for vote in cast
        ],
    }


@transaction.atomic
def _write(scan: Scan, results: list[ClauseResult]) -> None:
    locked = Scan.objects.select_for_update(of=("self",)).select_related("project").get(pk=scan.pk)
    if locked.finished_at is not None:
        return
    suspects = sorted(
        (suspect for _, found, _ in results for suspect in found),
        key=lambda row: (-round(row.score, 9), row.clause_key, row.post_id),
    )
    for rank, suspect in enumerate(suspects):
        suspect.rank = rank
    Suspect.objects.bulk_create(suspects, batch_size=1000)
    locked.metrics = {"clauses": {key: facts for key, _, facts in results}}
    locked.finished_at = Now()
    locked.save(update_fields=["metrics", "finished_at"])
    audit_record(
        None, action="scan.finish", project=locked.project, target=locked, data={"suspects": len(suspects)}
    )
