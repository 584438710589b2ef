"""From how people went on in conversations to rows of ``sft`` and ``sft_pc``.

A reply that a person wrote as the next turn is a demonstration; so is one that people went on from, where such are
asked for. ``sft`` holds the longest conversation of each path once, as it is trained on whole; ``sft_pc`` holds every
reply, as only the reply is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exports.domain.building import Excluded, Row, Terms, row_of
from exports.domain.definition import ReplySource
from exports.domain.exclusions import Reason
from exports.domain.identity import subject_key
from exports.domain.preference import prompt_shape_problem
from exports.domain.records import PathReply, WalkedTurn


def walk_rows(kind: str, turn: WalkedTurn, terms: Terms) -> Iterator[Row | Excluded]:
    """Yield the rows of ``sft`` or ``sft_pc`` that one going on gives, by identifier, and what it does not give."""
    for reply in sorted(turn.replies, key=_ending):
        source = ReplySource.REWRITES if reply.is_written else ReplySource.PICKED
        if source not in terms.definition.replies:
            continue
        example_id = f"{subject_key(turn.id)}-{_ending(reply)}"
        people = [simulated for simulated in reply.people if _counts(terms, is_simulated=simulated)]
        problem = _problem(kind, reply, terms) or (None if people else Reason.SIMULATED)
        if problem is not None:
            yield Excluded(kind, example_id, reply.prompt_id, problem)
        else:
            yield _row(kind, example_id, reply, people, terms)


def _ending(reply: PathReply) -> str:
    return "written" if reply.is_written else "picked"


def _counts(terms: Terms, *, is_simulated: bool) -> bool:
    return terms.definition.include_simulated or not is_simulated


def _problem(kind: str, reply: PathReply, terms: Terms) -> Reason | None:
    if reply.is_gold:
        return Reason.GOLD
    if terms.definition.languages and reply.language not in terms.definition.languages:
        return Reason.LANGUAGE
    if reply.response.has_media:
        return Reason.HAS_MEDIA
    if not reply.response.text.strip():
        return Reason.EMPTY_TEXT
    if kind == "sft" and _is_held_by_longer(reply, terms):
        return Reason.GOES_ON
    return prompt_shape_problem(reply.prompt, has_media=reply.prompt_has_media)


def _is_held_by_longer(reply: PathReply, terms: Terms) -> bool:
    asked = terms.definition.replies
    return (reply.goes_on_picked and ReplySource.PICKED in asked) or (
        reply.goes_on_written and ReplySource.REWRITES in asked
    )


def _row(kind: str, example_id: str, reply: PathReply, people: list[bool], terms: Terms) -> Row:
    prompt = [{"role": role, "content": content} for role, content in reply.prompt]
    said = [{"role": "assistant", "content": reply.response.text}]
    own: dict[str, Any] = (
        {"messages": [*prompt, *said]} if kind == "sft" else {"prompt": prompt, "completion": said}
    )
    return row_of(
        kind,
        split=terms.split(reply.group_key),
        own=own,
        provenance={
            "example_id": example_id,
            "item_id": reply.prompt_id,
            "policy_version": reply.policy_version or terms.release_label,
            "n_annotators": len(people),
            "agreement": None,
            "p_chosen": None,
            "source": "human",
            "source_model_a": None if reply.is_written else reply.response.source_model,
            "source_model_b": None,
            "shown_first": None,
            "simulated": any(people),
            "stale": False,
        },
        meta={
            "conversation": reply.conversation,
            "depth": reply.depth,
            "how": _ending(reply),
            "language": reply.language,
        },
        meanings=(),
    )
