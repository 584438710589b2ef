"""Writes of accounts: each checks, computes, writes in one transaction and leaves an audit event."""

from __future__ import annotations

from core.accounts.services.audit import audit_record
from core.accounts.services.login_links import login_link_issue, login_link_redeem
from core.accounts.services.members import member_add, member_remove, member_update
from core.accounts.services.projects import organization_create, project_create, project_update, user_create
from core.accounts.services.tokens import token_create, token_revoke

__all__ = [
    "audit_record",
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
