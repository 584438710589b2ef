"""Building a version: rows streamed from the answers into files, stored, and shown all at once or not at all."""

from __future__ import annotations

import heapq
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from core.content.selectors import posts_in
from core.content.selectors.assets import picture_of_sha256
from core.storage.blobs import file_chunks
from core.storage.selection import blob_store
from exports.domain.building import Excluded, Row, Terms
from exports.domain.card import CardFacts, card_text
from exports.domain.changelog import PATH as CHANGELOG
from exports.domain.decided_rows import decided_rows
from exports.domain.definition import definition_parse
from exports.domain.guard_rows import guard_post_rows, guard_reply_rows, guard_slate_rows
from exports.domain.identity import canonical_json, subject_key
from exports.domain.judgment_votes import judgment_vote_rows
from exports.domain.kinds import KINDS, kinds_about
from exports.domain.label_rows import label_rows, label_vote_rows
from exports.domain.manifest import ManifestFile, content_digest, manifest_document
from exports.domain.pair_rows import demonstration_rows, pair_rows, unpaired_rows
from exports.domain.picture_rows import SEEING, picture_pair_rows, picture_rows, picture_slate_rows
from exports.domain.records import (
    JudgedComparison,
    JudgedSlate,
    LabelledPost,
    MediaRecord,
    Prompted,
    WalkedTurn,
)
from exports.domain.safety_rows import reference_rows, safety_rows
from exports.domain.slate_rows import rating_rows, slate_unpaired_rows
from exports.domain.summary import Summary
from exports.domain.tagged_rows import TAGGED, tagged_rows, tagged_slate_rows
from exports.domain.walk_rows import walk_rows
from exports.errors import RowRefusedError
from exports.formats.croissant import PATH as CROISSANT
from exports.formats.readme import readme_text
from exports.models import Version, VersionFile, VersionMeaning, VersionState
from exports.selectors.changelog import changelog_of
from exports.selectors.croissant import croissant_text
from exports.selectors.judged_comparisons import judged_comparisons
from exports.selectors.judged_slates import judged_slates
from exports.selectors.labelled_posts import labelled_posts
from exports.selectors.releases import ReleaseLabels, release_for, terms_of
from exports.selectors.walked_turns import walked_turns
from exports.writers.folder import RowFiles, RowRefused, WrittenFile
from policies.selectors import release_markdown, release_rules

_EVERY = 200
_REPLY_KINDS = ("sft", "sft_pc")
_SHOWING_THE_RULES = frozenset({"grpo", "guard"})
"""Kinds whose rows hold the text of the rules they judge by."""

Progress = Callable[[int, int | None, str], None]
Subject = LabelledPost | JudgedComparison | JudgedSlate | WalkedTurn

_MADE_OF: Mapping[type[Subject], Mapping[str, Callable[[Any, Terms], Iterator[Row | Excluded]]]] = {
    LabelledPost: {
        "labels": label_rows,
        "votes": label_vote_rows,
        "grpo": decided_rows,
        "guard": guard_post_rows,
    },
    JudgedComparison: {
        "votes": judgment_vote_rows,
        **{kind: partial(pair_rows, kind) for kind in ("dpo", "rm")},
        **{kind: partial(demonstration_rows, kind) for kind in _REPLY_KINDS},
        "rm_safety": safety_rows,
        "tpo": reference_rows,
        "kto": unpaired_rows,
        "guard": guard_reply_rows,
        **{kind: partial(picture_rows, kind) for kind in SEEING},
        **{kind: partial(tagged_rows, kind) for kind in TAGGED},
        "image_pref": picture_pair_rows,
    },
    JudgedSlate: {
        "rating": rating_rows,
        "kto": slate_unpaired_rows,
        "guard": guard_slate_rows,
        "kto_vlm": picture_slate_rows,
        "tagged_kto": tagged_slate_rows,
    },
    WalkedTurn: {kind: partial(walk_rows, kind) for kind in _REPLY_KINDS},
}
"""What makes the rows of each kind, by what they are made from."""


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
    if _SHOWING_THE_RULES & set(version.kinds):
        terms = replace(terms, rules_text=release_rules(version.release_id, terms.clauses))
    labels = ReleaseLabels()
    labels.read([version.release_id])
    summary = Summary(tuple(version.kinds))
    written, media = _rows_write(folder, version, terms, labels, summary, progress)
    progress(0, None, "Storing the files")
    stored = [*(_store(file) for file in written), *(_kept(media[path]) for path in sorted(media))]
    policies = _policies_store(folder, summary, labels, version.release_label)
    facts = CardFacts(
        name=f"{version.dataset.project.slug}/{version.dataset.name}",
        title=version.dataset.title,
        number=version.number,
        release_label=version.release_label,
        policy_files={label: file.path for label, file in policies.items()},
        definition=definition,
        gate=version.gate,
    )
    card = card_text(facts, summary)
    changelog = changelog_of(version, summary, written, {file.path: file.sha256 for file in stored})
    stored = [*stored, *policies.values(), _text_store(folder, CHANGELOG, changelog)]
    croissant = croissant_text(version.dataset.project_id, facts, summary, stored)
    stored.append(_text_store(folder, CROISSANT, croissant))
    manifest = _manifest(version, summary, stored)
    readme = _readme(version, stored, definition.licence, card)
    about = [
        _text_store(folder, "README.md", readme),
        _text_store(folder, "MANIFEST.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"),
    ]
    return _finish(version.pk, [*about, *stored], manifest, card, summary)


def _rows_write(
    folder: Path, version: Version, terms: Terms, labels: ReleaseLabels, summary: Summary, progress: Progress
) -> tuple[list[WrittenFile], dict[str, MediaRecord]]:
    """Write the rows; return their files, and by path the media that rows name beside themselves."""
    kinds = frozenset(version.kinds)
    media: dict[str, MediaRecord] = {}
    total = posts_in(version.dataset.project_id).count() if kinds_about("post", kinds) else None
    try:
        with RowFiles(folder, tuple(version.kinds), picture=picture_of_sha256) as files:
            for done, subject in enumerate(_subjects(version, kinds, labels)):
                if done % _EVERY == 0:
                    progress(done, total if total is None else max(total, done), "Writing rows")
                for item in _items(subject, kinds, terms):
                    files.add(item)
                    summary.add(item)
                    media |= _media_named(item, subject)
    except RowRefused as refused:
        raise RowRefusedError(
            kind=refused.kind, example_id=refused.example_id, item_id=refused.item_id, problem=refused.problem
        ) from refused
    return files.files(), media


def _media_named(item: Row | Excluded, subject: Subject) -> dict[str, MediaRecord]:
    """Return the media that a row names by their path in the version."""
    if isinstance(item, Excluded) or not KINDS[item.kind].is_tagged or not isinstance(subject, Prompted):
        return {}
    known = subject.media_by_path()
    columns = ("images", "videos", "audios", "rejected_images")
    return {path: known[path] for name in columns for path in item.values.get(name, ())}


def _subjects(version: Version, kinds: frozenset[str], labels: ReleaseLabels) -> Iterator[Subject]:
    """Yield posts, comparisons, slates and turns by identifier, those that the kinds are made from."""
    project_id = version.dataset.project_id
    streams: list[Iterator[tuple[str, Subject]]] = []
    if kinds_about("post", kinds):
        posts = labelled_posts(project_id, labels)
        streams.append((subject_key(labelled.post.id), labelled) for labelled in posts)
    if kinds_about("comparison", kinds):
        judged = judged_comparisons(project_id, release_id=version.release_id, labels=labels)
        streams.append((subject_key(comparison.id), comparison) for comparison in judged)
    if kinds_about("slate", kinds):
        slates = judged_slates(project_id, labels=labels)
        streams.append((subject_key(slate.id), slate) for slate in slates)
    if kinds_about("walk", kinds):
        turns = walked_turns(project_id, labels=labels)
        streams.append((subject_key(turn.id), turn) for turn in turns)
    for _, subject in heapq.merge(*streams, key=lambda pair: pair[0]):
        yield subject


def _items(subject: Subject, kinds: frozenset[str], terms: Terms) -> Iterator[Row | Excluded]:
    """Yield what one subject gives to every asked kind, each kind in the order of its identifiers."""
    for kind, build in _MADE_OF[type(subject)].items():
        if kind in kinds:
            yield from build(subject, terms)


def _store(file: WrittenFile) -> _Stored:
    blob = blob_store().put_stream(file_chunks(file.local))
    return _Stored(file.path, blob.sha256, blob.size_bytes, file.rows, file.kind, file.split)


def _kept(media: MediaRecord) -> _Stored:
    """Return a file whose bytes the store has held since a worker made them."""
    return _Stored(media.path, media.sha256, media.size_bytes)


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
