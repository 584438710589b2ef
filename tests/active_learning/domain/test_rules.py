from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from active_learning.domain.encoder_names import (
    EncoderNameInvalidError,
    encoder_name_parsed,
    post_encoder_name_parsed,
)
from active_learning.domain.held_out import SHARE, ids_digest, is_held_out
from active_learning.domain.intervals import share_measured
from active_learning.domain.reliability import Vote, reliabilities


@pytest.mark.parametrize(
    "written",
    [
        "bundled", "local:clip-tiny", "hub:google/siglip2-base-patch16-256", "text=bundled,image=hub:a/b@main",
        "text=bundled,image=bundled,audio=hub:openai/whisper-base",
    ],
)  # fmt: skip
def test_a_name_written_back_is_the_name_read(written: str) -> None:
    assert str(post_encoder_name_parsed(written)) == written


@pytest.mark.parametrize(
    "written",
    [
        "", "else", "local:", "local:..", "local:../x", "local:a/b", "local:/etc", "hub:a", "hub:../a", "hub:a/b@",
        "hub:a/b@x/y", "hub:http://x/y", "text=bundled", "text=bundled,text=bundled", "text=bundled,image=",
        "local:a\0b", "local:.hidden", "hub:a/b\n", "text=bundled,audio=local:clap", "audio=local:clap",
        "text=bundled,image=bundled,audio=bundled", "text=bundled,image=bundled,audio=local:a,audio=local:a",
    ],
)  # fmt: skip
def test_what_is_no_encoder_name_is_refused(written: str) -> None:
    with pytest.raises(EncoderNameInvalidError):
        post_encoder_name_parsed(written)


def test_one_encoder_for_both_sides_needs_no_equals_sign() -> None:
    assert post_encoder_name_parsed("text=local:clip,image=local:clip") == post_encoder_name_parsed(
        "local:clip"
    )
    assert str(encoder_name_parsed("hub:a/b")) == "hub:a/b"


def test_the_held_out_set_is_its_share_of_the_posts_and_never_changes() -> None:
    posts = [uuid.UUID(int=number * 7919) for number in range(5000)]
    held = [post for post in posts if is_held_out(post)]
    assert abs(len(held) / 5000 - SHARE) < 0.02
    assert held == [post for post in posts if is_held_out(post)]
    assert is_held_out(uuid.UUID(int=0)) is is_held_out(uuid.UUID("00000000-0000-0000-0000-000000000000"))


def test_a_set_of_posts_has_one_digest_in_any_order() -> None:
    posts = [uuid.uuid4() for _ in range(4)]
    assert ids_digest(posts) == ids_digest(reversed(posts)) != ids_digest(posts[:3])


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_share_lies_in_its_interval(hits: int, misses: int) -> None:
    found = share_measured(hits, hits + misses)
    if hits + misses == 0:
        assert found.value is None
    else:
        assert found.value is not None and found.low is not None and found.high is not None
        assert 0.0 <= found.low <= found.value + 1e-12
        assert found.value <= found.high + 1e-12 <= 1.0 + 1e-9


def test_a_share_is_wilsons() -> None:
    found = share_measured(8, 10)
    assert (found.low, found.high) == (pytest.approx(0.4901625, abs=1e-6), pytest.approx(0.9433178, abs=1e-6))
    with pytest.raises(ValueError, match="hits"):
        share_measured(3, 2)


def test_a_careless_person_is_found_and_never_compared_with_themselves() -> None:
    votes = [Vote(item, person, "no") for item in range(30) for person in ("ann", "ben", "cem")]
    votes += [Vote(item, "dora", "yes") for item in range(30)]
    found = reliabilities(votes)
    assert found["ann"].estimate > 0.9
    assert found["dora"].estimate < 0.15
    assert found["dora"].compared == 30


def test_without_others_a_person_keeps_the_benefit_of_the_doubt() -> None:
    found = reliabilities([Vote("p", "ann", "yes")])
    assert (found["ann"].compared, found["ann"].estimate) == (0, 0.75)
    tied = reliabilities([Vote("p", "ann", "yes"), Vote("p", "ben", "no"), Vote("p", "cem", "yes")])
    assert tied["ann"].compared == 0
    assert tied["ben"].compared == 1
