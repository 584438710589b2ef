"""What decisions say of the harm in a post, told to the queue, which knows no policies."""

from __future__ import annotations

from annotation.events import PostDecided
from annotation.selectors.decisions import decisions_current
from core.queue.selectors import clause_categories
from core.queue.services import PostHarm, harms_find, severity_of_step
from policies.selectors import release_fixed

_UNSAID = 2
"""A harmful answer without a severity is moderate."""


def harm_follows(event: PostDecided) -> None:
    """Keep how harmful a post was decided to be, when the project says what kind of harm the clause is about.

    The queue uses it for whom the post may be handed to next, never for how it is shown to them.
    """
    categories = clause_categories(event.project_id)
    if event.clause_key not in categories:
        return
    severity, named = 0, set[str]()
    for decision in decisions_current(event.project_id, clause_keys=list(categories)).filter(
        post_id=event.post_id
    ):
        clause = release_fixed(decision.release_id).clauses[decision.clause_key]
        harmful = {answer.value for answer in clause.answers if answer.harmful}
        if decision.answer not in harmful:
            continue
        step = decision.severity
        grave = _UNSAID if step is None else severity_of_step(step, clause.severity_values)
        severity = max(severity, grave)
        named.add(categories[decision.clause_key])
    harms_find({event.post_id: PostHarm(severity, tuple(sorted(named)))})
