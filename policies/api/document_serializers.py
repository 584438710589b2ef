"""Policies as documents on the wire: renderings, files to download, and what an import proposes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.http.serializers import StrictSerializer
from policies.api.document_schema import ClauseDocumentInputField, ClauseDocumentOutputField
from policies.api.serializers import KeyField, LineField
from policies.domain.clause_documents import clause_json
from policies.domain.importing.proposal import NoteKind
from policies.domain.importing.reading import MOST_CLAUSES
from policies.domain.importing.sources import LONGEST_NAME, MOST_FILES
from policies.domain.rendering.renderings import RenderingKind

RENDERINGS = [str(kind) for kind in RenderingKind]
NOTES = [str(kind) for kind in NoteKind]


class RenderingOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=RENDERINGS)
    text = serializers.CharField()
    tokens = serializers.IntegerField()
    least = serializers.IntegerField(
        allow_null=True, help_text="From how many tokens on its reader works best."
    )
    most = serializers.IntegerField(allow_null=True, help_text="Up to how many tokens its reader works best.")
    includes = serializers.ListField(child=serializers.CharField())
    excludes = serializers.ListField(child=serializers.CharField())
    examples = serializers.ListField(child=serializers.CharField())
    precedence = serializers.ListField(child=serializers.CharField())
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="What the text leaves out, and whether it is too long."
    )


class RenderingsOutput(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment]
    clause_key = serializers.CharField(allow_null=True)
    tokenizer = serializers.CharField(help_text="What counted the tokens.")
    budget = serializers.IntegerField()
    renderings = RenderingOutput(many=True)


class ImportFileInput(StrictSerializer):
    name = serializers.CharField(max_length=LONGEST_NAME)
    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    base64 = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="The file's bytes; for what is no plain text, such as a .zip.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("text" in attrs) == ("base64" in attrs):
            raise serializers.ValidationError("Give the file either as text or as base64.")
        return attrs


class ImportPreviewInput(StrictSerializer):
    files = serializers.ListField(child=ImportFileInput(), min_length=1, max_length=MOST_FILES)
    policy_id = serializers.UUIDField(required=False, allow_null=True)


class ImportNoteOutput(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=NOTES)
    sentence = serializers.CharField()
    file = serializers.CharField()
    line = serializers.IntegerField(help_text="From 1; 0 for the file as such.")
    clause_key = serializers.CharField()


class ImportProblemOutput(serializers.Serializer[Any]):
    field = serializers.CharField()
    sentence = serializers.CharField()


class ImportClauseOutput(serializers.Serializer[Any]):
    key = serializers.CharField(source="clause.key")
    parent_key = serializers.CharField(source="clause.parent_key")
    file = serializers.CharField(source="clause.file")
    line = serializers.IntegerField(source="clause.line")
    is_left_out = serializers.BooleanField(source="clause.is_left_out")
    why_left_out = serializers.CharField(source="clause.why_left_out")
    document = serializers.SerializerMethodField()
    problems = serializers.SerializerMethodField()

    @extend_schema_field(ClauseDocumentOutputField)
    def get_document(self, row: Any) -> Any:
        return clause_json(row.clause.document)

    @extend_schema_field(ImportProblemOutput(many=True))
    def get_problems(self, row: Any) -> Any:
        return [{"field": field, "sentence": sentence} for field, sentence in row.problems]


class ImportPreviewOutput(serializers.Serializer[Any]):
    key = serializers.CharField(source="proposal.key")
    title = serializers.CharField(source="proposal.title")
    summary = serializers.CharField(source="proposal.summary")
    release_notes = serializers.CharField(source="proposal.release_notes")
    is_exact = serializers.BooleanField(
        source="proposal.is_exact", help_text="Whether this is an exported release, word for word."
    )
    files = serializers.ListField(child=serializers.CharField(), source="proposal.files")
    notes = ImportNoteOutput(many=True, source="proposal.notes")
    clauses = ImportClauseOutput(many=True)


class ImportedClauseInput(StrictSerializer):
    key = KeyField()
    parent_key = serializers.CharField(max_length=64, required=False, allow_blank=True, default="")
    document = ClauseDocumentInputField()


class ImportedFileInput(StrictSerializer):
    name = serializers.CharField(max_length=LONGEST_NAME)
    sha256 = serializers.RegexField("^[0-9a-f]{64}$", required=False)


class PolicyImportInput(StrictSerializer):
    policy_id = serializers.UUIDField(required=False, allow_null=True)
    key = KeyField()
    title = LineField(max_length=500)
    summary = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    notes = serializers.CharField(max_length=20_000, required=False, allow_blank=True)
    clauses = serializers.ListField(child=ImportedClauseInput(), min_length=1, max_length=MOST_CLAUSES)
    files = serializers.ListField(child=ImportedFileInput(), required=False, max_length=MOST_FILES)
