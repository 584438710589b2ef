"""What a scan finds on several clauses at once: posts whose answers make an unlikely set."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import numpy as np

from active_learning.domain.suspect_kinds import SuspectKind
from active_learning.learners.noise.label_sets import ClauseLabels, SetSuspect, sets_suspected
from active_learning.models import Suspect
from active_learning.runs.labels import harmful_mask
from active_learning.runs.scan_clauses import ClauseLook


class Sets:
    """The clauses a post can break, each with what is decided and how likely it is broken, out of sample.

    A clause whose answers all say the same of harm is no label: a post cannot break it, or cannot keep it.
    """

    def __init__(self, looks: Sequence[ClauseLook]) -> None:
        masks = [harmful_mask(look.clause) for look in looks]
        able = [(look, mask) for look, mask in zip(looks, masks, strict=True) if 0 < mask.sum() < len(mask)]
        self._looks = [look for look, _ in able]
        self._masks = [mask for _, mask in able]
        self._posts = sorted({post_id for look in self._looks for post_id in look.ids})
        number = {post_id: at for at, post_id in enumerate(self._posts)}
        self._labels = [
            ClauseLabels(
                np.array([number[post_id] for post_id in look.ids], dtype=np.int64),
                mask[look.labelled.labels].astype(np.int64),
                look.predicted[:, mask].sum(axis=1),
            )
            for look, mask in able
        ]

    @property
    def facts(self) -> dict[str, Any]:
        """Figures for the scan's page: the clauses that can be broken, and how many posts have two decided at least."""
        decided = np.bincount(
            np.concatenate([labels.posts for labels in self._labels]) if self._labels else np.zeros(0, int),
            minlength=len(self._posts),
        )
        return {"clauses": [look.key for look in self._looks], "posts": int((decided > 1).sum())}

    def doubted(self) -> list[Suspect]:
        """Return what is likely decided wrong, without ranks yet; nothing where there is one clause alone."""
        if len(self._looks) < 2:
            return []
        found = sets_suspected(self._labels, posts=len(self._posts))
        kept = [one for one in found if one.index not in self._looks[one.clause].known]
        doubted: dict[uuid.UUID, set[int]] = {}
        for one in kept:
            doubted.setdefault(self._looks[one.clause].ids[one.index], set()).add(one.clause)
        near = self._nearest(kept)
        suspects = []
        for one in kept:
            look = self._looks[one.clause]
            post_id = look.ids[one.index]
            own = float(self._labels[one.clause].own[one.index])
            why = look.why(one.index, own, 1.0 - own)
            why["nearest"] = near[one.clause, one.index]
            why["together"] = {
                "quality": round(one.quality, 4),
                "clauses": [
                    part | {"is_doubted": number in doubted[post_id]} for number, part in self._parts(post_id)
                ],
            }
            likely = self._likely(one.clause, one.index)
            suspects.append(look.suspect(SuspectKind.SET, one.index, likely, 1.0 - one.quality, why))
        return suspects

    def _nearest(self, kept: Sequence[SetSuspect]) -> dict[tuple[int, int], list[dict[str, Any]]]:
        found = {}
        for number, look in enumerate(self._looks):
            indexes = [one.index for one in kept if one.clause == number]
            for index, neighbours in zip(indexes, look.nearest(indexes), strict=True):
                found[number, index] = neighbours
        return found

    def _parts(self, post_id: uuid.UUID) -> list[tuple[int, dict[str, Any]]]:
        """Return each clause that is decided on a post, its answer, and how likely that is."""
        found = []
        for number, look in enumerate(self._looks):
            index = look.place.get(post_id)
            if index is not None:
                own = round(float(self._labels[number].own[index]), 4)
                part = {"clause_key": look.key, "answer": look.answer(index), "probability": own}
                found.append((number, part))
        return found

    def _likely(self, clause: int, index: int) -> str:
        """Return the likeliest answer that says the opposite."""
        look, mask = self._looks[clause], self._masks[clause]
        opposite = mask != mask[look.labelled.labels[index]]
        chances = np.where(opposite, look.predicted[index], -1.0)
        return look.labelled.classes[int(chances.argmax())]
