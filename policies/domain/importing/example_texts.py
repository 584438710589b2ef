"""Examples as people write them in documents: quotes behind a name, arrows to a label, tables, nested lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Line = tuple[int, str]

_BULLET = re.compile(r"^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(.*)$")
_QUOTED = re.compile(r'“([^“”]+)”|"((?:[^"\\]|\\.)+)"')
_ARROW = re.compile(r"\s*(?:->|→|=>|⇒|—>)\s*")
_CODE = re.compile(r"^\**([A-Z][A-Z]{0,7}\.?\d{1,2})(?:\.([a-z]))?\b[.:)]?\s*(.*)$", re.DOTALL)
_CONTENT = re.compile(
    r"^\**(?:content|input|post|prompt|message|example)\**\s*:\**\s*(.+)$", re.IGNORECASE | re.DOTALL
)
_LABEL = re.compile(
    r"^\**(?:label|expected(?: response)?|output|ruling|answer)\**\s*:\**\s*`?([^`\s]+)`?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundExample:
    """One example: its text, the label said beside it (empty when none), the reason, and its line."""

    text: str
    label: str
    why: str
    line: int


def examples_found(lines: Sequence[Line]) -> list[FoundExample]:
    """Read the examples of a passage: every list item, table row or labelled paragraph becomes one or more."""
    found: list[FoundExample] = []
    rows = [(number, text) for number, text in lines if text.strip()]
    tables = [(number, text) for number, text in rows if text.strip().startswith("|")]
    found += _table(tables)
    rest = [(number, text) for number, text in rows if not text.strip().startswith("|")]
    if any(_CONTENT.match(text.strip()) for _, text in rest) and not any(_BULLET.match(t) for _, t in rest):
        return [*found, *_contents(rest)]
    for group in _items(rest):
        found += _item(group)
    return sorted(found, key=lambda example: example.line)


def _items(rows: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield each outermost list item with what is nested in it; other paragraphs stand alone."""
    group: list[Line] = []
    outermost = min((len(m.group(1)) for _, text in rows if (m := _BULLET.match(text))), default=0)
    for number, text in rows:
        bullet = _BULLET.match(text)
        begins = (bullet is not None and len(bullet.group(1)) <= outermost) or (
            bullet is None and (not group or not text.startswith((" ", "\t")))
        )
        if begins and group:
            yield group
            group = []
        group.append((number, text))
    if group:
        yield group


def _item(group: list[Line]) -> list[FoundExample]:
    number, first = group[0]
    head = _stripped(first)
    nested = [row for row in group[1:] if _BULLET.match(row[1])]
    if nested:
        lead = re.sub(r"[,:;]?\s*(such as|like|for example|e\.g\.)?\s*:?\s*$", "", head, flags=re.IGNORECASE)
        return [
            FoundExample(example.text, example.label, example.why or lead, example.line)
            for row in nested
            for example in _item([row])
        ]
    head = " ".join([head, *(text.strip() for _, text in group[1:])]).strip()
    if not head:
        return []
    parts = _ARROW.split(head)
    if len(parts) >= 2 and len(parts[-1]) <= 60:
        label = parts[-1].strip().strip("`*.")
        return [FoundExample(_unquoted(" → ".join(parts[:-1])), label, "", number)]
    coded = _CODE.match(head)
    if not coded:
        name, texts = _quotes(head)
        return [FoundExample(text, "", name, number) for text in texts or [_bare(head)]]
    label, letter, body = coded.group(1), coded.group(2), coded.group(3)
    # The place in the document's own numbering stays beside the example: people cite it.
    place = f"{label}.{letter}" if letter else ""
    name, texts = _quotes(body)
    if not texts:
        before, colon, after = body.partition(": ")
        name, texts = (_bare(before), [_bare(after)]) if colon else ("", [_bare(body)])
    return [FoundExample(text, label, f"{place} {name}".strip(), number) for text in texts]


def _quotes(body: str) -> tuple[str, list[str]]:
    """Return what stands before quotes and the quotes, when the item is a name and quotes alone."""
    texts = [a or b for a, b in _QUOTED.findall(body)]
    if not texts:
        return "", []
    around = _QUOTED.sub("\0", body)
    name, _, rest = around.partition("\0")
    if re.sub(r"\0|[;,.\s)\]]|\bor\b|\band\b|\\", "", rest) and name.strip(" *:–—-"):
        return "", []
    if not name.strip(" *:–—-(") and re.sub(r"[\0;,.\s]|\bor\b|\band\b", "", rest):
        return "", []
    if name.rstrip().endswith("(") or (
        re.search(r"\w$", name.rstrip(" *")) and not re.search(r"[:–—-]\s*\**\s*$", name)
    ):
        return "", []
    return _bare(name.strip().rstrip(":–—-* ").strip()), [text.replace('\\"', '"').strip() for text in texts]


def _table(rows: Sequence[Line]) -> list[FoundExample]:
    found = []
    for number, text in rows:
        cells = [cell.strip() for cell in text.strip().strip("|").split("|")]
        is_ruler = all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells)
        is_head = len(cells) >= 2 and bool(
            re.match(r"(example|content|input|post|text)\b", cells[0], re.IGNORECASE)
        )
        if len(cells) >= 2 and not is_ruler and not is_head:
            found.append(
                FoundExample(_unquoted(cells[0]), cells[1].strip("`* "), " ".join(cells[2:]), number)
            )
    return found


def _contents(rows: Sequence[Line]) -> list[FoundExample]:
    found: list[FoundExample] = []
    for number, text in rows:
        content = _CONTENT.match(text.strip())
        label = _LABEL.match(text.strip())
        if content:
            found.append(FoundExample(_unquoted(content.group(1)), "", "", number))
        elif label and found:
            last = found.pop()
            found.append(FoundExample(last.text, label.group(1).strip("*"), last.why, last.line))
        elif found:
            last = found.pop()
            found.append(FoundExample(f"{last.text}\n{text.strip()}", last.label, last.why, last.line))
        else:
            found.append(FoundExample(_unquoted(text), "", "", number))
    return found


def _stripped(text: str) -> str:
    bullet = _BULLET.match(text)
    return (bullet.group(2) if bullet else text).strip()


def _bare(text: str) -> str:
    return re.sub(r"\*\*", "", text).strip()


def _unquoted(text: str) -> str:
    bare = _bare(text)
    return bare[1:-1].strip() if len(bare) > 2 and bare[0] in '“"' and bare[-1] in '”"' else bare
