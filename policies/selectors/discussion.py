"""What was said about a release: threads of comments, and suggestions beside the text as it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from core.accounts.selectors import Actor, Capability, projects_visible_to
from policies.domain.clause_documents import ClauseDocument
from policies.domain.word_difference import Segment, word_segments
from policies.domain.wordings import has_place, passage_text
from policies.errors import CommentNotFoundError, ReleaseNotFoundError, SuggestionNotFoundError
from policies.models import Comment, Release, Suggestion
from policies.models.discussion import SuggestionState
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import clause_document_of

_RELEASE = ("release", "release__policy", "release__policy__project")


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its answers; ``is_gone`` when what it is about no longer stands in the release."""

    comment: Comment
    replies: tuple[Comment, ...]
    is_gone: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """A suggestion; ``segments`` shows an open one against the text as it is now, others as they were made."""

    suggestion: Suggestion
    segments: tuple[Segment, ...]
    is_gone: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Discussion:
    """Everything said about one release, oldest first."""

    threads: tuple[Thread, ...]
    suggestions: tuple[SuggestionView, ...]


def discussion_of(actor: Actor, release_id: UUID) -> Discussion:
    """Return what was said about a release, for those who write or approve policy; in four queries."""
    release = release_visible_get(actor, release_id, needs=Capability.POLICY_APPROVE)
    documents = {clause.key: clause_document_of(clause) for clause in release.clauses.all()}
    return Discussion(
        threads=tuple(_threads(release, documents)), suggestions=tuple(_suggestions(release, documents))
    )


def comment_visible_get(actor: Actor, comment_id: UUID) -> Comment:
    """Return a comment on a release the actor may talk about.

    Raises
    ------
    CommentNotFoundError
        When there is none, or it is not theirs to see.
    """
    comment = (
        Comment.objects.select_related(*_RELEASE, "answers")
        .filter(pk=comment_id, release__policy__project__in=projects_visible_to(actor))
        .first()
    )
    if comment is None:
        raise CommentNotFoundError()
    try:
        release_visible_get(actor, comment.release_id, needs=Capability.POLICY_APPROVE)
    except ReleaseNotFoundError:
        raise CommentNotFoundError() from None
    return comment


def suggestion_visible_get(actor: Actor, suggestion_id: UUID, *, needs: Capability) -> Suggestion:
    """Return a suggestion on a release the actor may do ``needs`` with.

    Raises
    ------
    SuggestionNotFoundError
        When there is none, or it is not theirs to see.
    """
    suggestion = (
        Suggestion.objects.select_related(*_RELEASE)
        .filter(pk=suggestion_id, release__policy__project__in=projects_visible_to(actor))
        .first()
    )
    if suggestion is None:
        raise SuggestionNotFoundError()
    try:
        release_visible_get(actor, suggestion.release_id, needs=needs)
    except ReleaseNotFoundError:
        raise SuggestionNotFoundError() from None
    return suggestion


def _threads(release: Release, documents: Mapping[str, ClauseDocument]) -> list[Thread]:
    replies: dict[UUID, list[Comment]] = defaultdict(list)
    roots: list[Comment] = []
    for row in release.comments.select_related("author", "resolved_by").order_by("id"):
        if row.answers_id is None:
            roots.append(row)
        else:
            replies[row.answers_id].append(row)
    threads: list[Thread] = []
    for root in roots:
        document = documents.get(root.clause_key)
        is_gone = document is None or not has_place(document, root.at)
        now = passage_text(document, root.at) if document is not None else None
        is_changed = now is not None and now != root.quote
        threads.append(Thread(root, tuple(replies[root.pk]), is_gone, is_changed))
    return threads


def _suggestions(release: Release, documents: Mapping[str, ClauseDocument]) -> list[SuggestionView]:
    found: list[SuggestionView] = []
    for row in release.suggestions.select_related("author", "decided_by").order_by("id"):
        document = documents.get(row.clause_key)
        now = passage_text(document, row.at) if document is not None else None
        is_open = row.state == SuggestionState.OPEN
        against = now if is_open and now is not None else row.before
        found.append(
            SuggestionView(
                suggestion=row,
                segments=tuple(word_segments(against, row.proposed)),
                is_gone=now is None,
                is_changed=is_open and now is not None and now != row.before,
            )
        )
    return found
