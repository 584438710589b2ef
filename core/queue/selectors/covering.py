"""How the posts of a task are shown to the person who works on it.

Only what the import stated, what a model predicts that the project trusts, or what the project expects of any post
decides: what others answered, what was decided and what a known answer says never shows in how a post is covered.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, LiteralString

from core.accounts.selectors import Actor, Project
from core.db.prepared import row
from core.queue.domain.protection import OrganizationSettings, PersonSettings, ProjectSettings, cover_of

COVERING: LiteralString = """
  (SELECT document::text FROM queue_protection_organization WHERE organization_id = %(organization)s),
  (SELECT document::text FROM queue_protection_project WHERE project_id = %(project)s),
  (SELECT document::text FROM queue_protection_person WHERE person_id = %(person)s),
  (SELECT jsonb_object_agg(harm.post_id, CASE WHEN harm.stated_severity IS NULL
     THEN jsonb_build_array(harm.predicted_severity, harm.predicted_categories, 'predicted')
     ELSE jsonb_build_array(harm.stated_severity, harm.stated_categories, 'stated') END)
   FROM queue_harm AS harm
   WHERE harm.post_id {among} AND (harm.stated_severity IS NOT NULL OR harm.predicted_severity IS NOT NULL))
"""
"""Columns of which `coverings_of` is made, for ``.format(among=...)``: what of a post's identifier must hold."""
_OF_POSTS: LiteralString = "SELECT " + COVERING.format(among="= ANY(%(posts)s::uuid[])")


@dataclass(frozen=True, slots=True)
class Coverings:
    """What decides how posts are shown, and what was stated or predicted of each."""

    organization: str | None
    project: str | None
    person: str | None
    stated: Mapping[str, Sequence[Any]]

    def of(self, post_id: uuid.UUID | None) -> dict[str, Any]:
        """Return how one post is shown: severity and categories, who says so, and the cover."""
        known = self.stated.get(str(post_id))
        if known is None:
            (severity, categories), source = _expected(self.project), "expected"
        else:
            severity, categories, source = known[0], tuple(known[1]), known[2]
        return {
            "severity": severity,
            "categories": list(categories),
            "is_known": source == "stated",
            "known_from": source,
            "cover": dict(_cover(self.organization, self.person, severity, categories)),
        }


def coverings_of(columns: Sequence[Any]) -> Coverings:
    """Return what the columns `COVERING` say."""
    organization, project, person, stated = columns
    return Coverings(organization, project, person, stated or {})


def coverings_for(actor: Actor, project: Project, post_ids: Sequence[uuid.UUID]) -> Coverings:
    """Return what decides how these posts of the project are shown to the actor."""
    values = {
        "person": actor.user.pk,
        "project": project.pk,
        "organization": project.organization_id,
        "posts": list(post_ids),
    }
    found = row(_OF_POSTS, values)
    assert found is not None
    return coverings_of(found)


@lru_cache(maxsize=256)
def _expected(project: str | None) -> tuple[int, tuple[str, ...]]:
    settings = ProjectSettings() if project is None else ProjectSettings.model_validate_json(project)
    return settings.expects.severity, tuple(settings.expects.categories)


@lru_cache(maxsize=4096)
def _cover(
    organization: str | None, person: str | None, severity: int, categories: tuple[str, ...]
) -> Mapping[str, Any]:
    ours = (
        OrganizationSettings()
        if organization is None
        else OrganizationSettings.model_validate_json(organization)
    )
    own = PersonSettings() if person is None else PersonSettings.model_validate_json(person)
    return cover_of(ours, own, severity=severity, categories=categories).model_dump()
