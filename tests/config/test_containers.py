"""The compose files describe what CI runs without Docker: the same commands, with the same variables."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import yaml
from django.core.management import CommandError

from config.embedded.parts import WORKER_QUEUES, part_command
from config.env import PROJECT_ROOT, environment_read
from config.management.commands import check_current
from config.management.commands.check_current import Command

_COMPOSE = PROJECT_ROOT / "docker-compose.yml"
_OWN = ("web", "relay", "beat", *(f"worker-{queue}" for queue in WORKER_QUEUES))


def services() -> dict[str, Any]:
    return dict(yaml.safe_load(_COMPOSE.read_text(encoding="utf-8"))["services"])


def test_the_compose_files_follow_the_specification() -> None:
    Command._compose(Path())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("restart: unless-stopped", "restrt: unless-stopped"),
        ("stop_grace_period: 90s", "stop_grace_period: soon"),
        ("condition: service_healthy", "condition: healthy"),
        (":-8000}:8000", ":-8000}:800000"),
    ],
)
def test_a_compose_file_with_a_mistake_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, right: str, wrong: str
) -> None:
    text = _COMPOSE.read_text(encoding="utf-8")
    assert right in text
    copy = tmp_path / "docker-compose.yml"
    copy.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    monkeypatch.setattr(check_current, "_COMPOSE", (copy,))
    with pytest.raises(CommandError, match="does not follow the Compose specification"):
        Command._compose(Path())


def test_every_part_has_a_service_and_every_service_runs_a_part() -> None:
    found = services()
    assert set(found) == {*_OWN, "prepare", "database", "redis", "storage"}
    for name in _OWN:
        part = name.removeprefix("worker-")
        assert found[name]["command"] == ["python", "manage.py", "part", part]
        assert part_command(part, environment_read({}))
        assert found[name]["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script with which CI starts a distributed Concord."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    name = "deployment"
    found = importlib.util.spec_from_file_location(name, PROJECT_ROOT / ".ci" / "deployment.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_ci_runs_the_very_commands_of_the_compose_file(
    deployment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[tuple[str, list[str], dict[str, str]]] = []

    def part_start(
        stack: ExitStack,
        name: str,
        command: list[str],
        *,
        log: Path,
        environment: dict[str, str] | None = None,
    ) -> Any:
        started.append((name, command, environment or {}))
        return SimpleNamespace(pid=1, wait=lambda patience_s: 0)

    monkeypatch.setattr(deployment, "part_start", part_start)
    monkeypatch.setattr(deployment, "wait_until", lambda ready, name, log: None)
    described = deployment.compose_services("http://127.0.0.1:1")
    with ExitStack() as stack:
        deployment.redis_start(stack, tmp_path, described["redis"])
        addresses = {"PORT": "1", "DATABASE_URL": "postgresql://ci"}
        deployment.prepare_run(stack, tmp_path, described["prepare"], addresses)
        deployment.concord_start(stack, tmp_path, described, addresses)

    expected = services()
    (_, redis, _), *own = started
    assert redis[1:][: len(expected["redis"]["command"]) - 1] == expected["redis"]["command"][1:]
    ran = Counter(re.sub(r"-2$", "", name) for name, _, _ in own)
    assert ran == {**dict.fromkeys(("prepare", "web", "relay", "beat"), 1), **dict.fromkeys(_OWN[3:], 2)}
    assert own[0][0] == "prepare"
    for name, command, environment in own:
        service = expected[re.sub(r"-2$", "", name)]
        assert command == service["command"]
        assert set(environment) - {"CONCORD_HOME", "PATH", "PORT"} == set(service["environment"])
        assert "${" not in str(environment)
        assert environment["DATABASE_URL"] == "postgresql://ci"
    homes = [environment["CONCORD_HOME"] for _, _, environment in own]
    assert len(set(homes)) == len(homes)


def test_ci_gives_the_database_the_settings_of_the_compose_file(
    deployment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given: dict[str, str] = {}

    class Stopped(Exception):
        pass

    def server(places: Any, *, settings: dict[str, str], port: int) -> None:
        given.update(settings)
        raise Stopped

    monkeypatch.setattr(deployment, "PostgresServer", server)
    with ExitStack() as stack, pytest.raises(Stopped):
        deployment.postgres_start(stack, tmp_path, deployment.compose_services("http://x")["database"])
    words = services()["database"]["command"]
    assert words[0] == "postgres"
    assert words[1::2] == ["-c"] * (len(words) // 2)
    assert {f"{name}={value}" for name, value in given.items()} >= set(words[2::2])


def test_a_variable_that_the_compose_file_insists_on_is_insisted_on(deployment: ModuleType) -> None:
    with pytest.raises(SystemExit, match=r"Set POSTGRES_PASSWORD in \.env"):
        deployment.services_read({})


def test_workers_share_no_home_with_the_web() -> None:
    homes = [service["volumes"][0] for name, service in services().items() if name in _OWN]
    assert len(set(homes)) == len(homes)


def test_the_services_set_only_variables_that_are_read() -> None:
    table = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name in services()["web"]["environment"]:
        assert f"`{name}`" in table, name


def test_images_name_no_registry_and_carry_a_version() -> None:
    images = [service["image"] for service in services().values()]
    images += re.findall(
        r"^FROM (\S+)", (PROJECT_ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    for image in images:
        name, _, version = image.partition(":")
        assert "." not in name.split("/")[0], image
        assert version not in {"", "latest"}, image


def test_the_image_takes_every_folder_the_server_is_made_of() -> None:
    copied = set(
        re.findall(
            r"^COPY (\w+) /concord/", (PROJECT_ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    apart = {"tests", "benchmarks", "client", "docs", "frontend", "requirements"}
    folders = {
        path.name
        for path in PROJECT_ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and next(path.glob("**/*.py"), None)
    }
    assert copied == folders - apart
