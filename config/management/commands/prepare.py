from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core.errors import ConcordError
from core.storage import blob_store

_FLUSHING = {"on", "local", "remote_write", "remote_apply"}


class Command(BaseCommand):
    help = (
        "Checks database and storage, then brings the tables up to date. Run it before the other parts start."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self._database_check()
        self._storage_check()
        call_command("migrate", interactive=False, verbosity=options["verbosity"])

    def _database_check(self) -> None:
        """Refuse a server that may forget what it acknowledged, is too old, or lacks vectors."""
        where = settings.DATABASES["default"]
        try:
            with psycopg.connect(
                host=where["HOST"],
                port=where["PORT"] or None,
                user=where["USER"],
                password=where["PASSWORD"] or None,
                dbname=where["NAME"],
                connect_timeout=10,
            ) as server:
                found = {
                    name: str(server.execute("SELECT current_setting(%s)", [name]).fetchone()[0])  # type: ignore[index]
                    for name in ("server_version_num", "synchronous_commit", "fsync", "full_page_writes")
                }
                vectors = server.execute(
                    "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'"
                ).fetchone()
        except psycopg.OperationalError as problem:
            raise CommandError(
                f"The database does not let Concord in. Check DATABASE_URL. It says: {problem}"
            ) from None
        if found["synchronous_commit"] not in _FLUSHING:
            raise CommandError(
                "The database has synchronous_commit off: it could lose answers that people saw saved. "
                "Set synchronous_commit = on in postgresql.conf and reload it."
            )
        for name in ("fsync", "full_page_writes"):
            if found[name] != "on":
                raise CommandError(
                    f"The database has {name} off, so a power cut could destroy it. Turn {name} on."
                )
        if int(found["server_version_num"]) < 160000:
            raise CommandError("The database is older than PostgreSQL 16. Use 16 or newer.")
        if vectors is None:
            raise CommandError("The database server has no pgvector. Install the extension 'vector' on it.")
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
