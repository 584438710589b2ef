from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.accounts.domain.roles import Role
from core.accounts.models.users import User
from core.db.records import Record


class Organization(Record):
    """The tenant: nothing of one organization is visible in another."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)


class Project(Record):
    """Where posts, policies, work and datasets of one purpose live, and the boundary of every permission."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="active")
    lease_seconds = models.PositiveIntegerField(default=900)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "slug"], name="accounts_project_slug_unique"),
            models.CheckConstraint(
                condition=models.Q(state__in=["active", "paused", "archived"]),
                name="accounts_project_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(lease_seconds__gte=30, lease_seconds__lte=86400),
                name="accounts_project_lease_sane",
            ),
        ]


class Membership(Record):
    """One person's roles in one project, and the only name by which exports know them there."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20))
    pseudonym = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user"], name="accounts_membership_once"),
            models.UniqueConstraint(
                fields=["project", "pseudonym"], name="accounts_membership_pseudonym_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=[str(role) for role in Role])
                & models.Q(roles__len__gte=1),
                name="accounts_membership_roles_known",
            ),
        ]
