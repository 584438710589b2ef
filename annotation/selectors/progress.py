from __future__ import annotations

from typing import Any

from core.accounts.selectors import Actor, Capability, Project, project_get, pseudonyms
from core.queue.selectors.progress import (
    Asked,
    progress_by_clause,
    progress_by_language,
    progress_by_person,
    progress_by_source,
)
from policies.selectors import releases_current
from policies.selectors.campaigns import campaigns_in


def progress_told(actor: Actor, project_id: Any, *, by: str) -> list[dict[str, Any]]:
    """Return how far label work is, row by row with names people know; ``by`` one of the project's respects.

    Clauses are named as the releases in effect name them, campaigns by the releases they lead to, people by the
    pseudonym under which the project knows them.
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    if by == "person":
        return _people(project)
    if by == "clause":
        titles = {
            key: c.title for release in releases_current(project.pk) for key, c in release.clauses.items()
        }
        return [_row(asked, titles.get(asked.key, asked.key)) for asked in progress_by_clause(project)]
    if by == "language":
        return [_row(asked, asked.key) for asked in progress_by_language(project)]
    names = {
        f"campaign:{campaign.pk}": f"{campaign.release.policy.key}@{campaign.release.number}"
        for campaign in campaigns_in(actor, project.pk)
    }
    return [_row(asked, names.get(asked.key, "")) for asked in progress_by_source(project)]


def _row(asked: Asked, name: str) -> dict[str, Any]:
    return {
        "key": asked.key,
        "name": name,
        "posts": asked.posts,
        "wanted": asked.wanted,
        "given": asked.given,
        "held": asked.held,
    }


def _people(project: Project) -> list[dict[str, Any]]:
    known = pseudonyms(project.pk)
    rows = []
    for worked in progress_by_person(project):
        person = known.get(worked.person_id)
        rows.append(
            {
                "key": person.pseudonym if person else str(worked.person_id),
                "name": person.pseudonym if person else "",
                "posts": worked.posts,
                "given": worked.given,
                "last_day": worked.last_day,
                "skipped": worked.skipped,
                "active_ms": worked.active_ms,
                "is_simulated": person.is_simulated if person else False,
            }
        )
    return rows
