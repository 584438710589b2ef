from __future__ import annotations

from typing import Any

import boto3
import psycopg
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from core.errors import ConcordError
from core.storage import blob_store

_FLUSHING = {"on", "local", "remote_write", "remote_apply"}


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
            _bucket_make()
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
        if int(found["server_version_num"]) < 180000:
            raise CommandError("The database is older than PostgreSQL 18. Use 18 or newer.")
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


def _bucket_make() -> None:
    """Make the bucket, unless it is there."""
    client = boto3.client("s3", endpoint_url=settings.BLOB_ENDPOINT_URL)
    region = client.meta.region_name
    place = (
        {} if region in {None, "us-east-1"} else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    )
    try:
        client.create_bucket(Bucket=settings.BLOB_BUCKET, **place)
    except (client.exceptions.BucketAlreadyOwnedByYou, client.exceptions.BucketAlreadyExists):
        return
    except (BotoCoreError, ClientError) as problem:
        raise CommandError(
            f"The bucket {settings.BLOB_BUCKET} cannot be made. Check AWS_ENDPOINT_URL_S3 and the AWS_* "
            f"credentials. It says: {problem}"
        ) from None
