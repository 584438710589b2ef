"""Making, ending, offering and marking pairs with known answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.accounts.selectors import Actor, Capability, project_by_id, projects_visible_to
from core.accounts.services import audit_record
from core.errors import NotFoundError
from core.queue.selectors import Task, rules_kept
from core.queue.services import KnownPair, pair_offers_set
from policies.events import ReleasePublished, ReleaseRetired, ReleaseTookEffect
from policies.selectors import ReleaseView, release_get, releases_current, releases_get
from preferences.domain.decisions import Outcome, Vote
from preferences.domain.document import Choice
from preferences.domain.forms import Form
from preferences.domain.gold import PairKind, holds_for, known_problems
from preferences.errors import (
    ComparisonNotFoundError,
    GoldPairAlreadyError,
    GoldPairInvalidError,
    NothingKnownError,
)
from preferences.models import Comparison, GoldPair, GoldPairAnswer, GoldPairResult, Judgment
from preferences.selectors.comparisons import current_decisions
from preferences.selectors.material import guards_of
from preferences.selectors.ratings import release_comparing


@transaction.atomic
def gold_pair_make(
    actor: Actor,
    comparison_id: UUID,
    *,
    answers: Mapping[str, Sequence[str]],
    kind: PairKind = PairKind.GOLD,
    release_id: UUID | None = None,
    explanation: str = "",
) -> GoldPair:
    """Make a comparison gold: its answers by hand or, where none are given, from what was decided on it.

    Parameters
    ----------
    answers
        By axis, the outcomes that are right: a, b, tie, both_good, both_unacceptable.
    release_id
        What the axes mean; by default the release that comparisons are asked under.

    Raises
    ------
    ComparisonNotFoundError, GoldPairInvalidError, NothingKnownError, GoldPairAlreadyError, ReleaseMissingError
    """
    visible = projects_visible_to(actor, needs=Capability.QUALITY_KEEP)
    comparison = (
        Comparison.objects.select_for_update(of=("self",))
        .select_related("project", "prompt")
        .filter(pk=comparison_id, project__in=visible)
        .first()
    )
    if comparison is None:
        raise ComparisonNotFoundError()
    release = release_comparing(comparison.project_id, release_id=release_id)
    if GoldPair.objects.filter(comparison=comparison, retired_at__isnull=True).exists():
        raise GoldPairAlreadyError()
    known = {key: list(outcomes) for key, outcomes in answers.items()} or _decided(comparison, release)
    problems = [
        {"path": path, "message": message}
        for path, message in known_problems(known, [clause.key for clause in release.axis_clauses])
    ]
    if problems:
        raise GoldPairInvalidError(problems)
    if not known:
        raise NothingKnownError()
    item = GoldPair.objects.create(
        project=comparison.project,
        comparison=comparison,
        release_id=release.id,
        kind=str(kind),
        explanation=explanation.strip(),
        made_by=actor.user,
    )
    GoldPairAnswer.objects.bulk_create(
        GoldPairAnswer(
            item=item,
            clause_key=key,
            meaning_from=release.clauses[key].meaning_revision,
            outcomes=sorted(set(outcomes)),
        )
        for key, outcomes in known.items()
    )
    offers_renew(comparison.project_id, [item])
    audit_record(
        actor,
        action="gold_pair.make",
        project=comparison.project,
        target=item,
        data={"comparison": str(comparison.pk), "kind": str(kind), "clause_keys": sorted(known)},
    )
    return item


@transaction.atomic
def gold_pair_retire(actor: Actor, comparison_id: UUID, *, because: str) -> GoldPair:
    """Hand the pair out no more; its results stay.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=Capability.QUALITY_KEEP)
    item = (
        GoldPair.objects.select_for_update(of=("self",))
        .select_related("project")
        .filter(comparison_id=comparison_id, project__in=visible, retired_at__isnull=True)
        .first()
    )
    if item is None:
        raise NotFoundError()
    item.retired_at, item.retired_by = timezone.now(), actor.user
    item.retired_because = because.strip()[:500]
    item.save(update_fields=["retired_at", "retired_by", "retired_because"])
    pair_offers_set(item.project, item_ids=[item.pk], offers=[])
    audit_record(actor, action="gold_pair.retire", project=item.project, target=item)
    return item


def gold_pairs_meet_release(event: ReleasePublished) -> None:
    """End the validity of answers to axes that mean something else now, and offer the rest under the release."""
    clauses = releases_get([event.release_id])[event.release_id].clauses
    stopped = GoldPairAnswer.objects.filter(
        item__project_id=event.project_id,
        item__release__policy_id=event.policy_id,
        clause_key__in=[key for key in event.raised_keys if key in clauses],
        meaning_to__isnull=True,
    )
    for answer in stopped:
        answer.meaning_to = max(answer.meaning_from, clauses[answer.clause_key].meaning_revision - 1)
        answer.save(update_fields=["meaning_to"])
    _renew_all(event.project_id)


def gold_pairs_follow_release(event: ReleaseTookEffect | ReleaseRetired) -> None:
    """Offer what still holds under the releases that are in effect now."""
    _renew_all(event.project_id)


def offers_renew(project_id: UUID, items: Sequence[GoldPair]) -> None:
    """Offer each pair under every release in effect by which something is known of it, in the caller's transaction."""
    releases = {release.id: release for release in releases_current(project_id)}
    releases |= releases_get({item.release_id for item in items} - releases.keys())
    answers = GoldPairAnswer.objects.filter(item__in=items)
    pairs = Comparison.objects.filter(pk__in=[item.comparison_id for item in items])
    guards = guards_of(pairs, Form.PAIR)
    known: dict[tuple[UUID, UUID], list[str]] = {}
    policy_of = {item.pk: releases[item.release_id].policy_id for item in items}
    for answer in answers:
        for release in releases.values():
            clause = release.clauses.get(answer.clause_key)
            if (
                clause is not None
                and release.state == "released"
                and release.policy_id == policy_of[answer.item_id]
                and holds_for(answer.meaning_from, answer.meaning_to, clause.meaning_revision)
            ):
                known.setdefault((answer.item_id, release.id), []).append(answer.clause_key)
    by_id = {item.pk: item for item in items}
    pair_offers_set(
        project_by_id(project_id),
        item_ids=list(by_id),
        offers=[
            KnownPair(
                item_id,
                by_id[item_id].comparison_id,
                post_id=guards[by_id[item_id].comparison_id][0],
                release_id=release_id,
                known_keys=sorted(keys),
                language=guards[by_id[item_id].comparison_id][1],
            )
            for (item_id, release_id), keys in known.items()
        ],
    )


def gold_pair_mark(judgment: Judgment) -> None:
    """Hold a judgment of a known pair against what is known, axis by axis.

    Where an axis means something else by now, nothing is known. A correction is marked anew, unless the project shows
    people their results: then the first answer stands.
    """
    submission = judgment.submission
    if submission.supersedes_id is not None and rules_kept(judgment.project_id).shows_gold_results:
        return
    release = release_get(judgment.release_id)
    known = {
        answer.clause_key: answer
        for answer in GoldPairAnswer.objects.filter(
            item__in=Task.objects.filter(pk=submission.task_id).values("source_id")
        )
    }
    GoldPairResult.objects.bulk_create(
        GoldPairResult(
            project_id=judgment.project_id,
            item_id=known[row.clause_key].item_id,
            submission=submission,
            person_id=judgment.person_id,
            clause_key=row.clause_key,
            meaning_revision=row.meaning_revision,
            outcome=str(outcome),
            passed=str(outcome) in known[row.clause_key].outcomes,
        )
        for row, outcome in ((row, _outcome(row.choice, row.value)) for row in judgment.axis_answers.all())
        if row.clause_key in known
        and holds_for(
            known[row.clause_key].meaning_from,
            known[row.clause_key].meaning_to,
            release.clauses[row.clause_key].meaning_revision,
        )
    )


def _outcome(choice: str, value: int) -> Outcome:
    return Vote(Choice(choice), value).outcome


def _decided(comparison: Comparison, release: ReleaseView) -> dict[str, list[str]]:
    meanings = {clause.key: clause.meaning_revision for clause in release.axis_clauses}
    return {
        row.clause_key: [row.outcome]
        for row in current_decisions().filter(comparison=comparison, clause_key__in=list(meanings))
        if row.meaning_revision == meanings[row.clause_key] and row.outcome != Outcome.NONE
    }


def _renew_all(project_id: UUID) -> None:
    items = list(GoldPair.objects.filter(project_id=project_id, retired_at__isnull=True))
    if items:
        offers_renew(project_id, items)
