from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning import selectors
from core.accounts.selectors import Capability
from core.content.selectors import post_get
from core.http.views import ApiView
from policies.selectors import LikeBy

LIKE_CHOICES = [str(LikeBy.TEXT), str(LikeBy.PICTURE)]


class PostNearOutput(serializers.Serializer[Any]):
    post_id = serializers.UUIDField(source="post.pk")
    external_id = serializers.CharField(source="post.external_id")
    score = serializers.FloatField(source="likeness.score", help_text="Cosine of the vectors; 1 is the same.")
    by = serializers.ChoiceField(choices=LIKE_CHOICES, source="likeness.by")


class PostsNearOutput(serializers.Serializer[Any]):
    is_read = serializers.BooleanField(
        help_text="Whether a round or scan had any of its parts read by an encoder."
    )
    results = PostNearOutput(many=True, help_text="The most alike first.")


class PostsNearView(ApiView):
    @extend_schema(operation_id="posts_near", responses=PostsNearOutput)
    def get(self, request: Request, post_id: uuid.UUID) -> Response:
        found = selectors.posts_near(post_get(self.actor, post_id, needs=Capability.RESULTS_VIEW))
        return Response(PostsNearOutput({"is_read": found is not None, "results": found or []}).data)
