"""What models propose: the project's rules, what lies ready for a post, and what one lease was offered."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotation.domain.suggestions import Proposed, Timing, item_of, items_proposed
from annotation.models import GoldItem
from core.db.keeping import Kept
from core.db.prepared import Parameters, Statement, row, rows
from core.queue.selectors import HeldTask, tasks_in

_READ_RULES = """
SELECT timing, share, confidence_min, seed FROM annotation_suggestionrules WHERE project_id = %(project)s
"""
_OFFERED = """
SELECT id, lease_id, timing, is_shown, items FROM annotation_suggestionoffer WHERE lease_id = ANY(%(leases)s::uuid[])
"""
_COLUMNS = (
    "id, post_id, clause_key, meaning_revision, source, model, version, answer, severity, confidence, reason,"
    " marks"
)
_READY = f"""
SELECT DISTINCT ON (post_id, clause_key, meaning_revision, model) {_COLUMNS}
FROM annotation_suggestion
WHERE post_id = ANY(%(posts)s::uuid[]) AND (source <> 'head' OR source_id = ANY(%(heads)s::uuid[]))
ORDER BY post_id, clause_key, meaning_revision, model, id DESC
"""  # noqa: S608 - columns of ours
_NAMED = f"SELECT {_COLUMNS} FROM annotation_suggestion WHERE id = ANY(%(ids)s::uuid[])"  # noqa: S608

_SHOWN_BEFORE = """
SELECT DISTINCT given.id, said.clause_key
FROM queue_submission AS given
JOIN annotation_suggestionoffer AS offer ON offer.lease_id = given.lease_id AND offer.is_shown
CROSS JOIN LATERAL unnest(offer.items) AS item
JOIN annotation_suggestion AS said ON said.id = split_part(item, '#', 1)::uuid
WHERE given.id = ANY(%(submissions)s::uuid[])
  AND (offer.timing = 'at_once' OR given.supersedes_id IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class RulesView:
    """When a project shows suggestions, to which share of tasks, and from which confidence on."""

    timing: Timing = Timing.OFF
    share: float = 0.5
    confidence_min: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class OfferView:
    """What one lease was offered."""

    id: uuid.UUID
    lease_id: uuid.UUID
    timing: Timing
    is_shown: bool
    items: tuple[str, ...]

    def is_open(self, *, is_answered: bool) -> bool:
        """Whether the person may see it: from the beginning, or once they have answered."""
        return self.is_shown and (self.timing == Timing.AT_ONCE or is_answered)


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """One stored suggestion."""

    id: uuid.UUID
    post_id: uuid.UUID
    clause_key: str
    meaning_revision: int
    source: str
    model: str
    version: str
    answer: str | None
    severity: int | None
    confidence: float | None
    reason: str
    marks: list[dict[str, Any]]

    def items(self, *, confidence_min: float = 0.0) -> list[Proposed]:
        """Return what can be accepted by itself."""
        about = {
            name: getattr(self, name) for name in ("clause_key", "answer", "severity", "confidence", "marks")
        }
        return items_proposed(self.id, about, confidence_min=confidence_min)


def rules_get(project_id: uuid.UUID) -> RulesView:
    """Return the project's rules as they are stored."""
    found = row(_READ_RULES, {"project": project_id})
    return RulesView() if found is None else RulesView(Timing(found[0]), *found[1:])


_rules = Kept(rules_get, seconds=5.0, most=5_000)


def rules_known(project_id: uuid.UUID) -> RulesView:
    """Return the project's rules from this process's memory, a few seconds old at most.

    Every answer that comes in asks; so a project without suggestions costs no question to the database.
    """
    return _rules(project_id)


def rules_forget(project_id: uuid.UUID) -> None:
    """Read the project's rules anew the next time."""
    _rules.forget(project_id)


def offers_statement(lease_ids: Sequence[uuid.UUID]) -> Statement:
    """Return the statement whose rows `offers_found` reads."""
    return _OFFERED, {"leases": list(lease_ids)}


def offers_found(found: Iterable[Sequence[Any]]) -> dict[uuid.UUID, OfferView]:
    """Return the offers in those rows by lease."""
    return {
        lease_id: OfferView(offer_id, lease_id, Timing(timing), is_shown, tuple(items))
        for offer_id, lease_id, timing, is_shown, items in found
    }


def ready_statement(post_ids: Sequence[uuid.UUID], heads: Collection[uuid.UUID]) -> Statement:
    """Return the statement that reads each model's newest suggestions for some posts; of heads only those named."""
    return _READY, {"posts": list(post_ids), "heads": sorted(heads)}


def suggestions_named(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, SuggestionView]:
    """Return these suggestions by identifier."""
    wanted: Parameters = {"ids": list(ids)}
    return {one.id: one for one in suggestions_found(rows(_NAMED, wanted))} if wanted["ids"] else {}


def answers_suggested(submissions: Iterable[uuid.UUID]) -> frozenset[tuple[uuid.UUID, str]]:
    """Return those answers, as (submission, clause key), for which a suggestion was shown before they were given.

    Where suggestions come after the answer, only what replaced the first answer was given with them in sight.
    """
    wanted = {"submissions": list(submissions)}
    return frozenset(map(tuple, rows(_SHOWN_BEFORE, wanted))) if wanted["submissions"] else frozenset()


def suggestions_found(found: Iterable[Sequence[Any]]) -> list[SuggestionView]:
    """Return the suggestions in the rows of `ready_statement`."""
    return [SuggestionView(*one) for one in found]


def suggestions_of(offer: OfferView) -> dict[uuid.UUID, SuggestionView]:
    """Return what an offer names."""
    return suggestions_named(_ids(offer.items))


def offer_of(lease_id: uuid.UUID) -> OfferView | None:
    """Return what a lease was offered; None when nothing lay ready or the project shows none."""
    return offers_found(rows(*offers_statement([lease_id]))).get(lease_id)


def proposed_in(offer: OfferView, known: Mapping[uuid.UUID, SuggestionView]) -> list[Proposed]:
    """Return the items of an offer, in its order."""
    by_item = {one.item: one for suggestion in known.values() for one in suggestion.items()}
    return [by_item[item] for item in offer.items if item in by_item]


def shown_document(
    offer: OfferView | None,
    known: Mapping[uuid.UUID, SuggestionView],
    *,
    is_answered: bool,
    timing: Timing = Timing.OFF,
) -> dict[str, Any] | None:
    """Return what of an offer goes to the person's page, or None.

    Where suggestions come after the answer, each task says so before it, whether there are any or not; of what is
    suggested nothing is in it.
    """
    if offer is None or not offer.is_open(is_answered=is_answered):
        late = timing == Timing.AFTER_ANSWER and not is_answered
        return {"timing": str(timing), "suggestions": []} if late else None
    named = set(offer.items)
    return {
        "timing": str(offer.timing),
        "suggestions": [
            _told(known[suggestion_id], named)
            for suggestion_id in _ids(offer.items)
            if suggestion_id in known
        ],
    }


def posts_asked(project_id: uuid.UUID, clause_key: str) -> set[uuid.UUID]:
    """Return the posts that people are or may be asked about under a clause: of open tasks, and gold.

    Models propose for all of them alike, so that no task is told from another by having nothing proposed.
    """
    open_tasks = tasks_in(project_id).filter(kind="label", state="open", clause_keys__contains=[clause_key])
    gold = GoldItem.objects.filter(
        project_id=project_id, retired_at__isnull=True, answers__clause_key=clause_key
    )
    asked = set(open_tasks.values_list("post_id", flat=True)) | set(gold.values_list("post_id", flat=True))
    return {post_id for post_id in asked if post_id is not None}


def bundle_part(held: HeldTask, *, is_answered: bool) -> dict[str, Any] | None:
    """Return what `shown_document` does of one lease, read anew."""
    offer = offer_of(held.lease_id)
    if offer is None or not offer.is_open(is_answered=is_answered):
        return shown_document(None, {}, is_answered=is_answered, timing=rules_known(held.project_id).timing)
    return shown_document(offer, suggestions_of(offer), is_answered=is_answered)


def _ids(items: Iterable[str]) -> list[uuid.UUID]:
    """The suggestions that items belong to, each once, in their order."""
    return [uuid.UUID(one) for one in dict.fromkeys(item.partition("#")[0] for item in items)]


def _told(suggestion: SuggestionView, named: set[str]) -> dict[str, Any]:
    has_answer = item_of(suggestion.id) in named
    return {
        "id": suggestion.id,
        "clause_key": suggestion.clause_key,
        "source": suggestion.source,
        "model": suggestion.model,
        "version": suggestion.version,
        "answer": suggestion.answer if has_answer else None,
        "severity": suggestion.severity if has_answer else None,
        "confidence": suggestion.confidence,
        "reason": suggestion.reason if has_answer else "",
        "marks": [
            {"item": item, "confidence": mark["confidence"], "region": mark["region"]}
            for place, mark in enumerate(suggestion.marks)
            if (item := item_of(suggestion.id, place)) in named
        ],
    }
