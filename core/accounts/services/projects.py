from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from core.accounts.actors import Actor
from core.accounts.domain.pseudonyms import pseudonym_make
from core.accounts.domain.roles import Role
from core.accounts.errors import ProjectSlugTakenError
from core.accounts.models import Membership, Organization, Project, User
from core.accounts.services.audit import audit_record


@transaction.atomic
def user_create(
    email: str, *, display_name: str, password: str | None = None, is_simulated: bool = False
) -> User:
    """Make a person's account; without a password they come in by login link or single sign-on."""
    user = User.objects.create_user(email, password, display_name=display_name, is_simulated=is_simulated)
    audit_record(None, action="user.create", target=user, data={"is_simulated": is_simulated})
    return user


@transaction.atomic
def organization_create(name: str, *, slug: str) -> Organization:
    """Make a tenant."""
    organization = Organization.objects.create(name=name, slug=slug)
    audit_record(None, action="organization.create", target=organization)
    return organization


@transaction.atomic
def project_create(
    actor: Actor, *, organization: Organization, name: str, slug: str, description: str = ""
) -> Project:
    """Make a project whose first manager is the actor.

    Raises
    ------
    ProjectSlugTakenError
        When the organization has one of that short name.
    """
    try:
        with transaction.atomic():
            project = Project.objects.create(
                organization=organization, name=name, slug=slug, description=description
            )
    except IntegrityError:
        raise ProjectSlugTakenError(slug=slug) from None
    Membership.objects.create(
        project=project,
        user=actor.user,
        roles=[str(Role.MANAGER)],
        pseudonym=pseudonym_make(secrets.SystemRandom()),
    )
    audit_record(actor, action="project.create", project=project, target=project)
    return project


@transaction.atomic
def project_update(
    actor: Actor,
    *,
    project: Project,
    name: str | None = None,
    description: str | None = None,
    state: str | None = None,
    lease_seconds: int | None = None,
) -> Project:
    """Change what a manager may change of a project; ``None`` leaves a field as it is."""
    changes = {
        field: value
        for field, value in {
            "name": name,
            "description": description,
            "state": state,
            "lease_seconds": lease_seconds,
        }.items()
        if value is not None
    }
    for field, value in changes.items():
        setattr(project, field, value)
    if changes:
        project.save(update_fields=list(changes))
    audit_record(
        actor, action="project.update", project=project, target=project, data={"fields": sorted(changes)}
    )
    return project
