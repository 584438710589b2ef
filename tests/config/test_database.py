from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_postgresql_18_with_vectors() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, count(*)"
            " FROM pg_available_extensions WHERE name = 'vector'"
        )
        version, vectors = cursor.fetchone()
    assert version >= 160000
    assert vectors == 1


@pytest.mark.django_db
def test_every_session_flushes_its_commits() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",)


@pytest.mark.django_db
def test_no_plan_merges_all_tasks_with_a_few_leases() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_mergejoin'), current_setting('plan_cache_mode')")
        assert cursor.fetchone() == ("off", "force_generic_plan")
