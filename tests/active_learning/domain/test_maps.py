from __future__ import annotations

import random
import uuid

from active_learning.domain.maps import LeftOut, askable, drawn_by_lot

POSTS = [uuid.uuid5(uuid.NAMESPACE_OID, f"map {number}") for number in range(200)]


def test_few_posts_are_all_shown_in_one_order() -> None:
    shuffled = random.Random(1).sample(POSTS, len(POSTS))
    assert drawn_by_lot(shuffled, most=200, seed=3) == sorted(POSTS)


def test_of_many_posts_a_share_is_drawn_that_follows_from_the_seed_alone() -> None:
    drawn = drawn_by_lot(POSTS, most=40, seed=3)
    shuffled = random.Random(2).sample(POSTS, len(POSTS))
    assert len(drawn) == 40
    assert drawn_by_lot(shuffled, most=40, seed=3) == drawn
    assert drawn_by_lot(POSTS, most=40, seed=4) != drawn


def test_a_post_that_comes_along_takes_the_place_of_one_at_most() -> None:
    before = set(drawn_by_lot(POSTS[:-1], most=40, seed=3))
    after = set(drawn_by_lot(POSTS, most=40, seed=3))
    assert len(before - after) <= 1


def test_what_was_chosen_is_kept_in_its_order_and_what_is_left_out_is_counted_once() -> None:
    gone, measuring, decided, asked, mute, first, second = POSTS[:7]
    found = askable(
        [second, gone, first, measuring, decided, asked, mute, second],
        shown=set(POSTS) - {gone},
        measuring={measuring, gone},
        decided={decided, measuring},
        asked={asked, decided},
        fitting=set(POSTS) - {mute},
    )
    assert found.post_ids == [second, first]
    assert found.left_out == {
        LeftOut.GONE: 1,
        LeftOut.MEASURES: 1,
        LeftOut.DECIDED: 1,
        LeftOut.ASKED: 1,
        LeftOut.OTHER_MEDIA: 1,
    }
