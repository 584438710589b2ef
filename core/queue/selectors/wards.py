"""Whom a post may be handed to, in the words of the database: fragments of the statements that hand work out.

A ward is one sort of post (harm and language). Slots carry theirs, so the claim looks at the few wards there are and
not at posts that somebody must not get. Everything is read by primary key, at the database's clock.
"""

from __future__ import annotations

from typing import LiteralString

SEVERE_FROM = 3
_REST_SECONDS = 120
"""So long at least until a severe post comes again when there are no benign ones to put between."""

_ASKS: LiteralString = (
    "string_to_array('violence3 violence4 sexual3 sexual4 hate3 hate4 harassment3 harassment4 self_harm3 "
    "self_harm4 child_safety1 child_safety2 child_safety3 child_safety4 extremism3 extremism4 other3 other4', ' ')"
    "::varchar[]"
)
"""What is built in; a test holds it to `core.queue.domain.protection`."""

LIMITS: LiteralString = f"""
  SELECT
    own.languages, coalesce(own.accepted, ARRAY[]::varchar[]) AS accepted,
    coalesce(own.refused, ARRAY[]::varchar[]) AS refused,
    least(own.severity_most, 4) AS severity_most, coalesce(here.asks, {_ASKS}) AS asks,
    coalesce(here.expected_severity, 1) AS expected_severity,
    coalesce(here.expected_keys, ARRAY['other1']::varchar[]) AS expected_keys,
    least(own.counts_from, coalesce(here.counts_from, 3)) AS counts_from,
    own.last_work_at, coalesce(own.severe_run, 0) AS severe_run, coalesce(own.benign_due, 0) AS benign_due,
    CASE WHEN own.severe_next_at > statement_timestamp() THEN own.severe_next_at END AS severe_next_at,
    CASE WHEN own.severe_next_at IS NULL OR own.severe_next_at <= statement_timestamp() THEN 4
      WHEN own.benign_due > 0 THEN coalesce(here.benign_most, 1) ELSE {SEVERE_FROM - 1} END AS ceiling,
    coalesce(here.severe_in_a_row, 3) AS severe_in_a_row, coalesce(here.then_benign, 1) AS then_benign,
    coalesce(here.cool_down_seconds, 0) AS cool_down_seconds,
    make_interval(secs => greatest(own.break_seconds, coalesce(here.break_seconds, 300))) AS break_length,
    own.work_since + make_interval(secs => least(own.break_after_seconds,
      CASE WHEN here.project_id IS NULL THEN 3600 ELSE here.break_after_seconds END)) AS break_at
  FROM (SELECT %(person)s::uuid AS id) AS me
  LEFT JOIN queue_personlimit AS own ON own.person_id = me.id
  LEFT JOIN queue_projectlimit AS here ON here.project_id = %(project)s
"""  # noqa: S608 - names of ours
"""One row: what holds for the person in the project, and where they are in their work."""

BREAK_IS_DUE: LiteralString = """
(limits.break_at <= statement_timestamp() AND limits.last_work_at + limits.break_length > statement_timestamp())
"""

_SEVERITY: LiteralString = """
CASE WHEN coalesce(ward.severity, -1) < 0 THEN limits.expected_severity ELSE ward.severity END
"""
_KEYS: LiteralString = """
CASE WHEN coalesce(ward.severity, -1) < 0 THEN limits.expected_keys ELSE ward.keys END
"""

CONSENTED: LiteralString = f"""(
  {_SEVERITY} <= coalesce(limits.severity_most, 4)
  AND NOT ({_KEYS} && limits.refused)
  AND NOT EXISTS (
    SELECT 1 FROM unnest({_KEYS}) AS word
    WHERE word = ANY(limits.asks) AND word <> ALL(limits.accepted))
  AND (limits.languages IS NULL OR coalesce(ward.language, '') = '' OR ward.language = ANY(limits.languages)
    OR split_part(ward.language, '-', 1) = ANY(limits.languages))
)"""  # noqa: S608 - names of ours
"""Of ``limits`` and a ``queue_ward AS ward`` (outer joined): that the person takes such posts at all."""

SHUT_BY: LiteralString = f"""
closure.person_id = %(person)s AND (closure.project_id IS NULL OR closure.project_id = %(project)s)
  AND closure.until > statement_timestamp()
  AND CASE WHEN closure.keys IS NULL THEN {_SEVERITY} >= closure.severity_from ELSE closure.keys && {_KEYS} END
"""

OPEN_NOW: LiteralString = f"""(
  NOT {BREAK_IS_DUE} IS TRUE
  AND {_SEVERITY} <= limits.ceiling
  AND NOT EXISTS (SELECT 1 FROM queue_closure AS closure WHERE {SHUT_BY})
)"""  # noqa: S608 - names of ours
"""Likewise: that one may be handed out now, by breaks, spacing, cool-down and budgets."""

WARD_OF: LiteralString = """
coalesce((
  SELECT ward.id FROM content_post AS warded
  LEFT JOIN queue_harm AS harm ON harm.post_id = warded.id
  JOIN queue_ward AS ward ON ward.severity = coalesce(harm.severity, -1)
    AND ward.keys = coalesce(harm.keys, ARRAY[]::varchar[]) AND ward.language = warded.language
  WHERE warded.id = {post}), 0)
"""
"""The ward of a post, for ``.format(post=...)``; 0 where nobody sorted it yet."""

_OF_WARD: LiteralString = """
s.project_id = %(project)s AND s.kind = %(kind)s AND s.state = 'open'
"""
_NOT_HAD: LiteralString = """
NOT EXISTS (
  SELECT 1 FROM queue_lease l
  WHERE l.task_id = s.task_id AND l.person_id = %(person)s AND l.state <> 'expired')
AND NOT EXISTS (SELECT 1 FROM queue_submission b WHERE b.task_id = s.task_id AND b.person_id = %(person)s)
"""

FIT: LiteralString = f"""
limits AS MATERIALIZED ({LIMITS}), there AS (
  SELECT (SELECT min(s.ward_id) FROM queue_slot s WHERE {_OF_WARD}) AS id
  WHERE {{when}}
  UNION ALL
  SELECT (SELECT min(s.ward_id) FROM queue_slot s WHERE {_OF_WARD} AND s.ward_id > there.id) FROM there
  WHERE there.id IS NOT NULL
), fit AS MATERIALIZED (
  SELECT there.id FROM there CROSS JOIN limits LEFT JOIN queue_ward AS ward ON ward.id = there.id
  WHERE there.id IS NOT NULL AND (NOT %(is_person)s OR ({CONSENTED} AND {OPEN_NOW}))
)"""  # noqa: S608 - names of ours
"""Parts of a ``WITH RECURSIVE``: the wards in which open slots are and from which the person may be handed one.

The index queue_slot_next is asked once a ward. ``.format(when=...)`` says when to look at all.
"""

NEXT: LiteralString = f"""
  SELECT s.* FROM (
    SELECT fit.id FROM fit LEFT JOIN LATERAL (
      SELECT s.priority, s.task_id, s.ordinal FROM queue_slot s
      WHERE {_OF_WARD} AND s.ward_id = fit.id AND (SELECT count(*) FROM fit) > 1 AND {_NOT_HAD}
      ORDER BY s.priority DESC, s.task_id, s.ordinal LIMIT 1
    ) AS top ON true
    ORDER BY top.priority DESC NULLS LAST, top.task_id, top.ordinal
  ) AS line CROSS JOIN LATERAL (
    SELECT s.* FROM queue_slot s
    WHERE {_OF_WARD} AND s.ward_id = line.id AND {_NOT_HAD}
    ORDER BY s.priority DESC, s.task_id, s.ordinal LIMIT 1
    {{lock}}
  ) AS s
  LIMIT 1
"""  # noqa: S608 - names of ours
"""The slot that is the person's next, of the wards that `FIT` found: by priority, then the older task.

``.format(lock=...)`` takes what keeps others from it. The wards stand in the order of the first slot of each, so
that only the one that is taken is locked.
"""

MAY_BE_HANDED: LiteralString = f"""
(NOT %(is_person)s OR EXISTS (
  SELECT 1 FROM ({LIMITS}) AS limits LEFT JOIN queue_ward AS ward ON ward.id = {{ward}}
  WHERE {CONSENTED} AND {OPEN_NOW}))
"""  # noqa: S608 - names of ours
"""Whether the person may be handed a post of a ward now, for ``.format(ward=...)``."""

CLOSED_AND: LiteralString = f"""
WITH limits AS ({LIMITS})
SELECT shut.why, shut.until, shut.may_end, statement_timestamp(), EXISTS (
  SELECT 1 FROM queue_reveal AS handed
  WHERE handed.person_id = %(person)s AND handed.created_at >= now() AND handed.mode = 'handed'){{more}}
FROM limits LEFT JOIN LATERAL (
  SELECT closure.why, closure.until, closure.may_end FROM queue_closure AS closure
  WHERE closure.person_id = %(person)s AND (closure.project_id IS NULL OR closure.project_id = %(project)s)
    AND closure.until > statement_timestamp() AND closure.severity_from = 0 AND closure.keys IS NULL
    AND %(is_person)s
  UNION ALL
  SELECT 'break', limits.last_work_at + limits.break_length, false WHERE {BREAK_IS_DUE} AND %(is_person)s
  ORDER BY until DESC LIMIT 1
) AS shut ON true
"""  # noqa: S608 - names of ours
"""One row: what shuts all work to the person now, if anything does, and whether this transaction counted an item.

``.format(more=...)`` takes further columns, each after its comma.
"""
CLOSED: LiteralString = CLOSED_AND.format(more="")

PARTLY_CLOSED: LiteralString = f"""
WITH RECURSIVE {FIT.format(when="%(is_person)s")}, waiting AS (
  SELECT
    {_SEVERITY} > limits.ceiling AS is_spacing,
    greatest(
      CASE WHEN {_SEVERITY} > limits.ceiling THEN limits.severe_next_at END,
      (SELECT max(closure.until) FROM queue_closure AS closure WHERE {SHUT_BY})) AS until
  FROM there CROSS JOIN limits LEFT JOIN queue_ward AS ward ON ward.id = there.id
  WHERE there.id IS NOT NULL AND {CONSENTED} AND NOT {OPEN_NOW}
    AND EXISTS (SELECT 1 FROM queue_slot s WHERE {_OF_WARD} AND s.ward_id = there.id AND {_NOT_HAD})
)
SELECT CASE WHEN is_spacing THEN 'cool_down' ELSE 'budget' END, until, false, statement_timestamp()
FROM waiting WHERE until IS NOT NULL ORDER BY until LIMIT 1
"""  # noqa: S608 - names of ours
"""Of somebody who got nothing: when the first of what waits for them opens again."""

COUNTED: LiteralString = f"""
weighed AS (
  SELECT handed.*, {_SEVERITY} AS severity, {_KEYS} AS keys
  FROM handed CROSS JOIN limits LEFT JOIN queue_ward AS ward ON ward.id = handed.ward_id
  WHERE %(is_person)s
), placed AS (
  INSERT INTO queue_personlimit AS own (
    person_id, work_since, last_work_at, severe_run, benign_due, severe_next_at)
  SELECT %(person)s, now(), now(),
    CASE WHEN severity < {SEVERE_FROM} OR severe_run + 1 >= severe_in_a_row THEN 0 ELSE severe_run + 1 END,
    CASE WHEN severity < {SEVERE_FROM} THEN greatest(benign_due - 1, 0)
      WHEN severe_run + 1 >= severe_in_a_row THEN then_benign ELSE benign_due END,
    CASE WHEN severity < {SEVERE_FROM} THEN
        CASE WHEN benign_due = 1 AND cool_down_seconds = 0 THEN NULL ELSE severe_next_at END
      WHEN severe_run + 1 >= severe_in_a_row
        THEN now() + make_interval(secs => greatest(cool_down_seconds, {_REST_SECONDS}))
      WHEN cool_down_seconds > 0 THEN now() + make_interval(secs => cool_down_seconds) END
  FROM weighed CROSS JOIN limits
  WHERE severity >= {SEVERE_FROM} OR severe_run > 0 OR benign_due > 0
    OR last_work_at IS NULL OR last_work_at < now() - interval '30 seconds'
  ON CONFLICT (person_id) DO UPDATE SET
    work_since = CASE
      WHEN own.last_work_at IS NULL OR own.last_work_at <= now() - (SELECT break_length FROM limits) THEN now()
      ELSE own.work_since END,
    last_work_at = now(), severe_run = EXCLUDED.severe_run, benign_due = EXCLUDED.benign_due,
    severe_next_at = EXCLUDED.severe_next_at
), counted AS (
  INSERT INTO queue_reveal (id, project_id, person_id, post_id, lease_id, mode, purpose, severity, categories, is_over)
  SELECT uuidv7(), %(project)s, %(person)s, weighed.post_id, weighed.lease_id, 'handed',
    CASE %(kind)s WHEN 'compare' THEN 'compare' ELSE 'label' END, weighed.severity,
    ARRAY(SELECT left(word, -1) FROM unnest(weighed.keys) AS word), true
  FROM weighed CROSS JOIN limits
  WHERE weighed.severity >= limits.counts_from
)
"""  # noqa: S608 - names of ours
"""Parts of a statement, beside ``limits``, that count what its part ``handed`` (lease_id, post_id, ward_id) gives."""
