"""Lines of data sets that others publish, told by their columns, as the comparisons and slates they hold.

Each is turned into a line of our own (`preferences.domain.pairs`). What people said there travels as metadata: it is no
judgment of anybody here. Of responses with equal texts the first stays, and the others are counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from preferences.domain.forms import MOST_RESPONSES
from preferences.domain.pairs import LineRecord, PairLineError, pair_read

_Line = Mapping[str, Any]
_Turns = list[dict[str, str]]

_SPEAKER = re.compile(r"(?:^|\n\n)(Human|Assistant): ?")
_HELPSTEER_AXES = ("helpfulness", "correctness", "coherence", "complexity", "verbosity")
_BY_RESPONSE = ("overall_scores", "ranks")
"""What a data set said of each response, in metadata: in their order."""

_ROLE = {"Human": "user", "Assistant": "assistant", "prompter": "user", "assistant": "assistant"}


@dataclass(frozen=True)
class Shape:
    """One published form: its name for people, the columns by which it is known, and what a line becomes."""

    key: str
    title: str
    columns: frozenset[str]
    lines: Callable[[_Line], Iterator[dict[str, Any]]]


@dataclass(frozen=True)
class LineRead:
    """What one line of a file came to. ``left_out`` counts responses that say what another says already."""

    shape: str
    title: str
    pairs: tuple[LineRecord, ...]
    left_out: int


def line_read(value: Any) -> LineRead:
    """Turn one parsed line, whatever its shape, into comparisons and slates.

    Raises
    ------
    PairLineError
        Saying what is wrong, and which shapes there are when it has none of them.
    """
    if not isinstance(value, dict):
        raise PairLineError("A line must be a JSON object.")
    shape = shape_of(value)
    if shape is None:
        own = "responses" in value
        return LineRead("concord" if own else "trl", "Concord" if own else "TRL", (pair_read(value),), 0)
    pairs: list[LineRecord] = []
    left_out = 0
    for line in _lines_of(shape, value):
        kept = _distinct([str(response["text"]) for response in line["responses"]])
        left_out += len(line["responses"]) - len(kept)
        if len(kept) > 1 or len(line["responses"]) < 2:
            pairs.append(pair_read(_only(line, kept)))
    return LineRead(shape.key, shape.title, tuple(pairs), left_out)


def _distinct(texts: Sequence[str]) -> list[int]:
    """Return the places of texts that none before them equals, as many as can be judged together."""
    first = {text.strip(): place for place, text in reversed(list(enumerate(texts)))}
    return sorted(first.values())[:MOST_RESPONSES]


def _only(line: dict[str, Any], kept: Sequence[int]) -> dict[str, Any]:
    """Return the line with only some of its responses, and what was said of them."""
    said = line["metadata"]["imported"]
    fewer = {key: [said[key][place] for place in kept] for key in _BY_RESPONSE if key in said}
    return {
        **line,
        "responses": [line["responses"][place] for place in kept],
        "metadata": {"imported": {**said, **fewer}},
    }


def shape_of(line: _Line) -> Shape | None:
    """Return the published shape a line has by its columns; None for our own, for TRL's, and for none at all."""
    if "responses" in line:
        return None
    return next((shape for shape in SHAPES if shape.columns <= line.keys() and _is_meant(shape, line)), None)


def _is_meant(shape: Shape, line: _Line) -> bool:
    """Both hh-rlhf and TRL have ``chosen`` and ``rejected``; only in hh-rlhf are they whole transcripts."""
    if shape.key != "hh_rlhf":
        return True
    chosen = line["chosen"]
    return "prompt" not in line and isinstance(chosen, str) and _SPEAKER.match(chosen) is not None


def _lines_of(shape: Shape, value: _Line) -> list[dict[str, Any]]:
    try:
        return list(shape.lines(value))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, PairLineError):
            raise
        raise PairLineError(
            f"The line has the columns of {shape.title}, but they hold something else than there."
        ) from error


def _hh_rlhf(line: _Line) -> Iterator[dict[str, Any]]:
    chosen, rejected = _transcript(line["chosen"]), _transcript(line["rejected"])
    shared = 0
    while shared < min(len(chosen), len(rejected)) - 1 and chosen[shared] == rejected[shared]:
        shared += 1
    if len(chosen) - shared != 1 or len(rejected) - shared != 1:
        raise PairLineError("'chosen' and 'rejected' must differ in exactly one last turn.")
    yield _pair(chosen[:shared], chosen[-1]["content"], rejected[-1]["content"], said={"preferred": "a"})


def _transcript(text: str) -> _Turns:
    """Read ``\\n\\nHuman: … \\n\\nAssistant: …``; the first piece is empty."""
    _, *pieces = _SPEAKER.split(text)
    turns = [
        {"role": _ROLE[speaker], "content": said.strip()}
        for speaker, said in zip(pieces[::2], pieces[1::2], strict=True)
    ]
    if not turns or turns[-1]["role"] != "assistant":
        raise PairLineError("The conversation must end with the assistant's turn.")
    return turns


def _helpsteer2(line: _Line) -> Iterator[dict[str, Any]]:
    strength = line.get("preference_strength")
    yield _pair(
        _asked(line["prompt"]), line["response_1"], line["response_2"], said={"preference_strength": strength}
    )


def _helpsteer3(line: _Line) -> Iterator[dict[str, Any]]:
    said = {
        key: line[key] for key in ("overall_preference", "domain", "individual_preference") if key in line
    }
    turns = [{"role": turn["role"], "content": turn["content"]} for turn in line["context"]]
    # Its language column holds programming languages too.
    yield _pair(turns, line["response1"], line["response2"], said=said | {"language": line.get("language")})


def _pku_saferlhf(line: _Line) -> Iterator[dict[str, Any]]:
    sides = ("is_response_{}_safe", "response_{}_harm_category", "response_{}_severity_level")
    kept = [name.format(side) for side in (0, 1) for name in sides]
    kept += ["better_response_id", "safer_response_id", "prompt_source"]
    yield _pair(
        _asked(line["prompt"]),
        line["response_0"],
        line["response_1"],
        models=(str(line.get("response_0_source") or ""), str(line.get("response_1_source") or "")),
        said={key: line[key] for key in kept if key in line},
    )


def _helpsteer(line: _Line) -> Iterator[dict[str, Any]]:
    said = {key: line[key] for key in _HELPSTEER_AXES if key in line}
    yield _several(_asked(line["prompt"]), [(line["response"], "")], said=said)


def _ultrafeedback(line: _Line) -> Iterator[dict[str, Any]]:
    answers: Sequence[_Line] = line["completions"]
    if len(answers) > 1:
        yield _several(
            _asked(line["instruction"]),
            [(answer["response"], str(answer.get("model") or "")) for answer in answers],
            said={
                "source": line.get("source"),
                "overall_scores": [answer.get("overall_score") for answer in answers],
            },
        )


def _oasst(line: _Line) -> Iterator[dict[str, Any]]:
    yield from _branches(line["prompt"], [], str(line.get("message_tree_id") or ""))


def _branches(node: _Line, before: _Turns, tree: str) -> Iterator[dict[str, Any]]:
    """Walk a tree of messages, the first turns first: wherever people asked, what answers it is judged together.

    A single answer stands alone, so that what goes on from it has something to stand on; where nothing answers, the
    prompt waits.
    """
    turns = [*before, {"role": _ROLE[node["role"]], "content": node["text"]}]
    replies: Sequence[_Line] = node.get("replies") or []
    if turns[-1]["role"] == "user":
        yield _several(
            turns,
            [(reply["text"], "") for reply in replies],
            said={"message_tree_id": tree, "ranks": [reply.get("rank") for reply in replies]},
            language=str(node.get("lang") or ""),
        )
    for reply in replies:
        yield from _branches(reply, turns, tree)


def _asked(prompt: str) -> _Turns:
    if not isinstance(prompt, str):
        raise TypeError("a prompt that is no text")
    return [{"role": "user", "content": prompt}]


def _pair(
    turns: _Turns, one: str, other: str, *, models: tuple[str, str] = ("", ""), said: Mapping[str, Any]
) -> dict[str, Any]:
    return _several(turns, [(one, models[0]), (other, models[1])], said=said)


def _several(
    turns: _Turns, answers: Sequence[tuple[str, str]], *, said: Mapping[str, Any], language: str = ""
) -> dict[str, Any]:
    """Return a line of our own; ``answers`` are texts with the names of their models."""
    return {
        "prompt": turns,
        "responses": [{"text": text, "model": model} for text, model in answers],
        "language": language,
        "metadata": {"imported": {key: value for key, value in said.items() if value is not None}},
    }


SHAPES: tuple[Shape, ...] = (
    Shape("pku_saferlhf", "PKU-SafeRLHF", frozenset({"prompt", "response_0", "response_1"}), _pku_saferlhf),
    Shape(
        "helpsteer2", "HelpSteer2 preferences", frozenset({"prompt", "response_1", "response_2"}), _helpsteer2
    ),
    Shape("helpsteer", "HelpSteer", frozenset({"prompt", "response", "helpfulness"}), _helpsteer),
    Shape("helpsteer3", "HelpSteer3", frozenset({"context", "response1", "response2"}), _helpsteer3),
    Shape("ultrafeedback", "UltraFeedback", frozenset({"instruction", "completions"}), _ultrafeedback),
    Shape("oasst", "OpenAssistant trees", frozenset({"message_tree_id", "prompt"}), _oasst),
    Shape("hh_rlhf", "hh-rlhf", frozenset({"chosen", "rejected"}), _hh_rlhf),
)
