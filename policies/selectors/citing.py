"""The filter of the lists behind an impact's counts, as the apps that hold the records ask their tables."""

from __future__ import annotations

from django.db.models import Q

from policies.domain.impact import RecordFilter


def records_wanted(wanted: RecordFilter, *, language: str, severity: str = "severity") -> Q:
    """Match the rows that are wanted; ``language`` and ``severity`` are the lookups that lead to these."""
    condition = Q()
    if wanted.language is not None:
        condition &= Q(**{language: wanted.language})
    if wanted.severity == "none":
        condition &= Q(**{f"{severity}__isnull": True})
    elif wanted.severity is not None:
        condition &= Q(**{severity: wanted.severity})
    return condition
