from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config.postgres import DURABLE_SETTINGS, database_connect, durability_problem
from config.storage_bucket import bucket_make
from core.errors import ConcordError
from core.storage import blob_store

_MAY_MAKE_VECTORS = """
SELECT role.rolsuper OR (version.trusted AND has_database_privilege(current_database(), 'CREATE'))
FROM pg_available_extensions AS available
JOIN pg_available_extension_versions AS version
  ON version.name = available.name AND version.version = available.default_version
JOIN pg_roles AS role ON role.rolname = current_user
WHERE available.name = 'vector'
"""


class Command(BaseCommand):
    help = (
        "Checks database and storage, then brings the tables up to date. Run it before the other parts start."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--make-bucket", action="store_true", help="make the bucket of CONCORD_STORAGE if it is not there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._database_check()
        if options["make_bucket"] and settings.BLOB_STORE == "s3":
            bucket_make()
        self._storage_check()
        call_command("migrate", interactive=False, verbosity=options["verbosity"])

    def _database_check(self) -> None:
        """Refuse a server that may forget what it acknowledged, is too old, or lacks vectors."""
        try:
            with database_connect() as server:
                found = {
                    name: str(server.execute("SELECT current_setting(%s)", [name]).fetchone()[0])  # type: ignore[index]
                    for name in DURABLE_SETTINGS
                }
                problem = durability_problem(found) or version_problem(server) or vectors_problem(server)
        except psycopg.OperationalError as refusal:
            raise CommandError(
                f"The database does not let Concord in. Check DATABASE_URL. It says: {refusal}"
            ) from None
        if problem is not None:
            raise CommandError(problem)
        connection.close()

    @staticmethod
    def _storage_check() -> None:
        try:
            blob_store().check()
        except ConcordError as problem:
            raise CommandError(
                f"The storage CONCORD_STORAGE={settings.BLOB_STORE} cannot be used: {problem} "
                "For S3, check the bucket, AWS_ENDPOINT_URL_S3 and the AWS_* credentials."
            ) from None


def version_problem(server: psycopg.Connection[tuple[Any, ...]]) -> str | None:
    """Return the sentence about a server that is too old."""
    is_old = server.info.server_version < 180_000
    return "The database is older than PostgreSQL 18. Use 18 or newer." if is_old else None


def vectors_problem(server: psycopg.Connection[tuple[Any, ...]]) -> str | None:
    """Return the sentence about a database that has no pgvector and that Concord cannot give it to."""
    there = server.execute("SELECT 1 FROM pg_extension WHERE extname = 'vector'").fetchone()
    if there is not None:
        return None
    may_make = server.execute(_MAY_MAKE_VECTORS).fetchone()
    if may_make is None:
        return "The database server has no pgvector. Install the extension 'vector' on it."
    if not may_make[0]:
        return (
            f"The database {server.info.dbname} has no pgvector, and {server.info.user} may not add it. Have a "
            "superuser run CREATE EXTENSION vector in it, once."
        )
    return None
