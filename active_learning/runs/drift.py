"""Measuring the posts that came since a model was trained."""

from __future__ import annotations

import uuid

from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.learners.heads.head import Head
from active_learning.models import InputMeasure, ModelVersion
from active_learning.runs.embedding import Progress, encoder_loaded, posts_embedded
from active_learning.runs.evaluating import harm_bins
from active_learning.runs.labels import harmful_mask
from active_learning.selectors.drift import posts_since
from core.storage import blob_store
from policies.selectors import release_get

_POSTS_MOST = 2_000


def model_inputs_measure(model_id: uuid.UUID, progress: Progress) -> int:
    """Measure them by an earlier head; return how many posts were measured.

    Raises
    ------
    EncoderUnusableError, HeadUnreadableError, JobCancelled
    """
    model = ModelVersion.objects.get(pk=model_id)
    progress(0, None, "Loading the encoder")
    head = Head.from_bytes(b"".join(blob_store().open(model.artifact_sha256)))
    return inputs_measured(model, head, encoder_loaded(model.encoder), progress)


def inputs_measured(model: ModelVersion, head: Head, encoder: PostEncoder, progress: Progress) -> int:
    """Keep how the newest of them lie by their chance of harm; return how many there were.

    Nothing is kept where none came, or no bins to compare them with.
    """
    newest = posts_since(model, model.created_at).order_by("-created_at", "-pk")
    ids = sorted(newest.values_list("pk", flat=True)[:_POSTS_MOST])
    if not ids or not model.evaluation.get("inputs"):
        return 0
    embedded = posts_embedded(ids, encoder, progress)
    harmful = harmful_mask(release_get(model.release_id).clauses[model.clause_key])
    InputMeasure.objects.create(model=model, bins=harm_bins(head, embedded.vectors, harmful))
    return len(embedded.post_ids)
