"""Names that people give to files: shown again, matched in manifests, never used as a path."""

from __future__ import annotations

import unicodedata

LONGEST = 200


def display_name(given: str | None) -> str:
    """Return what is left of a file name when folders, control and direction characters are taken out.

    Returns
    -------
    str
        At most `LONGEST` code points; ``file`` when nothing is left.
    """
    last = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        character for character in last if not unicodedata.category(character).startswith(("C", "Zl", "Zp"))
    )
    kept = kept.strip().lstrip(".")
    return kept[-LONGEST:].strip() or "file"
