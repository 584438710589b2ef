"""Uncovering: the row is there before the first byte, and every exposure is the sum of such rows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from core.accounts.selectors import Actor, Capability, Project, capabilities_in
from core.content.access import one_is_open_to
from core.content.selectors import Part, file_shown_in, parts_of, posts_in
from core.db.prepared import row, rows
from core.db.transactions import in_transaction
from core.errors import NotFoundError
from core.queue.beside_registry import is_shown_beside
from core.queue.domain.closing import Closed, closed_of
from core.queue.domain.reveals import (
    GLANCE_SECONDS,
    IN_ADVANCE_SECONDS,
    OPEN_SECONDS,
    Mode,
    Purpose,
    seconds_counted,
    seconds_in_advance,
)
from core.queue.errors import RevealOverError, WorkClosedError
from core.queue.models import Lease, Reveal
from core.queue.selectors.protection import Standing, database_now, look_left
from core.queue.selectors.wards import LIMITS, SHUT_BY
from core.queue.services.closures import budgets_refresh
from core.queue.services.leases import turn_statement

_GLANCES = frozenset({"thumbnail", "poster", "film_strip"})

# What is shut here is what a person or a budget shut. A break that is due stops new work, not what is on the screen.
_WEIGH = f"""
WITH limits AS ({LIMITS}), harm AS (
  SELECT severity, keys FROM queue_harm WHERE post_id = %(post)s
), ward AS (
  SELECT coalesce((SELECT severity FROM harm), -1) AS severity,
    coalesce((SELECT keys FROM harm), ARRAY[]::varchar[]) AS keys
)
SELECT shut.why, shut.until, shut.may_end, statement_timestamp(),
  CASE WHEN ward.severity < 0 THEN limits.expected_severity ELSE ward.severity END,
  ARRAY(SELECT left(word, -1) FROM unnest(
    CASE WHEN ward.severity < 0 THEN limits.expected_keys ELSE ward.keys END) AS word)
FROM limits CROSS JOIN ward LEFT JOIN LATERAL (
  SELECT closure.why, closure.until, closure.may_end FROM queue_closure AS closure
  WHERE {SHUT_BY} AND %(is_person)s
  ORDER BY closure.until DESC LIMIT 1
) AS shut ON true
"""  # noqa: S608 - names of ours

_AT_WORK = f"""
WITH limits AS ({LIMITS})
UPDATE queue_personlimit AS own SET
  last_work_at = now(),
  severe_next_at = CASE WHEN %(severity)s >= 3 AND limits.cool_down_seconds > 0
    THEN greatest(own.severe_next_at, now() + make_interval(secs => limits.cool_down_seconds))
    ELSE own.severe_next_at END
FROM limits
WHERE own.person_id = %(person)s
"""  # noqa: S608 - names of ours

_SERVE = """
UPDATE queue_reveal SET
  serves = serves + 1, bytes_sent = bytes_sent + %(bytes)s,
  seconds = CASE WHEN mode = 'unsaid'
    THEN greatest(seconds, least(86400, extract(epoch FROM statement_timestamp() - created_at))) ELSE seconds END,
  beat_at = CASE WHEN mode = 'unsaid' THEN statement_timestamp() ELSE beat_at END
WHERE id = (
  SELECT reveal.id FROM queue_reveal AS reveal
  WHERE reveal.person_id = %(person)s AND reveal.project_id = %(project)s AND NOT reveal.is_over
    AND reveal.beat_at > statement_timestamp() - make_interval(secs => %(open)s)
    AND (%(glance)s OR reveal.mode <> 'glance')
    AND (reveal.asset_sha256 = %(sha256)s AND reveal.mode IN ('unsaid', 'glance') OR EXISTS (
      SELECT 1 FROM content_part AS part
      WHERE part.post_id = reveal.post_id AND part.asset_id = %(asset)s
        AND (reveal.part_id IS NULL OR reveal.part_id = part.id)))
  ORDER BY reveal.created_at DESC LIMIT 1)
RETURNING post_id
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A reveal that was opened, what the person's budgets say after it, and for how long they let it be seen.

    ``seconds_left`` is None where no budget of time counts it.
    """

    reveal: Reveal
    opened_at: datetime
    standing: Standing
    seconds_left: float | None


@in_transaction
def reveal_open(
    actor: Actor,
    project: Project,
    *,
    post_id: uuid.UUID | None,
    part_id: uuid.UUID | None,
    lease_id: uuid.UUID | None,
    mode: str,
    purpose: str,
) -> Opened:
    """Write down that the actor uncovers a post or one of its parts; the row is itself the record.

    A comparison that has no post is named by the actor's lease of it.

    Raises
    ------
    NotFoundError
        When the post is not the actor's to see, or part or lease are not of it.
    WorkClosedError
        While a break of theirs or a budget shuts what the post is.
    """
    rows(*turn_statement(actor))
    parts = {} if post_id is None else _open_parts(actor, project, post_id)
    if part_id is not None and part_id not in parts:
        raise NotFoundError()
    if (lease_id is None and post_id is None) or (
        lease_id is not None and not _is_own(actor, project, lease_id, post_id)
    ):
        raise NotFoundError()
    reveal, now = _written(
        actor,
        project.pk,
        post_id=post_id,
        part_id=part_id,
        lease_id=lease_id,
        sha256="" if part_id is None else parts[part_id],
        mode=mode,
        purpose=purpose,
        seconds=IN_ADVANCE_SECONDS,
    )
    standing = budgets_refresh(actor)
    left = look_left(standing, reveal, given_back=IN_ADVANCE_SECONDS)
    if left is not None and left <= IN_ADVANCE_SECONDS:
        # So little is left that counting in advance would use it up before anything was seen.
        reveal.seconds = seconds_in_advance(left)
        reveal.save(update_fields=["seconds"])
        standing = budgets_refresh(actor)
    return Opened(reveal, now, standing, left)


@in_transaction
def reveal_beat(
    actor: Actor, reveal_id: uuid.UUID, *, seconds: float, is_over: bool
) -> tuple[Reveal, Standing]:
    """Count how long something has been uncovered; the last beat covers it.

    Raises
    ------
    NotFoundError
    RevealOverError
        When it was over before.
    """
    rows(*turn_statement(actor))
    reveal = Reveal.objects.select_for_update().filter(pk=reveal_id, person_id=actor.user.pk).first()
    if reveal is None or reveal.mode == Mode.HANDED:
        raise NotFoundError()
    now = database_now()
    open_until = (now - reveal.beat_at).total_seconds() <= OPEN_SECONDS
    if reveal.is_over or not open_until:
        raise RevealOverError()
    reveal.seconds = seconds_counted(
        seconds,
        since_opened=(now - reveal.created_at).total_seconds(),
        before=reveal.seconds,
        had_a_beat=reveal.beat_at > reveal.created_at,
    )
    reveal.beat_at, reveal.is_over = now, is_over
    reveal.save(update_fields=["seconds", "beat_at", "is_over"])
    _at_work(actor, reveal.project_id, reveal.severity)
    return reveal, budgets_refresh(actor)


def exposure_add(
    actor: Actor, project: Project, *, post_id: uuid.UUID, part_id: uuid.UUID | None, seconds: float
) -> None:
    """Count time for which a page says afterwards that something was uncovered, in the caller's transaction."""
    _, now, severity, categories = _weighing(actor, project.pk, post_id)
    Reveal.objects.create(
        project=project,
        person_id=actor.user.pk,
        post_id=post_id,
        part_id=part_id,
        mode=str(Mode.FULL),
        purpose=str(Purpose.UNSAID),
        severity=severity,
        categories=categories,
        seconds=seconds,
        created_at=now,
        beat_at=now,
        is_over=True,
    )


def bytes_reckon(
    actor: Actor, project_id: uuid.UUID, asset_id: uuid.UUID, rendition: str, size_bytes: int
) -> None:
    """Write down that uncovered media goes out: in the reveal that is open, else in one made here.

    Raises
    ------
    WorkClosedError
    """
    rows(*turn_statement(actor))
    sha256, posts = file_shown_in(project_id, asset_id)
    values = {
        "person": actor.user.pk,
        "project": project_id,
        "asset": asset_id,
        "sha256": sha256,
        "bytes": size_bytes,
        "open": OPEN_SECONDS,
        "glance": rendition in _GLANCES,
    }
    served = row(_SERVE, values)
    # A token that may browse feeds a program; what goes to a person's eyes is shut while that person's work is.
    is_program = actor.token_id is not None and Capability.CONTENT_VIEW in capabilities_in(actor, project_id)
    if served is not None:
        if not is_program:
            _weighed(actor, project_id, served[0])
        return
    is_glance = rendition in _GLANCES
    _written(
        actor,
        project_id,
        post_id=_shown_in(actor, project_id, posts),
        part_id=None,
        lease_id=None,
        sha256=sha256,
        mode=Mode.GLANCE if is_glance else Mode.UNSAID,
        purpose=Purpose.UNSAID,
        seconds=0.0 if is_program else GLANCE_SECONDS if is_glance else IN_ADVANCE_SECONDS,
        size_bytes=size_bytes,
        is_program=is_program,
    )
    if not is_program:
        budgets_refresh(actor)


def _written(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    post_id: uuid.UUID | None,
    part_id: uuid.UUID | None,
    lease_id: uuid.UUID | None,
    sha256: str,
    mode: str,
    purpose: str,
    seconds: float,
    size_bytes: int = 0,
    is_program: bool = False,
) -> tuple[Reveal, datetime]:
    closed, now, severity, categories = _weighing(actor, project_id, post_id)
    if closed is not None and not is_program:
        raise WorkClosedError(**closed.document())
    reveal = Reveal.objects.create(
        project_id=project_id,
        person_id=actor.user.pk,
        post_id=post_id,
        part_id=part_id,
        lease_id=lease_id,
        asset_sha256=sha256,
        mode=str(mode),
        purpose=str(purpose),
        severity=severity,
        categories=categories,
        seconds=seconds,
        created_at=now,
        beat_at=now,
        is_over=False,
        serves=1 if size_bytes else 0,
        bytes_sent=size_bytes,
    )
    if not is_program:
        _at_work(actor, project_id, severity)
    return reveal, now


def _weighed(actor: Actor, project_id: uuid.UUID, post_id: uuid.UUID | None) -> None:
    closed, *_ = _weighing(actor, project_id, post_id)
    if closed is not None:
        raise WorkClosedError(**closed.document())


def _weighing(
    actor: Actor, project_id: uuid.UUID, post_id: uuid.UUID | None
) -> tuple[Closed | None, datetime, int, list[str]]:
    """Return what shuts the post to the actor, the time, and how grave the post counts."""
    values: dict[str, Any] = {
        "person": actor.user.pk,
        "project": project_id,
        "post": post_id,
        "is_person": not actor.user.is_simulated,
    }
    found = row(_WEIGH, values)
    assert found is not None
    return closed_of(found), found[3], found[4], list(found[5])


def _at_work(actor: Actor, project_id: uuid.UUID, severity: int) -> None:
    rows(_AT_WORK, {"person": actor.user.pk, "project": project_id, "severity": severity})


def _shown_in(actor: Actor, project_id: uuid.UUID, posts: QuerySet[Part, uuid.UUID]) -> uuid.UUID | None:
    """Return in which of the posts the actor looks at a file: the last that the queue handed them, else the first."""
    handed = Lease.objects.filter(
        person_id=actor.user.pk, task__project_id=project_id, task__post_id__in=posts.order_by()
    )
    return handed.order_by("-id").values_list("task__post_id", flat=True).first() or posts.first()


def _open_parts(actor: Actor, project: Project, post_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the parts of a post that is open to the actor, each with the SHA-256 of its file, if it is one."""
    posts = posts_in(project.pk, also_material=True).filter(pk=post_id)
    if not posts.exists() or not one_is_open_to(actor, project.pk, posts.values_list("pk", flat=True)):
        raise NotFoundError()
    return {
        part.pk: part.asset.sha256 if part.asset is not None else "" for part in parts_of([post_id])[post_id]
    }


def _is_own(actor: Actor, project: Project, lease_id: uuid.UUID, post_id: uuid.UUID | None) -> bool:
    """Return whether the lease is the actor's, and shows the post; without one, whether its task is about none."""
    own = Lease.objects.filter(pk=lease_id, person_id=actor.user.pk, task__project=project)
    lease = own.select_related("task__post").first()
    if lease is None:
        return False
    post = lease.task.post
    if post_id is None:
        return post is None or post.is_material
    return lease.task.post_id == post_id or is_shown_beside(lease.task, post_id)
