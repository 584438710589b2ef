"""What the settings become under an environment, each read by a Python of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.env import PROJECT_ROOT

_READ = """
import json
from config import settings
names = [
    "DEBUG", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER", "CSRF_TRUSTED_ORIGINS", "PUBLIC_ORIGIN", "ALLAUTH_TRUSTED_PROXY_COUNT",
    "SESSION_COOKIE_HTTPONLY", "CELERY_BROKER_URL", "DATABASES",
]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def settings_under(home: Path, **variables: str) -> dict[str, Any]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", _READ],
        cwd=PROJECT_ROOT,
        env={**kept, "CONCORD_HOME": str(home), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return settings_under(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return settings_under(
        tmp_path_factory.mktemp("deployed"),
        CONCORD_ORIGIN="https://concord.example.org/",
        CONCORD_HOSTS="concord.internal",
        CONCORD_PROXIES="1",
        DATABASE_URL="postgresql://concord:p%40ss@db:6543/concord?sslmode=require&options=-c%20jit%3Doff",
        REDIS_URL="redis://cache:6379/0",
    )


def test_debugging_is_off_unless_asked_for(plain: dict[str, Any], deployed: dict[str, Any]) -> None:
    assert plain["DEBUG"] is False
    assert deployed["DEBUG"] is False


def test_on_loopback_cookies_travel_without_tls_and_only_loopback_is_answered(plain: dict[str, Any]) -> None:
    assert not plain["SESSION_COOKIE_SECURE"]
    assert set(plain["ALLOWED_HOSTS"]) == {"127.0.0.1", "localhost", "[::1]"}
    assert plain["SECURE_PROXY_SSL_HEADER"] is None
    assert plain["SECURE_HSTS_SECONDS"] == 0
    assert plain["SESSION_COOKIE_HTTPONLY"]


def test_an_https_origin_makes_cookies_secure_and_its_host_known(deployed: dict[str, Any]) -> None:
    assert deployed["SESSION_COOKIE_SECURE"]
    assert deployed["CSRF_COOKIE_SECURE"]
    assert {"concord.example.org", "concord.internal", "127.0.0.1"} <= set(deployed["ALLOWED_HOSTS"])
    assert deployed["CSRF_TRUSTED_ORIGINS"] == ["https://concord.example.org"]
    assert deployed["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert deployed["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert deployed["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_the_database_address_is_taken_apart(deployed: dict[str, Any]) -> None:
    database = deployed["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db", 6543, "p@ss")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["options"].endswith("-c lock_timeout=20000 -c jit=off")


def test_redis_is_the_broker_unless_another_is_named(deployed: dict[str, Any]) -> None:
    assert deployed["CELERY_BROKER_URL"] == "redis://cache:6379/0"
