"""What a model is asked for, what is kept of it, and what is put before people of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from itertools import combinations, product
from typing import Any, TypeVar
from uuid import UUID

from preferences.domain.forms import MOST_RESPONSES
from preferences.domain.pairs import LineRecord, PairLineError, pair_read

MOST_SAMPLES = 32
MOST_PAIRS = 50
"""So many pairs are made of one prompt at most; the pair sampler chooses among them anyway."""
_PROMPT_COLUMNS = ("prompt", "system", "post_external_id", "language")

_Key = TypeVar("_Key", bound=UUID)


class PromptsFrom(StrEnum):
    """Which prompts are asked: those of the project, or those of a file that is brought in with them."""

    PROJECT = "project"
    FILE = "file"


class Becomes(StrEnum):
    """What is made of the samples for people to judge: nothing yet, pairs, or slates of several."""

    RESPONSES = "responses"
    PAIRS = "pairs"
    SLATES = "slates"


class Beside(StrEnum):
    """What stands beside a sample: the model's other samples, or responses of other models to the same prompt."""

    OWN = "own"
    OTHERS = "others"


class SampleOutcome(StrEnum):
    """What came of asking once: a new text, one that was there, one without words or too long, or no answer."""

    KEPT = "kept"
    REPEATED = "repeated"
    EMPTY = "empty"
    FAILED = "failed"


def prompt_read(value: Any) -> LineRecord:
    """Turn one parsed line of a file of prompts into a record without responses.

    Raises
    ------
    PairLineError
        Saying what is wrong and where in the line.
    """
    if not isinstance(value, dict):
        raise PairLineError("A line must be a JSON object.")
    unknown = sorted(set(value) - set(_PROMPT_COLUMNS))
    if unknown:
        raise PairLineError(
            f"A line of prompts has {', '.join(_PROMPT_COLUMNS)}, and {unknown[0][:80]!r} is none of them."
        )
    # Read by the rules of a comparison's line: the same conversation is the same prompt, wherever it comes from.
    record = pair_read({**value, "responses": [{"text": "-"}]})
    if record.message_media:
        raise PairLineError("A model is asked in words alone: leave out prompts with media.")
    return record


def sample_messages(
    turns: Sequence[Mapping[str, Any]], *, system: str, post_texts: Sequence[str]
) -> list[dict[str, str]]:
    """Return what is sent: the conversation, after a system text where it has none, with the post it is about.

    The post's texts stand before the words of the first user.
    """
    messages = [{"role": str(turn["role"]), "content": str(turn["content"])} for turn in turns]
    if post_texts:
        asking = next((message for message in messages if message["role"] == "user"), messages[-1])
        post = "\n\n".join(text.strip() for text in post_texts)
        asking["content"] = f"<post>\n{post}\n</post>\n\n{asking['content']}"
    if system and messages[0]["role"] != "system":
        messages.insert(0, {"role": "system", "content": system})
    return messages


def sample_seed(seed: int, prompt_id: UUID, place: int) -> int:
    """Return the seed of one sample, from 0 to 2³¹ − 1: the same run asks the same, and no two samples alike."""
    digest = sha256(f"sample\0{seed}\0{place}\0".encode() + prompt_id.bytes).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def text_kept(said: str) -> str:
    """Return what is kept of an answer: without signs no database holds, and without empty lines around it."""
    return said.replace("\x00", "").encode("utf-8", "replace").decode().strip("\r\n").rstrip()


def pairs_of(own: Sequence[_Key], others: Sequence[_Key], *, beside: Beside) -> list[tuple[_Key, _Key]]:
    """Return the pairs to make of one prompt, at most `MOST_PAIRS`; of more, some that follow from the ids alone.

    Without responses of other models there is no pair beside others.
    """
    found = list(combinations(own, 2) if beside is Beside.OWN else product(own, others))
    if len(found) <= MOST_PAIRS:
        return found
    drawn = sorted(found, key=lambda pair: sha256(b"".join(sorted(one.bytes for one in pair))).digest())
    return drawn[:MOST_PAIRS]


def slates_of(own: Sequence[_Key], others: Sequence[_Key], *, beside: Beside) -> list[list[_Key]]:
    """Return the slates to make of one prompt: as few as hold all, none larger than a slate may be, and about equal.

    Responses of other models are dealt out over them. One response alone makes no slate of several.
    """
    shown = [*own] if beside is Beside.OWN else [*own, *others]
    if len(shown) < 2 or not own:
        return []
    slates = math.ceil(len(shown) / MOST_RESPONSES)
    return [shown[start::slates] for start in range(slates)]
