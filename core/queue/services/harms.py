"""What is known of the harm in posts, and the wards by which the queue keeps to it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Literal

from django.db import connection

from core.content.events import HarmStated
from core.db.transactions import in_transaction
from core.queue.domain.harm import Harm as PostHarm
from core.queue.domain.harm import harm_keys, worst
from core.queue.models import Harm

_BATCH = 2000
_Source = Literal["stated", "found", "predicted"]

_SORT = """
INSERT INTO queue_ward (severity, keys, language)
SELECT DISTINCT coalesce(harm.severity, -1), coalesce(harm.keys, ARRAY[]::varchar[]), post.language
FROM content_post AS post LEFT JOIN queue_harm AS harm ON harm.post_id = post.id
WHERE post.id = ANY(%(posts)s) AND (harm.post_id IS NOT NULL OR post.language <> '') AND NOT EXISTS (
  SELECT 1 FROM queue_ward AS ward
  WHERE ward.severity = coalesce(harm.severity, -1) AND ward.keys = coalesce(harm.keys, ARRAY[]::varchar[])
    AND ward.language = post.language)
ON CONFLICT DO NOTHING
"""
_SORTED = """
SELECT post.id, ward.id
FROM content_post AS post LEFT JOIN queue_harm AS harm ON harm.post_id = post.id
JOIN queue_ward AS ward ON ward.severity = coalesce(harm.severity, -1)
  AND ward.keys = coalesce(harm.keys, ARRAY[]::varchar[]) AND ward.language = post.language
WHERE post.id = ANY(%(posts)s)
"""
_SPEAK = """
INSERT INTO queue_ward (severity, keys, language)
SELECT -1, ARRAY[]::varchar[], spoken.tag FROM unnest(%(tags)s::varchar[]) AS spoken(tag)
WHERE NOT EXISTS (
  SELECT 1 FROM queue_ward AS ward
  WHERE ward.severity = -1 AND ward.keys = ARRAY[]::varchar[] AND ward.language = spoken.tag)
ON CONFLICT DO NOTHING
"""
_SPOKEN = """
SELECT language, id FROM queue_ward
WHERE severity = -1 AND keys = ARRAY[]::varchar[] AND language = ANY(%(tags)s::varchar[])
"""
_MOVE = """
UPDATE queue_slot AS slot SET ward_id = sorted.ward
FROM queue_task AS task, unnest(%(posts)s::uuid[], %(wards)s::integer[]) AS sorted(post, ward)
WHERE task.post_id = sorted.post AND slot.task_id = task.id AND slot.state IN ('open', 'paused', 'leased')
  AND slot.ward_id <> sorted.ward
"""


def wards_of(post_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return the ward of each post, made where it is the first of its sort; what nothing is known about is left out."""
    if not post_ids:
        return {}
    values = {"posts": list(post_ids)}
    with connection.cursor() as cursor:
        cursor.execute(_SORT, values)
        cursor.execute(_SORTED, values)
        return dict(cursor.fetchall())


def wards_spoken(tags: Collection[str]) -> dict[str, int]:
    """Return, by language, the ward of what is about no post, made where it is the first of its language."""
    told = sorted(set(tags) - {""})
    if not told:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SPEAK, {"tags": told})
        cursor.execute(_SPOKEN, {"tags": told})
        return dict(cursor.fetchall())


@in_transaction
def harms_state(harms: Mapping[uuid.UUID, PostHarm]) -> None:
    """Keep what an import states of posts, and sort what waits about them by it."""
    _keep(harms, "stated")


@in_transaction
def harms_find(harms: Mapping[uuid.UUID, PostHarm]) -> None:
    """Keep what decisions found in posts; together with what was stated the worse counts."""
    _keep(harms, "found")


@in_transaction
def harms_predict(harms: Mapping[uuid.UUID, PostHarm | None]) -> None:
    """Keep what a model predicts of posts, ``None`` for nothing; it counts while nobody stated or found anything."""
    _keep(harms, "predicted")


def stated_keep(event: HarmStated) -> None:
    """Keep what an import states, in its transaction."""
    harms_state({post_id: PostHarm(severity, names) for post_id, (severity, names) in event.harms.items()})


def _keep(harms: Mapping[uuid.UUID, PostHarm | None], source: _Source) -> None:
    post_ids = sorted(harms)
    for start in range(0, len(post_ids), _BATCH):
        batch = post_ids[start : start + _BATCH]
        known = {row.pk: row for row in Harm.objects.select_for_update().filter(pk__in=batch).order_by("pk")}
        rows, silent = [], []
        for post_id in batch:
            row = known.get(post_id) or Harm(post_id=post_id, predicted_categories=[])
            if _said(row, harms[post_id], source):
                rows.append(row)
            elif post_id in known:
                silent.append(post_id)
        Harm.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["post"],
            update_fields=["severity", "keys", f"{source}_severity", f"{source}_categories"],
        )
        Harm.objects.filter(pk__in=silent).delete()
        wards = wards_of(batch)
        with connection.cursor() as cursor:
            cursor.execute(_MOVE, {"posts": batch, "wards": [wards.get(post_id, 0) for post_id in batch]})


def _said(row: Harm, fresh: PostHarm | None, source: _Source) -> bool:
    """Write down what one source says; return whether anything is known of the post then."""
    setattr(row, f"{source}_severity", None if fresh is None else fresh.severity)
    setattr(row, f"{source}_categories", [] if fresh is None else list(fresh.categories))
    by_people = [_of(row, "stated"), _of(row, "found")]
    counts = worst(harm for harm in by_people if harm is not None) or _of(row, "predicted")
    if counts is None:
        return False
    row.severity, row.keys = counts.severity, harm_keys(counts.severity, counts.categories)
    return True


def _of(row: Harm, source: _Source) -> PostHarm | None:
    severity: int | None = getattr(row, f"{source}_severity")
    return None if severity is None else PostHarm(severity, tuple(getattr(row, f"{source}_categories")))
