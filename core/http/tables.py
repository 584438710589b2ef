"""Tables for a spreadsheet: what people wrote stays text there, whatever it begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV of RFC 4180, every text cell safe to open in a spreadsheet.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which they show as the text
    alone; numbers are left as they are. JSON exports stay byte-exact.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([_as_text(cell) for cell in head])
    writer.writerows([[_as_text(cell) for cell in row] for row in rows])
    return buffer.getvalue()


def _as_text(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip(" \u00a0\ufeff").startswith(_BEGINS_A_FORMULA):
        return f"'{cell}"
    return cell
