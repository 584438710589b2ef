from __future__ import annotations

import csv
import io

import pytest

from core.http.tables import csv_text

PAYLOADS = [
    f"{lead}{text}"
    for lead in ("", " ", "\u00a0", "\ufeff", "\t", "\r", "\n")
    for text in (
        '=cmd|"/c calc"!A1',
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        '=HYPERLINK("http://example.org","a")',
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
    )
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_s58_no_cell_is_a_formula(payload: str) -> None:
    table = csv_text(["name", "seconds"], [[payload, -1.5], ["plain; text", 2]])
    (head, first, second) = list(csv.reader(io.StringIO(table)))
    assert head == ["name", "seconds"]
    assert first == [f"'{payload}", "-1.5"]
    assert second == ["plain; text", "2"]
