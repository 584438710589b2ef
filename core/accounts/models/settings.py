from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.accounts.models.users import User
from core.db.records import Record


class PersonalSettings(Record):
    """What one person set for themselves; it goes with them to every device. No row: nothing was set."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="settings")
    keys = models.JSONField(default=dict)
    languages = ArrayField(models.CharField(max_length=35), default=list)
    changed_at = models.DateTimeField()
