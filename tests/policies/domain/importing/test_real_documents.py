"""Policies that platforms and ROOST's community really publish become policies that can be released."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies.domain.canonical import PlacedClause
from policies.domain.completeness import release_problems
from policies.domain.importing.proposal import NoteKind, Proposal
from policies.domain.importing.reading import proposal_read
from policies.domain.importing.sources import Given
from policies.domain.rendering.renderings import Head, RenderingKind, rendered
from policies.tokens import token_count

pytestmark = pytest.mark.shared_data

POLICIES = Path(__file__).resolve().parents[5] / "shared/data/policies"
ROOST = "roost-model-community"
GITHUB = "github-site-policy/Policies/acceptable-use-policies"
SAFEGUARD = f"{ROOST}/gpt-oss-safeguard/projects/open-safeguard-dec-2025"


def _read(where: str, *, of: str = "**/*") -> Proposal:
    folder = POLICIES / where
    if not folder.exists():
        pytest.skip("the shared data folder is not here")
    files = [folder] if folder.is_file() else sorted(path for path in folder.glob(of) if path.is_file())
    return proposal_read(
        [Given(str(path.relative_to(folder.parent)).replace("\\", "/"), path.read_bytes()) for path in files]
    )


def _missing(proposal: Proposal) -> list[str]:
    chosen = [clause for clause in proposal.clauses if not clause.is_left_out]
    keys = {clause.key for clause in chosen}
    placed = [
        PlacedClause(
            clause.key,
            clause.parent_key,
            at,
            clause.document.model_copy(
                update={"relations": tuple(r for r in clause.document.relations if r.clause_key in keys)}
            ),
        )
        for at, clause in enumerate(chosen)
    ]
    return [f"{problem.clause_key}: {problem.sentence}" for problem in release_problems(placed)]


def test_the_github_rules_become_one_policy_that_lacks_nothing() -> None:
    read = _read(GITHUB)
    assert read.title == "Acceptable use policies"
    tops = [clause for clause in read.clauses if not clause.parent_key and not clause.is_left_out]
    # Fifteen files: fourteen rules, and one about appeals, which is proposed to stay out.
    assert len(tops) == 14
    assert {clause.file.rpartition("/")[2] for clause in read.clauses if clause.is_left_out} == {
        "github-appeal-and-reinstatement.md"
    }
    assert _missing(read) == []
    assert not any(note.kind is NoteKind.PROBLEM for note in read.notes)
    by_key = {clause.key: clause.document for clause in tops}
    types = [block.type.value for block in by_key["bullying-and-harassment"].blocks]
    assert types == ["definition", "use_when", "avoid_when"]
    see_also = {relation.clause_key for relation in by_key["bullying-and-harassment"].relations}
    assert see_also == {"disrupting-the-experience-of-other-users"}


def test_the_rules_as_one_file_become_a_tree_of_its_headings() -> None:
    read = _read(f"{GITHUB}/github-acceptable-use-policies.md")
    assert len(read.clauses) == 11
    assert read.release_notes.startswith("**Short version:**")
    assert _missing(read) == []


def test_the_teen_safety_pack_becomes_five_clauses_with_all_its_labelled_rows() -> None:
    read = _read(f"{ROOST}/resources/policy-packs/openAI/teen-safety")
    assert [clause.key for clause in read.clauses] == [
        "age-restricted-goods-and-services",
        "dangerous-content",
        "dangerous-roleplay",
        "graphic-violent-content",
        "harmful-body-ideals",
    ]
    assert _missing(read) == []
    dangerous = read.clauses[1].document
    assert [(a.value, a.harmful) for a in dangerous.answers] == [
        ("dc0", False),
        ("dc1", True),
        ("dc2", True),
        ("dc3", True),
    ]
    rows = sum(int(note.sentence.split()[0]) for note in read.notes if " examples of “" in note.sentence)
    assert rows == 175
    items = [
        item
        for clause in read.clauses
        for block in clause.document.blocks
        for item in getattr(block, "items", ())
    ]
    # Each row holds a prompt and, with its own label, a response; the policies have examples of their own.
    assert len(items) > 450
    assert all(item.ruling for item in items)


@pytest.mark.parametrize(
    ("where", "keys"),
    [
        (f"{ROOST}/projects/cope/demo/drug_policy.md", ["drugs"]),
        (f"{ROOST}/gpt-oss-safeguard/projects/demo/drug_policy.md", ["drugs"]),
        (f"{SAFEGUARD}/reasoning-clustering-experiment/toxicity_policy.md", ["toxic-conversation-content"]),
        (f"{SAFEGUARD}/gpt_oss_utils_dactile/gpt_oss_utils_dactile/policies/spam.md", ["spam"]),
        (
            f"{SAFEGUARD}/gpt_oss_utils_dactile/gpt_oss_utils_dactile/policies/toxic_chat_claude_1.md",
            ["toxicity-detection-policy-for-user-ai-conversations"],
        ),
        (
            f"{SAFEGUARD}/policy-agent-cli/policy_pak/policy/policy_v003.md",
            [
                "sexual",
                "hate",
                "violence",
                "harassment",
                "self-harm",
                "sexual-minors",
                "hate-threatening",
                "violence-graphic",
            ],
        ),
        (
            f"{SAFEGUARD}/multilingual_evaluation_gpt_oss_safeguard/policy_fa.txt",
            ["policy-fa", "policy-fa-2", "policy-fa-3", "policy-fa-4", "policy-fa-5", "policy-fa-6"],
        ),
        (
            f"{ROOST}/resources/policy-packs/christchurch-call-foundation/tvec-policy/tvec-policy",
            ["template-tvec-policy-for-text-classification"],
        ),
    ],
)
def test_every_community_policy_becomes_clauses_that_lack_nothing(where: str, keys: list[str]) -> None:
    read = _read(where)
    assert [clause.key for clause in read.clauses] == keys
    assert _missing(read) == []


def test_a_graded_policy_has_its_grades_as_severities() -> None:
    document = (
        _read(f"{SAFEGUARD}/gpt_oss_utils_dactile/gpt_oss_utils_dactile/policies/spam.md").clauses[0].document
    )
    assert [(step.value, step.label) for step in document.severities] == [
        (2, "Likely Spam: Medium Confidence"),
        (3, "High-Risk Spam: Strong Confidence"),
        (4, "Malicious Spam: Maximum Severity"),
    ]
    phishing = next(
        item
        for block in document.blocks
        for item in getattr(block, "items", ())
        if "password here" in item.text
    )
    assert (phishing.ruling, phishing.severity, phishing.why) == ("yes", 4, "SP4.a Phishing")


def test_the_harm_taxonomy_becomes_a_clause_for_each_category() -> None:
    read = _read(f"{ROOST}/agentic_infrastructure/harm_taxonomy.yaml")
    assert len([clause for clause in read.clauses if not clause.parent_key]) == 10
    assert len(read.clauses) == 16
    assert _missing(read) == []
    assert all(len(clause.document.severities) == 4 for clause in read.clauses)


def test_what_came_in_goes_out_again_in_every_rendering() -> None:
    read = _read(f"{ROOST}/projects/cope/demo/drug_policy.md")
    clauses = [PlacedClause(c.key, c.parent_key, at, c.document, 1) for at, c in enumerate(read.clauses)]
    head = Head("drugs@1", read.title)
    made = {
        kind: rendered(kind, clauses, head=head, count=token_count, is_whole_release=False)
        for kind in RenderingKind
    }
    assert all("paraphernalia" in rendering.text for rendering in made.values())
    assert "#### Includes" in made[RenderingKind.COPE].text
    assert any("never cut" in note for note in made[RenderingKind.SAFEGUARD].notes)
