"""The tools about policies: parse, call one, render."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from active_learning.services import text_read_soon
from agents.api import inputs, outputs
from agents.domain.identifiers import ClauseName
from agents.domain.untrusted import UntrustedText, untrusted
from agents.selectors.clauses import clauses_found
from agents.selectors.releases import clause_meant, release_meant, releases_meant
from core.accounts.selectors import Actor, Capability, capabilities_in
from policies.selectors import ReleaseView, difference_get, impact_get, rendering_get
from policies.tokens import tokenizer_name

_CHANGES_MOST = 60
_CHANGED_TEXT_MOST = 6_000
_ANSWERS = "answers"
_MEASURES = "gold"
"""Of what measures people not even the number is told."""


def search_policies(actor: Actor, given: inputs.SearchPoliciesInput) -> outputs.SearchPoliciesOutput:
    """Find clauses by words and by likeness, then by what belongs to them."""
    releases = releases_meant(actor, given.version)
    text_read_soon(given.query, releases)
    found = clauses_found(actor, releases, query=given.query, modality=given.modality, most=given.k)
    return outputs.SearchPoliciesOutput(
        results=[
            outputs.FoundClauseOutput(
                clause_id=_name(one.release, one.clause.key),
                title=untrusted(one.clause.title),
                snippet=untrusted(one.snippet, most=500),
                score=one.score,
                via=list(one.via),
                meaning_revision=one.clause.meaning_revision,
                version=outputs.ReleaseOutput.of(one.release),
            )
            for one in found
        ]
    )


def get_policy_clause(actor: Actor, given: inputs.GetPolicyClauseInput) -> outputs.GetPolicyClauseOutput:
    """Render one clause for one kind of reader."""
    release, clause = clause_meant(actor, given.clause_id, given.version)
    text = rendering_get(actor, release.id, clause.key, given.rendering)
    return outputs.GetPolicyClauseOutput(
        clause_id=_name(release, clause.key),
        version=outputs.ReleaseOutput.of(release),
        meaning_revision=clause.meaning_revision,
        rendering=given.rendering,
        text=untrusted(text.text, is_markdown=True),
        tokens=text.tokens,
        tokenizer=tokenizer_name(),
        includes=outputs.envelopes(text.includes),
        excludes=outputs.envelopes(text.excludes),
        examples=outputs.envelopes(text.examples),
        precedence=outputs.envelopes(text.precedence),
        answers=[
            outputs.AnswerOutput(value=one.value, label=untrusted(one.label), harmful=one.harmful)
            for one in clause.answers
        ],
        severities=list(clause.severity_values),
        notes=list(text.notes),
    )


def diff_policy(actor: Actor, given: inputs.DiffPolicyInput) -> outputs.DiffPolicyOutput:
    """Compare two releases of a policy clause by clause, with what stops holding."""
    before = release_meant(actor, given.from_, policy_id=given.policy_id)
    after = release_meant(actor, given.to, policy_id=given.policy_id)
    compared = difference_get(actor, after.id, against_id=before.id).difference
    affected = _affected(actor, before, after)
    changed = [one for one in compared.clauses if one.status != "unchanged" or one.is_moved]
    rows = [
        outputs.ClauseChangeOutput(
            clause_id=_name(after if one.key in after.clauses else before, one.key),
            change="moved" if one.status == "unchanged" else one.status,
            is_meaning=not one.is_held and one.status != "added",
            meaning_before=one.meaning_before,
            meaning_after=one.meaning_after,
            before=_text(actor, before, one.key),
            after=_text(actor, after, one.key),
            labels_affected=None if affected is None else affected.get(one.key, {}).get(_ANSWERS, 0),
            affected=None if affected is None else dict(affected.get(one.key, {})),
        )
        for one in changed[:_CHANGES_MOST]
    ]
    return outputs.DiffPolicyOutput(
        version_from=outputs.ReleaseOutput.of(before),
        version_to=outputs.ReleaseOutput.of(after),
        results=rows,
        is_cut=len(changed) > _CHANGES_MOST,
    )


def _affected(
    actor: Actor, before: ReleaseView, after: ReleaseView
) -> Mapping[str, Mapping[str, int]] | None:
    if Capability.RESULTS_VIEW not in capabilities_in(actor, after.project_id):
        return None
    found: dict[str, dict[str, int]] = {}
    for clause in impact_get(actor, after.id, against_id=before.id).clauses:
        own = found.setdefault(clause.clause_key, {})
        for tally in clause.tallies:
            if not tally.noun.startswith(_MEASURES):
                own[tally.noun] = own.get(tally.noun, 0) + tally.count
    return found


def _text(actor: Actor, release: ReleaseView, key: str) -> UntrustedText | None:
    if key not in release.clauses:
        return None
    text = rendering_get(actor, release.id, key, "guideline").text
    return untrusted(text, is_markdown=True, most=_CHANGED_TEXT_MOST)


def _name(release: ReleaseView, key: str) -> str:
    return clause_id(release.policy_id, key)


def clause_id(policy_id: UUID, key: str) -> str:
    """Return how tools name a clause."""
    return str(ClauseName(policy_id, key))
