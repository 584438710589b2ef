"""What every test stands on: a PostgreSQL and a Redis of this test run's own, unless addresses are given.

Django's settings are read when this file is imported, so the environment is filled in first.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import django
import pytest

_ROOT = Path(__file__).resolve().parent.parent
_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
_HOMES_TRIED = 64
_SKIPPED_WITH_LEAVE = ("needs a GPU",)


def _home_claim() -> IO[str] | None:
    """Point ``CONCORD_HOME`` at a folder no other test run uses; the lock is held while the file stays open."""
    if "CONCORD_HOME" in os.environ:
        return None
    name = os.environ.get("CONCORD_TEST_DATABASE", "test").removeprefix("test_")
    for number in range(1, _HOMES_TRIED + 1):
        home = _ROOT / ".concord" / (f"test-{name}" if number == 1 else f"test-{name}-{number}")
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "lock").open("w", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        os.environ["CONCORD_HOME"] = str(home)
        return lock
    raise RuntimeError(
        f"{_HOMES_TRIED} test runs are under way in {_ROOT / '.concord'}. Wait for one to end."
    )


_LOCK = None if _IS_WORKER else _home_claim()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("CONCORD_SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
if _IS_WORKER:
    # Each worker of one test run has a numbered Redis database of its own.
    from config.embedded.places import Places

    _number = int(os.environ["PYTEST_XDIST_WORKER"].removeprefix("gw")) + 1
    _redis = os.environ.get("REDIS_URL") or Places(Path(os.environ["CONCORD_HOME"])).redis_url
    os.environ["REDIS_URL"] = f"{_redis.partition('?')[0].removesuffix('/0')}?db={_number}"
django.setup()

from django.conf import settings as django_settings  # noqa: E402
from django.core.management.base import CommandError  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402

from config.embedded.places import Places  # noqa: E402
from config.embedded.postgres import PostgresServer  # noqa: E402
from config.embedded.redis import RedisServer  # noqa: E402
from config.settings.environment import ENVIRONMENT  # noqa: E402

_servers: list[PostgresServer | RedisServer] = []
# A test database may be lost with the machine; the commit order it shows is that of the real one.
_HASTY = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB", "max_wal_size": "2GB"}


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start the servers that no address was given for."""
    if _IS_WORKER or config.option.collectonly or config.option.help:
        return
    places = Places(ENVIRONMENT.home)
    if ENVIRONMENT.database_url is None:
        _servers.append(PostgresServer(places, settings=_HASTY))
    if ENVIRONMENT.redis_url is None:
        _servers.append(RedisServer(places, durable=False))
    for server in _servers:
        server.start()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a test that is skipped fails the run: what should run there must run there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if _IS_WORKER or os.environ.get("CI") != "true" or reporter is None:
        return
    unexpected = [report for report in reporter.stats.get("skipped", []) if not _may_be_skipped(report)]
    if unexpected:
        names = ", ".join(sorted({report.nodeid for report in unexpected}))
        reporter.write_line(f"Skipped in CI without leave: {names}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _may_be_skipped(report: pytest.TestReport) -> bool:
    """Return whether a skip's reason is one that CI has no cure for."""
    return any(words in str(report.longrepr) for words in _SKIPPED_WITH_LEAVE)


def pytest_unconfigure() -> None:
    """Stop what was started."""
    while _servers:
        _servers.pop().stop()


@pytest.fixture(scope="session", autouse=True)
def flush_passes_append_only_triggers() -> None:
    """Let Django empty the tables after a test that commits: triggers that refuse it are off for that alone."""
    # On the class: a browser test has an event loop, and Django a second connection object under it.
    operations = type(connection.ops)
    original = operations.sql_flush

    def sql_flush(self: object, *args: object, **kwargs: object) -> list[str]:
        statements = original(self, *args, **kwargs)  # type: ignore[arg-type]
        if not statements:
            return statements
        return [
            "SET session_replication_role = replica",
            *statements,
            "SET session_replication_role = DEFAULT",
        ]

    operations.sql_flush = sql_flush  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def flush_waits_out_late_requests() -> None:
    """Empty the tables again when a request that a closed page had sent held them against the first try."""
    case: Any = TransactionTestCase
    original = case._fixture_teardown

    def emptied(self: TransactionTestCase) -> None:
        for left in reversed(range(5)):
            try:
                original(self)
                return
            except CommandError:
                if not left:
                    raise

    case._fixture_teardown = emptied


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A Concord home of this test's own, for tests that start parts themselves."""
    folder = tmp_path / "home"
    folder.mkdir()
    yield folder


def pytest_report_header() -> str:
    """Name the server the tests run on."""
    where = ENVIRONMENT.database_url and "the given DATABASE_URL"
    return f"database: {where or 'embedded PostgreSQL'} (home {django_settings.HOME})"


from tests.fixtures import call_as, run_jobs, world  # noqa: E402

__all__ = ["call_as", "run_jobs", "world"]
