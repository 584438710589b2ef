"""Tables of this app; private to it."""

from __future__ import annotations

from core.accounts.models.access import ApiToken, LoginLink
from core.accounts.models.audit import AuditEvent
from core.accounts.models.projects import Membership, Organization, Project
from core.accounts.models.users import User

__all__ = ["ApiToken", "AuditEvent", "LoginLink", "Membership", "Organization", "Project", "User"]
