from __future__ import annotations

from typing import Any

from rest_framework import serializers

from active_learning.domain.maps import ChosenBy, LeftOut, PostState
from active_learning.models import PostMap
from core.http.serializers import StrictSerializer
from core.jobs.api.serializers import JobOutput

MOST_ASKED = 5000


class MapInput(StrictSerializer):
    encoder = serializers.CharField(max_length=300, required=False, default="bundled")
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=0)


class MapOutput(serializers.ModelSerializer[PostMap]):
    project_id = serializers.UUIDField()
    shown_posts = serializers.IntegerField(default=0, read_only=True)
    job = JobOutput(allow_null=True)
    requested_by = serializers.CharField(
        source="requested_by.display_name", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = PostMap
        fields = [
            "id",
            "project_id",
            "encoder",
            "revision",
            "seed",
            "most_posts",
            "encoded_posts",
            "shown_posts",
            "neighbours_kept",
            "job",
            "requested_by",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields


class MapChoicesOutput(serializers.Serializer[Any]):
    posts = serializers.IntegerField(help_text="The project's posts.")
    encoded_posts = serializers.IntegerField(help_text="Posts that some encoder has read a part of.")
    most_posts = serializers.IntegerField(
        help_text="A map shows at most so many; of more a share drawn by lot."
    )
    encoders = serializers.ListField(child=serializers.CharField(), help_text="Encoders used here so far.")


class MapPointsOutput(serializers.Serializer[Any]):
    """One list a fact, all in one order: the order of ``post_ids``."""

    post_ids = serializers.ListField(child=serializers.UUIDField())
    names = serializers.ListField(child=serializers.CharField())
    xs = serializers.ListField(child=serializers.FloatField(), help_text="0 to 1, left to right.")
    ys = serializers.ListField(child=serializers.FloatField(), help_text="0 to 1, top to bottom.")
    areas = serializers.ListField(
        child=serializers.IntegerField(), help_text="The group of neighbours each lies in, the largest 0."
    )
    media = serializers.ListField(child=serializers.ChoiceField(choices=["text", "image", "video", "audio"]))
    held_out = serializers.ListField(
        child=serializers.BooleanField(), help_text="Whether it measures models, and so is never chosen."
    )
    answers = serializers.ListField(
        child=serializers.CharField(allow_null=True), help_text="What is decided on the clause."
    )
    states = serializers.ListField(child=serializers.ChoiceField(choices=[str(state) for state in PostState]))
    chosen_by = serializers.ListField(child=serializers.ChoiceField(choices=[str(one) for one in ChosenBy]))
    harm = serializers.ListField(
        child=serializers.FloatField(),
        help_text="The head's chance of harm; empty where no head scored the map.",
    )
    model_number = serializers.IntegerField(allow_null=True)


class MapTasksInput(StrictSerializer):
    release_id = serializers.UUIDField()
    clause_key = serializers.CharField(max_length=64)
    post_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_ASKED)
    overlap = serializers.IntegerField(
        min_value=1, max_value=20, required=False, default=1, help_text="How many people to ask about each."
    )


class LeftOutOutput(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=[str(reason) for reason in LeftOut])
    posts = serializers.IntegerField()


class MapTasksOutput(serializers.Serializer[Any]):
    asked = serializers.IntegerField(help_text="How many posts people are asked about now.")
    left_out = LeftOutOutput(many=True)
