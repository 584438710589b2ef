"""The compose files describe what CI runs without Docker: each service becomes a part that exists."""

from __future__ import annotations

import re
from pathlib import Path
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
    apart = {"tests", "benchmarks", "client", "docs", "frontend"}
    folders = {
        path.name
        for path in PROJECT_ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and next(path.glob("**/*.py"), None)
    }
    assert copied == folders - apart
