"""How a project asks, and who is paused in it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import F, QuerySet

from core.accounts.selectors import Actor, Project
from core.db.keeping import Kept
from core.queue.domain.overlap import answers_expected, clauses_by_slot
from core.queue.models import Pause, QualityRules


def quality_rules(project_id: uuid.UUID) -> QualityRules:
    """Return the project's rules; those that every project begins with, unsaved, when nobody changed them."""
    found = QualityRules.objects.filter(project_id=project_id).first()
    return found or QualityRules(project_id=project_id)


_rules = Kept(quality_rules, seconds=5.0, most=1_000)


def rules_kept(project_id: uuid.UUID) -> QualityRules:
    """Return what `quality_rules` does, up to five seconds old: for what is asked with every answer."""
    return _rules(project_id)


def rules_forget(project_id: uuid.UUID) -> None:
    """Read the project's rules anew the next time."""
    _rules.forget(project_id)


def slots_asked(rules: QualityRules, clause_keys: Sequence[str], *, overlap: int) -> list[list[str]]:
    """Return what each slot of a task is asked under the project's rules, fullest first.

    Parameters
    ----------
    overlap
        Answers to a clause of which the rules say nothing of its own.
    """
    return clauses_by_slot(clause_keys, overlap=overlap, overlaps=clause_overlaps(rules))


def answers_a_post(
    rules: QualityRules, clause_keys: Sequence[str], *, disputed_shares: Sequence[float]
) -> float:
    """Return how many times a post is expected to be handed out under the rules, gold counted in.

    Parameters
    ----------
    disputed_shares
        Of the clauses that ask one more on a dispute: the share of posts on which people differ, 0 to 1.
    """
    overlaps = clause_overlaps(rules)
    return answers_expected(
        [overlaps.get(key, rules.overlap) for key in clause_keys] or [rules.overlap],
        answers_most=rules.answers_most,
        disputed_shares=disputed_shares,
        gold_share=rules.gold_share,
    )


def clause_overlaps(rules: QualityRules) -> dict[str, int]:
    """Return, by clause key, how many answers are wanted where it differs from the rest."""
    return {key: row["overlap"] for key, row in rules.clauses.items() if row.get("overlap")}


def pauses_in(project: Project, *, only_open: bool) -> QuerySet[Pause]:
    """Return the project's pauses, appeals that wait first; the caller has passed the project's door."""
    rows = Pause.objects.filter(project=project)
    if only_open:
        rows = rows.filter(ended_at__isnull=True)
    return rows.order_by(F("appealed_at").asc(nulls_last=True), "-id")


def own_pause(actor: Actor, project: Project) -> Pause | None:
    """Return the actor's newest pause in the project, ended or not."""
    return Pause.objects.filter(project=project, person_id=actor.user.pk).order_by("-id").first()


def pause_open(person_id: uuid.UUID, project_id: uuid.UUID) -> Pause | None:
    """Return the pause that stops the person in the project now."""
    return Pause.objects.filter(project_id=project_id, person_id=person_id, ended_at__isnull=True).first()
