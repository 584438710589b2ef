"""What a person may bind a command to. Which commands there are, and who holds which key, the pages know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MOST_COMMANDS = 400
MOST_WAYS = 4

_COMMAND = re.compile(r"[a-z][a-z0-9]*(?:\.[a-z0-9][a-z0-9_/-]*)+")
_NAMED = (
    "space|enter|escape|backspace|delete|insert|home|end|pageup|pagedown|plus"
    "|arrowleft|arrowright|arrowup|arrowdown|f(?:[1-9]|1[0-2])"
)
# One printable character; letters in small, since Shift is said beside them.
_CHORD = re.compile(rf"(?:mod\+)?(?:ctrl\+)?(?:alt\+)?(?:shift\+)?(?:{_NAMED}|[^\s\x00-\x20\x7f+])")


def command_is_known_form(command: str) -> bool:
    """Whether ``command`` reads like an identifier of a command: ``room.what-it-does``."""
    return len(command) <= 80 and _COMMAND.fullmatch(command) is not None


def chord_is_well_formed(chord: str) -> bool:
    """Whether ``chord`` is one key with its modifiers in their one order, as in ``mod+shift+k``."""
    if len(chord) > 40 or chord != chord.lower():
        return False
    return _CHORD.fullmatch(chord) is not None and chord.isprintable()


def keys_changed(
    own: Mapping[str, Sequence[str]], changes: Mapping[str, Sequence[str] | None]
) -> dict[str, list[str]]:
    """Return ``own`` with ``changes`` in it; ``None`` gives a command its usual keys back."""
    after = {command: list(ways) for command, ways in own.items()}
    for command, ways in changes.items():
        if ways is None:
            after.pop(command, None)
        else:
            after[command] = list(ways)
    return dict(sorted(after.items()))


def keys_taken_twice(own: Mapping[str, Sequence[str]]) -> tuple[str, str, str] | None:
    """Return a key and the two commands of one room that it was given to; ``None`` when there is none.

    The room is what stands before the first dot of a command: ``label`` of ``label.submit``.
    """
    holders: dict[tuple[str, str], str] = {}
    for command in sorted(own):
        room = command.partition(".")[0]
        for chord in own[command]:
            holder = holders.setdefault((room, chord), command)
            if holder != command:
                return chord, holder, command
    return None
