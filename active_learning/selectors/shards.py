"""Encoding that workers can share."""

from __future__ import annotations

from django.db.models import QuerySet

from active_learning.models import EncodingShard

_HELPERS_TRY = 2


def shards_open_to_help() -> QuerySet[EncodingShard]:
    """Return shards of encoders that other workers can load by name; one that ended two workers is left to its own."""
    return EncodingShard.objects.filter(attempts__lt=_HELPERS_TRY).exclude(encoder="")


def shards_wait() -> bool:
    """Whether there is encoding that another worker may help with."""
    return shards_open_to_help().exists()
