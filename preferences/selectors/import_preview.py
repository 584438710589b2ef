"""What the first lines of a file would become, before anything is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from core.accounts.selectors import Actor, Capability, project_get
from core.errors import ConcordError
from core.http.parsing import json_read
from preferences.domain.pairs import LineRecord, PairLineError
from preferences.domain.shapes import line_read

SHOWN = 5


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that cannot be used, and what to put right."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What lines came to: ``shape`` names the form most of them have, None where none could be read.

    ``prompts`` have no responses, and wait for some. ``left_out`` counts responses that equal another. ``shown`` are
    the first of all.
    """

    shape: str | None
    comparisons: int
    slates: int
    prompts: int
    left_out: int
    shown: list[LineRecord]
    problems: list[LineProblem]


def comparison_import_preview(actor: Actor, project_id: UUID, *, lines: Sequence[str]) -> ImportPreview:
    """Read lines as an import would; nothing is stored.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    """
    project_get(actor, project_id, needs=Capability.CONTENT_IMPORT)
    titles: Counter[str] = Counter()
    pairs: list[LineRecord] = []
    problems: list[LineProblem] = []
    left_out = 0
    for number, line in enumerate(lines, start=1):
        try:
            read = line_read(json_read(line.encode()))
        except PairLineError as error:
            problems.append(LineProblem(number, str(error)))
        except ConcordError as error:
            problems.append(LineProblem(number, error.message))
        else:
            titles[read.title] += 1
            pairs += read.pairs
            left_out += read.left_out
    return ImportPreview(
        shape=titles.most_common(1)[0][0] if titles else None,
        comparisons=sum(pair.is_pair for pair in pairs),
        slates=sum(bool(pair.responses) and not pair.is_pair for pair in pairs),
        prompts=sum(not pair.responses for pair in pairs),
        left_out=left_out,
        shown=pairs[:SHOWN],
        problems=problems,
    )
