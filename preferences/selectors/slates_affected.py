"""Slates whose responses were rated, or held to break a clause, under a meaning that stopped, and not since.

They are asked again one response at a time, whatever form the slate was judged in: rated on the axes that changed, and
said to be acceptable or not where a clause did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import merge
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from core.queue.selectors import Task
from policies.selectors import releases_asking_anew
from policies.services import AffectedItem, Renewed, StoppedMeaning
from preferences.domain.forms import Form
from preferences.models import RatingDecision, Slate
from preferences.selectors.material import guards_of
from preferences.selectors.slates import (
    current_ratings,
    opinions_counted,
    placements_counted,
    slate_hidden,
)

_AT_A_TIME = 2_000
_Ids = QuerySet[Any, UUID]
_Place = tuple[UUID, str, int]
"""A slate, a clause, and the place of a response."""
_Cited = list[int | None]


def slates_affected(
    project_id: UUID,
    asked: Sequence[StoppedMeaning],
    *,
    after: UUID | None,
    limit: int,
    among: Sequence[UUID] | None = None,
) -> list[AffectedItem]:
    """Return the next slates by id, with the ratings that were decided and the clauses that were cited.

    Every one of ``asked`` has a meaning that follows.
    """
    keys: dict[UUID, set[str]] = defaultdict(set)
    for key, ids in _stale(project_id, asked):
        here = ids if after is None else ids.filter(pk__gt=after)
        here = here if among is None else here.filter(pk__in=list(among))
        for slate_id in here[:limit]:
            keys[slate_id].add(key)
    chosen = sorted(keys)[:limit]
    if not chosen:
        return []
    meanings = {meaning.clause_key: meaning.before for meaning in asked}
    old: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for rated in current_ratings().filter(slate_id__in=chosen, clause_key__in=list(meanings)):
        if rated.meaning_revision == meanings[rated.clause_key]:
            old[rated.slate_id].append(
                {"clause_key": rated.clause_key, "place": rated.place, "value": rated.value}
            )
    cited = _cited(chosen, project_id, meanings)
    for (slate_id, key, place), severities in sorted(cited.items()):
        worst = max((one for one in severities if one is not None), default=None)
        old[slate_id].append(
            {"clause_key": key, "place": place, "severity": worst, "cited_by": len(severities)}
        )
    guards = guards_of(Slate.objects.filter(pk__in=chosen), Form.RATING)
    return [
        AffectedItem(
            item_id=slate_id,
            kind="compare",
            clause_keys=tuple(sorted(keys[slate_id])),
            old_answers=[row for row in old[slate_id] if row["clause_key"] in keys[slate_id]],
            priority=float(max((row.get("severity") or 0 for row in old[slate_id]), default=0)),
            post_id=guards[slate_id][0],
            language=guards[slate_id][1],
            context={"form": str(Form.RATING)},
        )
        for slate_id in chosen
    ]


def slates_stale(project_id: UUID, asked: Sequence[StoppedMeaning]) -> Iterator[UUID]:
    """Yield every slate that `slates_affected` would return, by id, in bounded memory."""
    found = [ids.iterator(chunk_size=_AT_A_TIME) for _, ids in _stale(project_id, asked)]
    for slate_id, _ in groupby(merge(*found)):
        yield slate_id


def slates_stale_count(project_id: UUID, asked: Sequence[StoppedMeaning]) -> int:
    """Count what `slates_stale` yields."""
    return sum(1 for _ in slates_stale(project_id, asked))


def slates_renewed(project_id: UUID, asked: Sequence[StoppedMeaning], campaign_id: UUID) -> list[Renewed]:
    """Count, by clause and language, how many slates a campaign has had answered anew and how many turned.

    A rating has turned where the nearest step is another, a clause where other responses are held to break it.
    """
    tasks = Task.objects.filter(
        source="campaign",
        source_id=campaign_id,
        project_id=project_id,
        kind="compare",
        context__form__isnull=False,
    ).exclude(state="withdrawn")
    asked_of = {
        slate_id: keys
        for slate_id, keys in tasks.values_list("comparison_id", "clause_keys")
        if slate_id is not None
    }
    if not asked_of:
        return []
    languages = dict(Slate.objects.filter(pk__in=asked_of).values_list("pk", "prompt__language"))
    before = _outcomes(languages, project_id, {each.clause_key: each.before for each in asked})
    after = _outcomes(languages, project_id, {each.clause_key: each.after or 0 for each in asked})
    # Where a clause was cited and nobody cites it any more, something was said all the same.
    for place in _assessed_anew(languages, project_id, asked):
        if place in before and any(value < 0 for _, value in before[place]):
            after.setdefault(place, frozenset())
    stopped = {each.clause_key for each in asked}
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for slate_id, keys in asked_of.items():
        places = [(slate_id, key) for key in keys if key in stopped]
        for place in places:
            _count(counts[(place[1], languages[slate_id])], [(before.get(place), after.get(place))])
        _count(counts[("", "")], [(before.get(place), after.get(place)) for place in places])
    return [Renewed(key, language, *told) for (key, language), told in sorted(counts.items())]


def _count(told: list[int], pairs: Sequence[tuple[object, object]]) -> None:
    """Count one item, with what was held of its clauses before and after, among asked, renewed, compared, changed."""
    is_renewed = all(after is not None for _, after in pairs)
    is_compared = is_renewed and all(before is not None for before, _ in pairs)
    told[0] += 1
    told[1] += is_renewed
    told[2] += is_compared
    told[3] += is_compared and any(before != after for before, after in pairs)


def _stale(project_id: UUID, asked: Sequence[StoppedMeaning]) -> Iterator[tuple[str, _Ids]]:
    """Yield, for each meaning, the slates to be rated anew, and those with responses to be assessed anew, by id."""
    slates = Slate.objects.filter(project_id=project_id).exclude(slate_hidden()).order_by("pk")
    anew = releases_asking_anew(project_id, asked)
    for meaning in asked:
        key = meaning.clause_key
        renewed = placements_counted(project_id).filter(
            answer__slate_id=OuterRef("slate_id"), clause_key=key, meaning_revision=meaning.after or 0
        )
        rated = RatingDecision.objects.filter(
            ~Exists(renewed), slate_id=OuterRef("pk"), clause_key=key, meaning_revision=meaning.before
        )
        yield key, slates.filter(Exists(rated)).values_list("pk", flat=True)
        again = opinions_counted(project_id).filter(
            answer__slate_id=OuterRef("answer__slate_id"),
            place=OuterRef("place"),
            acceptable__isnull=False,
            answer__release_id__in=anew.get(key, []),
        )
        cited = opinions_counted(project_id).filter(
            ~Exists(again), answer__slate_id=OuterRef("pk"), cited__contains=[_meant(key, meaning.before)]
        )
        yield key, slates.filter(Exists(cited)).values_list("pk", flat=True)


def _meant(key: str, meaning: int) -> dict[str, object]:
    return {"clause_key": key, "meaning_revision": meaning}


def _cited(
    slate_ids: Collection[UUID], project_id: UUID, meanings: Mapping[str, int]
) -> dict[_Place, _Cited]:
    """Return by response and clause which severities people gave who hold that it breaks the clause."""
    found: dict[_Place, _Cited] = defaultdict(list)
    rows = opinions_counted(project_id).filter(answer__slate_id__in=slate_ids)
    for slate_id, place, severity, cited in rows.values_list(
        "answer__slate_id", "place", "severity", "cited"
    ):
        for one in cited:
            key = one["clause_key"]
            if meanings.get(key) == one["meaning_revision"]:
                found[(slate_id, key, place)].append(severity)
    return found


def _outcomes(
    slate_ids: Collection[UUID], project_id: UUID, meanings: Mapping[str, int]
) -> dict[tuple[UUID, str], frozenset[tuple[int, int]]]:
    """Return by slate and clause what is held of its responses: each place with its rating, or with −1 where cited."""
    found: dict[tuple[UUID, str], set[tuple[int, int]]] = defaultdict(set)
    for row in current_ratings().filter(slate_id__in=slate_ids, clause_key__in=list(meanings)):
        if row.meaning_revision == meanings[row.clause_key]:
            found[(row.slate_id, row.clause_key)].add((row.place, round(row.value)))
    for slate_id, key, place in _cited(slate_ids, project_id, meanings):
        found[(slate_id, key)].add((place, -1))
    return {item: frozenset(held) for item, held in found.items()}


def _assessed_anew(
    slate_ids: Collection[UUID], project_id: UUID, asked: Sequence[StoppedMeaning]
) -> set[tuple[UUID, str]]:
    """Return where somebody has said under the new meaning of a clause whether responses are acceptable."""
    anew = releases_asking_anew(project_id, asked)
    rows = opinions_counted(project_id).filter(
        answer__slate_id__in=slate_ids,
        acceptable__isnull=False,
        answer__release_id__in={release_id for releases in anew.values() for release_id in releases},
    )
    return {
        (slate_id, key)
        for slate_id, release_id in rows.values_list("answer__slate_id", "answer__release_id")
        for key, releases in anew.items()
        if release_id in releases
    }
