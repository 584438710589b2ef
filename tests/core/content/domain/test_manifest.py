from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.content.domain import limits
from core.content.domain.manifest import Line, manifest_lines

GOOD = {"external_id": "p1", "parts": [{"kind": "caption", "text": "A chair"}]}


def read(*lines: bytes | str | dict[str, Any]) -> list[Line]:
    raw = [
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    ]
    return list(manifest_lines([b"\n".join(raw)]))


def problem(line: bytes | str | dict[str, Any]) -> str:
    found = read(GOOD, line)
    assert found[1].post is None
    assert found[1].problems[0].line == 2
    return str(found[1].problems[0])


def test_a_good_line_is_a_post() -> None:
    (line,) = read(GOOD)
    assert line.post == GOOD
    assert line.problems == ()


def test_empty_lines_count_but_are_no_posts() -> None:
    found = read(GOOD, "", "  ", {**GOOD, "external_id": "p2"}, "")
    assert [line.number for line in found] == [1, 4]


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    body = b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n" + json.dumps(GOOD).encode() + b"\r\n"
    assert [line.post for line in manifest_lines([body])] == [GOOD, GOOD]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Line 2: This is not JSON"),
        ("[]", "Line 2: This must be an object."),
        (b"\xff{}", "Line 2: Byte 1 of the line is not UTF-8"),
        ('{"external_id": "a", "external_id": "b"}', "Line 2: The name 'external_id' stands twice"),
        ({"parts": GOOD["parts"]}, "Line 2, external_id: This is missing."),
        ({**GOOD, "external_id": ""}, "Line 2, external_id: This must not be empty."),
        ({**GOOD, "external_id": 7}, "Line 2, external_id: This must be text."),
        ({**GOOD, "extra": 1}, "Line 2, extra: This name is not known here."),
        ({**GOOD, "language": "English!"}, "Line 2, language: This is not a language tag"),
        ({**GOOD, "parts": []}, "Line 2, parts: There must be at least one part."),
        ({**GOOD, "parts": [{"kind": "smell", "text": "x"}]}, "Line 2, parts[0].kind: This must be one of"),
        (
            {**GOOD, "parts": [{"kind": "image", "text": "x"}]},
            "Line 2, parts[0].asset: A part of kind image needs",
        ),
        (
            {**GOOD, "parts": [{"kind": "text", "text": "x", "asset": "y"}]},
            "Line 2, parts[0].asset: A part of kind text takes",
        ),
        (
            '{"external_id": "a", "parts": [{"kind": "text", "text": "a\\u0000b"}]}',
            "Line 2, parts[0].text: The text holds a NUL",
        ),
        (
            '{"external_id": "a", "parts": [{"kind": "text", "text": "\\ud800"}]}',
            "Line 2, parts[0].text: The text holds a NUL",
        ),
        ('{"external_id": "a\\ud800", "parts": []}', "Line 2, external_id: The text holds a NUL"),
        ('{"metadata": {"n": NaN}}', "Line 2: NaN is not a JSON number"),
        ('{"metadata": {"n": 1e400}}', "Line 2: The number 1e400 is too large"),
        ('{"metadata": {"n": 123456789012345678901234567890}}', "Line 2: A whole number is too large"),
        ("[" * 100_000, "Line 2: The values are nested deeper"),
        ({**GOOD, "metadata": {"a": "x" * 70_000}}, "Line 2, metadata: This is larger than"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_place(line: Any, said: str) -> None:
    assert problem(line).startswith(said)


def test_metadata_nested_past_the_limit_is_told() -> None:
    nested: Any = "x"
    for _ in range(40):
        nested = [nested]
    assert "nested deeper" in problem({**GOOD, "metadata": {"a": nested}})


def test_every_problem_of_a_line_is_told() -> None:
    (line,) = read({"parts": [{"kind": "smell"}, {"kind": "text", "text": 3}], "more": 1})
    assert {one.path for one in line.problems} == {"external_id", "parts[0].kind", "parts[1].text", "more"}


def test_a_line_too_long_to_hold_is_told_and_the_next_is_read() -> None:
    long = b'{"external_id": "' + b"x" * (limits.MANIFEST_LINE_BYTES + 10)
    body = long + b"\n" + json.dumps(GOOD).encode()
    chunks = [body[at : at + 100_000] for at in range(0, len(body), 100_000)]
    found = list(manifest_lines(chunks))
    assert "longer than" in found[0].problems[0].message
    assert found[1].post == GOOD


def test_text_with_escaped_emoji_and_combining_marks_is_kept_code_point_by_code_point() -> None:
    text = "👩‍👩‍👧 é שלום नमस्ते"
    body = json.dumps({"external_id": "a", "parts": [{"kind": "text", "text": text}]})
    (line,) = read(body)
    assert line.post is not None
    assert line.post["parts"][0]["text"] == text


@given(st.lists(st.sampled_from(["", "x", json.dumps(GOOD)]), max_size=12), st.integers(1, 50))
def test_however_the_bytes_are_cut_the_lines_are_the_same(lines: list[str], size: int) -> None:
    body = "\n".join(lines).encode()
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    assert list(manifest_lines(chunks)) == list(manifest_lines([body]))


@given(st.integers(0, 9))
def test_reading_can_go_on_where_it_stopped(stopped_after: int) -> None:
    body = b"\n".join(json.dumps({**GOOD, "external_id": str(n)}).encode() for n in range(10))
    whole = list(manifest_lines([body]))
    last = whole[stopped_after]
    rest = list(manifest_lines([body[last.end :]], start_bytes=last.end, start_lines=last.number))
    assert whole[: stopped_after + 1] + rest == whole
