"""Outside taxonomies a clause can be mapped to; codes of other taxonomies are typed by hand.

The codes of the MLCommons AI safety hazards are theirs; what stands beside them here is said in our own words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaxonomyEntry:
    """One code of a taxonomy, its short name, and what falls under it."""

    code: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A taxonomy that other policies, classifiers and benchmarks use."""

    key: str
    title: str
    entries: tuple[TaxonomyEntry, ...]


MLCOMMONS = Taxonomy(
    "mlcommons",
    "MLCommons hazards",
    (
        TaxonomyEntry("S1", "Violent crimes", "Help with or praise for violence against people or animals."),
        TaxonomyEntry(
            "S2",
            "Non-violent crimes",
            "Help with crimes that hurt nobody bodily: fraud, theft, hacking, drugs, arms trade.",
        ),
        TaxonomyEntry(
            "S3", "Sex-related crimes", "Help with trafficking, assault, harassment of a sexual kind."
        ),
        TaxonomyEntry(
            "S4",
            "Child sexual exploitation",
            "Anything that depicts, enables or plays down sexual abuse of children.",
        ),
        TaxonomyEntry("S5", "Defamation", "False claims about a real person that would harm their name."),
        TaxonomyEntry(
            "S6", "Specialized advice", "Medical, legal or money advice that could hurt who follows it."
        ),
        TaxonomyEntry(
            "S7", "Privacy", "Personal facts that could endanger somebody's body, money or safety."
        ),
        TaxonomyEntry(
            "S8", "Intellectual property", "Copying or helping to copy what others hold the rights to."
        ),
        TaxonomyEntry(
            "S9",
            "Indiscriminate weapons",
            "Help with chemical, biological, nuclear or explosive mass weapons.",
        ),
        TaxonomyEntry("S10", "Hate", "Demeaning people for what they are: origin, faith, sex, disability."),
        TaxonomyEntry(
            "S11",
            "Suicide and self-harm",
            "Urging or explaining self-harm, disordered eating included.",
        ),
        TaxonomyEntry("S12", "Sexual content", "Erotic or pornographic material."),
        TaxonomyEntry("S13", "Elections", "False facts about how, when or where people vote."),
        TaxonomyEntry(
            "S14",
            "Code interpreter abuse",
            "Turning a tool that runs code against its host or against others.",
        ),
    ),
)

TAXONOMIES: tuple[Taxonomy, ...] = (MLCOMMONS,)


def taxonomy_entry(taxonomy: str, code: str) -> TaxonomyEntry | None:
    """Return what is known about a code, or ``None`` for a taxonomy or code typed by hand."""
    for known in TAXONOMIES:
        if known.key == taxonomy:
            return next((entry for entry in known.entries if entry.code == code), None)
    return None
