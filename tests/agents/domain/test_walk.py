from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agents.domain.walk import DECAY, HOPS_MOST, Edge, EdgeKind, Reached, walked

NODES = st.sampled_from("abcdefgh")
EDGES = st.lists(st.builds(Edge, NODES, NODES, st.sampled_from(list(EdgeKind))), max_size=30)
SEEDS = st.dictionaries(NODES, st.floats(0, 1.5, allow_nan=False), max_size=4)


def test_what_bounds_a_clause_follows_it_and_its_chapter_comes_later() -> None:
    edges = [
        Edge("weapons", "self-defence", EdgeKind.EXCLUDES),
        Edge("weapons", "harm", EdgeKind.PARENT),
        Edge("harm", "drugs", EdgeKind.CHILD),
    ]
    found = walked({"weapons": 0.8}, edges)
    assert [(one.node, one.score, one.via) for one in found] == [
        ("weapons", 0.8, ()),
        ("self-defence", 0.56, (EdgeKind.EXCLUDES,)),
        ("harm", 0.4, (EdgeKind.PARENT,)),
        ("drugs", 0.14, (EdgeKind.PARENT, EdgeKind.CHILD)),
    ]


def test_a_clause_found_by_itself_keeps_the_better_of_its_scores() -> None:
    edges = [Edge("a", "b", EdgeKind.EXCLUDES)]
    assert walked({"a": 1.0, "b": 0.2}, edges)[1] == Reached("b", 0.7, (EdgeKind.EXCLUDES,))
    assert walked({"a": 1.0, "b": 0.9}, edges)[1] == Reached("b", 0.9, ())


def test_circles_end() -> None:
    edges = [
        Edge("a", "b", EdgeKind.SEE_ALSO),
        Edge("b", "a", EdgeKind.SEE_ALSO),
        Edge("a", "a", EdgeKind.PARENT),
    ]
    assert [one.node for one in walked({"a": 1.0}, edges)] == ["a", "b"]


def test_a_shorter_path_of_less_worth_is_walked_on() -> None:
    # To d there are two ways: worth more over b and c, but from there no step is left to e.
    edges = [
        Edge("a", "b", EdgeKind.EXCLUDES),
        Edge("b", "c", EdgeKind.EXCLUDES),
        Edge("c", "d", EdgeKind.EXCLUDES),
        Edge("a", "d", EdgeKind.CHILD),
        Edge("d", "e", EdgeKind.EXCLUDES),
    ]
    found = {one.node: one for one in walked({"a": 1.0}, edges)}
    assert found["d"].score == round(0.7**3, 4) or found["d"].score == 0.35
    assert found["e"].via == (EdgeKind.CHILD, EdgeKind.EXCLUDES)


@given(SEEDS, EDGES)
def test_nothing_outranks_its_seed_and_the_order_of_edges_does_not_matter(
    seeds: dict[str, float], edges: list[Edge]
) -> None:
    found = walked(seeds, edges)
    best = max((min(score, 1.0) for score in seeds.values()), default=0.0)
    assert all(0 <= one.score <= round(best, 4) for one in found)
    assert all(len(one.via) <= HOPS_MOST for one in found)
    assert {node for node, score in seeds.items() if score > 0} <= {one.node for one in found}
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    again = walked(seeds, list(reversed(edges)))
    assert [(one.node, one.score) for one in again] == [(one.node, one.score) for one in found]


def test_every_step_takes_something() -> None:
    assert set(DECAY) == set(EdgeKind)
    assert all(0 < left < 1 for left in DECAY.values())
