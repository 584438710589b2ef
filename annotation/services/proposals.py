"""What an agent proposes for a post: a suggestion like a model's, checked like an answer, decided by people."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction

from annotation.domain.suggestions import SuggestedAnswer, suggestion_problems
from annotation.errors import ProposalInvalidError
from annotation.selectors.posts import part_shapes
from annotation.selectors.questions import question_of
from annotation.services.suggestions import Proposer, SuggestionDraft, suggestions_record
from core.accounts.selectors import Actor, Capability
from core.content.selectors import post_get, posts_shown
from core.errors import NotFoundError
from policies.selectors import ReleaseView, posts_held_out, releases_current

AGENT = "agent"


@transaction.atomic
def judgment_propose(
    actor: Actor,
    post_id: uuid.UUID,
    *,
    clause_keys: Sequence[str],
    answer: str,
    severity: int | None,
    confidence: float,
    rationale: str,
    proposer: str,
) -> list[ReleaseView]:
    """Store one answer to some clauses of a post, as suggestions under the releases in effect; return these releases.

    Parameters
    ----------
    rationale
        Why, in the agent's words; people read it beside the suggestion where the project shows suggestions.
    proposer
        Who proposes, as people read it beside the suggestion.

    Raises
    ------
    NotFoundError
        Also for a post by which somebody or something is measured: that looks as if it were not there.
    CapabilityMissingError, TokenScopeMissingError
    ProposalInvalidError
        Naming each problem by its place in what was proposed; then nothing was stored.
    """
    project = post_get(actor, post_id, needs=Capability.PROPOSALS_WRITE).project
    post = posts_shown([post_id]).get(post_id)
    if post is None or posts_held_out(project.pk, [post_id]):
        raise NotFoundError()
    asked = {
        clause.key: (release, clause)
        for release in releases_current(project.pk)
        for clause in release.verdict_clauses
    }
    errors: list[dict[str, str]] = []
    drafts: dict[uuid.UUID, list[SuggestionDraft]] = {}
    shapes = part_shapes(post, with_frames=False)
    for at, key in enumerate(dict.fromkeys(clause_keys)):
        release, clause = asked.get(key, (None, None))
        suggested = SuggestedAnswer(clause_key=key, answer=answer, severity=severity, confidence=confidence)
        question = None if clause is None else question_of(clause)
        for problem in suggestion_problems(suggested, question, shapes):
            path = {"clause_key": f"clause_ids.{at}", "answer": "label"}.get(problem.path, problem.path)
            errors.append({"path": path, "code": problem.code, "message": problem.message})
        if release is not None:
            draft = SuggestionDraft(post_id, key, answer, confidence, severity, reason=rationale)
            drafts.setdefault(release.id, []).append(draft)
    if errors:
        raise ProposalInvalidError(errors)
    releases = {release.id: release for release, _ in asked.values() if release.id in drafts}
    for release_id, own in drafts.items():
        suggestions_record(
            actor, project, release=releases[release_id], proposer=Proposer(AGENT, proposer), drafts=own
        )
    return list(releases.values())
