from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.accounts.domain.roles import Role
from core.accounts.models.projects import Project
from core.accounts.models.users import User
from core.db.records import Record


class Invitation(Record):
    """A way into one project for whoever holds its link: once, in time, with the roles written here."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    roles = ArrayField(models.CharField(max_length=20))
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="accounts_invitation_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=[str(role) for role in Role])
                & models.Q(roles__len__gte=1),
                name="accounts_invitation_roles_known",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False, revoked_at__isnull=True),
                name="accounts_invitation_one_end",
            ),
        ]
