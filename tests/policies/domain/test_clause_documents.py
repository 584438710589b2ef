from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.domain.canonical import PlacedClause, clause_sha256, release_canonical, release_sha256
from policies.domain.clause_documents import (
    ClauseDocument,
    clause_document_read,
    clause_json,
    line_normalised,
    text_normalised,
)
from tests.policies.clause_texts import axis_json, verdict, verdict_json


def test_a_clause_reads_back_as_what_it_was_written() -> None:
    document = verdict()
    again, errors = clause_document_read(clause_json(document))
    assert again == document
    assert errors == []


def test_blocks_without_a_name_get_one_that_depends_only_on_type_and_order() -> None:
    document = ClauseDocument.model_validate(
        axis_json(blocks=[{"type": "use_when", "text": "a"}, {"type": "use_when", "text": "b"}])
    )
    assert [block.id for block in document.blocks] == ["use-when", "use-when-2"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"answers": [{"value": "yes", "label": "Yes"}, {"value": "yes", "label": "No"}]}, ""),
        ({"answers": [{"value": "Not a slug", "label": "Yes"}]}, "answers[0].value"),
        ({"blocks": [{"type": "opinion", "text": "x"}]}, "blocks[0]"),
        ({"blocks": [{"type": "definition", "text": "x" * 20_001}]}, "blocks[0].prose"),
        ({"colour": "red"}, "colour"),
        ({"severities": [{"value": 1.5, "label": "x"}]}, "severities[0].value"),
        ({"title": "safe \u202edesrever"}, "title"),
    ],
)
def test_a_clause_of_the_wrong_shape_is_refused_naming_where(change: dict[str, object], path: str) -> None:
    document, errors = clause_document_read(verdict_json(**change))
    assert document is None
    assert errors
    assert any(error["path"].startswith(path.removesuffix(".prose")) for error in errors)
    assert all(error["message"].endswith(".") for error in errors)


def test_text_is_kept_in_one_normal_form() -> None:
    assert text_normalised("e\u0301\r\nx  \n\n") == "é\nx"
    assert line_normalised("  two \n lines ") == "two lines"


@given(st.text(max_size=300))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    try:
        once = text_normalised(text)
    except ValueError:
        return
    assert text_normalised(once) == once


def test_the_hash_ignores_empty_fields_and_the_order_of_sets() -> None:
    assert clause_sha256(verdict(modalities=["text", "image"])) == clause_sha256(
        verdict(modalities=["image", "text"])
    )
    assert clause_sha256(verdict(relations=[])) == clause_sha256(verdict())
    assert clause_sha256(verdict(title="Other")) != clause_sha256(verdict())


def test_the_hash_of_a_release_names_its_meanings_and_its_outline() -> None:
    def sha(**changes: object) -> str:
        first = {
            "key": "weapons",
            "parent_key": "",
            "position": 0,
            "document": verdict(),
            "meaning_revision": 1,
        }
        second = PlacedClause("spam", "", 1, verdict(title="Spam"), 1)
        clauses = [PlacedClause(**{**first, **changes}), second]  # type: ignore[arg-type]
        return release_sha256(policy_key="community", title="Community", clauses=clauses)

    assert sha() == sha()
    assert len({sha(), sha(meaning_revision=2), sha(position=2), sha(parent_key="spam")}) == 4


def test_the_hashed_bytes_of_a_known_release_never_change() -> None:
    """A change here breaks the hash of every release published so far."""
    clause = PlacedClause("helpful", "", 0, ClauseDocument.model_validate(axis_json()), 1)
    assert release_canonical(policy_key="community", title="Community", clauses=[clause]) == (
        b'{"clauses":[{"blocks":[{"id":"definition","text":"A response helps when it does what was asked.",'
        b'"type":"definition"}],"key":"helpful","kind":"axis","meaning":1,"parent":"",'
        b'"question":"Which response helps more?","title":"Helpful"}],"policy":"community",'
        b'"schema":"concord.release/1","title":"Community"}'
    )
