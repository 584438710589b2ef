"""What each clause of a rubric counts when replies are checked against decisions."""

from __future__ import annotations

from collections.abc import Mapping

MOST = 1000.0
"""The largest weight a clause may be given."""


def weights_usual(worst: Mapping[str, int | None]) -> dict[str, float]:
    """Return what each clause counts where nothing else is asked: how far its scale of severities goes.

    Parameters
    ----------
    worst
        The top of each clause's scale, by key.

    Returns
    -------
    dict
        One more than the top of the scale, against the gravest clause, which has 1. A clause without a scale has 1
        too: nothing says that it is the milder one.
    """
    gravest = 1 + max((top for top in worst.values() if top is not None), default=0)
    return {key: 1.0 if top is None else round((1 + top) / gravest, 3) for key, top in worst.items()}


def weights_problems(asked: Mapping[str, float], known: Mapping[str, object]) -> list[dict[str, str]]:
    """Return what is wrong with the weights that are asked for, as paths below the settings and sentences."""
    there_are = ", ".join(known) or "none"
    problems = []
    for key, weight in asked.items():
        if key not in known:
            said = f"The version's release has no clause “{key}” that tells harm; there are: {there_are}."
        elif not 0.0 <= weight <= MOST:
            said = f"A weight lies between 0 and {MOST:.0f}."
        else:
            continue
        problems.append({"path": f"settings.clause_weights.{key}", "message": said})
    return problems
