from __future__ import annotations

from django.conf import settings
from django.db import models

from core.db.records import Record


class NextTurn(Record):
    """Somebody picked a response and went on from it (append-only).

    ``prompt`` is the conversation it led to: that of the response, the response, and the next turn. ``reply`` is what
    the person wrote as the answer to it, if they did. ``submission`` is the judgment they had given of the turn they
    went on from; none where it was done on the page of the conversation.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey("queue.Submission", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    response = models.ForeignKey(
        "preferences.Response", on_delete=models.PROTECT, related_name="turns_picking_it"
    )
    prompt = models.ForeignKey(
        "preferences.Prompt", on_delete=models.PROTECT, related_name="turns_leading_to_it"
    )
    reply = models.ForeignKey(
        "preferences.Response", on_delete=models.PROTECT, null=True, related_name="turns_writing_it"
    )

    class Meta:
        db_table = "preferences_next_turn"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "response", "prompt", "reply"],
                nulls_distinct=False,
                name="preferences_next_turn_once",
            ),
        ]
        indexes = [models.Index(fields=["project", "id"], name="preferences_next_turn_project")]
