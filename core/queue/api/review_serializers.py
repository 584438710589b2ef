"""How reviews are asked for and told, whatever the answers are about."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from core.accounts.selectors import MemberView
from core.errors import NotFoundError
from core.http.serializers import StrictSerializer, validated
from core.queue.api.serializers import KIND_CHOICES, PersonOutput
from core.queue.reviewing import ReviewOutcome
from core.queue.selectors import SampleChoice

OUTCOMES = [str(outcome) for outcome in ReviewOutcome]


def sample_parameters(*, disputed: str, clause_key: str) -> list[OpenApiParameter]:
    """Return what narrows a sample, for the schema, with what the two words mean there."""
    return [
        OpenApiParameter("percent", float, description="So many of a hundred, drawn by the seed."),
        OpenApiParameter("seed", int, description="The same seed picks the same ones."),
        OpenApiParameter("person", str, description="An annotator's pseudonym."),
        OpenApiParameter("clause_key", str, description=clause_key),
        OpenApiParameter("release_id", str),
        OpenApiParameter("disputed", bool, description=disputed),
    ]


class SampleQuery(serializers.Serializer[Any]):
    percent = serializers.FloatField(required=False, default=100.0, min_value=0.01, max_value=100)
    seed = serializers.IntegerField(required=False, default=0, min_value=0, max_value=2**31 - 1)
    person = serializers.CharField(required=False, default=None, max_length=60)
    clause_key = serializers.CharField(required=False, default=None, max_length=64)
    release_id = serializers.UUIDField(required=False, default=None)
    disputed = serializers.BooleanField(required=False, default=False)


def sample_asked(params: Mapping[str, Any], names: Mapping[uuid.UUID, MemberView]) -> SampleChoice:
    """Return the choice that a query makes; ``names`` are the project's people.

    Raises
    ------
    InvalidFieldsError, NotFoundError
        When nobody has the pseudonym.
    """
    query = validated(SampleQuery, dict(params))
    return SampleChoice(
        percent=query["percent"],
        seed=query["seed"],
        person_id=None if query["person"] is None else _person_id(names, query["person"]),
        clause_key=query["clause_key"],
        release_id=query["release_id"],
        is_disputed=query["disputed"],
    )


def _person_id(names: Mapping[uuid.UUID, MemberView], pseudonym: str) -> uuid.UUID:
    for user_id, member in names.items():
        if member.pseudonym == pseudonym:
            return user_id
    raise NotFoundError()


class FoundByInput(StrictSerializer):
    percent = serializers.FloatField(required=False, min_value=0, max_value=100)
    seed = serializers.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    person = serializers.CharField(required=False, max_length=60)
    clause_key = serializers.CharField(required=False, max_length=64)
    disputed = serializers.BooleanField(required=False)


class SpokenInput(StrictSerializer):
    """What every review says; each kind of work adds its own amendment."""

    id = serializers.UUIDField(help_text="Made by the client; sending it again finds the first review.")
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    comment = serializers.CharField(max_length=4_000, allow_blank=True, required=False, default="")
    found_by = FoundByInput(required=False, help_text="The choice that brought the submission up.")


class ReviewOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    submission_id = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    comment = serializers.CharField(allow_blank=True)
    amendment_id = serializers.UUIDField(allow_null=True)
    created_at = serializers.DateTimeField()


class GivenReviewOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=OUTCOMES)
    comment = serializers.CharField(allow_blank=True)
    reviewer = PersonOutput()
    created_at = serializers.DateTimeField()


class ReturnedOutput(serializers.Serializer[Any]):
    comment = serializers.CharField(help_text="What the reviewer wants looked at again.")
    returned_at = serializers.DateTimeField()


class ReturnedAnswerOutput(serializers.Serializer[Any]):
    lease_id = serializers.UUIDField(help_text="Opens the task again.")
    submission_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=KIND_CHOICES)
    subject = serializers.CharField(allow_null=True, help_text="The post's own name where the task has one.")
    comment = serializers.CharField()
    returned_at = serializers.DateTimeField()


class ReturnedListOutput(serializers.Serializer[Any]):
    returned = ReturnedAnswerOutput(many=True)
