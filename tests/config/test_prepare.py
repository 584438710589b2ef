"""The checks before the first start of a deployment."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import boto3
import psycopg
import pytest
from django.core.management import CommandError, call_command
from moto.server import ThreadedMotoServer
from psycopg.conninfo import make_conninfo
from pytest_django import Settings

from config.management.commands import prepare
from config.postgres import database_connect
from config.storage_bucket import bucket_make

pytestmark = pytest.mark.deployed


@pytest.fixture
def bucket_address(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An S3 store without the bucket that the settings name."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    settings.BLOB_STORE, settings.BLOB_BUCKET = "s3", "prepared"
    settings.BLOB_ENDPOINT_URL = f"http://{host}:{port}"
    yield settings.BLOB_ENDPOINT_URL
    server.stop()


def test_a_missing_bucket_is_said_with_the_variables_to_look_at(bucket_address: str) -> None:
    with pytest.raises(CommandError, match="check the bucket, AWS_ENDPOINT_URL_S3"):
        prepare.Command._storage_check()


def test_the_bucket_is_made_once_and_making_it_again_is_harmless(bucket_address: str) -> None:
    for _ in range(2):
        bucket_make()
    found = boto3.client("s3", endpoint_url=bucket_address).list_buckets()["Buckets"]
    # moto's stores of one process are one store, so other tests' buckets may stand beside it
    assert [bucket["Name"] for bucket in found].count("prepared") == 1
    prepare.Command._storage_check()


def test_a_bucket_that_cannot_be_made_is_a_sentence(bucket_address: str, settings: Settings) -> None:
    settings.BLOB_BUCKET = "Not A Bucket"
    with pytest.raises(CommandError, match="The bucket Not A Bucket cannot be made"):
        bucket_make()


@pytest.fixture
def plain_database(settings: Settings) -> Iterator[str]:
    """The address of an empty database whose owner is no superuser."""
    name = f"plain_{uuid.uuid4().hex[:8]}"
    with database_connect() as server:
        server.autocommit = True
        server.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'plain'")
        server.execute(f"CREATE DATABASE {name} OWNER {name}")
        host, port = server.info.host, server.info.port
        yield make_conninfo(host=host, port=port, user=name, password="plain", dbname=name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.execute(f"DROP ROLE {name}")


def test_a_role_that_may_not_add_vectors_is_told_who_can(plain_database: str) -> None:
    with psycopg.connect(plain_database) as plain:
        problem = prepare.vectors_problem(plain)
        assert problem is not None
        assert "Have a superuser run CREATE EXTENSION vector in it, once." in problem
    with database_connect() as server, psycopg.connect(plain_database) as plain:
        dbname, user = plain.info.dbname, plain.info.user
        superuser = make_conninfo(server.info.dsn, dbname=dbname, password=server.info.password)
        with psycopg.connect(superuser) as inside:
            inside.execute("CREATE EXTENSION vector")
        assert prepare.vectors_problem(plain) is None, user


@pytest.mark.embedded
@pytest.mark.django_db
def test_a_server_that_does_not_flush_is_refused() -> None:
    # The tests' own server runs without fsync: just what must never hold answers.
    with pytest.raises(CommandError, match="fsync off"):
        call_command("prepare", verbosity=0)
