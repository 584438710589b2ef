"""Setting what protects people: stored as it was said, and as the claim reads it, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction
from pydantic import BaseModel, ValidationError

from core.accounts.events import LanguagesRead
from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.errors import InvalidFieldsError
from core.events import publish
from core.queue.domain.harm import harm_keys
from core.queue.domain.protection import (
    OrganizationSettings,
    PersonSettings,
    ProjectSettings,
    asked_keys,
    consent_keys,
    counted_from,
    stricter_spacing,
)
from core.queue.errors import OrganizationNotYoursError
from core.queue.events import PredictionsChanged
from core.queue.models import (
    OrganizationProtection,
    PersonLimit,
    PersonProtection,
    ProjectLimit,
    ProjectProtection,
)
from core.queue.selectors.protection import may_change_organization, organization_settings, project_settings
from core.queue.services.closures import budgets_refresh, refused_return

_Settings = TypeVar("_Settings", bound=BaseModel)


@transaction.atomic
def person_protection_set(actor: Actor, document: Any) -> PersonSettings:
    """Set what the actor chose for themselves, in force at once; no reason is asked or kept.

    Raises
    ------
    InvalidFieldsError
    """
    settings = _read(PersonSettings, document)
    PersonProtection.objects.update_or_create(
        person_id=actor.user.pk, defaults={"document": settings.model_dump(mode="json")}
    )
    accepted, refused = consent_keys(settings.consents)
    minutes = settings.break_after_minutes
    PersonLimit.objects.update_or_create(
        person_id=actor.user.pk,
        defaults={
            "accepted": accepted,
            "refused": refused,
            "severity_most": settings.severity_most,
            "counts_from": counted_from(settings.budgets),
            "break_after_seconds": None if minutes is None else minutes * 60,
            "break_seconds": None if settings.break_minutes is None else settings.break_minutes * 60,
        },
    )
    # What was chosen is nobody else's business: the event says that something was, and of whom it does not.
    audit_record(None, action="protection.choose")
    refused_return(actor)
    budgets_refresh(actor)
    return settings


@transaction.atomic
def project_protection_set(actor: Actor, project: Project, document: Any) -> ProjectSettings:
    """Set what a project adds; the caller has passed the project's door.

    Raises
    ------
    InvalidFieldsError
    """
    settings = _read(ProjectSettings, document)
    known = {category.key for category in organization_settings(project.organization_id).categories}
    named = {
        *settings.expects.categories,
        *(one.category for one in settings.clauses),
        *(one.category for one in settings.budgets if one.category),
    }
    if named - known:
        message = f"The organization has no category {', '.join(sorted(named - known))}."
        raise InvalidFieldsError([{"path": "categories", "message": message}])
    before = project_settings(project.pk)
    ProjectProtection.objects.update_or_create(
        project=project, defaults={"document": settings.model_dump(mode="json")}
    )
    _limits_write([project])
    if _predicted_by(settings) != _predicted_by(before):
        publish(PredictionsChanged(project.pk))
    audit_record(actor, action="protection.set", project=project, target=project)
    return settings


@transaction.atomic
def organization_protection_set(actor: Actor, project: Project, document: Any) -> OrganizationSettings:
    """Set what holds in all projects of the organization that ``project`` is one of.

    Raises
    ------
    InvalidFieldsError, OrganizationNotYoursError
    """
    if not may_change_organization(actor, project):
        raise OrganizationNotYoursError()
    settings = _read(OrganizationSettings, document)
    OrganizationProtection.objects.update_or_create(
        organization_id=project.organization_id, defaults={"document": settings.model_dump(mode="json")}
    )
    _limits_write(Project.objects.filter(organization_id=project.organization_id))
    audit_record(actor, action="protection.set_organization", project=project, target=project.organization)
    return settings


def languages_keep(event: LanguagesRead) -> None:
    """Keep the languages a person reads where the claim finds them."""
    PersonLimit.objects.update_or_create(
        person_id=event.user_id, defaults={"languages": list(event.languages) or None}
    )


def limits_ensure(project: Project) -> None:
    """Write how the claim reads the project's settings, where a project of an organization with its own is new."""
    if not ProjectLimit.objects.filter(pk=project.pk).exists():
        _limits_write([project])


def _predicted_by(settings: ProjectSettings) -> tuple[Any, ...]:
    """What the harm predicted for a post follows from; nothing while no model is trusted."""
    return (settings.predictions, settings.clauses, settings.expects) if settings.predictions else ()


def _limits_write(projects: Iterable[Project]) -> None:
    for project in projects:
        ours, here = organization_settings(project.organization_id), project_settings(project.pk)
        spacing = stricter_spacing(ours.spacing, here.spacing)
        after = [
            minutes for minutes in (ours.break_after_minutes, here.break_after_minutes) if minutes is not None
        ]
        ProjectLimit.objects.update_or_create(
            project=project,
            defaults={
                "asks": asked_keys(ours),
                "expected_severity": here.expects.severity,
                "expected_keys": harm_keys(here.expects.severity, here.expects.categories),
                "counts_from": min(counted_from(ours.budgets), counted_from(here.budgets)),
                "break_after_seconds": min(after) * 60 if after else None,
                "break_seconds": max(ours.break_minutes, here.break_minutes or 0) * 60,
                **spacing.model_dump(),
            },
        )


def _read(shape: type[_Settings], document: Any) -> _Settings:
    try:
        return shape.model_validate(document)
    except ValidationError as raised:
        found = raised.errors(include_url=False, include_context=False, include_input=False)
    raise InvalidFieldsError(
        [
            {"path": ".".join(str(step) for step in one["loc"])[:200], "message": f"{one['msg']}."}
            for one in found[:50]
        ]
    )
