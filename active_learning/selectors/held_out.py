from __future__ import annotations

import uuid

from django.db.models import BinaryField, F, Func, Q

from active_learning.domain.held_out import HELD_OUT_BELOW, PREFIX
from core.db.hashed import hashed_below


def posts_of_evaluation(project_id: uuid.UUID, post: str) -> Q:
    """Match the posts by which heads are measured, whether or not a round has begun (`domain.held_out`)."""
    own_bytes = Func(F(f"{post}id"), function="uuid_send", output_field=BinaryField())
    return Q(hashed_below(PREFIX, own_bytes, HELD_OUT_BELOW))
