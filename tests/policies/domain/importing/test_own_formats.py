"""What Concord writes it reads again, exactly: whatever clauses say."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from config.demo.policy import CLAUSES, POLICY
from core.http.tables import csv_text
from policies.domain.canonical import PlacedClause, release_sha256
from policies.domain.clause_documents import ClauseDocument, clause_json
from policies.domain.exporting.policy_json import PolicyFacts, policy_json
from policies.domain.exporting.policy_markdown import policy_markdown
from policies.domain.exporting.policy_pack import pack_bytes, pack_files
from policies.domain.importing.proposal import NoteKind, Proposal
from policies.domain.importing.reading import proposal_read
from policies.domain.importing.sources import Given
from policies.domain.markdown_guide import release_guide
from policies.tokens import token_count
from tests.policies.clause_texts import axis_json, verdict_json

DEMO = [
    PlacedClause(c["key"], c["parent_key"], at, ClauseDocument.model_validate(c["document"]), 1)
    for at, c in enumerate(CLAUSES)
]
LINES = ("In effect from 2026-01-01",)


def _facts(clauses: list[PlacedClause], title: str = "Community safety", **changes: Any) -> PolicyFacts:
    sha256 = release_sha256(policy_key="community-safety", title=title, clauses=clauses)
    return PolicyFacts(
        **{
            "key": "community-safety",
            "title": POLICY["title"],
            "summary": POLICY["summary"],
            "release_title": title,
            "number": 2,
            "state": "released",
            "notes": "What changed.",
            "content_sha256": sha256,
            **changes,
        }
    )


def _read(name: str, text: str | bytes) -> Proposal:
    return proposal_read([Given(name, text.encode() if isinstance(text, str) else text)])


def _said(clauses: Any) -> list[tuple[str, str, Any]]:
    return [(clause.key, clause.parent_key, clause_json(clause.document)) for clause in clauses]


def test_the_demo_policy_comes_back_from_json_word_for_word() -> None:
    read = _read("community-safety@2.json", policy_json(_facts(DEMO), DEMO))
    assert read.is_exact
    assert (read.key, read.title, read.summary) == ("community-safety", "Community safety", POLICY["summary"])
    assert read.release_notes == "What changed."
    assert _said(read.clauses) == _said(DEMO)
    assert read.notes == ()


def test_the_demo_policy_comes_back_from_markdown_word_for_word() -> None:
    text = policy_markdown(_facts(DEMO), DEMO, lines=LINES)
    read = _read("guide.md", text)
    assert read.is_exact
    assert _said(read.clauses) == _said(DEMO)


def test_a_pack_comes_back_exactly_and_is_the_same_bytes_each_time() -> None:
    def pack() -> bytes:
        files = pack_files(_facts(DEMO), DEMO, lines=LINES, count=token_count, table=csv_text)
        return pack_bytes(files, folder="community-safety@2")

    assert pack() == pack()
    names = zipfile.ZipFile(io.BytesIO(pack())).namelist()
    assert "community-safety@2/example_policies/scam/policy.md" in names
    assert "community-safety@2/datasets/scam.csv" in names
    read = _read("pack.zip", pack())
    assert read.is_exact
    assert _said(read.clauses) == _said(DEMO)
    assert {note.kind for note in read.notes} == {NoteKind.LEFT_OUT}


_TEXT = st.text(
    st.one_of(
        st.sampled_from("#`*>-_|:.()<!ab \n"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85"),
    ),
    max_size=120,
).filter(
    lambda text: (
        not any("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069" or c == "\ufeff" for c in text)
    )
)
_LINE = _TEXT.map(lambda text: " ".join(text.split())[:200])
_SLUG = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)


@st.composite
def _documents(draw: st.DrawFn) -> ClauseDocument:
    if draw(st.booleans()):
        return ClauseDocument.model_validate(axis_json(title=draw(_LINE), question=draw(_LINE)))
    answers = draw(st.lists(_SLUG, min_size=2, max_size=3, unique=True))
    prose = draw(
        st.lists(
            st.tuples(st.sampled_from(["definition", "use_when", "avoid_when", "rationale"]), _TEXT),
            max_size=4,
        )
    )
    items = draw(
        st.lists(
            st.fixed_dictionaries({"text": _TEXT, "why": _TEXT, "ruling": st.sampled_from(answers)}),
            max_size=3,
        )
    )
    return ClauseDocument.model_validate(
        verdict_json(
            title=draw(_LINE),
            question=draw(_LINE),
            answers=[
                {"value": value, "label": draw(_LINE), "harmful": draw(st.booleans())} for value in answers
            ],
            blocks=[
                *({"type": kind, "text": text} for kind, text in prose),
                {"type": "examples", "id": "mine", "items": items},
            ],
            codes=[{"taxonomy": "mlcommons", "code": "S2"}],
            modalities=["image", "text"],
        )
    )


@st.composite
def _releases(draw: st.DrawFn) -> list[PlacedClause]:
    keys = draw(st.lists(_SLUG, min_size=1, max_size=4, unique=True))
    return [
        PlacedClause(
            key, draw(st.sampled_from(["", *keys[:at]])) if at else "", at, draw(_documents()), at + 1
        )
        for at, key in enumerate(keys)
    ]


@settings(max_examples=120, deadline=None)
@given(clauses=_releases(), title=_LINE.filter(bool))
def test_any_release_comes_back_exactly(clauses: list[PlacedClause], title: str) -> None:
    facts = _facts(clauses, title)
    for name, text in (
        ("a.json", policy_json(facts, clauses)),
        ("a.md", policy_markdown(facts, clauses, lines=LINES)),
    ):
        read = _read(name, text)
        assert read.is_exact, name
        assert _said(read.clauses) == _said(clauses)


def test_words_changed_by_hand_win_and_the_rest_stays_as_it_was() -> None:
    text = policy_markdown(_facts(DEMO), DEMO, lines=LINES)
    text = text.replace("An honest seller who takes a deposit", "An honest neighbour who takes a deposit", 1)
    read = _read("guide.md", text)
    assert not read.is_exact
    before, after = {c.key: c for c in DEMO}, {c.key: c for c in read.clauses}
    assert [key for key in before if before[key].document != after[key].document] == ["scam"]
    changed = clause_json(after["scam"].document)
    avoid = next(block for block in changed["blocks"] if block["type"] == "avoid_when")
    assert "An honest neighbour who takes a deposit" in avoid["text"]
    same = {name: value for name, value in changed.items() if name != "blocks"}
    assert same == {
        name: value for name, value in clause_json(before["scam"].document).items() if name != "blocks"
    }
    assert [block["id"] for block in changed["blocks"]] == [b.id for b in before["scam"].document.blocks]
    assert any("Read from the words" in note.sentence and "scam" in note.sentence for note in read.notes)


def test_a_guide_without_its_comment_is_read_from_the_words() -> None:
    text = release_guide(label="community-safety@2", title="Community safety", facts=LINES, clauses=DEMO)
    read = _read("guide.md", text)
    assert [clause.key for clause in read.clauses] == [clause.key for clause in DEMO]
    for mine, theirs in zip(DEMO, read.clauses, strict=True):
        assert (mine.document.title, mine.document.question) == (
            theirs.document.title,
            theirs.document.question,
        )
        assert mine.document.answers == theirs.document.answers
        assert [b.type for b in mine.document.blocks] == [b.type for b in theirs.document.blocks]
    scam = next(clause.document for clause in read.clauses if clause.key == "scam")
    items = [item for block in scam.blocks for item in getattr(block, "items", ())]
    assert [(item.ruling, item.severity) for item in items][:2] == [("violates", 2), ("violates", 3)]


def test_json_that_was_changed_by_hand_says_which_clauses_differ() -> None:
    data = json.loads(policy_json(_facts(DEMO), DEMO))
    data["clauses"][1]["document"]["title"] = "Fraud"
    read = _read("a.json", json.dumps(data))
    assert not read.is_exact
    assert [note.sentence for note in read.notes] == [
        f"Changed since it was exported: {data['clauses'][1]['key']}."
    ]


def test_a_clause_that_cannot_be_used_is_named_with_what_is_wrong() -> None:
    data = json.loads(policy_json(_facts(DEMO), DEMO))
    data["clauses"][0]["document"]["answers"] = [{"value": "Bad Value", "label": "x"}]
    data["clauses"][1]["key"] = "Not A Key"
    read = _read("a.json", json.dumps(data))
    told = [note.sentence for note in read.notes if note.kind is NoteKind.PROBLEM]
    assert len(told) == 2
    assert "answers[0].value" in told[0]
    assert len(read.clauses) == len(DEMO) - 2
