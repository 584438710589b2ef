from __future__ import annotations

import uuid

import pytest

from agents.domain.identifiers import ClauseName, VersionName, clause_name, version_name

POLICY = uuid.UUID("01890a5d-ac96-774b-bcce-b302099a8057")


def test_a_clause_is_named_with_its_policy_or_alone() -> None:
    assert clause_name(f"{POLICY}/hate-speech") == ClauseName(POLICY, "hate-speech")
    assert clause_name("hate-speech") == ClauseName(None, "hate-speech")
    assert str(ClauseName(POLICY, "hate")) == f"{POLICY}/hate"


@pytest.mark.parametrize(
    "said", ["", "Hate", "a/b", f"{POLICY}/", f"{POLICY}/a/b", "-" * 36 + "/hate", "hate\n"]
)
def test_anything_else_names_no_clause(said: str) -> None:
    assert clause_name(said) is None


def test_a_version_is_a_number_with_or_without_its_policy_or_an_identifier() -> None:
    assert version_name("safety@3") == VersionName(policy_key="safety", number=3)
    assert version_name("3") == VersionName(number=3)
    assert version_name(str(POLICY)) == VersionName(release_id=POLICY)


@pytest.mark.parametrize("said", ["", "@3", "safety@", "safety", "safety@3 ", "9999999", "safety@-1"])
def test_anything_else_names_no_version(said: str) -> None:
    assert version_name(said) is None
