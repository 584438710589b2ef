"""Pairs of responses that somebody judged, each with words of its own, straight in the database."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from benchmarks.changing.pairs import ASKED_AND_ANSWERED
from benchmarks.queueing.material import tables_tend

AXIS = "helpful"
_PEOPLE = 200
_WORDS_A_TEXT = 75
_SYLLABLES = (
    "ba",
    "ce",
    "dor",
    "el",
    "fin",
    "gra",
    "hu",
    "il",
    "jo",
    "kem",
    "lu",
    "mon",
    "né",
    "or",
    "pil",
    "ru",
)

_SAID = "CREATE TEMPORARY TABLE said (n int, asked text, a text, b text)"
_COPY = "COPY said (n, asked, a, b) FROM STDIN"

# One statement a table; rows refer to each other by construction, so references are not checked.
_FILL = (
    """CREATE TEMPORARY TABLE judged AS
SELECT said.*, uuidv7() AS prompt_id, uuidv7() AS a_id, uuidv7() AS b_id, uuidv7() AS comparison_id,
  uuidv7() AS task_id, uuidv7() AS slot_id, uuidv7() AS lease_id, uuidv7() AS answer_id, uuidv7() AS judgment_id,
  (%(people)s::uuid[])[1 + n %% %(many)s] AS who,
  CASE WHEN n %% 2 = 0 THEN -1 ELSE 1 END * (1 + n %% 3) AS value
FROM said ORDER BY n""",
    """INSERT INTO preferences_prompt (id, project_id, messages, language, content_sha256)
SELECT prompt_id, %(project)s,
  jsonb_build_array(jsonb_build_object('role', 'user', 'content', asked)), 'en', md5(n::text) || md5(n::text)
FROM judged""",
    """INSERT INTO preferences_response (id, prompt_id, text, source_model, external_id, content_sha256)
SELECT a_id, prompt_id, a, 'model-a', '', md5(n::text) || md5(n::text) FROM judged
UNION ALL SELECT b_id, prompt_id, b, 'model-b', '', md5(n::text) || md5(n::text) FROM judged""",
    *ASKED_AND_ANSWERED,
    """INSERT INTO preferences_judgment (
  id, submission_id, project_id, comparison_id, release_id, person_id, swapped, asked, flags, reason_codes, reason)
SELECT judgment_id, answer_id, %(project)s, comparison_id, %(release)s, who, n %% 4 < 2, 'work', '{}', '{}', ''
FROM judged""",
    """INSERT INTO preferences_axis_answer (id, judgment_id, clause_key, meaning_revision, choice, value)
SELECT uuidv7(), judgment_id, %(axis)s, 1, 'prefer', value FROM judged""",
    """INSERT INTO preferences_response_assessment (id, judgment_id, side, acceptable)
SELECT uuidv7(), judgment_id, side, true FROM judged CROSS JOIN unnest(ARRAY['a', 'b']) AS side""",
    """INSERT INTO preferences_comparison_decision (
  id, project_id, comparison_id, release_id, clause_key, meaning_revision, outcome, method, strength, p_a_better,
  agreement, votes, submissions)
SELECT uuidv7(), %(project)s, comparison_id, %(release)s, %(axis)s, 1, CASE WHEN value < 0 THEN 'a' ELSE 'b' END,
  'unanimous', value, CASE WHEN value < 0 THEN 0.75 + n %% 100 / 500.0 ELSE 0.25 - n %% 100 / 500.0 END, 1, 1,
  ARRAY[answer_id]
FROM judged ORDER BY n""",
)


@dataclass(frozen=True)
class Judged:
    """A project whose pairs were judged; ``builder`` is the actor who makes datasets of them."""

    project_id: uuid.UUID
    builder: Any


def judged_make(count: int, *, seed: int) -> Judged:
    """Make so many pairs of about 1.5 kB, each judged once; the axis is written and released by its services."""
    import django

    django.setup()
    from core.accounts.selectors import Actor
    from core.accounts.services import member_add, organization_create, project_create, user_create
    from policies import services as policies

    manager, author, approver, engineer = (
        user_create(f"{name}@bench.example.org", display_name=name.title())
        for name in ("manager", "author", "approver", "engineer")
    )
    organization = organization_create("Benchmark", slug="benchmark")
    project = project_create(Actor(manager), organization=organization, name="Export", slug="export")
    for user in (author, approver):
        member_add(None, project=project, email=user.email, roles=["policy_editor"])
    member_add(None, project=project, email=engineer.email, roles=["engineer"])
    policy = policies.policy_create(Actor(author), project_id=project.pk, key="replies", title="Replies")
    draft = policies.release_draft(Actor(author), policy_id=policy.pk, title="First")
    policies.clause_add(Actor(author), release_id=draft.pk, key=AXIS, document=_AXIS)
    policies.release_submit(Actor(author), release_id=draft.pk)
    policies.release_approve(Actor(approver), release_id=draft.pk, verdict="approved")
    policies.release_publish(Actor(approver), release_id=draft.pk)
    people = []
    for number in range(_PEOPLE):
        person = user_create(f"annotator{number}@bench.example.org", display_name=f"Annotator {number}")
        member_add(None, project=project, email=person.email, roles=["annotator"])
        people.append(person.pk)
    _fill(count, seed, {"project": project.pk, "release": draft.pk, "axis": AXIS, "people": people})
    return Judged(project.pk, Actor(engineer))


_AXIS: dict[str, Any] = {
    "kind": "axis",
    "title": "Helpfulness",
    "question": "Which response helps more?",
    "blocks": [{"id": "d", "type": "definition", "text": "It answers what was asked."}],
}


def _fill(count: int, seed: int, values: dict[str, Any]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_SAID)
        with cursor.copy(_COPY) as copy:
            for row in _texts(count, seed):
                copy.write_row(row)
        for statement in _FILL:
            cursor.execute(statement, {**values, "many": _PEOPLE})
    tables_tend()


def _texts(count: int, seed: int) -> Iterator[tuple[int, str, str, str]]:
    """Prompts and replies in words of which some are common and most are rare, as in a language."""
    drawn = random.Random(seed)
    words = ["".join(drawn.choices(_SYLLABLES, k=drawn.randint(1, 4))) for _ in range(20_000)]
    heaped = list(accumulate(1 / (place + 10) for place in range(len(words))))
    for n in range(count):
        said = drawn.choices(words, cum_weights=heaped, k=3 * _WORDS_A_TEXT)
        asked, a, b = (
            " ".join(said[first : first + _WORDS_A_TEXT]) for first in range(0, len(said), _WORDS_A_TEXT)
        )
        yield n, f"{asked}?", f"{a}.", f"{b}.\n"
