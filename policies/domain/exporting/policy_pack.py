"""A release as a pack in the layout of ROOST's: a prompt and a table of examples a clause, and the exact policy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import ClauseKind, ExamplesBlock
from policies.domain.exporting.policy_json import PolicyFacts, policy_json
from policies.domain.exporting.policy_markdown import policy_markdown
from policies.domain.rendering.pieces import pieces_of
from policies.domain.rendering.safeguard import safeguard_prompt

TableWriter = Callable[[Sequence[str], Iterable[Sequence[object]]], str]
_COLUMNS = ("example", "label", "severity", "reason")
# Zip files carry a time for each entry; one that never changes makes the same release the same bytes.
_STILL = (1980, 1, 1, 0, 0, 0)


def pack_files(
    facts: PolicyFacts,
    clauses: Iterable[PlacedClause],
    *,
    lines: tuple[str, ...],
    count: Callable[[str], int],
    table: TableWriter,
) -> dict[str, str]:
    """Return the files of a pack by name; ``table`` writes CSV that is safe to open in a spreadsheet."""
    ordered = sorted(clauses, key=lambda clause: (clause.position, clause.key))
    files = {
        "README.md": _readme(facts, ordered),
        "policy.json": policy_json(facts, ordered),
        "policy.md": policy_markdown(facts, ordered, lines=lines),
    }
    for clause in ordered:
        if clause.document.kind is ClauseKind.AXIS:
            continue
        prompt, _ = safeguard_prompt(pieces_of(clause), count=count, budget=0)
        files[f"example_policies/{clause.key}/policy.md"] = prompt
        rows = _rows(clause)
        if rows:
            files[f"datasets/{clause.key}.csv"] = table(_COLUMNS, rows)
    return files


def pack_bytes(files: Mapping[str, str], *, folder: str) -> bytes:
    """Return the files as a zip archive under one folder; the same files give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{name}", date_time=_STILL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name].encode())
    return buffer.getvalue()


def _rows(clause: PlacedClause) -> list[tuple[object, ...]]:
    return [
        (item.text, item.ruling, "" if item.severity is None else item.severity, item.why)
        for block in clause.document.blocks
        if isinstance(block, ExamplesBlock)
        for item in block.items
        if item.text
    ]


def _readme(facts: PolicyFacts, clauses: Sequence[PlacedClause]) -> str:
    lines = [
        f"# {facts.release_title}",
        "",
        f"Release {facts.label}." + (f" SHA-256 {facts.content_sha256}." if facts.content_sha256 else ""),
        "",
        "- `policy.json` is the whole release; Concord reads it back exactly.",
        "- `policy.md` is the annotators' guide.",
        "- `example_policies/<clause>/policy.md` is the clause as a prompt for gpt-oss-safeguard, nothing cut.",
        "- `datasets/<clause>.csv` holds the clause's examples with their rulings.",
        "",
        "## Clauses",
        "",
    ]
    for clause in clauses:
        alone = " (compares two responses: only in `policy.json` and `policy.md`)"
        lines.append(
            f"- `{clause.key}`: {clause.document.title}{alone if clause.document.kind is ClauseKind.AXIS else ''}"
        )
    return "\n".join(lines) + "\n"
