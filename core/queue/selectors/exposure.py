"""What a person has seen, told to that person alone; of a project only sums with enough people behind them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from core.accounts.selectors import Actor, Project
from core.db.prepared import row, rows
from core.errors import NotFoundError
from core.queue.domain.harm import SEVERE
from core.queue.models import CheckIn, Reveal
from core.queue.selectors.protection import organization_settings

FEWEST = 10
"""Fewer people than this, and a figure says too much of one of them."""

_DAYS = """
SELECT (created_at AT TIME ZONE 'UTC')::date::text AS day, sum(seconds),
  count(DISTINCT coalesce(post_id, lease_id, id)),
  count(DISTINCT coalesce(post_id, lease_id, id)) FILTER (WHERE severity >= %(severe)s), sum(seconds * severity)
FROM queue_reveal
WHERE person_id = %(person)s AND created_at > statement_timestamp() - make_interval(days => %(days)s)
GROUP BY 1 ORDER BY 1 DESC
"""
_CATEGORIES = """
SELECT category, reveal.severity, sum(reveal.seconds),
  count(DISTINCT coalesce(reveal.post_id, reveal.lease_id, reveal.id))
FROM queue_reveal AS reveal
CROSS JOIN LATERAL unnest(CASE WHEN cardinality(reveal.categories) = 0 THEN ARRAY['']::varchar[]
  ELSE reveal.categories END) AS category
WHERE reveal.person_id = %(person)s
  AND reveal.created_at > statement_timestamp() - make_interval(days => %(days)s)
GROUP BY 1, 2 ORDER BY 2 DESC, 1
"""
_PROJECTS = """
SELECT project.id, project.name, sum(reveal.seconds),
  count(DISTINCT coalesce(reveal.post_id, reveal.lease_id, reveal.id))
FROM queue_reveal AS reveal JOIN accounts_project AS project ON project.id = reveal.project_id
WHERE reveal.person_id = %(person)s
  AND reveal.created_at > statement_timestamp() - make_interval(days => %(days)s)
GROUP BY 1, 2 ORDER BY 3 DESC
"""
_TOTAL = """
SELECT coalesce(sum(seconds), 0), count(DISTINCT coalesce(post_id, lease_id, id)),
  count(DISTINCT coalesce(post_id, lease_id, id)) FILTER (WHERE severity >= %(severe)s),
  coalesce(sum(seconds * severity), 0),
  statement_timestamp() - make_interval(days => %(days)s)
FROM queue_reveal
WHERE person_id = %(person)s AND created_at > statement_timestamp() - make_interval(days => %(days)s)
"""
_OF_PROJECT = """
SELECT count(DISTINCT person_id), coalesce(sum(seconds), 0),
  coalesce(sum(seconds) FILTER (WHERE created_at > statement_timestamp() - interval '1 day'), 0),
  count(DISTINCT coalesce(post_id, lease_id, id)) FILTER (WHERE severity >= %(severe)s)
FROM queue_reveal
WHERE project_id = %(project)s AND created_at > statement_timestamp() - interval '7 days' AND seconds > 0
"""

_WELLNESS = """
SELECT count(DISTINCT said.person_id), count(*), avg(said.mood)::float
FROM queue_checkin AS said
WHERE said.created_at > statement_timestamp() - interval '28 days' AND EXISTS (
  SELECT 1 FROM accounts_membership AS member JOIN accounts_project AS project ON project.id = member.project_id
  WHERE member.user_id = said.person_id AND member.is_active
    AND project.organization_id = %(organization)s)
"""

EXPORT_FIELDS = (
    "at",
    "project",
    "post",
    "part",
    "mode",
    "purpose",
    "severity",
    "categories",
    "seconds",
)


def exposure_report(actor: Actor, *, days: int) -> dict[str, Any]:
    """Return what the actor saw in the last ``days`` days, by day, category and project."""
    values = {"person": actor.user.pk, "days": days, "severe": SEVERE}
    total = row(_TOTAL, values)
    assert total is not None
    return {
        "days": [
            {"day": day, "seconds": seconds, "items": items, "severe_items": severe, "points": points}
            for day, seconds, items, severe, points in rows(_DAYS, values)
        ],
        "categories": [
            {"key": key, "severity": severity, "seconds": seconds, "items": items}
            for key, severity, seconds, items in rows(_CATEGORIES, values)
        ],
        "projects": [
            {"project_id": project_id, "name": name, "seconds": seconds, "items": items}
            for project_id, name, seconds, items in rows(_PROJECTS, values)
        ],
        "total": {
            "seconds": total[0],
            "items": total[1],
            "severe_items": total[2],
            "points": total[3],
        },
        "since": total[4],
    }


def exposure_rows(actor: Actor) -> Iterator[tuple[Any, ...]]:
    """Yield every row about the actor, oldest first, as `EXPORT_FIELDS` names them."""
    found = (
        Reveal.objects.filter(person_id=actor.user.pk)
        .select_related("project", "post")
        .order_by("created_at", "pk")
    )
    for one in found.iterator(chunk_size=1000):
        yield (
            one.created_at.isoformat(),
            one.project.name,
            one.post.external_id if one.post is not None else "",
            str(one.part_id or ""),
            one.mode,
            one.purpose,
            one.severity,
            " ".join(one.categories),
            round(one.seconds, 1),
        )


def project_exposure(project: Project) -> dict[str, Any]:
    """Return how much is looked at in a project, when ten people or more stand behind the figures."""
    found = row(_OF_PROJECT, {"project": project.pk, "severe": SEVERE})
    assert found is not None
    people, week, day, severe = found
    if people < FEWEST:
        return {
            "people": None,
            "seconds_day": None,
            "seconds_week": None,
            "severe_items_week": None,
            "too_few": True,
        }
    return {
        "people": people,
        "seconds_day": round(day),
        "seconds_week": round(week),
        "severe_items_week": severe,
        "too_few": False,
    }


def check_ins_of(person_id: uuid.UUID) -> list[CheckIn]:
    """Return what a person said of how they are, newest first."""
    return list(CheckIn.objects.filter(person_id=person_id).order_by("-pk")[:200])


def wellness_of(actor: Actor, project: Project) -> dict[str, Any]:
    """Return how the people of the project's organization say they are, when ten or more of them did.

    Raises
    ------
    NotFoundError
        For everybody whom the organization has not named as a reader, managers as well, and while it does not ask.
    """
    check_ins = organization_settings(project.organization_id).check_ins
    if not check_ins.is_on or actor.user.email.lower() not in {one.lower() for one in check_ins.readers}:
        raise NotFoundError()
    found = row(_WELLNESS, {"organization": project.organization_id})
    assert found is not None
    people, answers, mean = found
    if people < FEWEST:
        return {"people": None, "answers": None, "mood_mean": None, "too_few": True}
    return {"people": people, "answers": answers, "mood_mean": round(mean, 1), "too_few": False}
