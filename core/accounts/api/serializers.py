from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.accounts.domain.keys import MOST_WAYS
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
    keys = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Keys of the person's own, by command.",
    )


class KeysOutput(serializers.Serializer[Any]):
    keys = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class KeysChangeInput(StrictSerializer):
    changes = serializers.DictField(
        child=serializers.ListField(
            child=serializers.CharField(max_length=40),
            min_length=1,
            max_length=MOST_WAYS,
            allow_null=True,
        ),
        allow_empty=False,
        help_text="By command its new keys; null gives it its usual ones back.",
    )


class LanguagesOutput(serializers.Serializer[Any]):
    languages = serializers.ListField(child=serializers.CharField())


class LanguagesInput(StrictSerializer):
    languages = serializers.ListField(
        child=serializers.RegexField(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35),
        max_length=60,
    )


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


class SignInLinkOutput(serializers.Serializer[Any]):
    link = serializers.CharField(help_text="Shown once; signs the member in once.")
    expires_at = serializers.DateTimeField()


class InvitationOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    email = serializers.EmailField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=ROLE_CHOICES))
    invited_by = serializers.CharField(source="invited_by.display_name")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class InvitationCreateInput(MemberAddInput):
    pass


class InvitationCreatedOutput(serializers.Serializer[Any]):
    invitation = InvitationOutput()
    link = serializers.CharField(help_text="Shown once; Concord keeps only its digest.")


class InvitationShowInput(StrictSerializer):
    secret = serializers.CharField(max_length=200)


class InvitationShownOutput(serializers.Serializer[Any]):
    email = serializers.EmailField()
    roles = serializers.ListField(child=serializers.ChoiceField(choices=ROLE_CHOICES))
    project = serializers.CharField(source="project.name")
    organization = serializers.CharField(source="project.organization.name")
    invited_by = serializers.CharField(source="invited_by.display_name")
    expires_at = serializers.DateTimeField()


class InvitationAcceptInput(InvitationShowInput):
    display_name = serializers.CharField(max_length=120)
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class InvitationAcceptedOutput(serializers.Serializer[Any]):
    project_id = serializers.UUIDField()


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


class AuditQuery(serializers.Serializer[Any]):
    action = serializers.RegexField(r"^[a-z_]+(\.[a-z_]+)?$", max_length=60, required=False)


class AuditEventOutput(serializers.ModelSerializer[AuditEvent]):
    actor = serializers.CharField(source="actor.display_name", default=None, allow_null=True)

    class Meta:
        model = AuditEvent
        fields = ["id", "created_at", "actor", "action", "target_kind", "target_id", "data"]
        read_only_fields = fields
