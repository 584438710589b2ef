"""What a person at the terminal lives through with ``manage.py up``."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil
import pytest

from tests.services.running import Up, wait_until

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize("part", ["web", "cpu", "beat", "relay", "redis", "postgres"])
def test_a_killed_part_is_noticed_said_and_started_again(up: Up, part: str) -> None:
    killed = up.parts()[part]
    killed.kill()
    wait_until(
        lambda: part in up.parts() and up.parts()[part].pid != killed.pid,
        patience_s=60,
        what=f"{part} is back",
    )
    wait_until(up.is_healthy, patience_s=60, what=f"healthy after {part} was killed")
    assert f"{part} was killed by SIGKILL. It is started again" in up.said()


def test_ctrl_c_leaves_no_process_and_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    # The path is too long for a socket, and has spaces: the sockets go to a short folder of their own.
    up = Up(tmp_path / ("a long folder name " * 6).strip() / "home")
    up.home.mkdir(parents=True)
    up.start()
    client, project = up.person("kept")
    family = up.family()
    assert up.stop(signal.SIGINT) == 0
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert "Everything is stopped; the data is kept." in up.said()

    up.start()
    assert client.get(f"/api/projects/{project}/").status_code == 200
    assert up.stop(signal.SIGTERM) == 0


def test_nothing_outlives_a_killed_supervisor_and_it_starts_again(tmp_path: Path) -> None:
    up = Up(tmp_path / "home")
    up.start()
    client, project = up.person("survives")
    family = up.family()
    up.stop(signal.SIGKILL)
    assert psutil.wait_procs(family, timeout=30)[1] == []

    up.start()
    assert client.get(f"/api/projects/{project}/").status_code == 200
    up.stop()
