"""How a worker turns a manifest into posts: read it all once to check it, once more to store it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import F

from core.content.domain import limits
from core.content.domain.manifest import Line, PostLine, Problem, manifest_lines
from core.content.errors import ManifestInvalidError
from core.content.events import HarmStated, PostsAdded
from core.content.models import ImportMode, PostImport
from core.content.services.references import AssetReferences
from core.db.identifiers import uuid7_text
from core.events import publish
from core.storage import blob_store

_CHUNK_LINES = 5_000
_CHUNK_BYTES = 16 * 1024 * 1024

Progress = Callable[[int, int, str], None]


@dataclass
class _Findings:
    """What is wrong with a manifest: the first problems in words, all bad lines by number."""

    count: int = 0
    kept: list[Problem] = field(default_factory=list)
    bad_lines: int = 0
    _marks: bytearray = field(default_factory=bytearray)

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.count += 1
            self._mark(problem.line)
            if len(self.kept) < limits.PROBLEMS_KEPT:
                self.kept.append(problem)

    def is_bad(self, line: int) -> bool:
        """Say whether something is wrong with this line."""
        return line < len(self._marks) and bool(self._marks[line])

    def _mark(self, line: int) -> None:
        if line >= len(self._marks):
            self._marks.extend(bytes(line + 1 - len(self._marks)))
        self.bad_lines += not self._marks[line]
        self._marks[line] = 1


def import_run(asked: PostImport, *, progress: Progress) -> dict[str, Any]:
    """Import a manifest; safe to run again after it broke off at any point.

    Raises
    ------
    ManifestInvalidError
        In ``whole`` mode, when any line cannot be used; nothing was stored.
    MediaMissingError
        When the store no longer holds the manifest.
    """
    size = asked.manifest_size_bytes
    findings = _manifest_check(
        asked, progress=lambda done: progress(done // 2, size, "Checking the manifest")
    )
    problems = [{"line": one.line, "path": one.path, "message": one.message} for one in findings.kept]
    PostImport.objects.filter(pk=asked.pk).update(problem_count=findings.count, problems=problems)
    if findings.count and asked.mode == ImportMode.WHOLE:
        raise ManifestInvalidError(count=findings.count, first=str(findings.kept[0]))
    _manifest_load(
        asked,
        findings,
        progress=lambda done, count: progress((size + done) // 2, size, f"{count} posts stored"),
    )
    asked.refresh_from_db()
    return {
        "import_id": str(asked.pk),
        "posts_added": asked.posts_added,
        "posts_existing": asked.posts_existing,
        "lines_refused": findings.bad_lines,
        "problem_count": findings.count,
        "problems": problems,
    }


def _manifest_check(asked: PostImport, *, progress: Callable[[int], None]) -> _Findings:
    """Read every line; besides its form, check that its assets are there and its name is not another post's."""
    findings = _Findings()
    references = AssetReferences(asked.project_id)
    with _names_noted() as note:
        for chunk in _chunks(manifest_lines(blob_store().open(asked.manifest_sha256))):
            for line in chunk:
                findings.add(line.problems)
            posts = [(line.number, line.post) for line in chunk if line.post]
            findings.add(references.problems(posts))
            findings.add(_taken_names(asked.project_id, posts, references))
            note(posts)
            progress(chunk[-1].end)
        findings.add(_repeated_names())
    findings.kept.sort(key=lambda problem: problem.line)
    return findings


@contextmanager
def _names_noted() -> Iterator[Callable[[list[tuple[int, PostLine]]], None]]:
    """Note the names of all lines in the database, so that a manifest of any length takes no memory here."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE manifest_name (line bigint, external_id text)")

        def note(posts: list[tuple[int, PostLine]]) -> None:
            with cursor.copy("COPY manifest_name FROM STDIN") as copy:
                for number, post in posts:
                    copy.write_row((str(number), post["external_id"]))

        try:
            yield note
        finally:
            cursor.execute("DROP TABLE manifest_name")


def _repeated_names() -> Iterator[Problem]:
    """Yield a problem for each line whose name an earlier line has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line, first FROM (SELECT line, min(line) OVER (PARTITION BY external_id) AS first "
            "FROM manifest_name) AS named WHERE line > first ORDER BY line"
        )
        for line, first in cursor:
            yield Problem(line, "external_id", f"Line {first} has this name too. Give every post its own.")


def _manifest_load(asked: PostImport, findings: _Findings, *, progress: Callable[[int, int], None]) -> None:
    """Store the posts, some thousands in a transaction with the place reached; go on from the last such place."""
    references = AssetReferences(asked.project_id)
    data = blob_store().open(asked.manifest_sha256, start=asked.read_bytes)
    lines = manifest_lines(data, start_bytes=asked.read_bytes, start_lines=asked.read_lines)
    count = asked.posts_added
    for chunk in _chunks(lines):
        posts = [(line.number, line.post) for line in chunk if line.post and not findings.is_bad(line.number)]
        count += _chunk_store(asked, posts, references, end=chunk[-1])
        progress(chunk[-1].end, count)


@transaction.atomic
def _chunk_store(
    asked: PostImport, posts: list[tuple[int, PostLine]], references: AssetReferences, *, end: Line
) -> int:
    with connection.cursor() as cursor:
        # One import of a project at a time decides which names are new, so COPY never meets a name twice.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(asked.project_id)])
        existing = _existing(asked.project_id, posts)
        fresh = {post["external_id"]: post for _, post in posts if post["external_id"] not in existing}
        references.resolve(fresh.values())
        added = _copy(cursor, asked.project_id, fresh.values(), references)
    PostImport.objects.filter(pk=asked.pk).update(
        read_bytes=end.end,
        read_lines=end.number,
        posts_added=F("posts_added") + len(added),
        posts_existing=F("posts_existing") + len(posts) - len(added),
    )
    if added:
        publish(PostsAdded(project_id=asked.project_id, post_ids=tuple(added)))
        stated = {
            post_id: (harm["severity"], tuple(harm.get("categories", ())))
            for post_id, post in zip(added, fresh.values(), strict=True)
            if (harm := post.get("harm")) is not None
        }
        if stated:
            publish(HarmStated(project_id=asked.project_id, harms=stated))
    return len(added)


def _copy(
    cursor: Any, project_id: uuid.UUID, posts: Collection[PostLine], references: AssetReferences
) -> list[uuid.UUID]:
    """Stream rows into both tables by COPY; returns the new identifiers in the order of the lines."""
    project, ids, parts = str(project_id), [], []
    with cursor.copy(
        "COPY content_post (id, project_id, external_id, language, source, group_key, metadata, content_sha256, "
        "is_hidden) FROM STDIN"
    ) as copy:
        for post in posts:
            post_id = uuid7_text()
            ids.append(uuid.UUID(post_id))
            copy.write_row(
                (
                    post_id,
                    project,
                    post["external_id"],
                    post.get("language", ""),
                    post.get("source", ""),
                    post.get("group_key", ""),
                    orjson.dumps(post.get("metadata", {})).decode(),
                    content_hash(post, references),
                    "f",
                )
            )
            parts.append((post_id, post))
    with cursor.copy(
        "COPY content_part (id, post_id, position, kind, label, language, text, asset_id) FROM STDIN"
    ) as copy:
        for owner, post in parts:
            for position, part in enumerate(post["parts"]):
                named = part.get("asset")
                copy.write_row(
                    (
                        uuid7_text(),
                        owner,
                        str(position),
                        part["kind"],
                        part.get("label", ""),
                        part.get("language", ""),
                        part.get("text"),
                        str(references.asset_id(named)) if named else None,
                    )
                )
    return ids


def content_hash(post: PostLine, references: AssetReferences) -> str:
    """Hash what a post says, with its assets by identity, so that another name of a file changes nothing.

    What is said of the harm in it is no part of what it says.
    """
    parts = [
        {**part, "asset": str(references.asset_id(part["asset"]))} if "asset" in part else part
        for part in post["parts"]
    ]
    said = {name: value for name, value in post.items() if name != "harm"}
    return hashlib.sha256(orjson.dumps({**said, "parts": parts}, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _taken_names(
    project_id: uuid.UUID, posts: list[tuple[int, PostLine]], references: AssetReferences
) -> Iterator[Problem]:
    """Yield a problem for each name that already belongs to a post with other content."""
    existing = _existing(project_id, posts)
    for number, post in posts:
        known = existing.get(post["external_id"])
        if known is not None and references.are_known(post) and known != content_hash(post, references):
            message = "A post of this name with other content is already here. Posts are never changed; use a new name."
            yield Problem(number, "external_id", message)


def _existing(project_id: uuid.UUID, posts: list[tuple[int, PostLine]]) -> dict[str, str]:
    """Return the content hash of each post of the project that one of ``posts`` names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT external_id, content_sha256 FROM content_post WHERE project_id = %s AND external_id = ANY(%s)",
            [project_id, [post["external_id"] for _, post in posts]],
        )
        return dict(cursor.fetchall())


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """Group lines so that neither their number nor their bytes grow without bound."""
    chunk: list[Line] = []
    first: int | None = None
    for line in lines:
        first = line.end if first is None else first
        chunk.append(line)
        if len(chunk) >= _CHUNK_LINES or line.end - first >= _CHUNK_BYTES:
            yield chunk
            chunk, first = [], None
    if chunk:
        yield chunk
