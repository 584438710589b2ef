"""The tables of a test database, migrated once and copied from then on.

Every run and every worker of a run needs a database of its own; rendering a hundred migrations takes longer than
most runs. The first one on a server migrates a template, the others let PostgreSQL copy it.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

_PREFIX = "concord_template_"
_DRAFT = f"{_PREFIX}draft"


def template_database() -> str:
    """Return the name of the database that holds the tables as the migrations leave them, made if there is none.

    Those of other migrations are dropped. Runs that start together wait for the one that makes it. A deployment
    that has just been prepared names a copy of its tables in ``CONCORD_TEST_TEMPLATE``.
    """
    if given := os.environ.get("CONCORD_TEST_TEMPLATE"):
        return given
    name = f"{_PREFIX}{fingerprint()}"
    with connection._nodb_cursor() as cursor:
        # A slow machine migrates for longer than the product may wait for a lock.
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [_PREFIX])
        try:
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX])
            found = {row[0] for row in cursor.fetchall()}
            if name not in found:
                for old in found:
                    cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
                _draft_make()
                cursor.execute(f'ALTER DATABASE "{_DRAFT}" RENAME TO "{name}"')
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [_PREFIX])
    return name


def fingerprint() -> str:
    """Return what changes with any migration or model of any app, and with Django."""
    digest = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        folder = Path(app.path)
        for file in sorted(
            [*folder.glob("migrations/*.py"), *folder.glob("models.py"), *folder.glob("models/*.py")]
        ):
            digest.update(f"{app.label}/{file.name}".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _draft_make() -> None:
    """Migrate a database of another name, and leave the connection's settings as they were."""
    before = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = _DRAFT
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"] = before
        settings.DATABASES[connection.alias]["NAME"] = before[0]
