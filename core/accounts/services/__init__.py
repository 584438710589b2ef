"""Writes of accounts: each checks, computes, writes in one transaction and leaves an audit event."""

from __future__ import annotations

from core.accounts.services.audit import AUDIT_INTO, audit_record
from core.accounts.services.invitations import (
    invitation_accept,
    invitation_create,
    invitation_join,
    invitation_revoke,
)
from core.accounts.services.login_links import login_link_for_member, login_link_issue, login_link_redeem
from core.accounts.services.members import colleague_add, member_add, member_remove, member_update
from core.accounts.services.projects import organization_create, project_create, project_update, user_create
from core.accounts.services.settings import keys_change, keys_reset, languages_set
from core.accounts.services.tokens import token_create, token_revoke

__all__ = [
    "AUDIT_INTO",
    "audit_record",
    "colleague_add",
    "invitation_accept",
    "invitation_create",
    "invitation_join",
    "invitation_revoke",
    "keys_change",
    "keys_reset",
    "languages_set",
    "login_link_for_member",
    "login_link_issue",
    "login_link_redeem",
    "member_add",
    "member_remove",
    "member_update",
    "organization_create",
    "project_create",
    "project_update",
    "token_create",
    "token_revoke",
    "user_create",
]
