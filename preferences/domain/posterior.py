"""How probable it is that most people prefer one side, given who said what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, expit, logit

# An even number of midpoints: half of them on either side of one half.
_GRID = (np.arange(2_000) + 0.5) / 2_000
_LOG_ODDS = logit(_GRID)


@dataclass(frozen=True)
class Voice:
    """What one person said: 1 for it, −1 against it, 0 neither; with their weight, reliability and what pulled them.

    See `preferences.domain.decisions.Vote`.
    """

    leans: int
    weight: float = 1.0
    reliability: float = 1.0
    pull: float = 0.0


def preferred_probability(voices: Sequence[Voice]) -> float:
    """Return P(q > ½), where q is the share of people who are for it, uniform before anybody spoke.

    With η the person's reliability and π the pull, a voice for it has the likelihood η·q′ + (1−η)·(1−q′), where
    logit q′ = logit q + π. One for neither counts half on each side. With everybody reliable and nothing pulling,
    the posterior is Beta(1 + for, 1 + against): nothing said gives ½, one voice ¾, three of three 15/16.
    """
    if all(voice.reliability == 1 and voice.pull == 0 for voice in voices):
        leaning = [sum(voice.weight for voice in voices if voice.leans == side) for side in (1, -1, 0)]
        return float(betainc(1 + leaning[1] + leaning[2] / 2, 1 + leaning[0] + leaning[2] / 2, 0.5))
    likelihood = np.zeros_like(_GRID)
    for voice in voices:
        share = expit(_LOG_ODDS + voice.pull) if voice.pull else _GRID
        seen = voice.reliability * share + (1 - voice.reliability) * (1 - share)
        said = {1: np.log(seen), -1: np.log1p(-seen), 0: (np.log(seen) + np.log1p(-seen)) / 2}[voice.leans]
        likelihood += voice.weight * said
    weight = np.exp(likelihood - likelihood.max())
    return float(weight[_GRID > 0.5].sum() / weight.sum())
