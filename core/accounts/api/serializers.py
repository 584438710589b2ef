from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.accounts.domain.roles import Capability, Role, capabilities_of
from core.accounts.models import AuditEvent
from core.http.serializers import StrictSerializer

ROLE_CHOICES = [str(role) for role in Role]
SCOPE_CHOICES = [str(scope) for scope in Capability]
STATE_CHOICES = ["active", "paused", "archived"]


class ProjectOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    slug = serializers.CharField()
    description = serializers.CharField()
    state = serializers.ChoiceField(choices=STATE_CHOICES)
    lease_seconds = serializers.IntegerField()
    organization = serializers.CharField(source="organization.name")
    created_at = serializers.DateTimeField()


class MyMembershipOutput(serializers.Serializer[Any]):
    project = ProjectOutput()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=ROLE_CHOICES))
    capabilities = serializers.SerializerMethodField()
    pseudonym = serializers.CharField()

    def get_capabilities(self, membership: Any) -> list[str]:
        return sorted(capabilities_of(membership.roles))


class MeOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    email = serializers.EmailField()
    display_name = serializers.CharField()
    is_simulated = serializers.BooleanField()
    memberships = MyMembershipOutput(many=True)


class ProjectCreateInput(StrictSerializer):
    name = serializers.CharField(max_length=120)
    slug = serializers.SlugField(max_length=60)
    description = serializers.CharField(max_length=4000, allow_blank=True, required=False, default="")
    organization_id = serializers.UUIDField(required=False)


class ProjectUpdateInput(StrictSerializer):
    name = serializers.CharField(max_length=120, required=False)
    description = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    state = serializers.ChoiceField(choices=STATE_CHOICES, required=False)
    lease_seconds = serializers.IntegerField(min_value=30, max_value=86400, required=False)


class MemberOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    user_id = serializers.UUIDField()
    display_name = serializers.CharField(source="user.display_name")
    email = serializers.EmailField(source="user.email")
    is_simulated = serializers.BooleanField(source="user.is_simulated")
    roles = serializers.ListField(child=serializers.ChoiceField(choices=ROLE_CHOICES))
    pseudonym = serializers.CharField()
    created_at = serializers.DateTimeField()


class MemberAddInput(StrictSerializer):
    email = serializers.EmailField()
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=ROLE_CHOICES), min_length=1, max_length=len(ROLE_CHOICES)
    )


class MemberUpdateInput(StrictSerializer):
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=ROLE_CHOICES), min_length=1, max_length=len(ROLE_CHOICES)
    )


class TokenOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)


class TokenCreateInput(StrictSerializer):
    name = serializers.CharField(max_length=80)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=SCOPE_CHOICES), min_length=1, max_length=len(SCOPE_CHOICES)
    )
    expires_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


class TokenCreatedOutput(serializers.Serializer[Any]):
    token = TokenOutput()
    secret = serializers.CharField(help_text="Shown once; Concord keeps only its digest.")


class AuditEventOutput(serializers.ModelSerializer[AuditEvent]):
    actor = serializers.CharField(source="actor.display_name", default=None, allow_null=True)

    class Meta:
        model = AuditEvent
        fields = ["id", "created_at", "actor", "action", "target_kind", "target_id", "data"]
        read_only_fields = fields
