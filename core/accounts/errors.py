from __future__ import annotations

from core.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError


class CapabilityMissingError(NotAllowedError):
    code = "capability_missing"
    detail = "This needs the permission “{capability}”, which your roles here do not include. Ask a manager."


class ProjectSlugTakenError(ConflictError):
    code = "project_slug_taken"
    detail = "There is already a project with the short name “{slug}”. Choose another."


class MemberAlreadyError(ConflictError):
    code = "member_already"
    detail = "This person is already a member of the project."


class MemberUnknownError(NotFoundError):
    code = "member_unknown"
    detail = "Nobody with this address has an account. Ask an administrator to create it first."


class LastManagerError(ConflictError):
    code = "last_manager"
    detail = "The project would be left without a manager. Make somebody else a manager first."


class RoleUnknownError(InvalidError):
    code = "role_unknown"
    detail = "“{role}” is not a role. Choose from annotator, reviewer, policy_editor, engineer and manager."


class ScopeUnknownError(InvalidError):
    code = "scope_unknown"
    detail = "“{scope}” is not a scope of a token."


class LoginLinkSpentError(NotFoundError):
    status = 410
    title = "Link no longer valid"
    code = "login_link_spent"
    detail = "This link has been used or has run out. Ask for a new one."
