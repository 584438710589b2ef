"""Prompts that are brought in to be asked: read whole, and stored with the run that asks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.content.selectors import posts_in
from core.errors import ConcordError
from core.http.parsing import json_read
from core.storage import BlobWriter
from core.storage.blobs import file_chunks
from preferences.domain.jsonl import LineTooLongError, lines_of
from preferences.domain.pairs import LineRecord, PairLineError
from preferences.domain.sampling import prompt_read
from preferences.errors import SamplingFileError, SamplingFileTooLongError
from preferences.models import Prompt

MOST_LINES = 5_000
MOST_FILE_BYTES = 64 * 1024 * 1024
PROBLEMS_SHOWN = 20

Named = tuple[str, UUID | None]


@dataclass(frozen=True)
class PromptsRead:
    """The prompts of a file, each once, by content and post."""

    records: dict[Named, LineRecord]

    def stored(self, project_id: UUID) -> dict[Named, UUID]:
        """Return those of them that the project has, with their ids."""
        rows = Prompt.objects.filter(
            project_id=project_id, content_sha256__in=[content for content, _ in self.records]
        ).values_list("content_sha256", "post_id", "id")
        return {(content, post): pk for content, post, pk in rows if (content, post) in self.records}

    def store(self, project_id: UUID) -> list[UUID]:
        """Store those that are new, in the caller's transaction; return every one's id."""
        Prompt.objects.bulk_create(
            (
                Prompt(
                    project_id=project_id,
                    messages=record.stored_messages,
                    post_id=post_id,
                    language=record.language,
                    content_sha256=content,
                )
                for (content, post_id), record in self.records.items()
            ),
            ignore_conflicts=True,
            batch_size=1000,
        )
        return list(self.stored(project_id).values())


class _Problems:
    """What is wrong, line by line; only the first few keep their sentence."""

    def __init__(self) -> None:
        self.count = 0
        self._told: list[str] = []

    def add(self, line: int, sentence: str) -> None:
        self.count += 1
        if len(self._told) < PROBLEMS_SHOWN:
            self._told.append(f"Line {line}: {sentence}")

    def refuse(self) -> None:
        if self.count:
            more = self.count - len(self._told)
            said = "\n".join(self._told) + (f"\nAnd {more} more." if more else "")
            raise SamplingFileError(count=self.count, problems=said)


def prompts_read(project_id: UUID, upload: BlobWriter) -> PromptsRead:
    """Read a JSONL file of prompts that has arrived; nothing is stored.

    Raises
    ------
    SamplingFileError
        Naming the lines to put right.
    SamplingFileTooLongError
    """
    if upload.size_bytes > MOST_FILE_BYTES:
        raise SamplingFileTooLongError(most=MOST_LINES)
    problems = _Problems()
    read = list(_lines(upload, problems))
    posts = _posts(project_id, [record for _, record in read])
    for number, record in read:
        named = record.post_external_id
        if named is not None and named not in posts:
            problems.add(number, f"The project has no post with the external_id {named[:80]!r}.")
    if not read and not problems.count:
        problems.add(1, "The file has no prompt.")
    problems.refuse()
    records: dict[Named, LineRecord] = {}
    for _, record in read:
        post_id = posts[record.post_external_id] if record.post_external_id else None
        # Of lines that ask the same the first is the one: importing says so too.
        records.setdefault((record.prompt_sha256, post_id), record)
    return PromptsRead(records)


def _lines(upload: BlobWriter, problems: _Problems) -> Iterator[tuple[int, LineRecord]]:
    count = 0
    try:
        for number, line in lines_of(file_chunks(upload.path)):
            count += 1
            if count > MOST_LINES:
                raise SamplingFileTooLongError(most=MOST_LINES)
            try:
                yield number, prompt_read(json_read(line))
            except PairLineError as error:
                problems.add(number, str(error))
            except ConcordError as error:
                problems.add(number, error.message)
    except LineTooLongError as error:
        problems.add(error.line, "The line is too long to be a prompt.")


def _posts(project_id: UUID, records: Sequence[LineRecord]) -> dict[str, UUID]:
    named = {record.post_external_id for record in records if record.post_external_id is not None}
    rows = posts_in(project_id).filter(external_id__in=named)
    return dict(rows.values_list("external_id", "id")) if named else {}
