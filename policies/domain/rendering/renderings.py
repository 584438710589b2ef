"""The renderings by name, with what each holds, leaves out and costs in tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from policies.domain.canonical import PlacedClause
from policies.domain.markdown_guide import clause_guide, release_guide
from policies.domain.rendering.cope import cope_prompt
from policies.domain.rendering.guards import llama_guard_categories, shield_gemma_guidelines
from policies.domain.rendering.pieces import Pieces, pieces_of, quoted
from policies.domain.rendering.safeguard import LEAST_TOKENS, MOST_TOKENS, safeguard_prompt, safeguard_release

TokenCount = Callable[[str], int]


class RenderingKind(StrEnum):
    """Who a text is written for."""

    GUIDELINE = "guideline"
    SAFEGUARD = "safeguard"
    COPE = "cope"
    SHIELDGEMMA = "shieldgemma"
    LLAMAGUARD = "llamaguard"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text and what stands in it.

    Attributes
    ----------
    text
        What to copy; empty when the clauses have no such rendering (``notes`` says why).
    tokens
        Length of ``text`` in tokens of the counter that was given.
    least, most
        Between how many tokens the reader works best; ``None`` where no such bounds are known.
    notes
        Sentences: whether it is longer or shorter than that, and everything the text leaves out.
    """

    kind: RenderingKind
    text: str
    tokens: int
    least: int | None
    most: int | None
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    examples: tuple[str, ...]
    precedence: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What a rendering says above the clauses: the release's label, its title and facts."""

    label: str
    title: str
    facts: tuple[str, ...] = ()


def rendered(
    kind: RenderingKind,
    clauses: Sequence[PlacedClause],
    *,
    head: Head,
    count: TokenCount,
    is_whole_release: bool,
    budget: int = MOST_TOKENS,
) -> Rendered:
    """Render clauses, in outline order, for one kind of reader; the same input gives the same text.

    Parameters
    ----------
    kind
        For whom.
    clauses
        All clauses of a release, or one of them.
    head
        What stands above.
    count
        Counts tokens of a text.
    is_whole_release
        Whether ``clauses`` are the release (the text then has its head) or one clause alone.
    budget
        Most tokens of a gpt-oss-safeguard prompt for one clause; what does not fit is left out and named. 0 keeps
        everything.
    """
    ordered = sorted(clauses, key=lambda clause: (clause.position, clause.key))
    pieces = [pieces_of(clause) for clause in ordered]
    asked = [piece for piece in pieces if not piece.is_axis]
    least = most = None
    notes: list[str] = []
    if kind is RenderingKind.GUIDELINE:
        if is_whole_release:
            text = release_guide(label=head.label, title=head.title, facts=head.facts, clauses=ordered)
        else:
            text = "\n".join(clause_guide(clause) for clause in ordered)
    else:
        notes += _axes_left_out(kind, pieces)
        text, own = _text(kind, asked, head=head, count=count, whole=is_whole_release, budget=budget)
        notes += own
    if kind is RenderingKind.SAFEGUARD and not is_whole_release and text:
        least, most = LEAST_TOKENS, MOST_TOKENS
    return Rendered(
        kind=kind,
        text=text,
        tokens=count(text),
        least=least,
        most=most,
        includes=tuple(passage for piece in pieces for passage in piece.includes),
        excludes=tuple(passage for piece in pieces for passage in piece.excludes),
        examples=tuple(
            f"{quoted(example.text)} → {example.answer or ('covered' if example.is_covered else 'not covered')}"
            for piece in pieces
            for example in piece.examples
        ),
        precedence=tuple(
            sentence if not is_whole_release else f"{piece.key}: {sentence}"
            for piece in pieces
            for sentence in piece.precedence
        ),
        notes=tuple(notes),
    )


def _text(
    kind: RenderingKind, asked: list[Pieces], *, head: Head, count: TokenCount, whole: bool, budget: int
) -> tuple[str, list[str]]:
    if not asked:
        return "", []
    if kind is RenderingKind.SAFEGUARD:
        if whole:
            return safeguard_release(asked, title=head.title, count=count)
        return safeguard_prompt(asked[0], count=count, budget=budget)
    if kind is RenderingKind.COPE:
        return cope_prompt(asked, title=head.title if whole else asked[0].title)
    if kind is RenderingKind.SHIELDGEMMA:
        return shield_gemma_guidelines(asked)
    return llama_guard_categories(asked)


_READERS = {
    RenderingKind.SAFEGUARD: "this prompt asks",
    RenderingKind.COPE: "a CoPE labeler answers",
    RenderingKind.SHIELDGEMMA: "ShieldGemma answers",
    RenderingKind.LLAMAGUARD: "Llama Guard answers",
}


def _axes_left_out(kind: RenderingKind, pieces: list[Pieces]) -> list[str]:
    axes = [f"“{piece.title}”" for piece in pieces if piece.is_axis]
    if not axes:
        return []
    names = ", ".join(axes[:5]) + (f" and {len(axes) - 5} more" if len(axes) > 5 else "")
    compares, is_out = ("compares", "it is") if len(axes) == 1 else ("compare", "they are")
    return [f"{names} {compares} two responses; {_READERS[kind]} about one post, so {is_out} left out."]
