"""Backup and restore by the documented commands, of a Concord at work and of one at rest (F28, F39)."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from config.embedded.places import Places
from config.embedded.postgres import PostgresServer
from config.embedded.redis import RedisServer
from tests.core.content import samples
from tests.services.prepared import home_copy
from tests.services.running import PATIENCE_S, ROOT, Running, Up, wait_until
from tests.services.test_jobs import import_start, job_of

_BUILD_A_VERSION = """
from config.demo.api import InProcessApi
from core.accounts.selectors import Actor, Capability, user_by_email
from core.accounts.services import token_create
edda = user_by_email("edda@demo.concord")
api = InProcessApi(token_create(Actor(edda), name="backup", scopes=[str(one) for one in Capability])[1])
asked = {"name": "labels", "title": "Labels", "kinds": ["labels"]}
dataset = api.call("POST", f"/api/projects/{edda.memberships.get().project_id}/datasets/", asked)
api.wait_job(api.call("POST", f"/api/datasets/{dataset['id']}/versions/", {})["job_id"], tell=print)
"""

Environment = dict[str, str]


def documented(command: str) -> list[str]:
    """The words of the command as the page has it, the first time it stands there."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8").replace("\\\n", " ")
    (line, *_) = re.findall(
        rf"^(?:\w+=\S+ )*\.venv/bin/python (manage\.py {command} .*)$", page, re.MULTILINE
    )
    return shlex.split(line)


def command_run(words: list[str], environment: Environment) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def backup(folder: Path, environment: Environment) -> Path:
    """Take a backup as the page says; returns where it is."""
    words = [str(folder) if word == "backups" else word for word in documented("backup")]
    done = command_run(words, environment)
    assert done.returncode == 0, done.stderr
    return max(path for path in folder.iterdir() if path.name.startswith("2"))


def restore(taken: Path, environment: Environment, *more: str) -> subprocess.CompletedProcess[str]:
    words = [str(taken) if word.startswith("backups/") else word for word in documented("restore")]
    done = command_run([*words, *more], environment)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def manifest_of(taken: Path) -> dict[str, Any]:
    return dict(json.loads((taken / "manifest.json").read_text(encoding="utf-8")))


def at_home(home: Path) -> Environment:
    """The environment of a home where everything is embedded, the secret key too."""
    return {name: value for name, value in Up(home).environment.items() if name != "CONCORD_SECRET_KEY"}


@contextmanager
def elsewhere(running: Running, folder: Path) -> Iterator[Environment]:
    """An empty database beside the running one, and a storage of its own of the same kind."""
    address = running.environment.get("DATABASE_URL") or Places(folder_of(running)).database_url
    name = f"restored_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        storage = (
            "local" if "CONCORD_STORAGE" not in running.environment else f"s3://{name.replace('_', '-')}"
        )
        yield {
            **running.environment,
            "DATABASE_URL": urlsplit(address)._replace(path=f"/{name}").geturl(),
            "CONCORD_HOME": str(folder / "elsewhere"),
            "CONCORD_STORAGE": storage,
        }
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def folder_of(running: Running) -> Path:
    return Path(running.environment["CONCORD_HOME"])


def test_what_was_acknowledged_before_a_backup_under_load_is_restored(
    running: Running, tmp_path: Path
) -> None:
    client, project = running.person(f"backup-{uuid.uuid4().hex[:8]}")
    picture = samples.picture(320, 240)
    asset = client.post(f"/api/projects/{project}/assets/", files={"file": ("p.jpg", picture)}).json()
    wait_until(
        lambda: client.get(f"/api/projects/{project}/assets/{asset['id']}/").json()["state"] == "ready",
        what="the picture has its renditions",
    )
    import_job = import_start(client, project, 200)
    wait_until(lambda: job_of(client, import_job)["state"] == "succeeded", what="the posts are in")

    acknowledged: list[str] = [import_job]
    enough, stop = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            acknowledged.append(import_start(client, project, len(acknowledged)))
            if len(acknowledged) > 3:
                enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert enough.wait(PATIENCE_S)
        before = list(acknowledged)
        taken = backup(tmp_path / "backups", running.environment)
    finally:
        stop.set()
        writer.join()
    assert len(acknowledged) > len(before), "it went on while the backup was taken"

    with elsewhere(running, tmp_path) as environment:
        done = restore(taken, environment, "--make-bucket")
        assert done.returncode == 0, done.stderr
        with psycopg.connect(environment["DATABASE_URL"]) as restored:
            jobs = {str(row[0]) for row in restored.execute("SELECT id FROM jobs_job")}
            posts = restored.execute("SELECT count(*) FROM content_post WHERE project_id = %s", [project])
            assert jobs >= set(before)
            assert posts.fetchone() == (200,), "the later manifests hold none that the first did not"
        # A backup of what was restored reads every row and every file once more, from the new places.
        again = backup(tmp_path / "again", environment)
    assert manifest_of(again)["tables"] == manifest_of(taken)["tables"]
    assert (again / "blobs.sha256").read_bytes() == (taken / "blobs.sha256").read_bytes()
    assert hashlib.sha256(picture).hexdigest() in (again / "blobs.sha256").read_text(encoding="ascii")


@pytest.fixture(scope="module")
def kept() -> Iterator[Path]:
    """The home of a stopped Concord with a project in the middle of its work, and a dataset version."""
    with TemporaryDirectory(prefix="concord-test-", ignore_cleanup_errors=True) as folder:
        home = home_copy(Path(folder) / "home")
        servers: list[PostgresServer | RedisServer] = [
            PostgresServer(Places(home)),
            RedisServer(Places(home)),
        ]
        for server in servers:
            server.start()
        try:
            for words in (
                ["seed_demo", "--posts", "12", "--comparisons", "4"],
                ["shell", "--no-imports", "-c", _BUILD_A_VERSION],
            ):
                done = command_run(["manage.py", *words], at_home(home))
                assert done.returncode == 0, done.stderr
        finally:
            for server in reversed(servers):
                server.stop()
        yield home


@pytest.fixture(scope="module")
def taken(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the stopped home."""
    return backup(tmp_path_factory.mktemp("kept") / "backups", at_home(kept))


@pytest.fixture
def copy(taken: Path, tmp_path: Path) -> Path:
    """The backup, and the files it shares, for a test to damage."""
    shutil.copytree(taken.parent, tmp_path / "copy")
    return tmp_path / "copy" / taken.name


def rows_of(home: Path) -> dict[str, list[str]]:
    """Every row of every table as text, sorted: read without any code of the backup's."""
    server = PostgresServer(Places(home))
    server.start()
    try:
        with server.connect("concord") as connection:
            connection.execute("SET timezone = 'UTC'")
            names = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            ).fetchall()
            return {
                str(name): sorted(
                    str(row)
                    for (row,) in connection.execute(
                        sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(str(name)))
                    )
                )
                for (name,) in names
            }
    finally:
        server.stop()


def files_of(home: Path) -> dict[str, str]:
    """Each blob's own hash by its name."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (home / "blobs").rglob("*")
        if path.is_file() and path.parent.name != "incoming"
    }


@pytest.mark.embedded
def test_a_restored_home_is_the_home_that_was_backed_up(kept: Path, taken: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    done = restore(taken, at_home(new))
    assert done.returncode == 0, done.stderr
    rows, files = rows_of(kept), files_of(new)
    assert rows_of(new) == rows
    assert {name: len(found) for name, found in rows.items()} == {
        name: state["rows"] for name, state in manifest_of(taken)["tables"].items()
    }
    for needed in ("queue_submission", "policies_release", "exports_versionfile", "accounts_auditevent"):
        assert rows[needed], needed
    assert files == {name: name for name in files}
    assert files == {name: sha256 for name, sha256 in files_of(kept).items() if name in files}
    assert len(files) == manifest_of(taken)["blobs"]
    assert (new / "secret_key").read_text() == (kept / "secret_key").read_text()
    assert oct((new / "secret_key").stat().st_mode)[-3:] == "600"

    again = Up(new)
    again.environment.pop("CONCORD_SECRET_KEY")
    again.start()
    client, _ = again.person("after")
    assert client.get("/api/projects/").status_code == 200
    refused = restore(taken, again.environment)
    assert refused.returncode != 0
    assert "Concord already runs over" in refused.stderr
    again.stop()


@pytest.mark.embedded
def test_the_copy_of_a_stopped_home_is_a_backup_too(kept: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-a", str(kept), str(tmp_path / "elsewhere")], check=True)
    assert rows_of(tmp_path / "elsewhere") == rows_of(kept)


@pytest.mark.embedded
def test_nothing_is_restored_over_something(kept: Path, taken: Path) -> None:
    before = rows_of(kept)
    refused = restore(taken, at_home(kept))
    assert refused.returncode != 0
    assert "The database concord already holds tables, and nothing was changed." in refused.stderr
    assert rows_of(kept) == before


def byte_flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


def a_blob(taken: Path) -> Path:
    first = (taken / "blobs.sha256").read_text(encoding="ascii").split()[1]
    return Path(os.path.normpath(taken / first))


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda taken: byte_flip(taken / "database.dump"), "database.dump is damaged or missing."),
        (lambda taken: (taken / "database.dump").unlink(), "database.dump is damaged or missing."),
        (lambda taken: byte_flip(taken / "blobs.sha256"), "blobs.sha256 is damaged or missing."),
        (lambda taken: (taken / "manifest.json").unlink(), "is no finished backup"),
        (lambda taken: byte_flip(a_blob(taken)), "1 files of the backup are damaged or missing"),
        (lambda taken: a_blob(taken).unlink(), "1 files of the backup are damaged or missing"),
    ],
)
def test_a_damaged_backup_is_noticed_before_the_database_is_touched(
    copy: Path, tmp_path: Path, damage: Callable[[Path], None], sentence: str
) -> None:
    damage(copy)
    home = tmp_path / "home"
    refused = restore(copy, at_home(home))
    assert refused.returncode != 0
    assert sentence in refused.stderr
    assert not home.joinpath("postgres").exists() or rows_of(home) == {}


@pytest.mark.embedded
def test_without_the_damaged_file_everything_else_is_restored(kept: Path, copy: Path, tmp_path: Path) -> None:
    byte_flip(a_blob(copy))
    home = tmp_path / "home"
    done = restore(copy, at_home(home), "--without-damaged")
    assert done.returncode == 0, done.stderr
    assert rows_of(home) == rows_of(kept)
    assert set(files_of(home)) == {
        line.split()[0] for line in (copy / "blobs.sha256").read_text(encoding="ascii").splitlines()
    } - {a_blob(copy).name}


@pytest.mark.embedded
def test_a_file_that_the_storage_lost_ends_the_backup_with_its_name(
    kept: Path, taken: Path, tmp_path: Path
) -> None:
    lost = next(path for path in (kept / "blobs").rglob(a_blob(taken).name))
    aside = tmp_path / "aside"
    lost.rename(aside)
    try:
        done = command_run(["manage.py", "backup", str(tmp_path / "backups")], at_home(kept))
    finally:
        aside.rename(lost)
    assert done.returncode == 1
    assert "1 files that the database names are missing" in done.stderr
    assert lost.name in done.stderr
    (written,) = (path for path in (tmp_path / "backups").iterdir() if path.name.startswith("2"))
    assert manifest_of(written)["missing"] == [lost.name]


@pytest.mark.embedded
def test_a_second_backup_copies_only_what_is_new(kept: Path, copy: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (copy.parent / "blobs").rglob("*") if path.is_file()}
    second = backup(copy.parent, at_home(kept))
    after = {path: path.stat().st_mtime_ns for path in (copy.parent / "blobs").rglob("*") if path.is_file()}
    assert second != copy
    assert after == before
