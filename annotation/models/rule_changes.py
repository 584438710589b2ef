from __future__ import annotations

from django.db import models

from core.db.records import Record


class RuleChangeTold(Record):
    """That a person works under a release and was told where it changed what they knew; a fact, once for each.

    The first release a person works under is kept too: the next one is told against it.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "annotation_rulechangetold"
        constraints = [
            models.UniqueConstraint(fields=["person", "release"], name="annotation_rulechangetold_once"),
        ]
