"""What answers to a set of tasks have cost people."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from core.queue.models import Slot, Submission, Task


@dataclass(frozen=True)
class Spent:
    """Time that people's pages were active.

    Attributes
    ----------
    given, waited_for
        Answers that came, and answers that open tasks still wait for.
    people
        Who gave them, reviewers who changed one included.
    seconds
        All their time, superseded and late answers included: they were paid for as well.
    """

    given: int
    waited_for: int
    people: int
    seconds: float

    @property
    def seconds_each(self) -> float | None:
        """Time for one answer that counts; None before the first."""
        return self.seconds / self.given if self.given else None


def spent_on(tasks: QuerySet[Task]) -> Spent:
    """Return what these tasks' answers have cost; the caller has passed the project's door."""
    slots = Slot.objects.filter(task__in=tasks).aggregate(
        given=Count("pk", filter=Q(state="filled")),
        waited_for=Count("pk", filter=Q(state__in=["open", "paused", "leased"], task__state="open")),
    )
    times = Submission.objects.filter(task__in=tasks).aggregate(
        people=Count("person_id", distinct=True), active_ms=Sum("active_ms")
    )
    return Spent(slots["given"], slots["waited_for"], times["people"], (times["active_ms"] or 0) / 1000)
