"""The texts of pairs that nobody judged yet, as a model reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from preferences.models import Comparison, Judgment
from preferences.selectors.comparisons import COUNTS

_BATCH = 500


@dataclass(frozen=True, slots=True)
class PairText:
    """A comparison as text: the prompt's turns as ``{role, content}``, and both responses."""

    comparison_id: UUID
    messages: list[dict[str, str]]
    a: str
    b: str


def pairs_unjudged(project_id: UUID) -> Iterator[PairText]:
    """Yield comparisons without a judgment that counts, by identifier; those with media, or of slates, never."""
    answered = Judgment.objects.filter(COUNTS, comparison_id=OuterRef("pk"))
    rows = Comparison.objects.filter(
        ~Exists(answered),
        project_id=project_id,
        slate__isnull=True,
        prompt__material__isnull=True,
        prompt__post__isnull=True,
        response_a__material__isnull=True,
        response_b__material__isnull=True,
    ).order_by("pk")
    values = rows.values_list("pk", "prompt__messages", "response_a__text", "response_b__text")
    for comparison_id, messages, a, b in values.iterator(chunk_size=_BATCH):
        turns = [{"role": turn["role"], "content": turn["content"]} for turn in messages]
        yield PairText(comparison_id, turns, a, b)
