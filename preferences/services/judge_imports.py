"""Bringing in answers that judges gave elsewhere: the whole file is checked first, then written in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.errors import ConcordError
from core.http.parsing import json_read
from core.jobs.selectors import Job
from core.jobs.services import job_start
from core.storage import BlobWriter, blob_store
from policies.selectors import ReleaseView, release_get
from preferences.domain.batches import in_batches
from preferences.domain.jsonl import LineTooLongError, lines_of
from preferences.domain.judge_lines import JudgeLine, judge_line_read
from preferences.domain.judges import CallOutcome, RunSource
from preferences.domain.pairs import PairLineError
from preferences.errors import JudgeImportError
from preferences.models import Comparison, JudgeCall, JudgeItem, JudgeRun
from preferences.selectors.ratings import axis_choose

IMPORT_JOB = "preferences.import_judges"
BATCH_LINES = 1000
PROBLEMS_SHOWN = 20
_SAID = 500

Progress = Callable[[int, int | None, str], None]
_Numbered = tuple[int, JudgeLine]


@dataclass(frozen=True)
class JudgesImported:
    """How many answers the file holds, and how many of them are new."""

    lines: int
    created: int
    judges: int


def judge_import_start(
    actor: Actor,
    project_id: UUID,
    *,
    upload: BlobWriter,
    release_id: UUID | None = None,
    clause_key: str | None = None,
) -> Job:
    """Keep the file and start the job that imports it; lines that name no axis are of the one given.

    Raises
    ------
    NotFoundError, CapabilityMissingError, BlobTooLargeError, ReleaseNotFoundError, ReleaseMissingError,
    ReleaseNotComparingError, AxesUnknownError
    """
    project = project_get(actor, project_id, needs=Capability.JUDGES_RUN)
    release, axis = axis_choose(project.pk, release_id=release_id, clause_key=clause_key)
    stored = upload.commit()
    with transaction.atomic():
        job = job_start(
            actor,
            project=project,
            kind=IMPORT_JOB,
            params={"sha256": stored.sha256, "release_id": str(release.id), "clause_key": axis.key},
            unique_key=f"{IMPORT_JOB}:{project.pk}:{stored.sha256}:{release.id}:{axis.key}",
        )
        audit_record(actor, action="judge_import.start", project=project, target=job)
    return job


def judges_import(
    project_id: UUID, *, sha256: str, release_id: UUID, clause_key: str, person_id: UUID, progress: Progress
) -> JudgesImported:
    """Import the stored file; running it again changes nothing.

    Raises
    ------
    JudgeImportError
        Naming the lines to put right; then nothing was written.
    """
    release = release_get(release_id)
    axes = {axis.key for axis in release.axis_clauses}
    lines = _checked(project_id, sha256, axes, progress)
    runs: dict[tuple[str, str], JudgeRun] = {}
    done = created = 0
    for batch in in_batches(_lines(sha256), BATCH_LINES):
        answers = [line for _, line in batch]
        created += _write(project_id, answers, release, clause_key, person_id, runs)
        done += len(batch)
        progress(done, lines, "Importing judges' answers")
    return JudgesImported(lines, created, len(runs))


def _checked(project_id: UUID, sha256: str, axes: set[str], progress: Progress) -> int:
    """Read the whole file without writing; return its number of lines."""
    problems: list[str] = []
    count = wrong = 0

    def refuse(line: int, sentence: str) -> None:
        nonlocal wrong
        wrong += 1
        if len(problems) < PROBLEMS_SHOWN:
            problems.append(f"Line {line}: {sentence}")

    for batch in in_batches(_lines(sha256, refuse), BATCH_LINES):
        count += len(batch)
        known = _comparisons(project_id, [line for _, line in batch])
        for number, line in batch:
            if line.external_id not in known:
                refuse(
                    number, f"The project has no comparison with the external_id {line.external_id[:80]!r}."
                )
            elif line.clause_key is not None and line.clause_key not in axes:
                refuse(number, f"The release has no axis {line.clause_key!r}.")
        progress(0, None, f"Checked {count} lines")
    if wrong:
        more = f"\nAnd {wrong - len(problems)} more." if wrong > len(problems) else ""
        raise JudgeImportError(count=wrong, problems="\n".join(problems) + more)
    return count


def _lines(sha256: str, refuse: Callable[[int, str], None] | None = None) -> Iterator[_Numbered]:
    """Yield the file's answers; lines that are none go to ``refuse``, and cannot be there without."""
    try:
        for number, line in lines_of(blob_store().open(sha256)):
            try:
                yield number, judge_line_read(json_read(line))
            except (PairLineError, ConcordError) as error:
                if refuse is None:
                    raise
                refuse(number, error.message if isinstance(error, ConcordError) else str(error))
    except LineTooLongError as error:
        if refuse is None:
            raise
        refuse(error.line, "The line is too long to be an answer.")


def _comparisons(project_id: UUID, lines: Sequence[JudgeLine]) -> dict[str, UUID]:
    names = {line.external_id for line in lines}
    rows = Comparison.objects.filter(project_id=project_id, external_id__in=names)
    return dict(rows.values_list("external_id", "pk"))


@transaction.atomic
def _write(
    project_id: UUID,
    lines: Sequence[JudgeLine],
    release: ReleaseView,
    clause_key: str,
    person_id: UUID,
    runs: dict[tuple[str, str], JudgeRun],
) -> int:
    """Store what is not there yet; return how many answers are new."""
    comparisons = _comparisons(project_id, lines)
    for line in lines:
        if (line.judge, line.version) not in runs:
            runs[line.judge, line.version] = _run(project_id, line, release, person_id)
    wanted = {(runs[line.judge, line.version].pk, comparisons[line.external_id]) for line in lines}
    JudgeItem.objects.bulk_create(
        (JudgeItem(run_id=run, comparison_id=comparison, place=0) for run, comparison in sorted(wanted)),
        ignore_conflicts=True,
    )
    rows = JudgeItem.objects.filter(
        run__in=[run.pk for run in runs.values()], comparison__in=list(comparisons.values())
    )
    items = {
        (run, comparison): item for run, comparison, item in rows.values_list("run_id", "comparison_id", "pk")
    }
    held = JudgeCall.objects.filter(item__in=list(items.values()))
    before = held.count()
    JudgeCall.objects.bulk_create(
        (
            JudgeCall(
                item_id=items[runs[line.judge, line.version].pk, comparisons[line.external_id]],
                clause_key=line.clause_key or clause_key,
                meaning_revision=release.clauses[line.clause_key or clause_key].meaning_revision,
                swapped=line.swapped,
                outcome=CallOutcome.UNPARSED if line.choice is None else CallOutcome.ANSWERED,
                choice=line.choice,
                value=line.value,
                said=line.said[:_SAID].replace("\x00", ""),
            )
            for line in lines
        ),
        ignore_conflicts=True,
    )
    for run in runs.values():
        told = [line for line in lines if (line.judge, line.version) == (run.judge, run.version)]
        keys = {line.clause_key or clause_key for line in told}
        if keys - set(run.clause_keys):
            run.clause_keys = sorted({*run.clause_keys, *keys})
            run.save(update_fields=["clause_keys"])
    return held.count() - before


def _run(project_id: UUID, line: JudgeLine, release: ReleaseView, person_id: UUID) -> JudgeRun:
    """Return the run of this judge's version under the release, made the first time it is met."""
    run = JudgeRun.objects.filter(
        project_id=project_id,
        source=RunSource.IMPORTED,
        judge=line.judge,
        version=line.version,
        release_id=release.id,
    ).first()
    if run is None:
        run = JudgeRun.objects.create(
            project_id=project_id,
            source=RunSource.IMPORTED,
            judge=line.judge,
            version=line.version,
            release_id=release.id,
            model_told={"name": line.judge, "model": line.version, "base_url": ""},
            clause_keys=[],
            requested_by_id=person_id,
            finished_at=Now(),
        )
        audit_record(
            None, action="judge_run.import", project=run.project, target=run, data={"judge": run.judge}
        )
    return run
