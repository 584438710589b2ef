"""Table 1 of Dawid & Skene (1979): 45 patients graded 1 to 4 by five anaesthetists, the first of them three times.

One digit a grade: the first anaesthetist's three, then the others' in order.
"""

from __future__ import annotations

import numpy as np

_TABLE = """
1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343
1111111 2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222
1111111 1111111 2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343
2212232 2323233 3333432 1111111 1111111 1212111 2322222 1211111 2222222
"""
ROWS = _TABLE.split()
_WHO = (0, 0, 0, 1, 2, 3, 4)


def judgements() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Patients, anaesthetists and grades (0 to 3), one entry a grade given."""
    items = np.repeat(np.arange(len(ROWS)), len(_WHO))
    people = np.tile(_WHO, len(ROWS))
    grades = np.array([int(digit) - 1 for row in ROWS for digit in row])
    return items, people, grades
