from __future__ import annotations

from uuid import UUID

from policies.domain.markdown_guide import release_guide
from policies.errors import ReleaseNotFoundError
from policies.models import Release
from policies.models.release import PUBLISHED
from policies.selectors.clauses import placed_clauses
from policies.selectors.renderings import release_head


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
    head = release_head(release)
    return release_guide(
        label=head.label, title=head.title, facts=head.facts, clauses=placed_clauses(release)
    )
