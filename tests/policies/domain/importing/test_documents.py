"""Documents that nobody wrote for Concord: where their text goes, and what is said about it."""

from __future__ import annotations

import pytest

from policies.domain.clause_documents import ClauseDocument
from policies.domain.completeness import clause_problems
from policies.domain.importing.proposal import NoteKind, Proposal, key_free, key_from
from policies.domain.importing.reading import proposal_read
from policies.domain.importing.sources import Given

LABELLED = """# Stunt Policy (#ST)

## Goal

Find dangerous stunts. Label each post `VALID` or `INVALID`.

## Definitions

- Stunt: a feat that can hurt.

## Allowed Content (ST0 - Reports)

News and warnings.

Examples:

- ST0.a News: "Boy hurt on roof"; "Police warn of train surfing"

Output: `VALID`

## Cheering (ST1 - Promotion)

Posts that make it look fun.

Examples:

- ST1.a Cheering: "Do it, coward!"

Output: `INVALID`

## Instructions for Stunts (ST2 - Facilitation)

Posts that teach it.

Output: `INVALID`

## Label Format

- `ST0`: Reports and warnings.
- `ST1`: Makes it look fun.
- `ST2`: Teaches it.

Examples:

- "Where do trains slow down?" -> `ST2`

## Ambiguity

- A film set is `ST0`.
"""


def _read(*files: tuple[str, str]) -> Proposal:
    return proposal_read([Given(name, text.encode()) for name, text in files])


def _blocks(document: ClauseDocument) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in document.blocks:
        texts = [block.text] if hasattr(block, "text") else [item.text for item in block.items]
        found.setdefault(block.type.value, []).extend(texts)
    return found


def test_short_rules_become_one_clause_each_and_their_links_see_also() -> None:
    rule = "---\ntitle: Acme {}\nversions: all\n---\n\nWe forbid {}. This includes:\n\n* One thing\n* Another\n\n{}"
    read = _read(
        (
            "rules/bullying.md",
            rule.format("Bullying", "bullying", "Not all rudeness is bullying; see [threats](/x/threats)."),
        ),
        ("rules/threats.md", rule.format("Threats", "threats", "We may suspend accounts.")),
    )
    assert [(c.key, c.document.title) for c in read.clauses] == [
        ("bullying", "Bullying"),
        ("threats", "Threats"),
    ]
    assert read.title == "Rules"
    bullying, threats = (_blocks(clause.document) for clause in read.clauses)
    assert bullying == {
        "definition": ["We forbid bullying. This includes:"],
        "use_when": ["* One thing\n* Another"],
        "avoid_when": ["Not all rudeness is bullying; see threats."],
    }
    assert threats["interpretation"] == ["We may suspend accounts."]
    assert [(r.kind.value, r.clause_key) for r in read.clauses[0].document.relations] == [
        ("see_also", "threats")
    ]
    assert all(clause_problems(clause.document) == [] for clause in read.clauses)
    moved = [note for note in read.notes if note.kind is NoteKind.MOVED]
    assert [(note.file, note.line) for note in moved] == [("rules/bullying.md", 11), ("rules/threats.md", 11)]


def test_a_document_with_headings_becomes_a_tree() -> None:
    text = (
        "# House rules\n\nBe kind.\n\n## 1. Trade\n\nNo weapons.\n\n### Knives\n\nKitchen knives are tools.\n\n"
        "## 2. Talk\n\n### Definition\n\nAbuse of people.\n\n### Exceptions\n\nQuotes.\n\n## Appeals\n\nWrite to us.\n"
    )
    read = _read(("rules.md", text))
    assert [(c.key, c.parent_key, c.is_left_out) for c in read.clauses] == [
        ("trade", "", False),
        ("knives", "trade", False),
        ("talk", "", False),
        ("appeals", "", True),
    ]
    assert read.title == "House rules"
    assert read.release_notes == "Be kind."
    assert _blocks(read.clauses[2].document) == {
        "definition": ["Abuse of people."],
        "avoid_when": ["Quotes."],
    }


def test_labels_become_answers_and_their_examples_are_ruled() -> None:
    read = _read(("stunts/policy.md", LABELLED))
    (clause,) = read.clauses
    document = clause.document
    assert (clause.key, document.title) == ("stunt", "Stunt")
    assert [(a.value, a.label, a.harmful) for a in document.answers] == [
        ("st0", "ST0: Reports and warnings", False),
        ("st1", "ST1: Makes it look fun", True),
        ("st2", "ST2: Teaches it", True),
    ]
    items = {item.text: item for block in document.blocks for item in getattr(block, "items", ())}
    assert {text: item.ruling for text, item in items.items()} == {
        "Do it, coward!": "st1",
        "Where do trains slow down?": "st2",
        "Boy hurt on roof": "st0",
        "Police warn of train surfing": "st0",
    }
    assert items["Do it, coward!"].why == "ST1.a Cheering"
    assert clause_problems(document) == []


def test_labels_that_are_grades_become_the_severity_scale() -> None:
    text = LABELLED.replace("ST1 - Promotion", "ST1 - Low risk").replace(
        "ST2 - Facilitation", "ST2 - High risk"
    )
    text = text.replace("- `ST1`: Makes it look fun.\n- `ST2`: Teaches it.\n", "")
    document = _read(("policy.md", text)).clauses[0].document
    assert [answer.value for answer in document.answers] == ["yes", "no"]
    assert [step.value for step in document.severities] == [1, 2]
    graded = {i.text: (i.ruling, i.severity) for b in document.blocks for i in getattr(b, "items", ())}
    assert graded["Do it, coward!"] == ("yes", 1)
    assert graded["Boy hurt on roof"] == ("no", None)


def test_rows_of_a_table_become_examples_of_the_rule_of_their_name() -> None:
    table = 'Made up for a test.,\nexample,classification,response,response label\n"=SUM(A1), jump!",ST1,"No.",ST0\n'
    table += "Boy hurt on roof,ST0,,\n,ST1,,\n"
    read = _read(("policies/stunt/policy.md", LABELLED), ("datasets/stunt.csv", table))
    (clause,) = read.clauses
    items = {i.text: (i.ruling, i.why) for b in clause.document.blocks for i in getattr(b, "items", ())}
    assert items["=SUM(A1), jump!"] == ("st1", "")
    assert items["No."] == ("st0", "In answer to “=SUM(A1), jump!”")
    told = {(note.file, note.line): note.sentence for note in read.notes if note.file == "datasets/stunt.csv"}
    assert told[("datasets/stunt.csv", 1)] == "Above the table it says: “Made up for a test.”"
    assert told[("datasets/stunt.csv", 5)] == "1 row has no text."
    double = next(note for note in read.notes if "stood there already" in note.sentence)
    assert (double.file, double.line) == ("datasets/stunt.csv", 4)


def test_many_examples_are_kept_and_said_to_be_many() -> None:
    rows = "".join(f"Post {number},{'yes' if number % 2 else 'no'}\n" for number in range(30))
    read = _read(("spam.csv", f"text,label\n{rows}"))
    assert sum(len(getattr(block, "items", ())) for block in read.clauses[0].document.blocks) == 30
    assert any("It has 30 examples" in note.sentence for note in read.notes)


def test_a_table_alone_becomes_a_clause_with_its_labels_as_answers() -> None:
    read = _read(("spam.csv", "text,label,why\nBuy now,spam,Pushy\nHello,not spam,\n"))
    document = read.clauses[0].document
    assert [(a.value, a.harmful) for a in document.answers] == [("spam", True), ("not-spam", False)]
    assert _blocks(document)["examples"] == ["Buy now"]
    assert _blocks(document)["counter_examples"] == ["Hello"]


def test_an_apostrophe_before_a_formula_is_taken_off_again() -> None:
    read = _read(("a.csv", "text,label\n'=1+1,yes\n'tis the season,no\n"))
    texts = [i.text for b in read.clauses[0].document.blocks for i in getattr(b, "items", ())]
    assert texts == ["=1+1", "'tis the season"]


def test_a_labeler_document_gives_a_clause_for_its_label() -> None:
    text = (
        "Drug Policy\n\n# Criteria\n\n## Overview\n\nWhat counts as drugs.\n\n## Definition of Terms\n\n"
        "- **Drugs**: x\n\n"
        "## Interpretation of Language\n\n- Exactly as written\n\n## Definition of Label\n\n### (DRUGS) Drugs\n\n"
        "#### Includes\n\n- **Offers**: selling\n\n#### Excludes\n\n- **Medicine**: prescribed\n"
    )
    read = _read(("drugs.md", text))
    (clause,) = read.clauses
    assert clause.key == "drugs"
    assert _blocks(clause.document) == {
        "definition": ["What counts as drugs.\n\n- **Drugs**: x"],
        "use_when": ["- **Offers**: selling"],
        "avoid_when": ["- **Medicine**: prescribed"],
        "interpretation": ["- Exactly as written"],
    }


def test_two_sides_of_a_category_become_one_clause() -> None:
    text = (
        "# Moderation\n\n## Definitions\n\n| Code | Name | Meaning |\n|---|---|---|\n"
        "| **H** | Hate | Hatred of groups |\n"
        "| **V** | Violence | Harm |\n\n## Criteria\n\n### H (Hate) – VIOLATES\n- Slurs\n\n"
        "### H (Hate) – SAFE\n- Study\n\n"
        "### V (Violence) – VIOLATES\n- Threats\n\n## Examples\n\n### Example 1 – H = 1, V = 0\n"
        "**Content:** “They must go”\n"
    )
    read = _read(("p.md", text))
    assert [(c.key, c.document.title) for c in read.clauses] == [("hate", "Hate"), ("violence", "Violence")]
    assert _blocks(read.clauses[0].document) == {
        "definition": ["Hatred of groups"],
        "use_when": ["- Slurs"],
        "avoid_when": ["- Study"],
        "examples": ["They must go"],
    }
    assert _blocks(read.clauses[1].document)["counter_examples"] == ["They must go"]


def test_a_taxonomy_gives_a_clause_for_every_category() -> None:
    text = (
        "severity_scale:\n  low: Mild.\n  high: Grave.\nrouting: {}\ncategories:\n  hate_speech:\n"
        "    description: Attacks.\n"
        "    default_severity: high\n    subcategories:\n      slurs: Words.\n"
        "    platform_examples:\n      video: A slur.\n"
    )
    read = _read(("taxonomy.yaml", text))
    assert [(c.key, c.parent_key) for c in read.clauses] == [
        ("hate-speech", ""),
        ("hate-speech-slurs", "hate-speech"),
    ]
    assert [s.label for s in read.clauses[0].document.severities] == ["Low: Mild.", "High: Grave."]
    assert any("routing" in note.sentence for note in read.notes)


def test_plain_text_with_numbered_headings_in_any_script() -> None:
    text = "POLICY\n\n1. BE USEFUL\n- Help.\n\n2. BE TRUE\n- Do not invent.\n\n۳. مهربان باش\n- بد نگو\n"
    read = _read(("charter.txt", text))
    assert [c.document.title for c in read.clauses] == ["Be useful", "Be true", "مهربان باش"]
    assert [c.key for c in read.clauses] == ["be-useful", "be-true", "charter"]
    assert all(clause_problems(clause.document) == [] for clause in read.clauses)


def test_headings_inside_code_are_code_and_html_stays_text() -> None:
    text = "# A\n\nRule.\n\n```\n# not a heading\n```\n\n<script>alert(1)</script>\n\n<!-- hidden -->\n"
    read = _read(("a.md", text))
    (clause,) = read.clauses
    said = "\n".join(text for texts in _blocks(clause.document).values() for text in texts)
    assert "# not a heading" in said
    assert "<script>alert(1)</script>" in said
    assert "hidden" not in said
    assert any(note.line == 11 and "no reader sees" in note.sentence for note in read.notes)


def test_nothing_of_a_document_is_lost_without_a_word() -> None:
    """Every word of the body stands in the proposal, or a note names its line."""
    read = _read(("stunts/policy.md", LABELLED))
    said = " ".join(
        [
            read.clauses[0].document.model_dump_json(),
            read.release_notes,
            *(note.sentence for note in read.notes),
        ]
    ).lower()
    headings = {"goal", "definitions", "label", "format", "output", "valid", "content", "ambiguity"}
    for word in (
        {w.strip('.,:;()#`"!?->') for w in LABELLED.partition("\n")[2].lower().split()} - headings - {""}
    ):
        assert word in said, word


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Weapons’ Sale!", "weapons-sale"),
        ("  42 Émeutes & more ", "emeutes-more"),
        ("۱. کارآمدی", ""),
        ("x" * 100, "x" * 64),
        ("Very " * 20, "-".join(["very"] * 13)),
    ],
)
def test_keys_come_from_titles(title: str, key: str) -> None:
    assert key_from(title) == key


def test_a_taken_key_is_numbered_within_its_length() -> None:
    assert key_free("Spam", {"spam"}) == "spam-2"
    assert len(key_free("x" * 80, {"x" * 64})) == 64
