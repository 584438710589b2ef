"""How somebody new comes in: a manager makes a link, its holder makes an account or signs in, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core.accounts.actors import Actor
from core.accounts.domain.secrets import digest_of, link_secret_make
from core.accounts.errors import (
    InvitationOtherPersonError,
    InvitationSignInError,
    InvitationSpentError,
    MemberAlreadyError,
)
from core.accounts.models import Invitation, Membership, Project, User
from core.accounts.services.audit import audit_record
from core.accounts.services.members import membership_give, roles_checked
from core.errors import InvalidFieldsError

_VALID_FOR = timedelta(days=7)


@transaction.atomic
def invitation_create(
    actor: Actor, *, project: Project, email: str, roles: Sequence[str]
) -> tuple[Invitation, str]:
    """Invite whoever gets the link; return the invitation and its address, which is shown only here.

    The answer is the same whether or not somebody has an account with this address. An earlier open
    invitation of the same address to the same project ends.

    Raises
    ------
    MemberAlreadyError
        When a member of this very project, whom the manager sees anyway, has the address.
    RoleUnknownError
    """
    wanted, address = roles_checked(roles), email.strip().lower()
    Project.objects.select_for_update().get(pk=project.pk)  # one open invitation an address
    if Membership.objects.filter(project=project, user__email__iexact=address, is_active=True).exists():
        raise MemberAlreadyError()
    now = timezone.now()
    Invitation.objects.filter(
        project=project, email=address, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)
    secret = link_secret_make()
    invitation = Invitation.objects.create(
        project=project,
        email=address,
        roles=wanted,
        digest=digest_of(secret),
        invited_by=actor.user,
        expires_at=now + _VALID_FOR,
    )
    audit_record(
        actor, action="invitation.create", project=project, target=invitation, data={"roles": wanted}
    )
    # After the number sign: browsers send it to nobody, so it is in no log and no referrer.
    return invitation, f"{settings.PUBLIC_ORIGIN}/invited#{secret}"


@transaction.atomic
def invitation_revoke(actor: Actor, *, project: Project, invitation: Invitation) -> None:
    """Withdraw an open invitation; its link ends at once."""
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    audit_record(actor, action="invitation.revoke", project=project, target=invitation)


def invitation_of(secret: str) -> Invitation:
    """Return the invitation that this link still opens; changes nothing.

    Raises
    ------
    InvitationSpentError
    """
    return _open(secret, lock=False)


@transaction.atomic
def invitation_accept(secret: str, *, display_name: str, password: str) -> tuple[User, Project]:
    """Make the account that was invited, with the roles that the invitation holds; uses the link up.

    Raises
    ------
    InvitationSpentError
    InvitationSignInError
        When the address is taken: that account's own person has to sign in (`invitation_join`).
    InvalidFieldsError
        When the password is too easy.
    """
    invitation = _open(secret, lock=True)
    person = User(email=invitation.email, display_name=display_name)
    try:
        validate_password(password, person)
    except ValidationError as problem:
        errors = [{"path": "password", "message": sentence} for sentence in problem.messages]
        raise InvalidFieldsError(errors) from None
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise InvitationSignInError()
    user = User.objects.create_user(invitation.email, password, display_name=display_name)
    audit_record(Actor(user), action="user.create", target=user, data={"invitation": str(invitation.pk)})
    _settle(invitation, user)
    return user, invitation.project


@transaction.atomic
def invitation_join(actor: Actor, secret: str) -> Project:
    """Let the signed-in person, whose address was invited, into the project; uses the link up.

    Raises
    ------
    InvitationSpentError, InvitationOtherPersonError
    """
    invitation = _open(secret, lock=True)
    if actor.token_id is not None or actor.user.email.lower() != invitation.email:
        raise InvitationOtherPersonError()
    _settle(invitation, actor.user)
    return invitation.project


def _open(secret: str, *, lock: bool) -> Invitation:
    found = Invitation.objects.select_related("project__organization", "invited_by")
    if lock:
        found = found.select_for_update(of=("self",))
    invitation = found.filter(digest=digest_of(secret)).first()
    if (
        invitation is None
        or invitation.accepted_at is not None
        or invitation.revoked_at is not None
        or invitation.expires_at <= timezone.now()
    ):
        raise InvitationSpentError()
    return invitation


def _settle(invitation: Invitation, user: User) -> None:
    """Use the locked invitation up and give its roles."""
    membership_give(Actor(user), project=invitation.project, user=user, roles=list(invitation.roles))
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit_record(Actor(user), action="invitation.accept", project=invitation.project, target=invitation)
