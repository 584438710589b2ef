"""What every test stands on: a PostgreSQL and a Redis of this test run's own, unless addresses are given.

Django's settings are read when this file is imported, so the environment is filled in first.
"""

from __future__ import annotations

import fcntl
import os
from asyncio import _get_running_loop, _set_running_loop
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import django
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from xdist.scheduler.loadfile import LoadFileScheduling

from tests.order import OneWorkerAFile, longest_first

_ROOT = Path(__file__).resolve().parent.parent
_IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
_HOMES_TRIED = 64
_SKIPPED_WITH_LEAVE = ("needs a GPU",)
_ASKING = {"db", "transactional_db", "django_db_setup", "live_server", "running", "up"}

# A slow machine is no fault of what is tested.
hypothesis_settings.register_profile(
    "untimed", hypothesis_settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("untimed")


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
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402

from config.embedded.places import Places  # noqa: E402
from config.embedded.postgres import PostgresServer  # noqa: E402
from config.embedded.redis import RedisServer  # noqa: E402
from config.settings.environment import ENVIRONMENT  # noqa: E402
from tests.leftovers import Leftovers  # noqa: E402
from tests.templates import template_database  # noqa: E402

_servers: list[PostgresServer | RedisServer] = []
_leftovers: Leftovers | None = None
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


def pytest_sessionstart(session: pytest.Session) -> None:
    """With several workers a line a test says nothing: dots alone, failures in full as they happen."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and session.config.getoption("numprocesses", None):
        reporter.showfspath = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what only computes, and let what takes longest begin first."""
    for item in items:
        asks = item.get_closest_marker("django_db") or item.get_closest_marker("deployed")
        if not asks and not _ASKING & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.computes)
    longest_first(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Give a file to one worker, and the files that share one running Concord."""
    return OneWorkerAFile(config, log)


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Let the test database be copied from one that the migrations have made before."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template_database()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Empty the tables after a test that commits, and watch for rows that one test leaves to the next."""
    global _leftovers
    _leftovers = Leftovers()
    case: Any = TransactionTestCase
    flush, case._fixture_teardown = case._fixture_teardown, lambda _case: _leftovers.empty()
    yield
    case._fixture_teardown = flush
    _leftovers.close()
    _leftovers = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let every test begin with empty tables, whatever the one before set going."""
    if _leftovers is not None:
        _leftovers.take_away(item.nodeid)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A Concord home of this test's own, for tests that start parts themselves."""
    folder = tmp_path / "home"
    folder.mkdir()
    yield folder


@pytest.fixture(autouse=True)
def answers_are_settled_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what the relay and a worker do within a second of an answer; not in tests marked ``settles_later``."""
    if request.node.get_closest_marker("settles_later"):
        return
    from annotation.services import settling
    from core.queue.services import submission_store

    def stored(*args: Any, **kwargs: Any) -> Any:
        found = submission_store(*args, **kwargs)
        settling.answers_settle()
        return found

    from preferences.services import settling as judged

    def left(submission_id: UUID) -> None:
        judged.judgment_left(submission_id)
        judged.judgments_settle()

    monkeypatch.setattr("annotation.services.submissions.submission_store", stored)
    monkeypatch.setattr("preferences.services.judgments.judgment_left", left)


@pytest.fixture(autouse=True)
def no_loop_of_a_browser_in_the_way(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hide the event loop that a browser left running in this thread: a view that runs a loop of its own refuses it."""
    loop = _get_running_loop()
    if loop is None or request.node.get_closest_marker("browser"):
        yield
        return
    _set_running_loop(None)
    try:
        yield
    finally:
        _set_running_loop(loop)


def pytest_report_header() -> str:
    """Name the server the tests run on."""
    where = ENVIRONMENT.database_url and "the given DATABASE_URL"
    return f"database: {where or 'embedded PostgreSQL'} (home {django_settings.HOME})"


from tests.fixtures import call_as, run_jobs, world  # noqa: E402

__all__ = ["call_as", "run_jobs", "world"]
