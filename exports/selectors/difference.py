from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from core.storage.selection import blob_store
from exports.domain.definition import Definition
from exports.domain.difference import Mark, kind_difference
from exports.domain.splits import SPLITS
from exports.models import Version


def version_difference(before: Version, after: Version) -> dict[str, Any]:
    """Return which rows came in, went out or changed from ``before`` to ``after``, and why, by kind.

    Reads both versions' files in step: memory does not grow with rows.
    """
    found: dict[str, Any] = {}
    for kind in dict.fromkeys((*after.kinds, *before.kinds)):
        with ExitStack() as stack:
            difference = kind_difference(marks_of(before, kind, stack), marks_of(after, kind, stack))
        found[kind] = difference.as_json()
    return {
        "version": _named(after),
        "against": _named(before),
        "is_identical": before.content_sha256 == after.content_sha256,
        "definition_changes": definition_changes(before, after),
        "kinds": found,
    }


def marks_of(version: Version, kind: str, stack: ExitStack) -> Iterator[Mark]:
    """Yield the marks of one kind of a ready version; ``stack`` keeps its files open.

    Raises
    ------
    MediaMissingError
        When the store has lost a file.
    """
    # Arrow takes 50 MB of memory that a web process needs only when somebody asks for this.
    from exports.writers.reading import marks_in

    files = list(version.files.all())

    def local(prefix: str) -> list[Path]:
        wanted = sorted((file for file in files if file.path.startswith(prefix)), key=lambda file: file.path)
        return [stack.enter_context(blob_store().local_copy(file.sha256)) for file in wanted]

    rows = [(split, local(f"{kind}/{split}-")) for split in SPLITS]
    return marks_in(rows, local(f"exclusions/{kind}-"))


def _named(version: Version) -> dict[str, Any]:
    return {
        "id": str(version.pk),
        "dataset": version.dataset.name,
        "number": version.number,
        "release_label": version.release_label,
    }


def definition_changes(before: Version, after: Version) -> list[dict[str, Any]]:
    """Return the fields of the definition that differ, by name."""
    # What an older version's definition does not know was at its default.
    first = Definition().model_dump(mode="json")
    old, new = {**first, **before.definition}, {**first, **after.definition}
    names = sorted(old.keys() | new.keys())
    changes = [
        {"field": name, "before": old.get(name), "after": new.get(name)}
        for name in names
        if old.get(name) != new.get(name)
    ]
    if before.kinds != after.kinds:
        changes.append({"field": "kinds", "before": before.kinds, "after": after.kinds})
    return changes
