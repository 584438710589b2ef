"""Importing comparisons and slates from JSONL: the whole file is checked first, then written in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.content.selectors import posts_in
from core.content.services import MaterialKeeper
from core.errors import ConcordError
from core.http.parsing import json_read
from core.jobs.selectors import Job
from core.jobs.services import job_start
from core.storage import BlobWriter, blob_store
from preferences.domain.batches import in_batches
from preferences.domain.jsonl import LineTooLongError, lines_of
from preferences.domain.pairs import LineRecord, PairLineError, ResponseRecord
from preferences.domain.shapes import line_read
from preferences.errors import ComparisonImportError, ComparisonImportTooLongError
from preferences.models import Comparison, Prompt, Response, Slate, SlateResponse
from preferences.services.gold_imports import GoldKeeper, gold_keeper, golds_make, keeps_gold
from preferences.services.import_media import Materials, materials_keep, media_named
from preferences.services.import_trees import branches_link

MOST_LINES = 500_000
BATCH_LINES = 500
PROBLEMS_SHOWN = 20

Progress = Callable[[int, int | None, str], None]
NumberedPair = tuple[int, LineRecord]


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: ``lines`` are comparisons, slates and prompts without responses found in the file,
    ``already_there`` those of them that an earlier import had brought, or an earlier line.
    """

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
            params={"sha256": stored.sha256, "keeps_gold": keeps_gold(actor, project.pk)},
            unique_key=f"preferences.import_comparisons:{project.pk}:{stored.sha256}",
        )
        audit_record(actor, action="comparison_import.start", project=project, target=job)
    return job


def comparisons_import(
    project_id: UUID, *, sha256: str, progress: Progress, gold_by: UUID | None = None
) -> ImportOutcome:
    """Import the stored file; running it again changes nothing.

    Parameters
    ----------
    gold_by
        The person as whom known answers are kept; None where the file may have none.

    Raises
    ------
    ComparisonImportError
        Naming the lines to put right; then nothing was written.
    ComparisonImportTooLongError
    """
    keeper = gold_keeper(project_id, person_id=gold_by)
    lines = _check(project_id, sha256=sha256, progress=progress, keeper=keeper)
    done = created = 0
    for batch in in_batches(_pairs(sha256), BATCH_LINES):
        pairs = [pair for _, pair in batch]
        created += _write(project_id, pairs)
        golds_make(project_id, keeper, pairs)
        done += len(batch)
        progress(done, lines, "Importing comparisons")
    return ImportOutcome(lines=lines, created=created, already_there=lines - created)


def _check(project_id: UUID, *, sha256: str, progress: Progress, keeper: GoldKeeper) -> int:
    """Read the whole file without writing; return its number of lines."""
    problems = _Problems()
    line_of_id: dict[bytes, int] = {}
    count = 0
    material = MaterialKeeper(project_id)
    for batch in in_batches(_pairs(sha256, problems), BATCH_LINES):
        count += len(batch)
        if count > MOST_LINES:
            raise ComparisonImportTooLongError(most=MOST_LINES)
        for line, pair in batch:
            if (told := keeper.problem(pair)) is not None:
                problems.add(line, told)
            digest = blake2b(pair.external_id.encode(), digest_size=8).digest()
            earlier = line_of_id.setdefault(digest, line)
            # What is named by its content is the same comparison wherever it stands.
            if earlier != line and not pair.external_id.startswith("sha256:"):
                problems.add(
                    line, f"Its external_id {pair.external_id[:80]!r} already stands in line {earlier}."
                )
        _check_against_project(project_id, batch, problems)
        for line, told in material.problems(media_named(batch)):
            problems.add(line, told)
        progress(0, None, f"Checked {count} lines")
    problems.refuse()
    return count


def _check_against_project(project_id: UUID, batch: Sequence[NumberedPair], problems: _Problems) -> None:
    posts = _post_ids(project_id, [pair for _, pair in batch])
    stored = _stored(project_id, [pair for _, pair in batch])
    for line, pair in batch:
        if pair.post_external_id is not None and pair.post_external_id not in posts:
            problems.add(
                line, f"The project has no post with the external_id {pair.post_external_id[:80]!r}."
            )
        if stored.get((pair.is_pair, pair.external_id), pair.content_sha256) != pair.content_sha256:
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
                for pair in line_read(json_read(line)).pairs:
                    yield number, pair
            except PairLineError as error:
                found.add(number, str(error))
            except ConcordError as error:
                found.add(number, error.message)
    except LineTooLongError as error:
        found.add(error.line, "The line is too long to be a comparison.")
    if problems is None:
        found.refuse()


def _post_ids(project_id: UUID, pairs: Sequence[LineRecord]) -> dict[str, UUID]:
    named = {pair.post_external_id for pair in pairs if pair.post_external_id is not None}
    if not named:
        return {}
    return dict(posts_in(project_id).filter(external_id__in=named).values_list("external_id", "id"))


@transaction.atomic
def _write(project_id: UUID, lines: Sequence[LineRecord]) -> int:
    """Store what is not there yet, and what stands on what; return how many lines brought something new."""
    posts = _post_ids(project_id, lines)
    pairs = [line for line in lines if line.responses]
    known = _stored(project_id, pairs)
    fresh = {
        (pair.is_pair, pair.external_id): pair
        for pair in pairs
        if (pair.is_pair, pair.external_id) not in known
    }
    waiting = _prompts_fresh(project_id, [line for line in lines if not line.responses], posts)
    if fresh:
        _judged_write(project_id, list(fresh.values()), posts)
    if waiting:
        _prompts(project_id, waiting, posts, materials_keep(project_id, waiting))
    branches_link(project_id, lines, posts)
    count = len(fresh) + len(waiting)
    if count:
        audit_record(None, action="comparisons.import", data={"project": str(project_id), "count": count})
    return count


def _prompts_fresh(project_id: UUID, lines: Sequence[LineRecord], posts: dict[str, UUID]) -> list[LineRecord]:
    """Return those of the lines without responses whose prompt is not there yet, each once."""
    if not lines:
        return []
    rows = Prompt.objects.filter(
        project_id=project_id, content_sha256__in=[line.prompt_sha256 for line in lines]
    )
    stored = set(rows.values_list("content_sha256", "post_id"))
    fresh = {(line.prompt_sha256, _post_of(line, posts)): line for line in lines}
    return [line for content, line in fresh.items() if content not in stored]


def _judged_write(project_id: UUID, fresh: Sequence[LineRecord], posts: dict[str, UUID]) -> None:
    """Store comparisons and slates with their prompts and responses."""
    kept = materials_keep(project_id, fresh)
    prompts = _prompts(project_id, fresh, posts, kept)
    prompt_of = {pair.content_sha256: prompts[(pair.prompt_sha256, _post_of(pair, posts))] for pair in fresh}
    held = _responses(
        [(prompt_of[pair.content_sha256], each) for pair in fresh for each in pair.responses], kept
    )

    def responses_of(pair: LineRecord) -> list[UUID]:
        return [held[_response_key(prompt_of[pair.content_sha256], each)] for each in pair.responses]

    Comparison.objects.bulk_create(
        (
            Comparison(
                project_id=project_id,
                external_id=pair.external_id,
                prompt_id=prompt_of[pair.content_sha256],
                response_a_id=one,
                response_b_id=other,
                metadata=pair.metadata,
                content_sha256=pair.content_sha256,
            )
            for pair in fresh
            if pair.is_pair
            for one, other in [responses_of(pair)]
        ),
        ignore_conflicts=True,
    )
    slates = [
        Slate(
            project_id=project_id,
            external_id=pair.external_id,
            prompt_id=prompt_of[pair.content_sha256],
            size=len(pair.responses),
            metadata=pair.metadata,
            content_sha256=pair.content_sha256,
        )
        for pair in fresh
        if not pair.is_pair
    ]
    Slate.objects.bulk_create(slates)
    SlateResponse.objects.bulk_create(
        SlateResponse(slate=slate, response_id=response_id, place=place)
        for slate, pair in zip(slates, (pair for pair in fresh if not pair.is_pair), strict=True)
        for place, response_id in enumerate(responses_of(pair))
    )


def _stored(project_id: UUID, pairs: Sequence[LineRecord]) -> dict[tuple[bool, str], str]:
    """Return the fingerprints of what is stored already, by whether it is a pair and its name."""
    names: dict[bool, list[str]] = {True: [], False: []}
    for pair in pairs:
        names[pair.is_pair].append(pair.external_id)
    columns = ("external_id", "content_sha256")
    compared = Comparison.objects.filter(project_id=project_id, external_id__in=names[True])
    slates = Slate.objects.filter(project_id=project_id, external_id__in=names[False])
    return {
        **{(True, name): digest for name, digest in compared.values_list(*columns)},
        **{(False, name): digest for name, digest in slates.values_list(*columns)},
    }


def _post_of(pair: LineRecord, posts: dict[str, UUID]) -> UUID | None:
    return posts[pair.post_external_id] if pair.post_external_id is not None else None


def _prompts(
    project_id: UUID, pairs: Sequence[LineRecord], posts: dict[str, UUID], kept: Materials
) -> dict[tuple[str, UUID | None], UUID]:
    """Store the conversations that are new; return every one's id by content and post."""
    Prompt.objects.bulk_create(
        (
            Prompt(
                project_id=project_id,
                messages=pair.stored_messages,
                post_id=_post_of(pair, posts),
                material_id=kept.get(pair.prompt_media),
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


def _responses(
    wanted: Sequence[tuple[UUID, ResponseRecord]], kept: Materials
) -> dict[tuple[UUID, str, str], UUID]:
    """Store the responses that are new; return every one's id by prompt, model and content."""
    Response.objects.bulk_create(
        (
            Response(
                prompt_id=prompt_id,
                text=response.text,
                material_id=kept.get(response.media),
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
