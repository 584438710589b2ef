"""Clauses as guard models take them: guidelines for ShieldGemma, hazard categories for Llama Guard."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policies.domain.rendering.pieces import Pieces, first_paragraphs, listed

_LEFT_OUT = (
    "Examples, answers and severities are left out: a guideline of a guard model is one passage of prose."
)


def shield_gemma_guidelines(asked: Sequence[Pieces]) -> tuple[str, list[str]]:
    """Return one guideline a clause, in the form ShieldGemma was trained on; the model answers Yes or No."""
    lines = []
    for pieces in asked:
        definition = first_paragraphs(pieces.definition)
        passages = [f"The content shall not fall under this rule: {definition}"]
        if pieces.includes and definition.endswith(":"):
            # A definition that leads into its list reads on into it.
            passages = [f"{passages[0]} {_joined(pieces.includes)}"]
        elif pieces.includes:
            passages.append(f"It covers: {_joined(pieces.includes)}")
        if pieces.excludes:
            passages.append(f"It does not cover: {_joined(pieces.excludes)}")
        lines.append(f'* "No {pieces.title}": {" ".join(_ended(passage) for passage in passages)}')
    return "\n".join(lines) + "\n", [_LEFT_OUT, *_unread(asked)]


def llama_guard_categories(asked: Sequence[Pieces]) -> tuple[str, list[str]]:
    """Return the categories between Llama Guard's own markers; MLCommons codes name a category where it has one.

    Clauses without such a code are numbered after the last hazard of that taxonomy (S14), in outline order.
    """
    names = _category_names(asked)
    lines = ["<BEGIN UNSAFE CONTENT CATEGORIES>"]
    for pieces, name in zip(asked, names, strict=True):
        lines.append(f"{name}: {pieces.title}.")
        if pieces.definition:
            lines.append(first_paragraphs(pieces.definition))
        if pieces.includes:
            lines += ["Should not", *listed(pieces.includes)]
        if pieces.excludes:
            lines += ["Can", *listed(pieces.excludes)]
    lines.append("<END UNSAFE CONTENT CATEGORIES>")
    key = "; ".join(f"{name} is {pieces.key}" for pieces, name in zip(asked, names, strict=True))
    return "\n".join(lines) + "\n", [f"{key}.", _LEFT_OUT, *_unread(asked)]


def _category_names(asked: Sequence[Pieces]) -> list[str]:
    taken: set[str] = set()
    names: list[str] = []
    number = 14
    for pieces in asked:
        name = pieces.hazard
        if not re.fullmatch(r"S\d{1,2}", name) or name in taken:
            number += 1
            name = f"S{number}"
        taken.add(name)
        names.append(name)
    return names


def _joined(passages: Sequence[str]) -> str:
    items = [re.sub(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+", "", line).strip() for line in listed(passages)]
    return "; ".join(re.sub(r"\*\*|`", "", item).rstrip(".;") for item in items if item)


def _ended(text: str) -> str:
    text = text.strip()
    return text if re.search(r"[.!?][”\"’)]?$", text) else f"{text}."


def _unread(asked: Sequence[Pieces]) -> list[str]:
    lacking = [pieces.title for pieces in asked if not pieces.definition]
    return [f"{', '.join(f'“{title}”' for title in lacking)} has no definition yet."] if lacking else []
