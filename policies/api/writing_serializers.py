from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.content.api.serializers import AssetOutput
from core.http.serializers import StrictSerializer
from policies.api.change_serializers import BlockDifferenceOutput, FieldDifferenceOutput
from policies.api.document_schema import ClauseDocumentOutputField
from policies.api.serializers import KeyField, LineField, PolicyPersonOutput
from policies.models.draft_version import DraftAction
from policies.selectors.history import COPIED

ACTIONS = [COPIED, *(str(action) for action in DraftAction.values)]


class ClausePartInput(StrictSerializer):
    key = KeyField()
    title = LineField(max_length=500)


class ClauseSplitInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1)
    into = serializers.ListField(child=ClausePartInput(), min_length=2, max_length=8)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class ClauseReadInput(StrictSerializer):
    key = KeyField()
    version = serializers.IntegerField(min_value=1)


class ClausesMergeInput(StrictSerializer):
    clauses = serializers.ListField(child=ClauseReadInput(), min_length=2, max_length=8)
    key = KeyField()
    title = LineField(max_length=500)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class SittingOutput(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    first_version = serializers.IntegerField()
    saves = serializers.IntegerField()
    action = serializers.ChoiceField(choices=ACTIONS)
    saved_by = PolicyPersonOutput(allow_null=True)
    saved_at = serializers.DateTimeField()


class SavedVersionOutput(serializers.Serializer[Any]):
    version = serializers.IntegerField()
    document = ClauseDocumentOutputField()
    fields_changed = FieldDifferenceOutput(
        many=True, source="fields", help_text="What reads otherwise now, outside the blocks."
    )
    blocks = BlockDifferenceOutput(many=True)


class TaxonomyEntryOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    about = serializers.CharField()


class TaxonomyOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    entries = TaxonomyEntryOutput(many=True)


class ExampleAssetOutput(serializers.Serializer[Any]):
    asset = AssetOutput()
    post_id = serializers.UUIDField(help_text="The post as which it is looked at.")
    part_id = serializers.UUIDField()


class PassageOutput(serializers.Serializer[Any]):
    at = serializers.CharField()
    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]


class ClauseWordingOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    language = serializers.CharField()
    source_language = serializers.CharField()
    passages = PassageOutput(many=True)
