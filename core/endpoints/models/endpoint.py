from __future__ import annotations

from django.db import models

from core.db.records import Record
from core.endpoints.domain.limits import MOST_CONCURRENT, MOST_PER_MINUTE, MOST_SECONDS, MOST_TOKENS


class Endpoint(Record):
    """A model that the project asks over the network, where, and how much of it at most.

    ``sealed_key`` is encrypted (`core.endpoints.sealing`); ``key_hint`` are its last four characters, for people to
    know which one it is. Prices are per million tokens. Retired endpoints are kept: runs name them.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    base_url = models.CharField(max_length=500)
    model = models.CharField(max_length=300)
    sealed_key = models.BinaryField(null=True)
    key_hint = models.CharField(max_length=4, blank=True, default="")
    takes_images = models.BooleanField(default=False)
    concurrency = models.PositiveSmallIntegerField(default=4)
    per_minute = models.PositiveIntegerField(null=True)
    max_tokens = models.PositiveIntegerField(default=256)
    timeout_s = models.PositiveSmallIntegerField(default=60)
    price_in = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    price_out = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"],
                condition=models.Q(retired_at__isnull=True),
                name="endpoints_endpoint_name_once",
            ),
            models.CheckConstraint(
                condition=models.Q(concurrency__gte=1, concurrency__lte=MOST_CONCURRENT)
                & models.Q(max_tokens__gte=1, max_tokens__lte=MOST_TOKENS)
                & models.Q(timeout_s__gte=1, timeout_s__lte=MOST_SECONDS)
                & (
                    models.Q(per_minute__isnull=True)
                    | models.Q(per_minute__gte=1, per_minute__lte=MOST_PER_MINUTE)
                ),
                name="endpoints_endpoint_limits",
            ),
            models.CheckConstraint(
                condition=(models.Q(price_in__isnull=True) | models.Q(price_in__gte=0))
                & (models.Q(price_out__isnull=True) | models.Q(price_out__gte=0)),
                name="endpoints_endpoint_prices",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="endpoints_endpoint_newest")]
