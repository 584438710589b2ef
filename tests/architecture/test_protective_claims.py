"""No text of ours says that a filter shields people (W12): studies disagree, and a false promise does harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_PLACES = {
    ".": ("README.md",),
    "docs": ("*.md", "*.yaml"),
    "frontend/src": ("*.ts", "*.tsx", "*.css"),
    "config/demo": ("*.py",),
    "core": ("*.py",),
    "annotation": ("*.py",),
    "preferences": ("*.py",),
}
_FILTER = r"(?:blur(?:red|ring|s)?|filters?|gr[ea]y(?:scale|ed|ing)?|muting|mut(?:e|ed|es)|covers?|covering|pixelat\w+)"
_SHIELDS = (
    r"(?:protect(?:s|ed|ing|ion)?|shields?|shielding|safeguards?|keeps? (?:you|people|them|annotators) safe|"
    r"makes? it safe|prevents? harm|harmless)"
)
_CLAIM = re.compile(rf"\b{_FILTER}\b(?:\W+\w+){{0,4}}?\W+{_SHIELDS}\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:nowhere|never|not|no|nobody|neither|without)\b", re.IGNORECASE)


def claims(text: str) -> Iterator[str]:
    """Yield the sentences in which a filter is said to shield somebody, those that deny it left out."""
    # Names joined by marks are code, and code shields nobody.
    for sentence in re.split(r"(?<=[.!?:;])\s|\n\s*\n|[{}<>]", text):
        flat = " ".join(sentence.split())
        if _CLAIM.search(flat) and not _DENIED.search(flat):
            yield flat[:200]


def test_no_text_says_that_a_filter_protects_anybody() -> None:
    found = []
    for place, patterns in _PLACES.items():
        for pattern in patterns:
            folder = _ROOT / place
            for path in sorted(folder.glob(pattern) if place == "." else folder.rglob(pattern)):
                if path.name == "schema.d.ts":
                    continue
                found += [f"{path.relative_to(_ROOT)}: {one}" for one in claims(path.read_text("utf-8"))]
    assert not found, "\n".join(found)


def test_the_lint_finds_what_it_is_for() -> None:
    said = [
        "Blurring protects you from what you see.",
        "Our filters keep people safe.",
        "A grey picture is harmless",
    ]
    assert all(list(claims(one)) for one in said)
    assert not list(claims("Nowhere does a filter shield anybody."))
    assert not list(claims("Media stays covered until you ask for it. Protection is a matter of dose."))


def test_the_documents_say_both_sides() -> None:
    text = (_ROOT / "docs/adr/0015-protection-of-people.md").read_text("utf-8")
    assert "studies disagree" in text
    assert "ethics" in text
