from __future__ import annotations

import uuid

import pytest

from active_learning.domain.judging import answer_parsed, examples_count, examples_reversed
from active_learning.domain.judging_samples import DecidedPost, by_lot, sizes_by_stratum, strata_of

ANSWERS = ("no", "yes", "yes_minor")
PROMPT = "# Instruction\n\nJudge.\n\n# Examples\n\n- “one” → yes\n- “two” → no. Why\n- “three” → yes\n"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes", "yes"),
        (" YES. ", "yes"),
        ("`no`", "no"),
        ('"yes_minor"', "yes_minor"),
        ("**yes**", "yes"),
        ("yes, 3", "yes"),
        ("yes, severity 2", "yes"),
        ("yes (severity: 2)", "yes"),
        ("`yes` 3 (High)", "yes"),
        ('{"answer": "Yes", "severity": 2}', "yes"),
        ('```json\n{"answer": "no"}\n```', "no"),
        ("<think>Maybe yes?</think>\nno", "no"),
        ("", None),
        ("maybe", None),
        ("The answer is yes", None),
        ("yes because it sells", None),
        ("yes or no", None),
        ("yes\nno", None),
        ('{"answer": "perhaps"}', None),
        ('{"verdict": "yes"}', None),
        ('{"answer": ["yes"]}', None),
        ("{" * 3000, None),
        ("yes" * 5000, None),
        ("<think>yes", None),
    ],
)
def test_only_an_answer_in_the_form_asked_for_is_an_answer(said: str, answer: str | None) -> None:
    assert answer_parsed(said, ANSWERS) == answer


def test_examples_change_places_and_nothing_else_does() -> None:
    turned = examples_reversed(PROMPT)
    assert turned.splitlines()[-3:] == ["- “three” → yes", "- “two” → no. Why", "- “one” → yes"]
    assert examples_reversed(turned) == PROMPT
    assert examples_count(PROMPT) == 3
    assert examples_reversed("# Instruction\n\n- not an example\n") == "# Instruction\n\n- not an example\n"


def test_every_answer_gets_its_share_and_what_is_left_goes_to_the_others() -> None:
    available = {("no", "en"): 900, ("no", "ar"): 100, ("yes", "en"): 7, ("yes", "ar"): 3}
    sizes = sizes_by_stratum(available, 40)
    assert sum(sizes.values()) == 40
    assert sizes[("yes", "en")] + sizes[("yes", "ar")] == 10
    assert sizes[("no", "ar")] == 3
    assert sizes_by_stratum(available, 10_000) == available
    assert sum(sizes_by_stratum(available, 3).values()) == 3


def test_the_lot_follows_from_the_seed_alone() -> None:
    posts = [DecidedPost(uuid.UUID(int=n), uuid.UUID(int=n), "no", "en") for n in range(50)]
    assert by_lot(posts, seed=1, clause_key="a") == by_lot(reversed(posts), seed=1, clause_key="a")
    assert by_lot(posts, seed=1, clause_key="a") != by_lot(posts, seed=2, clause_key="a")
    assert list(strata_of(posts)) == [("no", "en")]
