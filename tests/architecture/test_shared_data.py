"""A clone that stands alone: what needs the shared data says so, and is left out without it."""

from __future__ import annotations

import re
from pathlib import Path

_TESTS = Path(__file__).resolve().parent.parent
_PATH = re.compile(r"""shared/data|["']shared["'] / ["']data""")


def test_whatever_reads_the_shared_folder_is_marked_and_skips_with_a_reason() -> None:
    readers = [
        path
        for path in _TESTS.rglob("*.py")
        if path != Path(__file__) and _PATH.search(path.read_text(encoding="utf-8"))
    ]
    assert readers, "the pattern finds nobody any more"
    for path in readers:
        text = path.read_text(encoding="utf-8")
        assert "mark.shared_data" in text, f"mark the tests of {path.relative_to(_TESTS)} with shared_data"
        assert "skip" in text, f"skip the tests of {path.relative_to(_TESTS)} where the folder is not"
