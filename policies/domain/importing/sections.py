"""A text with headings as a tree: front matter, sections with their own lines, places kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from policies.domain.importing.proposal import Note, NoteKind
from policies.domain.importing.sources import Source
from policies.domain.importing.yaml_reading import YamlRefusedError, yaml_read

_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_BOLD_LINE = re.compile(r"^\*\*([^*]+(?:\*(?!\*)[^*]*)*)\*\*:?\s*$")
_BOLD_HEAD = re.compile(r"^\*\*([A-Z][A-Z &/-]{2,60}):\*\*\s*(.*)$")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]\s+(\S.{0,118})$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


@dataclass(slots=True)
class Section:
    """A heading and what stands under it before the next; ``lines`` are (line number, text)."""

    level: int
    title: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """Whether anything but blank lines and rules stands under the heading itself."""
        return any(text.strip() and not _is_rule(text) for _, text in self.lines)

    def walk(self) -> Iterator[Section]:
        """Yield the sections below this one, in reading order."""
        for child in self.children:
            yield child
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class HeadedDocument:
    """A document: what its front matter says, its title, and the tree under it (a section of level 0)."""

    source: Source
    title: str
    short_title: str
    root: Section


def document_read(source: Source, notes: list[Note]) -> HeadedDocument:
    """Read the headings of a text; what is taken out (comments, front matter) is noted."""
    rows, matter = _front_matter(source, notes)
    rows = _without_comments(source, rows, notes)
    has_atx = any(_ATX.match(text) for _, text, is_code in _outside_code(rows) if not is_code)
    first_line, rows = _title_line(rows, has_atx=has_atx)
    root = Section(0, "", rows[0][0] if rows else 1)
    path = [root]
    marked = list(_outside_code(rows))
    for at, (number, text, is_code) in enumerate(marked):
        before = marked[at - 1][1] if at else ""
        after = marked[at + 1][1] if at + 1 < len(marked) else ""
        heading = None if is_code else _heading(text, before, after, has_atx=has_atx)
        if heading is None:
            path[-1].lines.append((number, text))
            continue
        level, title, rest = heading
        while path[-1].level >= level:
            path.pop()
        section = Section(level, title, number, [(number, rest)] if rest else [])
        path[-1].children.append(section)
        path.append(section)
    given, short = matter.get("title"), matter.get("shortTitle")
    root, heading_title = _unwrapped(root)
    return HeadedDocument(
        source=source,
        title=(_plain(given) if isinstance(given, str) else "") or first_line or heading_title,
        short_title=_plain(short) if isinstance(short, str) else "",
        root=root,
    )


# Bold lines used as headings stand one level under the last real heading, all on one level.
_BOLD_LEVEL = 7
_LONGEST_HEADING = 1_000


def _heading(text: str, before: str, after: str, *, has_atx: bool) -> tuple[int, str, str] | None:
    """Return level, title and what else stands on the line, when it is a heading."""
    if len(text) > _LONGEST_HEADING:
        return None
    atx = _ATX.match(text)
    if atx:
        title = _plain(atx.group(2))
        return (len(atx.group(1)), title, "") if title else None
    bold = _BOLD_LINE.match(text)
    if bold and (not before.strip() or not has_atx):
        return _BOLD_LEVEL, _plain(bold.group(1)), ""
    if has_atx:
        return None
    capitals = _BOLD_HEAD.match(text)
    if capitals:
        return _BOLD_LEVEL, _plain(capitals.group(1)), capitals.group(2)
    numbered = _NUMBERED.match(text.strip())
    if numbered and not before.strip() and after.strip() and not _NUMBERED.match(after.strip()):
        title = text.strip()
        return None if title.endswith((".", ";", ",", ":")) else (2, _plain(numbered.group(1)), "")
    return None


def _title_line(rows: list[tuple[int, str]], *, has_atx: bool) -> tuple[str, list[tuple[int, str]]]:
    """Return a first line that is a title although it is no heading, and the rest; empty when there is none."""
    first = next((at for at, (_, text) in enumerate(rows) if text.strip()), None)
    if first is None:
        return "", rows
    text = rows[first][1].strip()
    bold = _BOLD_LINE.match(text)
    after = rows[first + 1][1] if first + 1 < len(rows) else ""
    is_lone = (
        len(text) <= 80
        and not after.strip()
        and not re.search(r"[.:;!?)\]|]$", text)
        and not re.match(r"(?:[-*+>|#_]|\d+[.)])", text)
    )
    if (bold and not has_atx) or (is_lone and len(rows) > first + 2):
        return _plain(bold.group(1) if bold else text), rows[first + 1 :]
    return "", rows


def _unwrapped(root: Section) -> tuple[Section, str]:
    """Return the tree without a single first-level heading above everything, and that heading's title."""
    title = ""
    while len(root.children) == 1 and not root.has_text and root.children[0].level == 1:
        only = root.children[0]
        title = title or only.title
        root = Section(0, "", only.line, only.lines, only.children)
    return root, title


def _front_matter(source: Source, notes: list[Note]) -> tuple[list[tuple[int, str]], dict[str, object]]:
    rows = list(enumerate(source.text.split("\n"), start=1))
    if not rows or rows[0][1].rstrip() != "---":
        return rows, {}
    end = next(
        (at for at, (_, text) in enumerate(rows[1:200], start=1) if text.rstrip() in ("---", "...")), None
    )
    if end is None:
        return rows, {}
    head = "\n".join(text for _, text in rows[1:end])
    if head.strip() and not re.match(r"\s*[A-Za-z_][\w -]*:", head.lstrip("\n")):
        return rows, {}
    try:
        matter = yaml_read(head)
    except (YamlRefusedError, yaml.YAMLError) as error:
        notes.append(
            Note(
                NoteKind.LEFT_OUT, f"The front matter cannot be read ({_first_line(error)}).", source.name, 1
            )
        )
        return rows[end + 1 :], {}
    if not isinstance(matter, dict):
        return rows, {}
    kept = [str(name) for name in matter if name not in ("title", "shortTitle")]
    if kept:
        sentence = f"Of the front matter only the title was taken, not {', '.join(kept[:8])}."
        notes.append(Note(NoteKind.LEFT_OUT, sentence, file=source.name, line=1))
    return rows[end + 1 :], {str(name): value for name, value in matter.items()}


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:120].rstrip(".")


def _without_comments(
    source: Source, rows: list[tuple[int, str]], notes: list[Note]
) -> list[tuple[int, str]]:
    """Take HTML comments out, outside code; each is noted, because it may have been meant for readers."""
    kept: list[tuple[int, str]] = []
    is_open = False
    for number, text in rows:
        rest = text
        if not is_open and "<!--" in rest:
            notes.append(
                Note(NoteKind.LEFT_OUT, "A comment that no reader sees.", file=source.name, line=number)
            )
        shown = ""
        while rest:
            if is_open:
                _, found, rest = rest.partition("-->")
                is_open = not found
            else:
                before, found, rest = rest.partition("<!--")
                shown += before
                is_open = bool(found)
        if shown or not text:
            kept.append((number, shown))
    return kept


def _outside_code(rows: list[tuple[int, str]]) -> Iterator[tuple[int, str, bool]]:
    fence = ""
    for number, text in rows:
        match = _FENCE.match(text)
        if match and not fence:
            fence = match.group(1)[:3]
            yield number, text, True
        elif match and match.group(1).startswith(fence):
            fence = ""
            yield number, text, True
        else:
            yield number, text, bool(fence)


def _is_rule(text: str) -> bool:
    return bool(re.fullmatch(r"\s*([-*_])(?:\s*\1){2,}\s*", text))


def _plain(title: str) -> str:
    """Return a heading without emphasis, code signs and link targets."""
    bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
    bare = re.sub(r"\*\*|__|`", "", bare)
    bare = re.sub(r"(?<!\w)[_*]([^_*]+)[_*](?!\w)", r"\1", bare)
    return " ".join(bare.split()).strip(" :").removesuffix(" #")[:500]
