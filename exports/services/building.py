"""Building a version: rows streamed from the answers into files, stored, and shown all at once or not at all."""

from __future__ import annotations

import heapq
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from core.content.selectors import posts_in
from core.storage.blobs import file_chunks
from core.storage.selection import blob_store
from exports.domain.building import Excluded, Row, Terms
from exports.domain.card import CardFacts, card_text
from exports.domain.definition import definition_parse
from exports.domain.identity import canonical_json, subject_key
from exports.domain.kinds import kinds_about
from exports.domain.label_rows import label_rows, label_vote_rows
from exports.domain.manifest import ManifestFile, content_digest, manifest_document
from exports.domain.pair_rows import demonstration_rows, judgment_vote_rows, pair_rows, unpaired_rows
from exports.domain.records import JudgedComparison, LabelledPost
from exports.domain.summary import Summary
from exports.errors import RowRefusedError
from exports.formats.readme import readme_text
from exports.models import Version, VersionFile, VersionMeaning, VersionState
from exports.selectors.judged_comparisons import judged_comparisons
from exports.selectors.labelled_posts import labelled_posts
from exports.selectors.releases import ReleaseLabels, release_for, terms_of
from exports.writers.folder import RowFiles, RowRefused, WrittenFile
from policies.selectors import release_markdown

_EVERY = 200
_PAIR_KINDS = ("dpo", "rm")
_REPLY_KINDS = ("sft", "sft_pc")

Progress = Callable[[int, int | None, str], None]
Subject = LabelledPost | JudgedComparison


@dataclass(frozen=True)
class _Stored:
    """A file whose bytes the store holds."""

    path: str
    sha256: str
    size_bytes: int
    rows: int | None = None
    kind: str = ""
    split: str = ""


def version_build(version_id: UUID, progress: Progress) -> dict[str, Any]:
    """Build the version and make it ready; return what it holds. Building a ready one again changes nothing.

    The files are made from nothing each time in a folder of the version's own, so a build that was killed leaves
    only that folder, which the next one clears away. The store keeps equal bytes once. Rows of the version's files
    appear together with its state, in one transaction.

    Raises
    ------
    RowRefusedError
        When a row breaks a rule of its kind; nothing is shown then.
    """
    version = Version.objects.select_related("dataset__project").get(pk=version_id)
    if version.state == VersionState.READY:
        return _result(version)
    folder = Path(settings.HOME) / "spool" / "exports" / str(version_id)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        return _build_in(folder, version, progress)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build_in(folder: Path, version: Version, progress: Progress) -> dict[str, Any]:
    definition = definition_parse(version.definition)
    terms = terms_of(definition, release_for(version.dataset.project_id, definition))
    labels = ReleaseLabels()
    labels.read([version.release_id])
    summary = Summary(tuple(version.kinds))
    written = _rows_write(folder, version, terms, labels, summary, progress)
    progress(0, None, "Storing the files")
    stored = [_store(file) for file in written]
    policies = _policies_store(folder, summary, labels, version.release_label)
    card = card_text(
        CardFacts(
            name=f"{version.dataset.project.slug}/{version.dataset.name}",
            title=version.dataset.title,
            number=version.number,
            release_label=version.release_label,
            policy_files={label: file.path for label, file in policies.items()},
            definition=definition,
        ),
        summary,
    )
    manifest = _manifest(version, summary, [*stored, *policies.values()])
    readme = _readme(version, stored, definition.licence, card)
    about = [
        _text_store(folder, "README.md", readme),
        _text_store(folder, "MANIFEST.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"),
    ]
    return _finish(version.pk, [*about, *stored, *policies.values()], manifest, card, summary)


def _rows_write(
    folder: Path, version: Version, terms: Terms, labels: ReleaseLabels, summary: Summary, progress: Progress
) -> list[WrittenFile]:
    kinds = frozenset(version.kinds)
    total = posts_in(version.dataset.project_id).count() if kinds_about("post", kinds) else None
    try:
        with RowFiles(folder, tuple(version.kinds)) as files:
            for done, subject in enumerate(_subjects(version, kinds, labels)):
                if done % _EVERY == 0:
                    progress(done, total if total is None else max(total, done), "Writing rows")
                for item in _items(subject, kinds, terms):
                    files.add(item)
                    summary.add(item)
    except RowRefused as refused:
        raise RowRefusedError(
            kind=refused.kind, example_id=refused.example_id, item_id=refused.item_id, problem=refused.problem
        ) from refused
    return files.files()


def _subjects(version: Version, kinds: frozenset[str], labels: ReleaseLabels) -> Iterator[Subject]:
    """Yield posts and comparisons by identifier, those that the kinds are made from."""
    project_id = version.dataset.project_id
    streams: list[Iterator[tuple[str, Subject]]] = []
    if kinds_about("post", kinds):
        posts = labelled_posts(project_id, labels)
        streams.append((subject_key(labelled.post.id), labelled) for labelled in posts)
    if kinds_about("comparison", kinds):
        judged = judged_comparisons(project_id, release_id=version.release_id, labels=labels)
        streams.append((subject_key(comparison.id), comparison) for comparison in judged)
    for _, subject in heapq.merge(*streams, key=lambda pair: pair[0]):
        yield subject


def _items(subject: Subject, kinds: frozenset[str], terms: Terms) -> Iterator[Row | Excluded]:
    """Yield what one subject gives to every asked kind, each kind in the order of its identifiers."""
    if isinstance(subject, LabelledPost):
        if "labels" in kinds:
            yield from label_rows(subject, terms)
        if "votes" in kinds:
            yield from label_vote_rows(subject, terms)
        return
    if "votes" in kinds:
        yield from judgment_vote_rows(subject, terms)
    for kind in _PAIR_KINDS:
        if kind in kinds:
            yield from pair_rows(kind, subject, terms)
    for kind in _REPLY_KINDS:
        if kind in kinds:
            yield from demonstration_rows(kind, subject, terms)
    if "kto" in kinds:
        yield from unpaired_rows(subject, terms)


def _store(file: WrittenFile) -> _Stored:
    blob = blob_store().put_stream(file_chunks(file.local))
    return _Stored(file.path, blob.sha256, blob.size_bytes, file.rows, file.kind, file.split)


def _text_store(folder: Path, path: str, text: str) -> _Stored:
    local = folder / path.replace("/", "-")
    local.write_text(text, encoding="utf-8", newline="\n")
    blob = blob_store().put_stream(file_chunks(local))
    return _Stored(path, blob.sha256, blob.size_bytes)


def _policies_store(folder: Path, summary: Summary, labels: ReleaseLabels, target: str) -> dict[str, _Stored]:
    """Store the text of every release that rows cite, and of the one the version is built under, by label."""
    by_label = labels.by_label()
    cited = sorted(summary.policy_versions | {target})
    return {
        label: _text_store(folder, f"policies/{label}.md", release_markdown(by_label[label]))
        for label in cited
    }


def _manifest(version: Version, summary: Summary, files: list[_Stored]) -> dict[str, Any]:
    return manifest_document(
        name=f"{version.dataset.project.slug}/{version.dataset.name}",
        number=version.number,
        release_label=version.release_label,
        kinds=version.kinds,
        definition=version.definition,
        summary=summary,
        files=[ManifestFile(file.path, file.sha256, file.size_bytes, file.rows) for file in files],
        writer=f"pyarrow {pa.__version__}",
    )


def _readme(version: Version, files: list[_Stored], licence: str, card: str) -> str:
    paths: dict[str, dict[str, list[str]]] = {kind: {} for kind in version.kinds}
    for file in files:
        if file.kind and file.path.endswith(".parquet"):
            paths[file.kind].setdefault(file.split, []).append(file.path)
    return readme_text(title=version.dataset.title, licence=licence, files=paths, card=card)


@transaction.atomic
def _finish(
    version_id: UUID, files: list[_Stored], manifest: dict[str, Any], card: str, summary: Summary
) -> dict[str, Any]:
    """Make the version ready, with all of its files; nothing when somebody else did, or it failed meanwhile."""
    version = Version.objects.select_for_update().get(pk=version_id)
    if version.state != VersionState.BUILDING:
        return _result(version)
    VersionFile.objects.bulk_create(
        VersionFile(
            version=version,
            path=file.path,
            sha256=file.sha256,
            size_bytes=file.size_bytes,
            rows=file.rows,
            kind=file.kind,
            split=file.split,
        )
        for file in files
    )
    VersionMeaning.objects.bulk_create(
        VersionMeaning(version=version, clause_key=key, meaning_revision=revision, rows=rows)
        for (key, revision), rows in sorted(summary.meanings.items())
    )
    Version.objects.filter(pk=version_id).update(
        state=VersionState.READY,
        manifest=json.loads(canonical_json(manifest)),
        card=card,
        content_sha256=content_digest(manifest),
        counts=summary.counts(),
        exclusions=summary.exclusions(),
        simulated=summary.simulated(),
        ready_at=Now(),
    )
    version.refresh_from_db()
    return _result(version)


def _result(version: Version) -> dict[str, Any]:
    return {
        "version_id": str(version.pk),
        "number": version.number,
        "state": version.state,
        "content_sha256": version.content_sha256,
        "counts": version.counts,
    }
