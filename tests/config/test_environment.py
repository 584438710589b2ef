"""Each variable: what it becomes, and the one sentence a wrong value gets."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import env
from config.embedded.secret import secret_key
from config.env import PROJECT_ROOT, EnvironmentValueError, environment_read


def test_nothing_set_means_everything_embedded_on_loopback() -> None:
    found = environment_read({})
    assert (found.database_url, found.redis_url, found.broker_url) == (None, None, None)
    assert (found.bind, found.port) == ("127.0.0.1", 8000)
    assert (found.storage, found.home) == ("local", PROJECT_ROOT / ".concord")
    assert not found.debug
    assert found.proxies == 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "http", "PORT is 'http'. Set it to a whole number from 1 to 65535."),
        ("PORT", "0", "PORT is '0'. Set it to a whole number from 1 to 65535."),
        ("PORT", "65536", "PORT is '65536'. Set it to a whole number from 1 to 65535."),
        ("PORT", "８０００", "PORT is '８０００'. Set it to a whole number from 1 to 65535."),
        ("CONCORD_DEBUG", "yes", "CONCORD_DEBUG is 'yes'. Set it to 1 or 0."),
        ("CONCORD_PROXIES", "-1", "CONCORD_PROXIES is '-1'. Set it to a whole number from 0 to 8."),
        (
            "CONCORD_WEB_PROCESSES",
            "0",
            "CONCORD_WEB_PROCESSES is '0'. Set it to a whole number from 1 to 256.",
        ),
        (
            "CONCORD_STORAGE",
            "s3://",
            "CONCORD_STORAGE is 's3://'. Set it to 'local' or to 's3://bucket-name'.",
        ),
        (
            "CONCORD_STORAGE",
            "s3://bucket/folder",
            "CONCORD_STORAGE is 's3://bucket/folder'. Set it to 'local' or to 's3://bucket-name'.",
        ),
        (
            "DATABASE_URL",
            "mysql://here/concord",
            "DATABASE_URL is not an address Concord can use: it should start with one of postgres, postgresql, "
            "for example postgresql://user:password@host:5432/concord.",
        ),
        (
            "REDIS_URL",
            "localhost:6379",
            "REDIS_URL is not an address Concord can use: it should start with one of redis, rediss, unix, "
            "for example redis://host:6379/0.",
        ),
        (
            "CONCORD_ORIGIN",
            "https://concord.example.org/app",
            "CONCORD_ORIGIN is 'https://concord.example.org/app'. Set it to scheme and host alone, "
            "for example https://concord.example.org.",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(name: str, value: str, sentence: str) -> None:
    with pytest.raises(EnvironmentValueError) as raised:
        environment_read({name: value})
    assert str(raised.value) == sentence


def test_no_sentence_repeats_a_password() -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL"):
        with pytest.raises(EnvironmentValueError) as raised:
            environment_read({name: "mysql://somebody:hunter2@host/name"})
        assert "hunter2" not in str(raised.value)


@settings(deadline=None)
@given(
    values=st.dictionaries(
        st.sampled_from(
            ["PORT", "DATABASE_URL", "REDIS_URL", "CONCORD_STORAGE", "CONCORD_ORIGIN", "CONCORD_DEBUG"]
        ),
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
        | st.sampled_from(["http://[", "s3://[::1", "postgresql://x:y@[/", "redis://host:port"]),
    )
)
def test_any_text_is_taken_or_refused_and_never_a_crash(values: dict[str, str]) -> None:
    try:
        environment_read(values)
    except EnvironmentValueError as problem:
        assert any(name in str(problem) for name in values)


def test_an_origin_loses_its_last_slash() -> None:
    found = environment_read({"CONCORD_ORIGIN": "https://concord.example.org:8443/"})
    assert found.public_origin == "https://concord.example.org:8443"


def test_an_s3_address_names_the_bucket() -> None:
    found = environment_read(
        {"CONCORD_STORAGE": "s3://media-1", "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9000"}
    )
    assert (found.storage, found.storage_bucket) == ("s3", "media-1")
    assert found.s3_endpoint_url == "http://127.0.0.1:9000"


def test_the_secret_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    environment = environment_read({"CONCORD_HOME": str(tmp_path)})
    first = secret_key(environment)
    assert len(first) >= 50
    assert secret_key(environment) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_short_secret_key_is_refused(tmp_path: Path) -> None:
    environment = environment_read({"CONCORD_HOME": str(tmp_path), "CONCORD_SECRET_KEY": "short"})
    with pytest.raises(EnvironmentValueError, match="CONCORD_SECRET_KEY has 5 characters"):
        secret_key(environment)


def test_operations_lists_exactly_the_variables_that_are_read() -> None:
    read = set(re.findall(r'"([A-Z][A-Z0-9_]{3,})"', inspect.getsource(env)))
    page = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    chapter = page.split("## Every variable", 1)[1].split("\n## ", 1)[0]
    listed = set(re.findall(r"^\| `([A-Z0-9_]+)`", chapter, re.MULTILINE))
    # boto3 reads these itself.
    given_on = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"}
    assert listed == read | given_on
