"""What each role may do; the whole authorization table of Concord."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a person is in one project; they may be several at once."""

    ANNOTATOR = "annotator"
    REVIEWER = "reviewer"
    POLICY_EDITOR = "policy_editor"
    ENGINEER = "engineer"
    MANAGER = "manager"


class Capability(StrEnum):
    """One thing that a role allows; also the scopes that a token can carry."""

    PROJECT_VIEW = "project.view"
    PROJECT_MANAGE = "project.manage"
    TASKS_WORK = "tasks.work"
    TASKS_MANAGE = "tasks.manage"
    REVIEW_DECIDE = "review.decide"
    POLICY_EDIT = "policy.edit"
    POLICY_APPROVE = "policy.approve"
    CONTENT_VIEW = "content.view"
    CONTENT_IMPORT = "content.import"
    MODELS_RUN = "models.run"
    DATASETS_EXPORT = "datasets.export"
    JOBS_VIEW = "jobs.view"
    RESULTS_VIEW = "results.view"
    AUDIT_VIEW = "audit.view"


_C = Capability

CAPABILITIES_OF: dict[Role, frozenset[Capability]] = {
    Role.ANNOTATOR: frozenset({_C.PROJECT_VIEW, _C.TASKS_WORK}),
    Role.REVIEWER: frozenset(
        {_C.PROJECT_VIEW, _C.TASKS_WORK, _C.REVIEW_DECIDE, _C.RESULTS_VIEW, _C.CONTENT_VIEW, _C.JOBS_VIEW}
    ),
    Role.POLICY_EDITOR: frozenset(
        {
            _C.PROJECT_VIEW,
            _C.CONTENT_VIEW,
            _C.POLICY_EDIT,
            _C.POLICY_APPROVE,
            _C.RESULTS_VIEW,
            _C.JOBS_VIEW,
            _C.REVIEW_DECIDE,
        }
    ),
    Role.ENGINEER: frozenset(
        {
            _C.PROJECT_VIEW,
            _C.CONTENT_VIEW,
            _C.CONTENT_IMPORT,
            _C.MODELS_RUN,
            _C.DATASETS_EXPORT,
            _C.JOBS_VIEW,
            _C.RESULTS_VIEW,
            _C.TASKS_MANAGE,
        }
    ),
    Role.MANAGER: frozenset(
        {
            _C.PROJECT_VIEW,
            _C.PROJECT_MANAGE,
            _C.TASKS_MANAGE,
            _C.CONTENT_VIEW,
            _C.CONTENT_IMPORT,
            _C.RESULTS_VIEW,
            _C.JOBS_VIEW,
            _C.AUDIT_VIEW,
            _C.POLICY_APPROVE,
        }
    ),
}


def capabilities_of(
    roles: Iterable[str], scopes: frozenset[Capability] | None = None
) -> frozenset[Capability]:
    """Return what ``roles`` allow together, narrowed to ``scopes`` when a token carries some.

    Unknown role names allow nothing.
    """
    known = {Role(role) for role in roles if role in list(Role)}
    allowed = frozenset().union(*(CAPABILITIES_OF[role] for role in known)) if known else frozenset()
    return allowed if scopes is None else allowed & scopes


def roles_with(capability: Capability) -> frozenset[Role]:
    """Return the roles that allow ``capability``."""
    return frozenset(role for role, allowed in CAPABILITIES_OF.items() if capability in allowed)
