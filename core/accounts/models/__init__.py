"""Tables of this app; private to it."""

from __future__ import annotations

from core.accounts.models.access import ApiToken, LoginLink
from core.accounts.models.audit import AuditEvent
from core.accounts.models.invitations import Invitation
from core.accounts.models.projects import Membership, Organization, Project
from core.accounts.models.settings import PersonalSettings
from core.accounts.models.users import User

__all__ = [
    "ApiToken",
    "AuditEvent",
    "Invitation",
    "LoginLink",
    "Membership",
    "Organization",
    "PersonalSettings",
    "Project",
    "User",
]
