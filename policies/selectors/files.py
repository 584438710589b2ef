"""A release or draft as files to take away."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.accounts.selectors import Actor
from core.http.tables import csv_text
from policies.domain.exporting.policy_json import PolicyFacts, policy_json
from policies.domain.exporting.policy_markdown import policy_markdown
from policies.domain.exporting.policy_pack import pack_bytes, pack_files
from policies.errors import PolicyFileUnknownError
from policies.models import Release
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import placed_clauses
from policies.selectors.renderings import release_head
from policies.tokens import token_count

FORMS = ("markdown", "json", "pack")


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file named by policy key and release number, with its type and bytes."""

    name: str
    mime: str
    data: bytes


def policy_file_get(actor: Actor, release_id: UUID, form: str) -> PolicyFile:
    """Return a release the actor may see as ``markdown``, ``json`` or ``pack`` (a zip); the same bytes each time.

    Raises
    ------
    PolicyFileUnknownError
        When ``form`` is none of these.
    """
    if form not in FORMS:
        raise PolicyFileUnknownError(form=form[:40])
    release = release_visible_get(actor, release_id)
    facts, clauses = policy_facts(release), placed_clauses(release)
    lines = release_head(release).facts
    if form == "json":
        return PolicyFile(f"{facts.file_stem}.json", "application/json", policy_json(facts, clauses).encode())
    if form == "markdown":
        text = policy_markdown(facts, clauses, lines=lines)
        return PolicyFile(f"{facts.file_stem}.md", "text/markdown; charset=utf-8", text.encode())
    files = pack_files(facts, clauses, lines=lines, count=token_count, table=csv_text)
    return PolicyFile(f"{facts.file_stem}.zip", "application/zip", pack_bytes(files, folder=facts.file_stem))


def policy_facts(release: Release) -> PolicyFacts:
    """Return what stands beside the clauses of a release."""
    return PolicyFacts(
        key=release.policy.key,
        title=release.policy.title,
        summary=release.policy.summary,
        release_title=release.title,
        number=release.number,
        state=release.state,
        notes=release.notes,
        effective_at=release.effective_at.isoformat() if release.effective_at else "",
        content_sha256=release.content_sha256,
        lineage=tuple(release.lineage),
    )
