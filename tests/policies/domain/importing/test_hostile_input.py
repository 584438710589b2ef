"""Input that means harm, or is simply broken: a sentence with file and line, in bounded time and memory."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.domain.importing.proposal import NoteKind, Proposal
from policies.domain.importing.reading import proposal_read
from policies.domain.importing.sources import MOST_BYTES, MOST_FILES, Given, SourceRefusedError


def _read(name: str, data: bytes) -> Proposal:
    return proposal_read([Given(name, data)])


def _told(proposal: Proposal) -> list[tuple[str, int, str]]:
    return [(n.file, n.line, n.sentence) for n in proposal.notes if n.kind is NoteKind.PROBLEM]


def _zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_bytes_that_are_no_utf8_are_named_with_their_line() -> None:
    assert _told(_read("a.md", b"# A\n\nfine\n\xff\xfe")) == [
        ("a.md", 4, "This is not UTF-8 text. Save it as UTF-8 and bring it in again.")
    ]


def test_control_characters_are_no_text() -> None:
    assert _told(_read("a.md", b"# A\n\x00")) == [
        ("a.md", 2, "This is no text: it holds control characters.")
    ]


def test_invisible_marks_are_taken_out_and_counted() -> None:
    read = _read("a.md", "# A\n\nNo \u202eweapons\u202c.\n".encode())
    assert "No weapons." in read.clauses[0].document.model_dump_json()
    assert any(note.line == 3 and note.sentence.startswith("2 invisible marks") for note in read.notes)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &a [x]\nb: *a\n", "line 2 refers to another place"),
        ("categories: [" + "[" * 30, "nested deeper"),
        ("categories:\n  a:\n\t- b\n", "cannot be read"),
        ("categories: !!python/object/apply:os.system ['true']\n", "cannot be read"),
        ("x: [" + "1, " * 30_000 + "1]", "more than 20000 entries"),
    ],
)
def test_yaml_that_multiplies_nests_or_calls_is_refused(text: str, sentence: str) -> None:
    told = _told(_read("t.yaml", text.encode()))
    assert len(told) == 1
    assert sentence in told[0][2]


def test_json_that_is_none_too_deep_or_not_ours() -> None:
    assert _told(_read("a.json", b'{"a":\n oops}'))[0][1] == 2
    assert "nested deeper" in _told(_read("a.json", b"[" * 5000 + b"]" * 5000))[0][2]
    assert _read("a.json", b"{}").notes[0].sentence == "It is JSON, but no policy that Concord exported."


def test_an_archive_cannot_climb_out_lock_or_hide_another() -> None:
    data = _zip(
        {"../../etc/passwd": b"x", "/abs.md": b"x", "in.zip": b"PK", "ok/rule.md": b"# Rule\n\nNo spam.\n"}
    )
    read = _read("pack.zip", data)
    assert [clause.key for clause in read.clauses] == ["rule"]
    assert [sentence for _, _, sentence in _told(read)] == [
        "Its name leads out of the archive, so it was not read.",
        "Its name leads out of the archive, so it was not read.",
        "An archive inside an archive is not read.",
    ]


def test_an_archive_that_unpacks_to_far_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = _zip({f"{n}.md": b"a" * (MOST_BYTES + 1) for n in range(20)})
    assert len(bomb) < 100_000
    with pytest.raises(SourceRefusedError, match="unpacks to more than"):
        _read("bomb.zip", bomb)


def test_a_broken_archive_and_too_many_files_are_refused() -> None:
    with pytest.raises(SourceRefusedError, match="no archive"):
        _read("a.zip", b"PK\x03\x04nonsense")
    with pytest.raises(SourceRefusedError, match=f"at most {MOST_FILES}"):
        _read("a.zip", _zip({f"{n}.md": b"x" for n in range(MOST_FILES + 1)}))
    with pytest.raises(SourceRefusedError, match="MiB"):
        proposal_read([Given(f"{n}.md", b"x" * MOST_BYTES) for n in range(5)])


def test_a_table_without_columns_for_text_and_label_says_which_it_needs() -> None:
    ((name, line, sentence),) = _told(_read("t.csv", b"id,language,scenario\n1,en,Help\n"))
    assert (name, line) == ("t.csv", 1)
    assert "label" in sentence


@pytest.mark.parametrize(
    "text",
    [
        "#" * 100_000,
        "# " + "a " * 100_000 + "#" * 1000,
        "**" * 100_000,
        "- " + '"' * 100_000,
        "[" * 50_000 + "](" * 50_000,
        "<!--" * 50_000,
        ("- " * 50 + "\n") * 5_000,
        "| " * 100_000,
        "\n".join(f"{'#' * (n % 6 + 1)} Heading {n}\n\ntext" for n in range(5_000)),
        "Examples:\n\n" + "- A: “x”; “y”\n" * 5_000,
        "One paragraph.\n\n" * 20_000,
        "## The same heading\n\n" * 20_000,
        "# Example\n\n" + "| a | b |\n" * 20_000,
        "- item\n\n" * 20_000,
        "## Stunt (ST1 - Low)\n\n## Stunt (ST2 - High)\n\n" + "- ST2.a Name: “x”\n" * 20_000,
    ],
)
def test_odd_shapes_are_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    proposal_read([Given("a.md", text.encode())])
    # Some seconds of processor time; what looks at every pair of lines or brackets takes many minutes.
    assert time.process_time() - began < 40


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from('#*-|>`"“”:()[]=! \n\tabcDC0123456789.<>\u202e\u0301\u0627'), max_size=400),
    st.sampled_from(["a.md", "a.csv", "a.yaml", "a.json", "a.txt", "policy"]),
)
def test_whatever_comes_is_read_or_told_and_every_clause_is_sound(text: str, name: str) -> None:
    read = proposal_read([Given(name, text.encode())])
    keys = [clause.key for clause in read.clauses]
    assert len(keys) == len(set(keys))
    assert {clause.parent_key for clause in read.clauses} <= {"", *keys}
    assert all(note.sentence.endswith((".", "”")) for note in read.notes)
