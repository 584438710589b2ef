"""Posts that were answered under a meaning which stopped and not yet under the one that follows.

One rule says which they are (`_STALE`), for those who count them, draw from them and go through them.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, LiteralString

from core.db.planned import planned_column, planned_rows
from policies.services import STOPPED, AffectedItem, StoppedMeaning, stopped_values

_COUNTS: LiteralString = """
JOIN queue_submission AS {answer} ON {answer}.id = {vote}.submission_id AND {answer}.slot_id IS NOT NULL
JOIN queue_task AS {task} ON {task}.id = {answer}.task_id AND {task}.source <> 'gold'
"""
_STANDS: LiteralString = """
NOT EXISTS (SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = {answer}.id)
"""
_STALE: LiteralString = f"""
FROM annotation_verdict AS vote
{_COUNTS.format(vote="vote", answer="answer", task="task")}
WHERE vote.project_id = %(project)s AND vote.clause_key = stopped.clause_key
  AND vote.meaning_revision = stopped.before AND {_STANDS.format(answer="answer")}
  AND NOT EXISTS (
    SELECT 1 FROM annotation_verdict AS again
    {_COUNTS.format(vote="again", answer="anew", task="other")}
    WHERE again.project_id = %(project)s AND again.clause_key = stopped.clause_key
      AND again.meaning_revision = stopped.after AND again.post_id = vote.post_id
      AND {_STANDS.format(answer="anew")})
"""  # noqa: S608 - texts of ours
_SHOWN: LiteralString = """
AND EXISTS (SELECT 1 FROM content_post AS post WHERE post.id = vote.post_id AND NOT post.is_hidden)
"""
# Where every answer of a post counts, which are nearly all posts, the rule says no more than that there is an answer
# under the old meaning and none under the new one, which the index tells. The others are held against the whole of it.
_UNLIKE: LiteralString = """
SELECT task.post_id FROM queue_task AS task WHERE task.project_id = %(project)s AND task.source = 'gold'
UNION
SELECT task.post_id FROM queue_submission AS given JOIN queue_task AS task ON task.id = given.task_id
WHERE task.project_id = %(project)s AND given.slot_id IS NULL
UNION
SELECT task.post_id FROM queue_submission AS newer JOIN queue_submission AS given ON given.id = newer.supersedes_id
JOIN queue_task AS task ON task.id = given.task_id WHERE task.project_id = %(project)s
UNION
SELECT post.id FROM content_post AS post WHERE post.project_id = %(project)s AND post.is_hidden
"""
_OF_ONE = """
SELECT vote.post_id FROM annotation_verdict AS vote
WHERE vote.project_id = %(project)s AND vote.clause_key = %(key_{at})s AND vote.meaning_revision = %(before_{at})s
  AND NOT EXISTS (
    SELECT 1 FROM annotation_verdict AS again
    WHERE again.project_id = %(project)s AND again.clause_key = %(key_{at})s
      AND again.meaning_revision = %(after_{at})s AND again.post_id = vote.post_id)
"""
_STALE_POSTS = f"""
WITH unlike AS MATERIALIZED ({_UNLIKE}), stale AS (
  SELECT answered.post_id FROM (SELECT post_id FROM ({{of_each}}) AS given GROUP BY post_id) AS answered
  WHERE NOT EXISTS (SELECT 1 FROM unlike WHERE unlike.post_id = answered.post_id)
  UNION ALL
  SELECT DISTINCT unlike.post_id FROM unlike CROSS JOIN {STOPPED} CROSS JOIN LATERAL (
    SELECT vote.post_id {_STALE} {_SHOWN} AND vote.post_id = unlike.post_id LIMIT 1
  ) AS vote
)
SELECT {{told}}
"""  # noqa: S608 - texts of ours
# Each clause is walked along its own index from where the last batch ended, so a batch costs the same at any place; of
# what was passed it is asked next whether it counts.
_PASSED: LiteralString = f"""
SELECT DISTINCT passed.post_id FROM {STOPPED}
CROSS JOIN LATERAL (
  SELECT DISTINCT vote.post_id FROM annotation_verdict AS vote
  WHERE vote.project_id = %(project)s AND vote.clause_key = stopped.clause_key
    AND vote.meaning_revision = stopped.before AND vote.post_id > %(after)s
  ORDER BY vote.post_id LIMIT %(limit)s
) AS passed
ORDER BY passed.post_id LIMIT %(limit)s
"""  # noqa: S608 - texts of ours
_VOTES: LiteralString = f"""
SELECT vote.* FROM {STOPPED}
CROSS JOIN LATERAL (
  SELECT vote.post_id, vote.clause_key, vote.answer, vote.severity, vote.confidence, vote.reason,
    answer.person_id, vote.id {_STALE} {_SHOWN} AND vote.post_id = ANY(%(posts)s::uuid[])
) AS vote
ORDER BY vote.post_id, vote.clause_key, vote.id
"""  # noqa: S608 - texts of ours
_DECIDED: LiteralString = f"""
SELECT newest.* FROM {STOPPED} CROSS JOIN unnest(%(posts)s::uuid[]) AS asked(post_id)
CROSS JOIN LATERAL (
  SELECT post_id, clause_key, answer, severity, confidence, reason, method FROM annotation_decision
  WHERE project_id = %(project)s AND clause_key = stopped.clause_key AND meaning_revision = stopped.before
    AND post_id = asked.post_id
  ORDER BY id DESC LIMIT 1
) AS newest
WHERE newest.answer IS NOT NULL
"""  # noqa: S608 - texts of ours

_Told = dict[str, Any]


def posts_affected(
    project_id: uuid.UUID,
    asked: Sequence[StoppedMeaning],
    *,
    after: uuid.UUID | None,
    limit: int,
    among: Sequence[uuid.UUID] | None = None,
) -> list[AffectedItem]:
    """Return the next posts by id, with what each was answered: the decision where there is one, else every answer.

    Every one of ``asked`` has a meaning that follows. Nobody's name is in it; see `annotation.selectors.bundles`.
    """
    place = after or uuid.UUID(int=0)
    values = stopped_values(project_id, asked) | {"limit": limit}
    if among is not None:
        return _found({**values, "posts": sorted(post_id for post_id in among if post_id > place)[:limit]})
    while passed := planned_rows(_PASSED, {**values, "after": place}):
        place = passed[-1][0]
        if found := _found({**values, "posts": [post_id for (post_id,) in passed]}):
            return found
    return []


def posts_stale(project_id: uuid.UUID, asked: Sequence[StoppedMeaning]) -> Iterator[uuid.UUID]:
    """Return every post that `posts_affected` would return, by id, in bounded memory."""
    return planned_column(*_of_all("post_id FROM stale ORDER BY post_id", project_id, asked))


def posts_stale_count(project_id: uuid.UUID, asked: Sequence[StoppedMeaning]) -> int:
    """Count what `posts_stale` yields."""
    ((number,),) = planned_rows(*_of_all("count(*) FROM stale", project_id, asked))
    return int(number)


def _of_all(told: str, project_id: uuid.UUID, asked: Sequence[StoppedMeaning]) -> tuple[str, dict[str, Any]]:
    """Return the statement over all stale posts and its values, planned for each meaning by how many cite it."""
    of_each = " UNION ALL ".join(_OF_ONE.format(at=at) for at in range(len(asked)))
    values = stopped_values(project_id, asked)
    for at, meaning in enumerate(asked):
        values |= {
            f"key_{at}": meaning.clause_key,
            f"before_{at}": meaning.before,
            f"after_{at}": meaning.after,
        }
    return _STALE_POSTS.format(of_each=of_each, told=told), values


def _found(values: dict[str, Any]) -> list[AffectedItem]:
    if not values["posts"]:
        return []
    votes = planned_rows(_VOTES, values)
    post_ids = sorted({row[0] for row in votes})
    if not post_ids:
        return []
    decided = {
        (row[0], row[1]): _told(*row[1:6]) | {"method": row[6]}
        for row in planned_rows(_DECIDED, {**values, "posts": post_ids})
    }
    return _items(post_ids, votes, decided)


def _items(
    post_ids: Sequence[uuid.UUID],
    votes: Sequence[tuple[Any, ...]],
    decided: dict[tuple[uuid.UUID, str], _Told],
) -> list[AffectedItem]:
    answers: dict[uuid.UUID, dict[str, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    severities: dict[uuid.UUID, int] = defaultdict(int)
    for post_id, key, answer, severity, confidence, reason, person_id, _ in votes:
        told = _told(key, answer, severity, confidence, reason) | {"person_id": str(person_id)}
        answers[post_id][key].append(told)
        severities[post_id] = max(severities[post_id], severity or 0)
    return [
        AffectedItem(
            item_id=post_id,
            kind="label",
            clause_keys=tuple(sorted(answers[post_id])),
            priority=float(severities[post_id]),
            old_answers=tuple(
                told
                for key, given in sorted(answers[post_id].items())
                for told in ([decided[post_id, key]] if (post_id, key) in decided else given)
            ),
        )
        for post_id in post_ids
    ]


def _told(key: str, answer: str, severity: int | None, confidence: float | None, reason: str) -> _Told:
    told: _Told = {"clause_key": key, "answer": answer}
    if severity is not None:
        told["severity"] = severity
    if confidence is not None:
        told["confidence"] = confidence
    return told | ({"reason": reason} if reason else {})
