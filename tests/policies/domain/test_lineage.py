from __future__ import annotations

from policies.domain.lineage import (
    LineageKind,
    LineageStep,
    lineage_after,
    lineage_json,
    lineage_read,
    lineage_without_source,
    lineage_without_target,
    successors,
)

BASE = frozenset({"scam", "spam", "hate"})


def _split(steps: tuple[LineageStep, ...], key: str, *to: str) -> tuple[LineageStep, ...]:
    return lineage_after(
        steps, kind=LineageKind.SPLIT, from_keys=[key], to_keys=to, reason="Two rules.", base_keys=BASE
    )


def test_a_split_points_from_the_old_key_to_the_new_ones() -> None:
    steps = _split((), "scam", "phishing", "fake-shop")
    assert steps == (LineageStep(LineageKind.SPLIT, ("scam",), ("phishing", "fake-shop"), "Two rules."),)
    assert lineage_read(lineage_json(steps)) == steps


def test_splitting_what_began_in_this_draft_redirects_the_pointers_of_the_base() -> None:
    steps = _split(_split((), "scam", "phishing", "fake-shop"), "phishing", "links", "forms")
    assert [(step.from_keys, step.to_keys) for step in steps] == [
        (("scam",), ("fake-shop", "links", "forms"))
    ]


def test_merging_the_parts_of_a_split_with_another_clause_is_one_step() -> None:
    split = _split((), "scam", "phishing", "fake-shop")
    merged = lineage_after(
        split,
        kind=LineageKind.MERGED,
        from_keys=["phishing", "fake-shop", "spam"],
        to_keys=["deceit"],
        reason="One rule.",
        base_keys=BASE,
    )
    assert merged == (LineageStep(LineageKind.MERGED, ("scam", "spam"), ("deceit",), "One rule."),)


def test_what_is_split_and_then_taken_out_whole_is_retired() -> None:
    steps = _split((), "scam", "phishing", "fake-shop")
    for key in ("phishing", "fake-shop"):
        steps = lineage_without_target(steps, key)
    assert steps == (LineageStep(LineageKind.RETIRED, ("scam",), (), "Two rules."),)


def test_a_clause_that_comes_back_takes_its_step_with_it_and_leaves_the_others() -> None:
    merged = (LineageStep(LineageKind.MERGED, ("scam", "spam"), ("deceit",)),)
    assert lineage_without_source(merged, "spam") == (
        LineageStep(LineageKind.MERGED, ("scam",), ("deceit",)),
    )
    assert lineage_without_source(lineage_without_source(merged, "spam"), "scam") == ()


def test_a_key_is_followed_through_several_releases_to_what_is_still_there() -> None:
    second = (LineageStep(LineageKind.SPLIT, ("scam",), ("phishing", "fake-shop")),)
    third = (LineageStep(LineageKind.RETIRED, ("fake-shop",), ()),)
    fourth = (LineageStep(LineageKind.MERGED, ("phishing", "spam"), ("deceit",)),)
    assert successors([second, third, fourth], "scam", present={"deceit", "hate"}) == ["deceit"]
    assert successors([second, third, fourth], "fake-shop", present={"deceit"}) == []
    assert successors([], "hate", present={"deceit"}) == []
