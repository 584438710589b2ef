"""What one test leaves in the database does not reach the next."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from tests.leftovers import Leftovers, LeftoverWarning


@pytest.fixture
def late(db: None) -> Iterator[psycopg.Connection]:
    """A connection that commits on its own, as a request does that comes after its test; and an empty table."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as found:
        found.execute("CREATE TABLE late_requests (id int)")
        yield found
        found.execute("DROP TABLE late_requests")


def test_what_was_committed_beside_a_test_is_told_and_taken_away(late: psycopg.Connection) -> None:
    leftovers = Leftovers()
    assert leftovers.take_away("the first test") == []
    late.execute("INSERT INTO late_requests VALUES (1)")
    with pytest.warns(LeftoverWarning, match="the first test left rows in late_requests"):
        assert leftovers.take_away("the second test") == ["late_requests"]
    assert late.execute("SELECT * FROM late_requests").fetchall() == []
    leftovers.close()


def test_what_migrations_wrote_stays(late: psycopg.Connection) -> None:
    late.execute("INSERT INTO late_requests VALUES (1)")
    leftovers = Leftovers()
    assert leftovers.take_away("a test") == []
    assert late.execute("SELECT * FROM late_requests").fetchall() == [(1,)]
    leftovers.close()
