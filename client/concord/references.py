from __future__ import annotations

import re
from dataclasses import dataclass

from concord.errors import ConcordError

_FORM = re.compile(r"^(?P<project>[^/@\s]+)/(?P<dataset>[^/@\s]+)(?:@(?P<number>[1-9][0-9]{0,8}|latest))?$")


@dataclass(frozen=True)
class Reference:
    """A version by name: ``project/dataset@3``; without a number the newest version that is ready."""

    project: str
    dataset: str
    number: int | None

    def __str__(self) -> str:
        return f"{self.project}/{self.dataset}" + (f"@{self.number}" if self.number else "")


def reference_parse(text: str) -> Reference:
    """Read ``project/dataset``, ``project/dataset@3`` or ``project/dataset@latest``.

    Raises
    ------
    ConcordError
        ``reference_malformed``.
    """
    match = _FORM.match(text)
    if match is None:
        raise ConcordError("reference_malformed", f"{text!r} is not of the form project/dataset@3.")
    number = match["number"]
    return Reference(match["project"], match["dataset"], None if number in (None, "latest") else int(number))
