from __future__ import annotations

import pytest

from active_learning.domain.finding_kinds import people_contradicting


def test_most_people_against_the_known_answer_are_told_with_their_share() -> None:
    found = people_contradicting({"yes": 3, "no": 1}, "no")
    assert found is not None
    answer, share = found
    assert (answer, share.hits, share.total) == ("yes", 3, 4)
    assert share.low is not None
    assert share.low < 0.75


@pytest.mark.parametrize(
    "answers", [{}, {"yes": 2}, {"yes": 2, "no": 2}, {"no": 3, "yes": 1}, {"yes": 2, "unsure": 1, "no": 1}]
)
def test_too_few_or_no_majority_say_nothing_against_it(answers: dict[str, int]) -> None:
    assert people_contradicting(answers, "no") is None
