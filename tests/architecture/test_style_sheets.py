from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_SOURCES = Path(__file__).resolve().parents[2] / "frontend" / "src"
_IMPORT = re.compile(r'import (\w+) from "([^"]+\.module\.css)"')


def _named() -> Iterator[tuple[Path, Path, set[str]]]:
    """Every page's file, a style sheet it imports, and the classes it names of that sheet."""
    for path in sorted(_SOURCES.rglob("*.tsx")):
        text = path.read_text(encoding="utf-8")
        for name, sheet in _IMPORT.findall(text):
            found = path.parent / sheet if sheet.startswith(".") else _SOURCES / sheet.removeprefix("@/")
            named = re.findall(rf'\b{name}(?:\.(\w+)|\["([\w-]+)"\])', text)
            yield path, found, {plain or quoted for plain, quoted in named}


def test_every_class_a_page_names_is_in_its_style_sheet() -> None:
    lines = list(_named())
    assert len(lines) > 100, "the pages import their style sheets another way by now"
    missing = {
        f"{path.relative_to(_SOURCES)}: {name}"
        for path, sheet, names in lines
        for name in names - set(re.findall(r"\.([A-Za-z_][\w-]*)", sheet.read_text(encoding="utf-8")))
    }
    assert not missing, "these are styled by nothing"
