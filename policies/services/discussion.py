"""What people say about an unpublished release: comments that are settled, suggestions that are decided."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core.accounts.selectors import Actor, Capability
from core.accounts.services import audit_record
from policies.domain.clause_documents import ClauseDocument, clause_json, text_normalised
from policies.domain.wordings import has_place, passage_put, passage_text
from policies.errors import (
    ClauseNotFoundError,
    PassageNotFoundError,
    ReleaseStateError,
    SuggestionDecidedError,
    SuggestionEmptyError,
    SuggestionOthersError,
)
from policies.models import Clause, Comment, Release, Suggestion
from policies.models.discussion import SuggestionState
from policies.models.draft_version import DraftAction
from policies.models.release import ReleaseState
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import clause_document_of
from policies.selectors.discussion import comment_visible_get, suggestion_visible_get
from policies.services.clauses import clause_edit

_TALKED_ABOUT = (ReleaseState.DRAFT, ReleaseState.IN_REVIEW)


@transaction.atomic
def comment_write(
    actor: Actor,
    *,
    release_id: UUID,
    text: str,
    clause_key: str = "",
    at: str = "",
    answers_id: UUID | None = None,
) -> Comment:
    """Say something about a passage of a draft or a release in review, or answer what somebody said.

    Raises
    ------
    PassageNotFoundError
        When the clause has no such place.
    """
    release = _open_release(actor, release_id)
    if answers_id is not None:
        asked = comment_visible_get(actor, answers_id)
        if asked.release_id != release.pk:
            raise PassageNotFoundError()
        root = asked.answers or asked
        comment = Comment(
            clause_key=root.clause_key, at=root.at, clause_version=root.clause_version, answers=root
        )
    else:
        clause = _clause(release, clause_key)
        document = clause_document_of(clause)
        if not has_place(document, at):
            raise PassageNotFoundError()
        comment = Comment(
            clause_key=clause_key,
            at=at,
            clause_version=clause.version,
            quote=passage_text(document, at) or "",
        )
    comment.release, comment.author, comment.text = release, actor.user, text
    comment.save(force_insert=True)
    _audit(actor, release, "comment.write", comment=str(comment.pk), clause=comment.clause_key)
    return comment


@transaction.atomic
def comment_resolve(actor: Actor, *, comment_id: UUID, is_resolved: bool) -> Comment:
    """Settle a thread, or open it again; said on its first comment."""
    comment = comment_visible_get(actor, comment_id)
    comment = Comment.objects.select_for_update(of=("self",)).get(pk=comment.answers_id or comment.pk)
    if is_resolved == (comment.resolved_at is not None):
        return comment
    comment.resolved_at = timezone.now() if is_resolved else None
    comment.resolved_by = actor.user if is_resolved else None
    comment.save(update_fields=["resolved_at", "resolved_by"])
    action = "comment.resolve" if is_resolved else "comment.reopen"
    _audit(actor, comment.release, action, comment=str(comment.pk), clause=comment.clause_key)
    return comment


@transaction.atomic
def suggestion_make(
    actor: Actor, *, release_id: UUID, clause_key: str, at: str, proposed: str, why: str = ""
) -> Suggestion:
    """Propose a new text for one passage of a draft or a release in review.

    Raises
    ------
    PassageNotFoundError
        When the clause has no text there.
    SuggestionEmptyError
        When it says what stands there already.
    """
    release = _open_release(actor, release_id)
    clause = _clause(release, clause_key)
    document = clause_document_of(clause)
    before = passage_text(document, at)
    if before is None:
        raise PassageNotFoundError()
    wanted = passage_text(_put(document, at, proposed), at) or ""
    if wanted == before:
        raise SuggestionEmptyError()
    suggestion = Suggestion.objects.create(
        release=release,
        clause_key=clause_key,
        at=at,
        clause_version=clause.version,
        before=before,
        proposed=wanted,
        why=why.strip(),
        author=actor.user,
    )
    _audit(actor, release, "suggestion.make", suggestion=str(suggestion.pk), clause=clause_key, at=at)
    return suggestion


@transaction.atomic
def suggestion_accept(actor: Actor, *, suggestion_id: UUID, version: int, note: str = "") -> Suggestion:
    """Put the proposed text into the draft, on top of the clause as the actor has read it.

    Raises
    ------
    ClauseVersionConflictError
        When the clause was saved since ``version``; nothing is decided then.
    ReleaseNotDraftError
        When the release is in review: take it back first.
    """
    suggestion = _open_suggestion(actor, suggestion_id, needs=Capability.POLICY_EDIT)
    clause = _clause(suggestion.release, suggestion.clause_key)
    document = clause_document_of(clause)
    if passage_text(document, suggestion.at) is None:
        raise PassageNotFoundError()
    clause_edit(
        actor,
        release_id=suggestion.release_id,
        key=suggestion.clause_key,
        version=version,
        document=clause_json(_put(document, suggestion.at, suggestion.proposed)),
        action=DraftAction.SUGGESTED,
    )
    return _decide(actor, suggestion, SuggestionState.ACCEPTED, note)


@transaction.atomic
def suggestion_reject(actor: Actor, *, suggestion_id: UUID, note: str = "") -> Suggestion:
    """Decline a suggestion; the text stays as it is."""
    suggestion = _open_suggestion(actor, suggestion_id, needs=Capability.POLICY_EDIT)
    return _decide(actor, suggestion, SuggestionState.REJECTED, note)


@transaction.atomic
def suggestion_withdraw(actor: Actor, *, suggestion_id: UUID) -> Suggestion:
    """Take one's own suggestion back."""
    suggestion = _open_suggestion(actor, suggestion_id, needs=Capability.POLICY_APPROVE)
    if suggestion.author_id != actor.user.pk:
        raise SuggestionOthersError()
    return _decide(actor, suggestion, SuggestionState.WITHDRAWN, "")


def _open_suggestion(actor: Actor, suggestion_id: UUID, *, needs: Capability) -> Suggestion:
    seen = suggestion_visible_get(actor, suggestion_id, needs=needs)
    suggestion = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("release", "release__policy", "release__policy__project")
        .get(pk=seen.pk)
    )
    if suggestion.state != SuggestionState.OPEN:
        raise SuggestionDecidedError(state=suggestion.get_state_display().lower())
    return suggestion


def _decide(actor: Actor, suggestion: Suggestion, state: SuggestionState, note: str) -> Suggestion:
    suggestion.state = state
    suggestion.decided_by, suggestion.decided_at = actor.user, timezone.now()
    suggestion.decided_note = note.strip()
    suggestion.save(update_fields=["state", "decided_by", "decided_at", "decided_note"])
    _audit(
        actor,
        suggestion.release,
        f"suggestion.{state.value}",
        suggestion=str(suggestion.pk),
        clause=suggestion.clause_key,
    )
    return suggestion


def _put(document: ClauseDocument, at: str, text: str) -> ClauseDocument:
    try:
        return passage_put(document, at, text_normalised(text))
    except ValueError as error:
        raise SuggestionEmptyError() from error


def _open_release(actor: Actor, release_id: UUID) -> Release:
    release = release_visible_get(actor, release_id, needs=Capability.POLICY_APPROVE)
    if release.state not in _TALKED_ABOUT:
        raise ReleaseStateError(state=release.get_state_display().lower(), needed="not released yet")
    return release


def _clause(release: Release, key: str) -> Clause:
    clause = release.clauses.filter(key=key).first()
    if clause is None:
        raise ClauseNotFoundError(key=key)
    return clause


def _audit(actor: Actor, release: Release, action: str, **data: object) -> None:
    audit_record(actor, action=action, project=release.policy.project, target=release, data=data)
