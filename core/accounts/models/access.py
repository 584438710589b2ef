from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.accounts.models.users import User
from core.db.records import Record


class ApiToken(Record):
    """A machine's way in: acts for one person, with no more than its scopes. The secret is not stored."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=30))
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class LoginLink(Record):
    """A link that signs one person in, once, within a short time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="login_links")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
