"""Statements that travel together: what they see of each other, and what is left when one of them fails."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import psycopg
import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from core.db.prepared import row, rows, together

pytestmark = pytest.mark.django_db(transaction=True)

PUT = "INSERT INTO prepared_number (number, word) VALUES (%(number)s, %(word)s) RETURNING number"
COUNT = "SELECT count(*) FROM prepared_number"


@pytest.fixture(autouse=True)
def numbers() -> Iterator[None]:
    """A table of the tests' own, with a number that may come once."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE prepared_number (number int PRIMARY KEY, word text)")
    yield
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE prepared_number")


def put(number: int, word: str | None = None) -> tuple[str, dict[str, object]]:
    return PUT, {"number": number, "word": word}


def counted() -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        return int(cursor.fetchone()[0])


def test_each_sees_what_those_before_it_did_and_the_rows_come_in_order() -> None:
    found = together([put(1), (COUNT, {}), put(2), (COUNT, {})])
    assert found == [[(1,)], [(1,)], [(2,)], [(2,)]]


def test_values_go_there_and_back_as_what_they_are() -> None:
    one = uuid.uuid4()
    asked = "%(id)s::uuid, %(ids)s::uuid[], %(nothing)s::text, %(words)s::jsonb, %(id)s::uuid::text, 'a %% b'"
    values = {"id": one, "ids": [one], "nothing": None, "words": '{"a": [1, "ü"]}'}
    assert row(f"SELECT {asked}", values) == (one, [one], None, {"a": [1, "ü"]}, str(one), "a % b")
    assert rows("SELECT 1 WHERE false", {}) == []
    assert row("SELECT 1 WHERE false", {}) is None


def test_json_comes_back_as_the_standard_library_reads_it() -> None:
    texts = [
        '{"a": [1, -2.5, 1e300, 0.1, true, null], "ü": "\\u0001 \\\\ 😀"}',
        "123456789012345678901234567890",
        "12345678901234567890.123456789",
        "[" * 60 + "]" * 60,
        '""',
    ]
    for text in texts:
        for kind in ("json", "jsonb"):
            # As text: what Django's own cursor makes of the types depends on which apps came before.
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT %s::{kind}::text", [text])
                (theirs,) = cursor.fetchone()
            assert row(f"SELECT %(text)s::{kind}", {"text": text}) == (json.loads(theirs),)


def test_a_statement_takes_other_types_when_it_comes_again() -> None:
    assert together([put(1, "one"), put(2, None), put(3, "three")]) == [[(1,)], [(2,)], [(3,)]]
    assert row(*put(4)) == (4,)


def test_a_change_of_the_table_between_two_calls_is_noticed() -> None:
    assert row("SELECT * FROM prepared_number", {}) is None
    row(*put(1, "one"))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE prepared_number ALTER COLUMN number TYPE bigint")
    assert row("SELECT number FROM prepared_number", {}) == (1,)


def test_outside_a_transaction_all_are_kept_or_none() -> None:
    with pytest.raises(IntegrityError, match="prepared_number_pkey"):
        together([put(1), put(1), put(2)])
    assert counted() == 0
    assert together([put(1), put(2)]) == [[(1,)], [(2,)]]
    assert counted() == 2


def test_inside_a_transaction_a_failure_ends_it_and_the_connection_goes_on() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row(*put(1))
        together([put(2), put(1), put(3)])
    assert counted() == 0
    with transaction.atomic():
        together([put(1), put(2)])
    assert counted() == 2


def test_inside_a_savepoint_a_failure_ends_only_that() -> None:
    with transaction.atomic():
        row(*put(1))
        with pytest.raises(IntegrityError), transaction.atomic():
            together([put(2), put(1)])
        row(*put(3))
    assert rows("SELECT number FROM prepared_number ORDER BY number", {}) == [(1,), (3,)]


def test_after_a_failure_nothing_is_asked_until_the_transaction_is_over() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            row(*put(1))


def test_what_is_prepared_in_a_failed_exchange_is_prepared_again() -> None:
    fresh = "SELECT number + 41 FROM prepared_number WHERE number = %(number)s"
    with pytest.raises(IntegrityError):
        together([put(1), put(1), (fresh, {"number": 1})])
    row(*put(1))
    assert row(fresh, {"number": 1}) == (42,)


def _end_ours() -> None:
    """End the connection of this test from another, as a server does that is stopped."""
    pid = connection.connection.info.backend_pid
    password = connection.settings_dict["PASSWORD"]
    with psycopg.connect(connection.connection.info.dsn, password=password, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_server_that_went_is_an_error_and_the_next_request_has_a_new_connection() -> None:
    row(*put(1))
    _end_ours()
    with pytest.raises(OperationalError):
        together([put(2), put(3)])
    connection.close_if_unusable_or_obsolete()  # as before each request
    assert together([put(2), (COUNT, {})])[1] == [(2,)]


def test_a_server_that_went_between_requests_is_noticed_before_the_next() -> None:
    row(*put(1))
    _end_ours()
    assert not connection.is_usable()
    connection.close()
    assert row(*put(2)) == (2,)


def test_a_server_that_goes_in_the_middle_keeps_nothing_of_a_transaction() -> None:
    with pytest.raises(OperationalError), transaction.atomic():
        row(*put(1))
        _end_ours()
        row(*put(2))
    connection.close()
    assert counted() == 0


def test_a_statement_cancelled_by_the_server_leaves_the_connection_in_order() -> None:
    row("SELECT set_config('statement_timeout', '50', false)", {})
    with pytest.raises(OperationalError, match="statement timeout"):
        together([put(1), ("SELECT pg_sleep(20)", {}), put(2)])
    row("SELECT set_config('statement_timeout', '0', false)", {})
    assert counted() == 0


def test_they_are_counted_where_django_counts() -> None:
    with CaptureQueriesContext(connection) as captured:
        together([put(1), (COUNT, {})])
    assert [query["sql"] for query in captured.captured_queries] == [PUT, COUNT]
