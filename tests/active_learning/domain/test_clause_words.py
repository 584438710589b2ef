from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from active_learning.domain.clause_words import MOST, words_of


@dataclass
class Clause:
    blocks: list[dict[str, Any]]
    title: str = "Spam"
    question: str = "Is it advertising?"
    answer_values: tuple[str, ...] = ("no", "yes")
    harmful_values: frozenset[str] = field(default_factory=lambda: frozenset({"yes"}))


def test_what_is_covered_and_what_is_not_stand_apart() -> None:
    clause = Clause(
        [
            {"type": "definition", "text": "Adverts nobody asked for.\n\n- buy now\n- cheap pills"},
            {"type": "avoid_when", "text": "A shop answers a question."},
            {"type": "rationale", "text": "People leave."},
            {"type": "interpretation", "text": "Read it whole."},
        ]
    )
    assert words_of(clause) == (
        ["Spam. Is it advertising?", "Adverts nobody asked for.", "buy now", "cheap pills"],
        ["A shop answers a question."],
    )


def test_an_example_goes_by_its_ruling_and_else_by_where_it_stands() -> None:
    said = [{"text": "buy!", "ruling": "yes"}, {"text": "hello", "ruling": "no"}]
    unlike = [{"text": "thanks"}, {"text": "win!", "ruling": "yes"}, {"text": ""}]
    clause = Clause([{"type": "examples", "items": said}, {"type": "counter_examples", "items": unlike}])
    assert words_of(clause) == (["Spam. Is it advertising?", "buy!", "win!"], ["hello", "thanks"])


def test_long_clauses_are_cut_and_no_text_comes_twice() -> None:
    lines = "\n".join([f"line {number}" for number in range(100)] + ["line 1", "x" * 3000])
    covered, _ = words_of(Clause([{"type": "use_when", "text": lines}]))
    assert len(covered) == len(set(covered)) == MOST
