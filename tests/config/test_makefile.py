"""Two makes in one folder: one installs, the other waits for it and finds everything there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_SLOW = """#!/bin/sh
echo begin >> installs
sleep 1
echo end >> installs
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout whose packages install in a second: all that the first step needs, and no network."""
    for name in ("Makefile", "requirements", "constraints.txt"):
        kept = _ROOT / name
        (shutil.copytree if kept.is_dir() else shutil.copy)(kept, tmp_path / name)
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text(_SLOW, encoding="ascii")
    program.chmod(0o755)
    return tmp_path


def _make(folder: Path, target: str = ".venv/stamps/torch") -> subprocess.Popen[str]:
    command = ["make", f"PYTHON={sys.executable}", target]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_of_two_makes_one_installs_and_the_other_waits_and_says_so(folder: Path) -> None:
    first = _make(folder)
    _wait_for(folder / "installs")
    second = _make(folder)
    told = [made.communicate(timeout=60) for made in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0), told
    assert "Another make is installing" not in told[0][0]
    assert "Another make is installing or building in this folder" in told[1][0]
    assert (folder / "installs").read_text(encoding="ascii").split() == ["begin", "end"]


def test_what_changed_is_installed_again(folder: Path) -> None:
    assert _make(folder).wait(timeout=60) == 0
    assert _make(folder).wait(timeout=60) == 0
    stamp = folder / ".venv" / "stamps" / "torch"
    program = folder / ".venv" / "bin" / "python"
    later = time.time() + 5
    os.utime(program, (later, later))
    assert _make(folder).wait(timeout=60) == 0
    assert (folder / "installs").read_text(encoding="ascii").split() == ["begin", "end"] * 2
    assert stamp.exists()


def test_a_step_that_fails_fails_the_make_and_leaves_the_lock(folder: Path) -> None:
    (folder / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 3\n", encoding="ascii")
    assert _make(folder).wait(timeout=60) != 0
    assert not (folder / ".venv" / "stamps" / "torch").exists()
    (folder / ".venv" / "bin" / "python").write_text(_SLOW, encoding="ascii")
    assert _make(folder).wait(timeout=60) == 0


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < until, "nothing began to install"
        time.sleep(0.02)
