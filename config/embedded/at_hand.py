"""The embedded database for a command that needs it, whether Concord runs or not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from config.embedded.lock import home_lock
from config.embedded.places import Places
from config.embedded.postgres import PostgresServer
from config.settings.environment import ENVIRONMENT


@contextmanager
def database_at_hand(*, alone: bool) -> Iterator[None]:
    """Have the database running inside; one that ``DATABASE_URL`` names is somebody else's to run.

    Parameters
    ----------
    alone
        Refuse while Concord runs over this home.

    Raises
    ------
    PartFailedError
        When the embedded database cannot be started, or Concord runs and must not.
    """
    places = Places(ENVIRONMENT.home)
    server = PostgresServer(places)
    if ENVIRONMENT.database_url is not None or (server.answers() and not alone):
        yield
        return
    with home_lock(places):
        server.start()
        try:
            yield
        finally:
            server.stop()
