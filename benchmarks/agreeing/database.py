"""The same crowd as verdicts in a PostgreSQL of the benchmark's own, and what the quality pages ask of it.

The judgements go in by COPY and become posts, tasks, slots, leases, submissions, verdicts and decisions by one
statement a table. Then the pages' own selectors run on them, each in this process as in a web process: seconds on
the clock, and processor seconds of this process and of the server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from benchmarks.queueing.material import CLAUSE_KEY, Material, material_make, tables_tend

ROOT = Path(__file__).resolve().parents[2]
_ANSWERS = ("no", "unclear", "yes")

_RAW = "CREATE TEMPORARY TABLE said (n bigint, item int, person int, ordinal int, answer text, severity int)"
_COPY = "COPY said (n, item, person, ordinal, answer, severity) FROM STDIN"

# One statement a table. Rows refer to each other by construction, so references are not checked.
_FILL = (
    """CREATE TEMPORARY TABLE judged AS
SELECT said.*, post.id AS post_id, person.id AS person_id, uuidv7() AS slot_id, uuidv7() AS lease_id,
  uuidv7() AS answer_id
FROM said JOIN post USING (item) JOIN person USING (person) ORDER BY n""",
    """INSERT INTO queue_slot (id, task_id, ordinal, project_id, kind, priority, state)
SELECT slot_id, task.id, ordinal, %(project)s, 'label', 0, 'filled'
FROM judged JOIN task USING (post_id)""",
    """INSERT INTO queue_lease (id, task_id, slot_id, person_id, epoch, state, expires_at, reason)
SELECT lease_id, task.id, slot_id, person_id, 1, 'submitted', now(), '' FROM judged JOIN task USING (post_id)""",
    """INSERT INTO queue_submission (
  id, task_id, slot_id, lease_id, lease_epoch, person_id, document, document_sha256, active_ms, is_late,
  late_reason, created_at)
SELECT answer_id, task.id, slot_id, lease_id, 1, person_id, '{}', repeat('0', 64), 2000 + n %% 9000, false, '',
  now() - interval '30 days' + n * interval '2 seconds'
FROM judged JOIN task USING (post_id) ORDER BY n""",
    """INSERT INTO annotation_verdict (
  id, submission_id, project_id, post_id, release_id, clause_key, meaning_revision, answer, severity, reason,
  is_assisted)
SELECT uuidv7(), answer_id, %(project)s, post_id, %(release)s, %(clause)s, 1, answer, severity, '', false
FROM judged ORDER BY n""",
    """INSERT INTO annotation_decision (
  id, project_id, post_id, release_id, clause_key, meaning_revision, answer, confidence, method, submissions,
  evidence, reason_code, reason)
SELECT uuidv7(), %(project)s, post_id, %(release)s, %(clause)s, 1, min(answer), 0.8, 'majority',
  array_agg(answer_id), '[]', '', ''
FROM judged GROUP BY post_id""",
)
_POSTS = (
    """INSERT INTO content_post
  (id, project_id, external_id, language, source, group_key, metadata, content_sha256, is_hidden)
SELECT uuidv7(), %(project)s, 'bench-' || n, (ARRAY['en', 'de', 'ar'])[1 + n %% 3], 'market', '', '{}',
  md5(n::text) || md5(n::text), false
FROM generate_series(0, %(posts)s - 1) AS n ORDER BY n""",
    """CREATE TEMPORARY TABLE post AS
SELECT substr(external_id, 7)::int AS item, id FROM content_post WHERE project_id = %(project)s""",
    """INSERT INTO content_part (id, post_id, position, kind, label, language, text)
SELECT uuidv7(), id, 0, 'caption', '', 'en', 'An old lamp, number ' || item FROM post""",
    """INSERT INTO queue_task
  (id, project_id, kind, post_id, release_id, clause_keys, slots, priority, state, source, context)
SELECT uuidv7(), %(project)s, 'label', id, %(release)s, ARRAY[%(clause)s], %(overlap)s, 0, 'closed', 'manual', '{}'
FROM post""",
    "CREATE TEMPORARY TABLE task AS SELECT id, post_id FROM queue_task WHERE project_id = %(project)s",
    """CREATE TEMPORARY TABLE person AS
SELECT n::int - 1 AS person, id FROM unnest(%(people)s::uuid[]) WITH ORDINALITY AS one(id, n)""",
)


@contextmanager
def postgres(home: Path) -> Iterator[psutil.Process]:
    """Run the embedded server as it is set up for a deployment, migrated, over an empty folder."""
    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"):
        os.environ.pop(name, None)
    os.environ |= {"CONCORD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    from config.embedded.places import Places
    from config.embedded.postgres import PostgresServer
    from config.embedded.redis import RedisServer

    places = Places(home)
    home.mkdir(parents=True, exist_ok=True)
    server, redis = PostgresServer(places), RedisServer(places)
    try:
        server.start()
        redis.start()
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
        assert server.process is not None
        yield psutil.Process(server.process.pid)
    finally:
        redis.stop()
        server.stop()


def database_figures(
    home: Path, item: np.ndarray, person: np.ndarray, answer: np.ndarray, *, overlap: int, rounds: int
) -> dict[str, Any]:
    """Fill a database with the judgements, and time what the quality pages and the recomputation ask of it."""
    with postgres(home) as server:
        material = material_make(int(person.max()) + 1)
        began = time.perf_counter()
        verdicts = _fill(material, item, person, answer, overlap)
        found: dict[str, Any] = {"verdicts": verdicts, "loaded_in_s": round(time.perf_counter() - began, 1)}
        for name, run in _asked(material).items():
            found |= {f"{name}_{unit}": value for unit, value in _timed(run, server, rounds).items()}
        return found


def _fill(material: Material, item: np.ndarray, person: np.ndarray, answer: np.ndarray, overlap: int) -> int:
    from django.db import connection, transaction

    values: dict[str, Any] = {
        "project": material.project_id,
        "release": material.release_id,
        "clause": CLAUSE_KEY,
        "posts": int(item.max()) + 1,
        "overlap": overlap,
        "people": [one.person_id for one in material.people],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_RAW)
        for statement in _POSTS:
            cursor.execute(statement, values)
        columns = zip(item.tolist(), person.tolist(), answer.tolist(), strict=True)
        with cursor.copy(_COPY) as copy:
            for n, (post, who, said) in enumerate(columns):
                severity = 1 + (n * 7 + who) % 2 if said == 2 else None
                copy.write_row((n, post, who, n % overlap, _ANSWERS[said], severity))
        cursor.execute("ANALYZE post, task, person, said")
        for statement in _FILL:
            cursor.execute(statement, values)
        cursor.execute("SELECT count(*) FROM annotation_verdict")
        (verdicts,) = cursor.fetchone()
    tables_tend()
    return int(verdicts)


def _asked(material: Material) -> dict[str, Callable[[], Any]]:
    """What people and jobs ask, by name: each as its view or job does it, without the HTTP."""
    from uuid import UUID

    from annotation.selectors import agreement_measured, people_results
    from annotation.selectors.quality import clauses_quality
    from annotation.selectors.vote_columns import vote_columns
    from annotation.services.recomputation import weighted_decide
    from policies.selectors import release_get

    project_id, release = UUID(material.project_id), release_get(UUID(material.release_id))
    clause = release.clauses[CLAUSE_KEY]

    def weighing() -> None:
        weighted_decide(clause, vote_columns(project_id, clause), [], threshold=0.8)

    return {
        "agreement_page": partial(agreement_measured, project_id, [release]),
        "agreement_page_by_language": partial(agreement_measured, project_id, [release], by="language"),
        "quality_page_clauses": partial(clauses_quality, project_id, [release], {}),
        "annotators_page": partial(people_results, project_id, [release]),
        "reliability_for_decisions": weighing,
    }


def _timed(run: Callable[[], Any], server: psutil.Process, rounds: int) -> dict[str, float]:
    """Seconds on the clock and on the processors of the quickest round."""
    quickest: tuple[float, float, float] | None = None
    for _ in range(rounds):
        own, theirs, began = time.process_time(), _cpu_s(server), time.perf_counter()
        run()
        took = (
            time.perf_counter() - began,
            time.process_time() - own,
            _cpu_s(server) - theirs,
        )
        quickest = took if quickest is None else min(quickest, took)
    assert quickest is not None
    return dict(
        zip(("s", "own_cpu_s", "postgres_cpu_s"), (round(value, 3) for value in quickest), strict=True)
    )


def _cpu_s(process: psutil.Process) -> float:
    """Processor seconds of a process and its children so far, of those that ended too."""
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
        if one == process:
            total += times.children_user + times.children_system
    return total
