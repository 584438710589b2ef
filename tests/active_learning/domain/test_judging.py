from __future__ import annotations

import uuid

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from active_learning.domain.judged_figures import kappa_measured
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


def test_kappa_is_scikit_learns_and_its_interval_covers_it_as_often_as_it_says() -> None:
    random = np.random.default_rng(3)
    given = random.choice(["no", "yes", "other"], 400, p=[0.6, 0.3, 0.1])
    judged = np.where(random.random(400) < 0.7, given, random.choice(["no", "yes", "other"], 400))
    pairs = list(zip(given.tolist(), judged.tolist(), strict=True))
    whole = kappa_measured(pairs, seed=1)
    assert whole.value == pytest.approx(cohen_kappa_score(given, judged))
    hits = 0
    for seed in range(100):
        picked = np.random.default_rng(seed).choice(400, 120)
        part = kappa_measured([pairs[at] for at in picked], seed=seed)
        assert part.low is not None and part.high is not None and whole.value is not None
        hits += part.low <= whole.value <= part.high
    assert hits >= 88


@pytest.mark.parametrize("pairs", [[], [("no", "no")] * 5])
def test_kappa_is_not_defined_where_there_is_nothing_to_agree_on(pairs: list[tuple[str, str]]) -> None:
    assert kappa_measured(pairs, seed=0).value is None


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
