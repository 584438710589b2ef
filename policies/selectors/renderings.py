"""Renderings of a release or one of its clauses, for whoever may read it."""

from __future__ import annotations

from uuid import UUID

from core.accounts.selectors import Actor
from policies.domain.rendering.renderings import Head, Rendered, RenderingKind, rendered
from policies.domain.rendering.safeguard import MOST_TOKENS
from policies.errors import ClauseNotFoundError, RenderingUnknownError
from policies.models import Release
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import placed_clauses
from policies.tokens import token_count


def rendering_get(
    actor: Actor,
    release_id: UUID,
    clause_key: str | None = None,
    rendering: str = RenderingKind.GUIDELINE,
    *,
    budget: int = MOST_TOKENS,
) -> Rendered:
    """Return one rendering of a release the actor may see, or of one of its clauses.

    Parameters
    ----------
    clause_key
        The clause; ``None`` renders the whole release.
    rendering
        ``guideline``, ``safeguard``, ``cope``, ``shieldgemma`` or ``llamaguard``.
    budget
        Most tokens of a gpt-oss-safeguard prompt for one clause; 0 cuts nothing.

    Raises
    ------
    ReleaseNotFoundError
        When there is no such release or it is not the actor's to see.
    ClauseNotFoundError
        When the release has no such clause.
    RenderingUnknownError
        When ``rendering`` is none of the names.
    """
    release = release_visible_get(actor, release_id)
    return _rendered(release, clause_key, _kind(rendering), budget=budget)


def renderings_all(
    actor: Actor, release_id: UUID, clause_key: str | None = None, *, budget: int = MOST_TOKENS
) -> list[Rendered]:
    """Return every rendering of a release the actor may see, or of one of its clauses; see `rendering_get`."""
    release = release_visible_get(actor, release_id)
    return [_rendered(release, clause_key, kind, budget=budget) for kind in RenderingKind]


def release_head(release: Release) -> Head:
    """Return what stands above the text of a release; a draft says that it is one."""
    if release.is_published and release.effective_at is not None:
        facts = (f"In effect from {release.effective_at:%Y-%m-%d}", f"SHA-256 {release.content_sha256}")
        return Head(f"{release.policy.key}@{release.number}", release.title, facts)
    return Head(f"{release.policy.key} (draft)", release.title, ("Not released yet",))


def _kind(name: str) -> RenderingKind:
    try:
        return RenderingKind(name)
    except ValueError:
        raise RenderingUnknownError(rendering=str(name)[:40]) from None


def _rendered(release: Release, clause_key: str | None, kind: RenderingKind, *, budget: int) -> Rendered:
    clauses = placed_clauses(release)
    if clause_key is not None:
        clauses = [clause for clause in clauses if clause.key == clause_key]
        if not clauses:
            raise ClauseNotFoundError(key=clause_key)
    return rendered(
        kind,
        clauses,
        head=release_head(release),
        count=token_count,
        is_whole_release=clause_key is None,
        budget=budget,
    )
