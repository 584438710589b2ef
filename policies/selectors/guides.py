from __future__ import annotations

from uuid import UUID

from policies.domain.markdown_guide import release_guide
from policies.errors import ReleaseNotFoundError
from policies.models import Release
from policies.models.release import PUBLISHED
from policies.selectors.clauses import placed_clauses


def release_markdown(release_id: UUID) -> str:
    """Return a published release as the annotators' guide in markdown; the same release gives the same bytes.

    Raises
    ------
    ReleaseNotFoundError
        When there is no such release or it is not published yet.
    """
    row = Release.objects.select_related("policy").filter(pk=release_id, state__in=PUBLISHED).first()
    if row is None:
        raise ReleaseNotFoundError()
    return release_guide_of(row)


def release_guide_of(release: Release) -> str:
    """Render a release the caller may see; a draft says that it is one."""
    if release.is_published and release.effective_at is not None:
        label = f"{release.policy.key}@{release.number}"
        facts = [f"In effect from {release.effective_at:%Y-%m-%d}", f"SHA-256 {release.content_sha256}"]
    else:
        label, facts = f"{release.policy.key} (draft)", ["Not released yet"]
    return release_guide(label=label, title=release.title, facts=facts, clauses=placed_clauses(release))
