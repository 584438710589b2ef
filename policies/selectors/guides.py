from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from policies.domain.markdown_guide import release_guide
from policies.domain.rendering.pieces import pieces_of
from policies.domain.rendering.safeguard import safeguard_rules
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
    return release_guide_of(_published(release_id))


def release_rules(release_id: UUID, clause_keys: Collection[str]) -> str:
    """Return questions of a published release as gpt-oss-safeguard reads them, in outline order, nothing cut.

    What is to be judged by them, and how to answer, is for the caller to say above them.

    Raises
    ------
    ReleaseNotFoundError
        When there is no such release or it is not published yet.
    """
    asked = (pieces_of(clause) for clause in placed_clauses(_published(release_id)))
    return safeguard_rules([pieces for pieces in asked if pieces.key in clause_keys and not pieces.is_axis])


def _published(release_id: UUID) -> Release:
    row = Release.objects.select_related("policy").filter(pk=release_id, state__in=PUBLISHED).first()
    if row is None:
        raise ReleaseNotFoundError()
    return row


def release_guide_of(release: Release) -> str:
    """Render a release the caller may see; a draft says that it is one."""
    head = release_head(release)
    return release_guide(
        label=head.label, title=head.title, facts=head.facts, clauses=placed_clauses(release)
    )
