"""What a trained head proposes to the people who are asked: after its round, and again when somebody wants it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from active_learning.learners.arrays import Vectors
from active_learning.learners.heads.head import Head
from active_learning.learners.heads.training import Trained, labels_suffice, out_of_sample
from active_learning.models import ModelVersion
from active_learning.runs.embedding import encoder_loaded, posts_embedded
from active_learning.runs.labels import by_post, decided_posts
from active_learning.runs.progress import Progress
from annotation.selectors import posts_asked
from annotation.services import Proposer, SuggestionDraft, suggestions_record
from core.accounts.selectors import project_by_id
from core.storage import blob_store
from policies.selectors import release_get

_POSTS_AT_ONCE = 4_096
_DIGITS = 4


def head_suggests(
    model: ModelVersion, trained: Trained, trained_on: Sequence[str], vector_of: Mapping[uuid.UUID, Vectors]
) -> int:
    """Store what a head says that was trained just now; return how many suggestions are new."""
    seen = dict(zip(trained_on, trained.out_of_sample.probabilities, strict=True))
    return _suggest(model, trained.head, vector_of, seen)


def model_suggests(model_id: uuid.UUID, progress: Progress) -> int:
    """Store what an earlier head says of the posts people are asked about now; return how many are new.

    Raises
    ------
    EncoderUnusableError, HeadUnreadableError, JobCancelled
    """
    model = ModelVersion.objects.get(pk=model_id)
    clause = release_get(model.release_id).clauses[model.clause_key]
    head = Head.from_bytes(b"".join(blob_store().open(model.artifact_sha256)))
    decided = decided_posts(model.project_id, model.release_id, model.clause_key)
    ids = sorted(posts_asked(model.project_id, model.clause_key) | decided.decisions.keys())
    progress(0, None, "Loading the encoder")
    encoder = encoder_loaded(model.encoder)
    embedded = posts_embedded(ids, encoder, progress, run=f"suggest:{model.pk}")
    vector_of = by_post(embedded.post_ids, embedded.vectors)
    _, labelled = decided.labelled(clause, vector_of, held_out=False)
    seed = int(model.trained_on.get("seed", 0))
    judged: dict[str, Vectors] = {}
    if labels_suffice(labelled):
        judged = dict(zip(labelled.names, out_of_sample(labelled, seed=seed).probabilities, strict=True))
    return _suggest(model, head, vector_of, judged)


def _suggest(
    model: ModelVersion, head: Head, vector_of: Mapping[uuid.UUID, Vectors], seen: Mapping[str, Vectors]
) -> int:
    """Store the head's likeliest answer for every post that people are or may be asked about.

    A post the head learned from is judged by heads that were not shown it: else what is known already would be
    told by how sure the model is. Whether a post is gold makes no difference.
    """
    wanted = sorted(posts_asked(model.project_id, model.clause_key) & vector_of.keys())
    return suggestions_record(
        None,
        project_by_id(model.project_id),
        release=release_get(model.release_id),
        proposer=Proposer("head", "model", str(model.number), model.pk),
        drafts=_drafts(model.clause_key, head, wanted, vector_of, seen),
    )


def _drafts(
    clause_key: str,
    head: Head,
    wanted: Sequence[uuid.UUID],
    vector_of: Mapping[uuid.UUID, Vectors],
    seen: Mapping[str, Vectors],
) -> Iterator[SuggestionDraft]:
    for start in range(0, len(wanted), _POSTS_AT_ONCE):
        ids = wanted[start : start + _POSTS_AT_ONCE]
        probabilities = head.probabilities(np.stack([vector_of[key] for key in ids]))
        for post_id, fresh in zip(ids, probabilities, strict=True):
            chances = seen.get(str(post_id), fresh)
            best = int(np.argmax(chances))
            confidence = round(min(max(float(chances[best]), 0.0), 1.0), _DIGITS)
            yield SuggestionDraft(post_id, clause_key, head.classes[best], confidence)
