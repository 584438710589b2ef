"""What a draft is on its way to release: what it lacks, who wrote it, which approvals count."""

from __future__ import annotations

from uuid import UUID

from policies.domain.canonical import PlacedClause, clause_sha256, release_canonical, review_sha256
from policies.domain.completeness import Problem, release_problems
from policies.domain.lineage import lineage_read
from policies.models import Approval, Clause, ClauseIdentity, Release
from policies.models.approval import ApprovalVerdict
from policies.models.clause import ClauseChange
from policies.models.discussion import SuggestionState
from policies.selectors.clauses import clause_document_of, placed_clauses
from policies.selectors.example_media import assets_cited, assets_measuring, assets_missing

_DECIDED = (ClauseChange.EDITORIAL, ClauseChange.SEMANTIC)


def problems_of(release: Release) -> list[Problem]:
    """Return everything that keeps a draft from review: what is unwritten, then what is undecided."""
    rows = sorted(release.clauses.all(), key=lambda clause: (clause.position, clause.key))
    placed = placed_clauses(release)
    problems = release_problems(placed)
    problems += _media_problems(release, placed)
    for row in rows:
        problems += decision_problems(row)
    if not problems and release.based_on and _says_the_same(release, placed):
        problems.append(Problem("", "", f"Nothing differs from release {release.based_on.number} yet."))
    return problems


def _media_problems(release: Release, placed: list[PlacedClause]) -> list[Problem]:
    project_id = release.policy.project_id
    cited = assets_cited(clause.document for clause in placed)
    missing, measuring = assets_missing(project_id, cited), assets_measuring(project_id, cited)
    problems: list[Problem] = []
    for clause in placed:
        shown = set(assets_cited([clause.document]))
        if shown & missing:
            sentence = "An example shows a file that is not in this project, or is hidden."
            problems.append(Problem(clause.key, "blocks", sentence))
        if shown & measuring:
            sentence = "An example shows a post that people or models are measured with. Choose another file."
            problems.append(Problem(clause.key, "blocks", sentence))
    return problems


def decision_problems(clause: Clause) -> list[Problem]:
    """Return what is missing in the author's decision about one clause."""
    if clause.change == ClauseChange.UNDECIDED:
        return [Problem(clause.key, "change", "Decide whether this edit changes the meaning.")]
    if clause.change not in _DECIDED:
        return []
    if not is_decision_current(clause):
        return [
            Problem(
                clause.key, "change", "The text changed after you decided about its meaning. Decide again."
            )
        ]
    if not clause.change_reason.strip():
        return [Problem(clause.key, "change_reason", "Give a reason for your decision about the meaning.")]
    return []


def is_decision_current(clause: Clause) -> bool:
    """Tell whether the author's decision was made for the text as it stands."""
    if clause.change not in _DECIDED:
        return clause.change != ClauseChange.UNDECIDED
    return clause.decided_sha256 == clause_sha256(clause_document_of(clause))


def review_sha256_of(release: Release) -> str:
    """Return the hash of what a reviewer approves: text, outline and the decisions about meaning."""
    decisions = {clause.key: (clause.change, clause.change_reason) for clause in release.clauses.all()}
    return review_sha256(
        policy_key=release.policy.key,
        title=release.title,
        clauses=placed_clauses(release),
        decisions=decisions,
        lineage=lineage_read(release.lineage),
    )


def author_ids(release: Release) -> set[UUID]:
    """Return who wrote the release: who started it, handed it in, saved any of it, or whose suggestion is in it."""
    edited = set(release.clauses.exclude(edited_by=None).values_list("edited_by_id", flat=True))
    saved = set(release.versions.values_list("saved_by_id", flat=True).distinct())
    suggested = set(
        release.suggestions.filter(state=SuggestionState.ACCEPTED).values_list("author_id", flat=True)
    )
    return {
        person
        for person in (release.created_by_id, release.submitted_by_id, *edited, *saved, *suggested)
        if person is not None
    }


def approvals_that_count(release: Release) -> list[Approval]:
    """Return the approvals given for exactly this text by people who did not write it."""
    rows = release.approvals.filter(
        verdict=ApprovalVerdict.APPROVED, reviewed_sha256=review_sha256_of(release)
    ).exclude(person_id__in=author_ids(release))
    return list(rows.order_by("id"))


def approvals_missing(release: Release) -> int:
    """Return how many people still have to approve this text; 0 when it may be published."""
    given = len({approval.person_id for approval in approvals_that_count(release)})
    return max(0, release.policy.approvals_required - given)


def latest_revisions(policy_id: UUID) -> dict[str, int]:
    """Return clause key → the newest meaning revision any release of the policy has given it."""
    rows = ClauseIdentity.objects.filter(policy_id=policy_id)
    return dict(rows.values_list("key", "latest_revision"))


def _says_the_same(release: Release, placed: list[PlacedClause]) -> bool:
    base = release.based_on
    if base is None:
        return False

    def text(title: str, clauses: list[PlacedClause]) -> bytes:
        bare = [PlacedClause(c.key, c.parent_key, c.position, c.document) for c in clauses]
        return release_canonical(policy_key=release.policy.key, title=title, clauses=bare)

    return text(release.title, placed) == text(base.title, placed_clauses(base))
