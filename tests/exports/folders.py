"""A version's folder on local disk, as a person who pulled it would have it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from exports.domain.building import Excluded, Row
from exports.domain.kinds import KINDS
from exports.domain.label_rows import label_rows, label_vote_rows
from exports.domain.pair_rows import demonstration_rows, judgment_vote_rows, pair_rows, unpaired_rows
from exports.formats.readme import readme_text
from exports.writers.folder import RowFiles
from tests.exports.factories import comparison, judgment, labelled, terms


def every_item(count: int = 60) -> list[Row | Excluded]:
    """Rows of every kind over ``count`` posts and comparisons, sorted as a version needs them."""
    asked = terms(replies=["rewrites", "chosen"])
    found: list[Row | Excluded] = []
    for number in range(count):
        post = labelled(number)
        good = {"a": True, "b": number % 2 == 0}
        judged = comparison(
            number,
            judgments=(
                judgment(f"p1-{number}", -2, acceptable=good, rewrites={"b": f"Better {number}."}),
                judgment(f"p2-{number}", -1, acceptable=good, a_was_first=False),
            ),
        )
        found += [*label_rows(post, asked), *label_vote_rows(post, asked), *judgment_vote_rows(judged, asked)]
        for kind in ("dpo", "rm"):
            found += pair_rows(kind, judged, asked)
        for kind in ("sft", "sft_pc"):
            found += demonstration_rows(kind, judged, asked)
        found += unpaired_rows(judged, asked)
    return sorted(
        found, key=lambda item: item.values["example_id"] if isinstance(item, Row) else item.example_id
    )


def folder_write(folder: Path, items: Iterable[Row | Excluded]) -> Path:
    """Write ``items`` as a version into ``folder``; return it."""
    raw = folder.with_name(folder.name + "-raw")
    with RowFiles(raw, tuple(KINDS)) as files:
        for item in items:
            files.add(item)
    paths: dict[str, dict[str, list[str]]] = {kind: {} for kind in KINDS}
    for file in files.files():
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file.local, target)
        if file.kind:
            paths[file.kind].setdefault(file.split, []).append(file.path)
    readme = readme_text(title="Pairs about safety", licence="CC-BY-4.0", files=paths, card="# Card\n")
    (folder / "README.md").write_text(readme, encoding="utf-8")
    return folder
