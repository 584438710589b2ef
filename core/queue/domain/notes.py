from __future__ import annotations

from enum import StrEnum

LONGEST_NOTE = 2_000


class NoteKind(StrEnum):
    """What a note beside a task is."""

    COMMENT = "comment"
    QUESTION = "question"
    ANSWER = "answer"
