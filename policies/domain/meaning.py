"""Meaning revisions: which answers hold under which release. Staleness is computed here, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.domain.change_rule import Change


@dataclass(frozen=True, slots=True)
class ClauseDecision:
    """What the author decided for one clause of a draft."""

    key: str
    change: Change


class MeaningUndecidedError(ValueError):
    """A clause changed and nobody has said yet whether its meaning did."""


def meanings_published(
    decisions: list[ClauseDecision], *, base: Mapping[str, int], latest: Mapping[str, int]
) -> dict[str, int]:
    """Return key → meaning revision that publishing a draft gives.

    Parameters
    ----------
    decisions
        One per clause of the draft.
    base
        Key → revision in the release the draft is based on.
    latest
        Key → the highest revision any release of the policy has ever given; absent or 0 when none has.

    Returns
    -------
    dict
        An unchanged or editorially changed clause keeps its base's revision, whatever was released since; a
        semantic change or a clause that is not in the base gets a number nobody had before. So a number, once
        given, always stands for one meaning, also when drafts start from an older release.

    Raises
    ------
    ValueError
        When a clause said to be unchanged or editorial is not in ``base``, or two decisions name one key.
    """
    result: dict[str, int] = {}
    for decision in decisions:
        if decision.key in result:
            raise ValueError(f"two decisions for {decision.key}")
        if decision.change in (Change.NONE, Change.EDITORIAL):
            if decision.key not in base:
                raise ValueError(f"{decision.key} is not in the release this draft is based on")
            result[decision.key] = base[decision.key]
        else:
            result[decision.key] = max(latest.get(decision.key, 0), base.get(decision.key, 0)) + 1
    return result


def holds_under(meaning_revision: int, clause_key: str, release: Mapping[str, int]) -> bool:
    """Tell whether an answer citing this key and revision holds under the meanings of ``release``."""
    return release.get(clause_key) == meaning_revision
