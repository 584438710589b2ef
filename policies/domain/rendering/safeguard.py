"""A clause as a prompt for gpt-oss-safeguard: Instruction, Definitions, Criteria, Examples.

Its makers advise 400 to 600 tokens a policy: shorter ones leave the judge guessing, longer ones confuse it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from policies.domain.rendering.pieces import Example, Pieces, listed, quoted

LEAST_TOKENS = 400
MOST_TOKENS = 600


@dataclass(slots=True)
class _Choice:
    """Which of the pieces that may be cut are in the prompt."""

    notes: list[str] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)


def safeguard_prompt(
    pieces: Pieces, *, count: Callable[[str], int], budget: int = MOST_TOKENS
) -> tuple[str, list[str]]:
    """Return the prompt for one clause, and sentences on its length and on everything it leaves out.

    Instruction, definition, criteria and answers always stand in it. Then come, as long as the whole stays within
    ``budget`` tokens: one example of each side, the notes on how to read the rule, and the other examples, both
    sides in turn. ``budget`` 0 takes everything. The rationale explains the rule and is never part of a prompt.
    """
    choice = _Choice()
    everything = _in_order(pieces)
    for piece in everything:
        target: list[str] | list[Example] = choice.notes if isinstance(piece, str) else choice.examples
        target.append(piece)  # type: ignore[arg-type]
        if budget and count(_prompt(pieces, choice)) > budget:
            target.pop()
    text = _prompt(pieces, choice)
    return text, _remarks(pieces, choice, tokens=count(text), budget=budget)


def safeguard_release(
    asked: Sequence[Pieces], *, title: str, count: Callable[[str], int]
) -> tuple[str, list[str]]:
    """Return one prompt for all clauses, each answered on its own; nothing is cut."""
    lines = [
        "# Instruction",
        "",
        f"Judge the post by each rule of the policy “{title}” on its own. Apply the rules exactly as written. "
        "Return one JSON object with the rule's key and its answer, such as "
        f'`{{"{asked[0].key}": "{_first_answer(asked[0])}"}}`, and nothing else.',
        "",
        safeguard_rules(asked),
    ]
    long = [p.key for p in asked if count(safeguard_prompt(p, count=count, budget=0)[0]) > MOST_TOKENS]
    remarks = [
        f"{LEAST_TOKENS} to {MOST_TOKENS} tokens are advised for one rule. A judge reads one clause at a time best."
    ]
    if long:
        remarks.append(f"On their own longer than {MOST_TOKENS} tokens: {', '.join(long)}.")
    remarks += _unsaid(asked)
    return "\n".join(lines).rstrip() + "\n", remarks


def safeguard_rules(asked: Sequence[Pieces]) -> str:
    """Return what the prompt for all clauses says below its instruction: each rule with nothing cut."""
    lines: list[str] = []
    for pieces in asked:
        choice = _Choice(list(pieces.interpretation), list(pieces.examples))
        lines += [f"# Rule `{pieces.key}`: {pieces.title}", "", pieces.question, ""]
        lines += _body(pieces, choice, heading="##")
    return "\n".join(lines)


def _in_order(pieces: Pieces) -> list[str | Example]:
    """Return what may be cut, what matters most first."""
    covered = [example for example in pieces.examples if example.is_covered]
    spared = [example for example in pieces.examples if not example.is_covered]
    turns: list[Example] = []
    for at in range(max(len(covered), len(spared))):
        turns += [*covered[at : at + 1], *spared[at : at + 1]]
    first = min(len(turns), 2 if covered and spared else 1)
    return [*turns[:first], *pieces.interpretation, *turns[first:]]


def _prompt(pieces: Pieces, choice: _Choice) -> str:
    answers = ", ".join(a.partition(":")[0] for a in [*pieces.harmful, *pieces.harmless])
    ask = pieces.question or f"Does the post fall under “{pieces.title}”?"
    lines = [
        "# Instruction",
        "",
        f"You label posts by one rule: {pieces.title}. {ask} Apply the rule exactly as written; judge nothing else. "
        + (f"Answer with exactly one of {answers}" if answers else "Answer with yes or no")
        + (", followed by the severity." if pieces.severities else ".")
        + " Return only that.",
        "",
        *_body(pieces, choice, heading="#"),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _body(pieces: Pieces, choice: _Choice, *, heading: str) -> list[str]:
    lines: list[str] = []
    kept = [note for note in pieces.interpretation if note in choice.notes]
    if pieces.definition or kept:
        lines += [f"{heading} Definitions", ""]
        for passage in [*pieces.definition, *kept]:
            lines += [passage, ""]
    lines += [f"{heading} Criteria", ""]
    for title, answers, passages in (
        ("It applies", pieces.harmful, pieces.includes),
        ("It does not apply", pieces.harmless, pieces.excludes),
    ):
        if answers or passages:
            lines += [f"{title}{': ' + '; '.join(answers) if answers else ''}", *listed(passages), ""]
    if pieces.severities:
        lines += [f"Severity, the worst that applies: {'; '.join(pieces.severities)}", ""]
    lines += [line for sentence in pieces.precedence for line in (sentence, "")]
    shown = [example for example in pieces.examples if example in choice.examples]
    if shown:
        lines += [f"{heading} Examples", "", *(_example_line(example) for example in shown), ""]
    return lines


def _example_line(example: Example) -> str:
    answer = example.answer or ("applies" if example.is_covered else "does not apply")
    severity = f", severity {example.severity.split()[0]}" if example.severity else ""
    why = f". {' '.join(example.why.split())}" if example.why else ""
    return f"- {quoted(example.text)} → {answer}{severity}{why}"


def _first_answer(pieces: Pieces) -> str:
    both = [*pieces.harmful, *pieces.harmless]
    return both[0].split("`")[1] if both else "yes"


def _remarks(pieces: Pieces, choice: _Choice, *, tokens: int, budget: int) -> list[str]:
    remarks: list[str] = []
    if tokens > MOST_TOKENS:
        remarks.append(
            f"It is {tokens - MOST_TOKENS} tokens longer than the {MOST_TOKENS} advised"
            + (
                "."
                if not budget
                else ": definition and criteria are never cut. Shorten them, or divide the clause."
            )
        )
    elif tokens < LEAST_TOKENS:
        remarks.append(
            f"It is {LEAST_TOKENS - tokens} tokens shorter than the {LEAST_TOKENS} advised: "
            "a definition, criteria and examples with reasons make a judge surer."
        )
    cut = []
    if len(choice.examples) < len(pieces.examples):
        cut.append(f"{len(pieces.examples) - len(choice.examples)} of {len(pieces.examples)} examples")
    if len(choice.notes) < len(pieces.interpretation):
        cut.append(
            f"{len(pieces.interpretation) - len(choice.notes)} of {len(pieces.interpretation)} notes on how to read it"
        )
    if cut:
        remarks.append(f"Cut to stay within {budget} tokens: {' and '.join(cut)}.")
    return remarks + _unsaid([pieces])


def _unsaid(asked: Sequence[Pieces]) -> list[str]:
    remarks: list[str] = []
    if any(pieces.rationale for pieces in asked):
        remarks.append("The rationale is left out: it explains the rule and is no part of it.")
    silent = sum(pieces.silent_examples for pieces in asked)
    if silent:
        remarks.append(
            f"{silent} example{'s' if silent > 1 else ''} without text, such as pictures, cannot stand in a prompt."
        )
    return remarks
