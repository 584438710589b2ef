"""The files somebody hands in, as text: sizes, archives and encodings are settled here."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from policies.domain.importing.proposal import Note, NoteKind

MOST_FILES = 300
MOST_BYTES = 2 * 1024 * 1024
MOST_BYTES_TOGETHER = 8 * 1024 * 1024
MOST_LINES = 50_000
LONGEST_NAME = 200

_ARCHIVE = b"PK\x03\x04"
# What stands beside policies in repositories and packs and is no rule itself.
_BESIDE = re.compile(
    r"(^|/)(readme|licen[cs]e|notice|usage_policy|contributing|code_of_conduct|changelog|evaluation[ _-]report"
    r"|template)(\.[a-z]+)?$",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"(^|/)(\.|__MACOSX/)")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Given:
    """One file as it came: a name (never used as a path) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """One file as text, with ``\\n`` line ends."""

    name: str
    text: str

    @property
    def ending(self) -> str:
        """The name's ending in lower case, without the dot."""
        leaf = self.name.rpartition("/")[2]
        return leaf.rpartition(".")[2].lower() if "." in leaf else ""

    @property
    def stem(self) -> str:
        """What the file is called after: its name without ending, or its folder where it is only ``policy``."""
        folder, _, leaf = self.name.rpartition("/")
        stem = leaf.rpartition(".")[0] or leaf
        if stem.lower() in ("policy", "index", "rules") and folder:
            return folder.rpartition("/")[2]
        return stem


class SourceRefusedError(ValueError):
    """A file that cannot be read at all; the message is a sentence."""


def sources_read(given: Iterable[Given]) -> tuple[list[Source], list[Note]]:
    """Return the readable files in order of their names, archives unpacked, and a note on each that is not.

    Raises
    ------
    SourceRefusedError
        When there are too many files or bytes to look at any.
    """
    files = list(given)
    notes: list[Note] = []
    opened: list[Given] = []
    for file in files:
        opened += _unpacked(file, notes) if file.data.startswith(_ARCHIVE) else [file]
    if len(opened) > MOST_FILES:
        raise SourceRefusedError(f"These are {len(opened)} files; bring in at most {MOST_FILES} at once.")
    if sum(len(file.data) for file in opened) > MOST_BYTES_TOGETHER:
        raise SourceRefusedError(
            f"Together these files hold more than {MOST_BYTES_TOGETHER // 2**20} MiB. Bring them in in parts."
        )
    sources: list[Source] = []
    for file in sorted(opened, key=lambda one: one.name):
        source = _source(file, notes, is_alone=len(opened) == 1)
        if source is not None:
            sources.append(source)
    return sources, notes


def _source(file: Given, notes: list[Note], *, is_alone: bool) -> Source | None:
    name = " ".join(file.name.replace("\\", "/").split())[-LONGEST_NAME:] or "pasted text"
    if _HIDDEN.search(name) or not file.data.strip():
        notes.append(Note(NoteKind.LEFT_OUT, "It is empty or a hidden file.", file=name))
        return None
    if not is_alone and _BESIDE.search(name):
        notes.append(
            Note(
                NoteKind.LEFT_OUT,
                "It stands beside the rules and is none. Bring it in alone if it is.",
                file=name,
            )
        )
        return None
    if len(file.data) > MOST_BYTES:
        notes.append(
            Note(NoteKind.PROBLEM, f"It is larger than {MOST_BYTES // 2**20} MiB. Divide it.", file=name)
        )
        return None
    return _decoded(name, file.data, notes)


def _decoded(name: str, data: bytes, notes: list[Note]) -> Source | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        notes.append(
            Note(
                NoteKind.PROBLEM,
                "This is not UTF-8 text. Save it as UTF-8 and bring it in again.",
                name,
                line,
            )
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    control = _CONTROLS.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        notes.append(
            Note(NoteKind.PROBLEM, "This is no text: it holds control characters.", file=name, line=line)
        )
        return None
    if text.count("\n") > MOST_LINES:
        notes.append(Note(NoteKind.PROBLEM, f"It has more than {MOST_LINES} lines. Divide it.", file=name))
        return None
    mark = _DIRECTIONS.search(text)
    if mark is not None:
        line = text.count("\n", 0, mark.start()) + 1
        text, times = _DIRECTIONS.subn("", text)
        sentence = f"{times} invisible marks that turn the reading direction were taken out."
        notes.append(Note(NoteKind.CHANGED, sentence, file=name, line=line))
    return Source(name, text)


def _unpacked(file: Given, notes: list[Note]) -> list[Given]:
    """Return the files of an archive; names that climb out of it, locked and nested ones are left out, and said."""
    found: list[Given] = []
    left = MOST_BYTES_TOGETHER
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise SourceRefusedError(
                    f"{file.name} holds {len(entries)} files; at most {MOST_FILES} can be brought in at once."
                )
            for entry in entries:
                problem = _entry_problem(entry)
                if problem:
                    notes.append(
                        Note(NoteKind.PROBLEM, problem, file=f"{file.name}/{entry.filename}"[:LONGEST_NAME])
                    )
                    continue
                with archive.open(entry) as stream:
                    # Read no further than is allowed, whatever size the archive claims.
                    data = stream.read(min(left, MOST_BYTES) + 1)
                left -= len(data)
                if left < 0:
                    raise SourceRefusedError(
                        f"{file.name} unpacks to more than {MOST_BYTES_TOGETHER // 2**20} MiB. Divide it."
                    )
                found.append(Given(entry.filename, data))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise SourceRefusedError(
            f"{file.name} is no archive that can be read. Pack it again as a plain .zip file."
        ) from error
    return found


def _entry_problem(entry: zipfile.ZipInfo) -> str:
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or ":" in parts[0]:
        return "Its name leads out of the archive, so it was not read."
    if entry.flag_bits & 0x1:
        return "It is locked with a password, so it was not read."
    if entry.filename.lower().endswith((".zip", ".gz", ".tar", ".7z")):
        return "An archive inside an archive is not read."
    return ""
