from __future__ import annotations

from core.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError


class CapabilityMissingError(NotAllowedError):
    code = "capability_missing"
    detail = "Your roles here do not let you {may}. Ask a manager of the project."


class TokenScopeMissingError(NotAllowedError):
    """The person may do it, their token may not."""

    code = "token_scope_missing"
    detail = "This token may not “{may}”. Create one that may, under Access tokens, and sign in with it."


class ProjectSlugTakenError(ConflictError):
    code = "project_slug_taken"
    detail = "There is already a project with the short name “{slug}”. Choose another."


class MemberAlreadyError(ConflictError):
    code = "member_already"
    detail = "This person is already a member of the project."


class MemberUnknownError(NotFoundError):
    code = "member_unknown"
    detail = "Nobody in your organization has this address. Invite them with a link instead."


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


class InvitationSpentError(NotFoundError):
    status = 410
    title = "Invitation no longer valid"
    code = "invitation_spent"
    detail = "This invitation has been used, was withdrawn or has run out. Ask for a new one."


class InvitationOtherPersonError(NotAllowedError):
    code = "invitation_other_person"
    detail = "This invitation is for another address. Sign out, then open the link again."


class InvitationSignInError(ConflictError):
    code = "invitation_sign_in"
    detail = "No new account can be made with this address. If it is yours, sign in to join."


class SignInLinkNotYoursError(NotAllowedError):
    code = "sign_in_link_not_yours"
    detail = (
        "You can make a sign-in link only for people all of whose projects you manage, and not with a token. "
        "Ask the people who run Concord."
    )


class KeyCommandUnknownError(InvalidError):
    code = "key_command_unknown"
    detail = "“{command}” is not a command. Commands look like label.submit."


class KeyUnknownError(InvalidError):
    code = "key_unknown"
    detail = "“{key}” is not a key. Write one key with its modifiers before it, as in mod+shift+k."


class KeyTakenError(ConflictError):
    code = "key_taken"
    detail = "The key {key} would be held by both {first} and {second}. Give one of them another key."


class KeysTooManyError(InvalidError):
    code = "keys_too_many"
    detail = "At most {most} commands can have keys of your own."
