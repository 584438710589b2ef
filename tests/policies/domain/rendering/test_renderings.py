"""Renderings are compared with files; after a change that is meant, write them again and read the difference:

.venv/bin/python -m tests.policies.domain.rendering.test_renderings
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.demo.policy import CLAUSES
from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import ClauseDocument
from policies.domain.rendering.renderings import Head, Rendered, RenderingKind, rendered
from policies.tokens import token_count, tokenizer_name
from tests.policies.clause_texts import axis_json, verdict_json

SNAPSHOTS = Path(__file__).parent / "snapshots"
DEMO = [
    PlacedClause(c["key"], c["parent_key"], at, ClauseDocument.model_validate(c["document"]), 1)
    for at, c in enumerate(CLAUSES)
]


def _clause(key: str = "weapons", **changes: object) -> PlacedClause:
    return PlacedClause(key, "", 0, ClauseDocument.model_validate(verdict_json(**changes)), 1)


def _rendered(
    kind: str, clauses: Sequence[PlacedClause], *, whole: bool = False, budget: int = 600
) -> Rendered:
    return rendered(
        RenderingKind(kind),
        clauses,
        head=Head("community@1", "Community safety", ("In effect from 2026-01-01",)),
        count=token_count,
        is_whole_release=whole,
        budget=budget,
    )


def _cases() -> dict[str, Rendered]:
    scam = [clause for clause in DEMO if clause.key == "scam"]
    return {
        f"{kind}-{name}": _rendered(kind, clauses, whole=name == "release")
        for kind in RenderingKind
        for name, clauses in (("clause", scam), ("release", DEMO))
    }


@pytest.mark.parametrize("name", sorted(_cases()))
def test_a_rendering_is_word_for_word_the_one_on_file(name: str) -> None:
    made = _cases()[name]
    kept = (SNAPSHOTS / f"{name}.md").read_text(encoding="utf-8")
    assert _on_file(made) == kept


def _on_file(made: Rendered) -> str:
    notes = "".join(f"note: {note}\n" for note in made.notes)
    return f"tokens: {made.tokens}\n{notes}---\n{made.text}"


def test_the_counter_knows_the_vocabulary_and_takes_special_tokens_as_text() -> None:
    assert token_count("") == 0
    # The splits of o200k_base: "Hello", ",", " world", "!".
    assert token_count("Hello, world!") == 4
    assert token_count("<|endoftext|>") > 1
    assert tokenizer_name().startswith("o200k_base (bpe-openai ")


def test_what_does_not_fit_into_the_budget_is_cut_from_the_end_and_named() -> None:
    items = [
        {"text": f"Offer {n}: " + "a pistol by the station " * 5, "ruling": "yes" if n % 2 else "no"}
        for n in range(20)
    ]
    clause = _clause(blocks=[*verdict_json()["blocks"], {"type": "examples", "items": items}])
    tight, loose = _rendered("safeguard", [clause]), _rendered("safeguard", [clause], budget=0)
    assert tight.tokens <= 600 < loose.tokens
    assert any(note.startswith("Cut to stay within 600 tokens: ") for note in tight.notes)
    assert not any("Cut" in note for note in loose.notes)
    assert any("longer than the 600 advised" in note for note in loose.notes)
    assert len(tight.examples) == 21, "the list of examples is whole whatever the text holds"


def test_definition_and_criteria_are_never_cut_and_it_says_so() -> None:
    long = "The post offers a weapon. " * 200
    made = _rendered("safeguard", [_clause(blocks=[{"type": "definition", "text": long}])])
    assert long.strip() in made.text
    assert made.tokens > 600
    assert any("never cut" in note for note in made.notes)


def test_a_short_clause_is_told_to_be_short() -> None:
    made = _rendered("safeguard", [_clause(blocks=[{"type": "definition", "text": "Weapons."}])])
    assert any("shorter than the 400 advised" in note for note in made.notes)


def test_an_axis_has_no_rendering_for_labelers_and_says_why() -> None:
    axis = PlacedClause("helpful", "", 0, ClauseDocument.model_validate(axis_json()), 1)
    for kind in ("safeguard", "cope", "shieldgemma", "llamaguard"):
        made = _rendered(kind, [axis])
        assert made.text == ""
        assert any("compares two responses" in note for note in made.notes)
    assert "−3" in _rendered("guideline", [axis]).text


def test_llama_guard_names_no_category_twice() -> None:
    codes = [{"taxonomy": "mlcommons", "code": "S2"}]
    clauses = [
        PlacedClause(key, "", at, ClauseDocument.model_validate(verdict_json(codes=codes)), 1)
        for at, key in enumerate(("weapons", "knives", "drugs"))
    ]
    lines = _rendered("llamaguard", clauses, whole=True).text.split("\n")
    assert [line.split(":")[0] for line in lines if line.startswith("S") and ": " in line] == [
        "S2",
        "S15",
        "S16",
    ]


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


@given(definition=_TEXT, example=_TEXT, budget=st.integers(0, 700))
def test_any_text_renders_and_the_same_text_renders_the_same(
    definition: str, example: str, budget: int
) -> None:
    blocks = [
        {"type": "definition", "text": _safe(definition)},
        {"type": "examples", "items": [{"text": _safe(example), "ruling": "yes"}]},
    ]
    clause = _clause(blocks=blocks)
    for kind in RenderingKind:
        once = _rendered(kind, [clause], budget=budget)
        assert once == _rendered(kind, [clause], budget=budget)
        assert once.tokens == token_count(once.text)


def _safe(text: str) -> str:
    return "".join(c for c in text if c not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


if __name__ == "__main__":
    SNAPSHOTS.mkdir(exist_ok=True)
    for case, found in _cases().items():
        (SNAPSHOTS / f"{case}.md").write_text(_on_file(found), encoding="utf-8")
