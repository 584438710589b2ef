"""What is set for the protection of people, and what a person has seen."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.accounts.selectors import Actor, Capability, Project, memberships_of, projects_visible_to
from core.db.keeping import Kept
from core.db.prepared import row, rows
from core.queue.domain.budgets import WINDOWS, Exposed, Spent, seconds_left, spent_of
from core.queue.domain.harm import MOST, SEVERE
from core.queue.domain.harm import Harm as PostHarm
from core.queue.domain.protection import Budget, OrganizationSettings, PersonSettings, ProjectSettings
from core.queue.models import OrganizationProtection, PersonProtection, ProjectProtection, Reveal

# Seven days back; an item that was only handed out stands here with no seconds.
_EXPOSED = """
SELECT created_at, coalesce(post_id, lease_id, id), severity, categories, seconds FROM queue_reveal
WHERE person_id = %(person)s AND created_at > statement_timestamp() - interval '7 days'
"""
_CLAUSES = "SELECT document -> 'clauses' FROM queue_protection_project WHERE project_id = %(project)s"
_NOW = "SELECT statement_timestamp()"


@dataclass(frozen=True, slots=True)
class Rule:
    """One budget that holds for a person, and who set it; with a project it holds there."""

    budget: Budget
    source: str
    project_id: uuid.UUID | None = None

    @property
    def name(self) -> str:
        """By which its closure is known."""
        one = self.budget
        return f"{self.source}:{one.per}:{one.category}:{one.severity_from}:{one.unit}:{one.limit}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's budgets and what of them is spent, at one moment of the database's clock."""

    now: datetime
    exposures: Sequence[Exposed]
    spent: Sequence[tuple[Rule, Spent]]


def organization_settings(organization_id: uuid.UUID) -> OrganizationSettings:
    """Return what the organization set, or what is built in."""
    found = OrganizationProtection.objects.filter(pk=organization_id).first()
    return OrganizationSettings() if found is None else OrganizationSettings.model_validate(found.document)


def project_settings(project_id: uuid.UUID) -> ProjectSettings:
    """Return what the project set, or what is built in."""
    found = ProjectProtection.objects.filter(pk=project_id).first()
    return ProjectSettings() if found is None else ProjectSettings.model_validate(found.document)


def person_settings(person_id: uuid.UUID) -> PersonSettings:
    """Return what the person chose."""
    found = PersonProtection.objects.filter(pk=person_id).first()
    return PersonSettings() if found is None else PersonSettings.model_validate(found.document)


def clause_categories(project_id: uuid.UUID) -> dict[str, str]:
    """Return the category of harm each clause is about, of those the project sorted; ten seconds old at most."""
    return _categories(project_id)


def _categories_read(project_id: uuid.UUID) -> dict[str, str]:
    # Every decision asks; what a clause is about hardly ever changes.
    found = row(_CLAUSES, {"project": project_id})
    return {} if found is None else {one["clause_key"]: one["category"] for one in found[0] or []}


_categories = Kept(_categories_read, seconds=10.0, most=256)


@dataclass(frozen=True, slots=True)
class TrustedModel:
    """Whose word on a clause counts as which kind of harm in a project, and from which confidence on."""

    clause_key: str
    category: str
    model: str
    version: str
    confidence_from: float


def trusted_models(project_id: uuid.UUID) -> list[TrustedModel]:
    """Return the models of which a project lets predictions count as harm; none unless somebody named them."""
    settings = project_settings(project_id)
    category_of = {one.clause_key: one.category for one in settings.clauses}
    return [
        TrustedModel(one.clause_key, category_of[one.clause_key], one.model, one.version, one.confidence_from)
        for one in settings.predictions
    ]


def harm_expected(project_id: uuid.UUID) -> PostHarm:
    """Return what a post of the project counts as while nothing is known about it."""
    expects = project_settings(project_id).expects
    return PostHarm(expects.severity, tuple(expects.categories))


def purposes_of(project_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return what the work of these projects is for, of those that say it."""
    stored = ProjectProtection.objects.filter(pk__in=list(project_ids))
    said = {one.pk: ProjectSettings.model_validate(one.document).purpose for one in stored}
    return {project_id: words for project_id, words in said.items() if words}


def may_change_organization(actor: Actor, project: Project) -> bool:
    """Return whether the actor manages every project of the project's organization that is not archived."""
    managed = projects_visible_to(actor, needs=Capability.PROJECT_MANAGE)
    others = Project.objects.filter(organization_id=project.organization_id).exclude(state="archived")
    return not others.exclude(pk__in=managed.values("pk")).exists()


def rules_of(actor: Actor) -> list[Rule]:
    """Return every budget that holds for the actor: all organizations', all projects' and their own together."""
    memberships = list(memberships_of(actor))
    found: list[Rule] = []
    for organization_id in dict.fromkeys(one.project.organization_id for one in memberships):
        found += [Rule(one, "organization") for one in organization_settings(organization_id).budgets]
    stored = ProjectProtection.objects.filter(pk__in=[one.project_id for one in memberships])
    for project in stored:
        settings = ProjectSettings.model_validate(project.document)
        found += [Rule(one, "project", project.pk) for one in settings.budgets]
    return found + [Rule(one, "you") for one in person_settings(actor.user.pk).budgets]


def exposures_of(person_id: uuid.UUID) -> list[Exposed]:
    """Return what the person saw in the last seven days, in all projects."""
    return [Exposed(*found) for found in rows(_EXPOSED, {"person": person_id})]


def standing_of_person(actor: Actor) -> Standing:
    """Return the actor's budgets and what is spent of them."""
    now = database_now()
    exposures = exposures_of(actor.user.pk)
    return Standing(
        now, exposures, [(rule, spent_of(rule.budget, exposures, now=now)) for rule in rules_of(actor)]
    )


def look_left(standing: Standing, reveal: Reveal, *, given_back: float = 0.0) -> float | None:
    """Return for how many seconds what a reveal shows may stay in view until a budget of time is used up.

    ``given_back``: seconds of the reveal that were counted in advance and that ``standing`` holds. None where no
    budget counts it.
    """
    spent = [one for rule, one in standing.spent if rule.project_id in {None, reveal.project_id}]
    return seconds_left(spent, severity=reveal.severity, categories=reveal.categories, given_back=given_back)


def meter_of(standing: Standing, closing: dict[str, Any]) -> dict[str, Any]:
    """Return what the person reads of their day: seconds and items seen, budgets, the next break."""
    return {
        **{f"seconds_{per}": round(_seconds(standing, per), 1) for per in WINDOWS},
        "items_day": _items(_within(standing, "day")),
        "severe_day": _items(one for one in _within(standing, "day") if one.severity >= SEVERE),
        "budgets": [
            {
                **rule.budget.model_dump(),
                "spent": round(spent.amount, 1),
                "from": rule.source,
                "opens_at": spent.opens_at,
            }
            for rule, spent in standing.spent
        ],
        "break": closing,
    }


def database_now() -> datetime:
    """Return the time by the database's clock, which is the only one that counts here."""
    found = row(_NOW, {})
    assert found is not None
    now: datetime = found[0]
    return now


def _within(standing: Standing, per: str) -> list[Exposed]:
    return [one for one in standing.exposures if one.at > standing.now - WINDOWS[per]]


def _seconds(standing: Standing, per: str) -> float:
    return sum(one.seconds for one in _within(standing, per))


def _items(exposures: Iterable[Exposed]) -> int:
    return len({one.item for one in exposures})


def protection_of(actor: Actor, project: Project) -> dict[str, Any]:
    """Return what the project and its organization set, and what of it the actor may change."""
    return {
        "organization": organization_settings(project.organization_id).model_dump(),
        "project": project_settings(project.pk).model_dump(),
        "may_change": projects_visible_to(actor, needs=Capability.PROJECT_MANAGE)
        .filter(pk=project.pk)
        .exists(),
        "may_change_organization": may_change_organization(actor, project),
    }


def own_protection(actor: Actor) -> dict[str, Any]:
    """Return what the actor chose, beside what holds for them without their doing."""
    own = person_settings(actor.user.pk)
    ours = _organizations_of(actor)
    after = [one.break_after_minutes for one in ours if one.break_after_minutes is not None]
    return {
        "categories": _consents(own, ours),
        "severity_most": own.severity_most,
        "cover": own.cover.model_dump(),
        "covers": [one.model_dump() for one in own.covers],
        "budgets": [one.model_dump() for one in own.budgets],
        "break_after_minutes": own.break_after_minutes,
        "break_minutes": own.break_minutes,
        "inherited": {
            "covers": [row.model_dump() for one in ours for row in one.covers],
            "budgets": [
                {**rule.budget.model_dump(), "from": rule.source}
                for rule in rules_of(actor)
                if rule.source != "you"
            ],
            "break_after_minutes": min(after, default=None),
            "break_minutes": max(one.break_minutes for one in ours),
        },
        "support": [card.model_dump() for one in ours for card in one.support],
        "check_ins": next(
            (one.check_ins for one in ours if one.check_ins.is_on), OrganizationSettings().check_ins
        ).model_dump(),
    }


def _organizations_of(actor: Actor) -> list[OrganizationSettings]:
    ours = dict.fromkeys(one.project.organization_id for one in memberships_of(actor))
    return [organization_settings(one) for one in ours] or [OrganizationSettings()]


def _consents(own: PersonSettings, ours: Iterable[OrganizationSettings]) -> list[dict[str, Any]]:
    """Return each category once; of several organizations' the one that asks first."""
    chosen = {one.category: one.up_to for one in own.consents}
    found: dict[str, dict[str, Any]] = {}
    for settings in ours:
        for category in settings.categories:
            known = found.get(category.key)
            if known is not None and known["consent_from"] <= category.consent_from:
                continue
            found[category.key] = {
                "key": category.key,
                "name": category.name,
                "consent_from": category.consent_from,
                "up_to": chosen.get(category.key, max(0, min(MOST, category.consent_from - 1))),
                "is_chosen": category.key in chosen,
            }
    return list(found.values())
