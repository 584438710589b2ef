"""A release as the annotators' guide that also reads back exactly.

The guide is for people. What it does not say (identifiers of blocks, kinds of evidence and the like) stands behind
it in one comment that no viewer shows: a line of JSON for the policy, then one for each clause with the hash of its
text in the guide. Reading it again, a clause whose text still has that hash comes back exactly; one that somebody
rewrote is read from the words, which win.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from policies.domain.canonical import PlacedClause
from policies.domain.exporting.policy_json import PolicyFacts, clause_row, facts_json
from policies.domain.markdown_guide import clause_guide, release_guide

OPENING = "<!-- concord-policy/1: what the text above leaves unsaid; keep it to import this file exactly"
CLOSING = "-->"


def policy_markdown(
    facts: PolicyFacts, clauses: Iterable[PlacedClause], *, lines: tuple[str, ...] = ()
) -> str:
    """Return the guide of a release and what reads it back; ``lines`` are the facts under its title."""
    ordered = sorted(clauses, key=lambda clause: (clause.position, clause.key))
    rows = [_line({**facts_json(facts), "lines": list(lines)})]
    rows += [_line({**clause_row(clause), "text": text_sha256(clause_guide(clause))}) for clause in ordered]
    return "\n".join([guide_text(facts, ordered, lines=lines), OPENING, *rows, CLOSING]) + "\n"


def guide_text(facts: PolicyFacts, clauses: Sequence[PlacedClause], *, lines: Sequence[str]) -> str:
    """Return the part of the file that people read."""
    return release_guide(label=facts.label, title=facts.release_title, facts=lines, clauses=clauses)


def text_sha256(text: str) -> str:
    """Return the hash of a part of the guide; the level of headings, blank lines and line ends do not count."""
    rows = [_levelled(line.rstrip()) for line in text.splitlines()]
    return hashlib.sha256("\n".join(row for row in rows if row).encode()).hexdigest()


def _levelled(line: str) -> str:
    bare = line.lstrip("#")
    return f"# {bare.strip()}" if bare != line and bare.startswith(" ") else line


def _line(value: dict[str, Any]) -> str:
    """Return ``value`` as one line of JSON that cannot end the comment it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace(">", "\\u003e").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
