"""What a person at the terminal lives through with ``manage.py up``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.services.running import Up, all_over, kill, wait_until

pytestmark = pytest.mark.embedded
_STOPPED = "Everything is stopped; the data is kept."


@pytest.mark.parametrize("part", ["web", "cpu", "beat", "relay", "redis", "postgres"])
def test_a_killed_part_is_noticed_said_and_started_again(up: Up, part: str) -> None:
    killed = up.parts()[part]
    kill([killed])

    def is_back() -> bool:
        # One look: a part may be there, and gone in the next.
        now = up.parts().get(part)
        return now is not None and now.pid != killed.pid

    wait_until(is_back, what=f"{part} is back")
    wait_until(up.is_healthy, what=f"healthy after {part} was killed")
    assert f"{part} was killed by SIGKILL. It is started again" in up.said()


def test_nothing_outlives_a_killed_supervisor_and_it_starts_again(up: Up) -> None:
    client, project = up.person("survives")
    family = up.family()
    up.stop(signal.SIGKILL)
    all_over(family)

    up.start()
    assert client.get(f"/api/projects/{project}/").status_code == 200


@pytest.mark.timeout(1200)  # two starts and all migrations: a busy machine takes its time
def test_ctrl_c_leaves_no_process_and_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    # A true first start. The path is too long for a socket, and has spaces: the sockets go to a folder of their own.
    up = Up(tmp_path / ("a long folder name " * 6).strip() / "home")
    up.home.mkdir(parents=True)
    up.start()
    client, project = up.person("kept")
    family = up.family()
    assert up.stop(signal.SIGINT) == 0
    all_over(family)
    assert up.said().count(_STOPPED) == 1

    # The second time by a make, which alone is interrupted.
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"up:\n\t@{sys.executable} manage.py up --no-demo --headless\n", encoding="utf-8")
    up.start(["make", "-f", str(makefile), "up"])
    assert client.get(f"/api/projects/{project}/").status_code == 200
    family = up.family()
    up.stop(signal.SIGINT)
    all_over(family)
    assert up.said().count(_STOPPED) == 2
