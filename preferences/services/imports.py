"""Importing comparisons from JSONL: the whole file is checked first, then written in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.content.selectors import posts_in
from core.errors import ConcordError
from core.http.parsing import json_read
from core.jobs.selectors import Job
from core.jobs.services import job_start
from core.storage import BlobWriter, blob_store
from preferences.domain.batches import in_batches
from preferences.domain.jsonl import LineTooLongError, lines_of
from preferences.domain.pairs import PairLineError, PairRecord, ResponseRecord, pair_read
from preferences.errors import ComparisonImportError, ComparisonImportTooLongError
from preferences.models import Comparison, Prompt, Response

MOST_LINES = 500_000
BATCH_LINES = 500
PROBLEMS_SHOWN = 20

Progress = Callable[[int, int | None, str], None]
NumberedPair = tuple[int, PairRecord]


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did; ``already_there`` counts lines that an earlier import had brought."""

    lines: int
    created: int
    already_there: int


@dataclass
class _Problems:
    """Problems by line; only the first few keep their sentence, so that memory stays bounded."""

    count: int = 0
    shown: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        self.count += 1
        if len(self.shown) < PROBLEMS_SHOWN:
            self.shown.append((line, sentence))

    def refuse(self) -> None:
        if self.count:
            said = "\n".join(f"Line {line}: {sentence}" for line, sentence in sorted(self.shown))
            more = self.count - len(self.shown)
            raise ComparisonImportError(
                count=self.count, problems=said + (f"\nAnd {more} more." if more else "")
            )


def comparison_import_start(actor: Actor, *, project_id: UUID, upload: BlobWriter) -> Job:
    """Keep the file and start the job that imports it.

    Raises
    ------
    NotFoundError, CapabilityMissingError, BlobTooLargeError
    """
    project = project_get(actor, project_id, needs=Capability.CONTENT_IMPORT)
    stored = upload.commit()
    with transaction.atomic():
        job = job_start(
            actor,
            project=project,
            kind="preferences.import_comparisons",
            params={"sha256": stored.sha256},
            unique_key=f"preferences.import_comparisons:{project.pk}:{stored.sha256}",
        )
        audit_record(actor, action="comparison_import.start", project=project, target=job)
    return job


def comparisons_import(project_id: UUID, *, sha256: str, progress: Progress) -> ImportOutcome:
    """Import the stored file; running it again changes nothing.

    Raises
    ------
    ComparisonImportError
        Naming the lines to put right; then nothing was written.
    ComparisonImportTooLongError
    """
    lines = _check(project_id, sha256=sha256, progress=progress)
    done = created = 0
    for batch in in_batches(_pairs(sha256), BATCH_LINES):
        created += _write(project_id, [pair for _, pair in batch])
        done += len(batch)
        progress(done, lines, "Importing comparisons")
    return ImportOutcome(lines=lines, created=created, already_there=lines - created)


def _check(project_id: UUID, *, sha256: str, progress: Progress) -> int:
    """Read the whole file without writing; return its number of lines."""
    problems = _Problems()
    line_of_id: dict[bytes, int] = {}
    count = 0
    for batch in in_batches(_pairs(sha256, problems), BATCH_LINES):
        count += len(batch)
        if count > MOST_LINES:
            raise ComparisonImportTooLongError(most=MOST_LINES)
        for line, pair in batch:
            digest = blake2b(pair.external_id.encode(), digest_size=8).digest()
            earlier = line_of_id.setdefault(digest, line)
            if earlier != line:
                problems.add(
                    line, f"Its external_id {pair.external_id[:80]!r} already stands in line {earlier}."
                )
        _check_against_project(project_id, batch, problems)
        progress(0, None, f"Checked {count} lines")
    problems.refuse()
    return count


def _check_against_project(project_id: UUID, batch: Sequence[NumberedPair], problems: _Problems) -> None:
    posts = _post_ids(project_id, [pair for _, pair in batch])
    stored = dict(
        Comparison.objects.filter(
            project_id=project_id, external_id__in=[pair.external_id for _, pair in batch]
        ).values_list("external_id", "content_sha256")
    )
    for line, pair in batch:
        if pair.post_external_id is not None and pair.post_external_id not in posts:
            problems.add(
                line, f"The project has no post with the external_id {pair.post_external_id[:80]!r}."
            )
        if stored.get(pair.external_id, pair.content_sha256) != pair.content_sha256:
            problems.add(
                line,
                f"{pair.external_id[:80]!r} was imported before with other content. "
                "A changed comparison needs a new external_id.",
            )


def _pairs(sha256: str, problems: _Problems | None = None) -> Iterator[NumberedPair]:
    """Yield the file's comparisons; lines that are none go to ``problems``, or fail where there is no list."""
    found = _Problems() if problems is None else problems
    try:
        for number, line in lines_of(blob_store().open(sha256)):
            try:
                yield number, pair_read(json_read(line))
            except PairLineError as error:
                found.add(number, str(error))
            except ConcordError as error:
                found.add(number, error.message)
    except LineTooLongError as error:
        found.add(error.line, "The line is too long to be a comparison.")
    if problems is None:
        found.refuse()


def _post_ids(project_id: UUID, pairs: Sequence[PairRecord]) -> dict[str, UUID]:
    named = {pair.post_external_id for pair in pairs if pair.post_external_id is not None}
    if not named:
        return {}
    return dict(posts_in(project_id).filter(external_id__in=named).values_list("external_id", "id"))


@transaction.atomic
def _write(project_id: UUID, pairs: Sequence[PairRecord]) -> int:
    """Store what is not there yet; return how many comparisons are new."""
    known = set(
        Comparison.objects.filter(
            project_id=project_id, external_id__in=[pair.external_id for pair in pairs]
        ).values_list("external_id", flat=True)
    )
    fresh = [pair for pair in pairs if pair.external_id not in known]
    if not fresh:
        return 0
    posts = _post_ids(project_id, fresh)
    prompts = _prompts(project_id, fresh, posts)
    prompt_of = {pair.external_id: prompts[(pair.prompt_sha256, _post_of(pair, posts))] for pair in fresh}
    responses = _responses([(prompt_of[pair.external_id], each) for pair in fresh for each in pair.responses])
    comparisons = [
        Comparison(
            project_id=project_id,
            external_id=pair.external_id,
            prompt_id=prompt_of[pair.external_id],
            response_a_id=responses[_response_key(prompt_of[pair.external_id], pair.responses[0])],
            response_b_id=responses[_response_key(prompt_of[pair.external_id], pair.responses[1])],
            metadata=pair.metadata,
            content_sha256=pair.content_sha256,
        )
        for pair in fresh
    ]
    Comparison.objects.bulk_create(comparisons, ignore_conflicts=True)
    audit_record(None, action="comparisons.import", data={"project": str(project_id), "count": len(fresh)})
    return len(fresh)


def _post_of(pair: PairRecord, posts: dict[str, UUID]) -> UUID | None:
    return posts[pair.post_external_id] if pair.post_external_id is not None else None


def _prompts(
    project_id: UUID, pairs: Sequence[PairRecord], posts: dict[str, UUID]
) -> dict[tuple[str, UUID | None], UUID]:
    """Store the conversations that are new; return every one's id by content and post."""
    Prompt.objects.bulk_create(
        (
            Prompt(
                project_id=project_id,
                messages=[{"role": role, "content": content} for role, content in pair.messages],
                post_id=_post_of(pair, posts),
                language=pair.language,
                content_sha256=pair.prompt_sha256,
            )
            for pair in pairs
        ),
        ignore_conflicts=True,
    )
    rows = Prompt.objects.filter(
        project_id=project_id, content_sha256__in=[pair.prompt_sha256 for pair in pairs]
    ).values_list("content_sha256", "post_id", "id")
    return {(content, post_id): prompt_id for content, post_id, prompt_id in rows}


def _response_key(prompt_id: UUID, response: ResponseRecord) -> tuple[UUID, str, str]:
    return prompt_id, response.model, response.content_sha256


def _responses(wanted: Sequence[tuple[UUID, ResponseRecord]]) -> dict[tuple[UUID, str, str], UUID]:
    """Store the responses that are new; return every one's id by prompt, model and content."""
    Response.objects.bulk_create(
        (
            Response(
                prompt_id=prompt_id,
                text=response.text,
                source_model=response.model,
                external_id=response.external_id or "",
                content_sha256=response.content_sha256,
            )
            for prompt_id, response in wanted
        ),
        ignore_conflicts=True,
    )
    rows = Response.objects.filter(prompt_id__in={prompt_id for prompt_id, _ in wanted}).values_list(
        "prompt_id", "source_model", "content_sha256", "id"
    )
    return {(prompt_id, model, content): response_id for prompt_id, model, content, response_id in rows}
