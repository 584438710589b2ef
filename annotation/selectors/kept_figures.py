"""Figures that take seconds are kept, with the moment they are of; those that take no time are reckoned every time.

What is kept says itself whether it is still how things are: the newest answer and the newest decision there were are
kept with it. Losing it loses nothing but the seconds.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import logging
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.core.cache import cache
from redis import RedisError

from annotation.models import Decision, Verdict
from policies.selectors import ReleaseView

_log = logging.getLogger("concord.annotation")

_SHAPE = 2
"""Counted up when the figures' shape changes, so that what an older Concord kept is not read."""

_WORTH_KEEPING_S = 0.5
_KEPT_S = 86_400
_MEASURED_BY_ANOTHER_S = 60
_LOOK_AGAIN_S = 0.25


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures as they are sent. ``is_current``: nothing was answered or decided since ``measured_at``."""

    figures: dict[str, Any]
    measured_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    figures: str
    measured_at: float
    newest: str

    def told(self, newest: str) -> Measured:
        at = datetime.fromtimestamp(self.measured_at, tz=UTC)
        return Measured(json.loads(self.figures), at, self.newest == newest)


def figures_measured(
    name: str,
    project_id: uuid.UUID,
    releases: Sequence[ReleaseView],
    measure: Callable[[], dict[str, Any]],
    *,
    wants_current: bool,
    besides: str = "",
    keeps_always: bool = False,
) -> Measured:
    """Return the figures of this name, kept or measured now.

    Parameters
    ----------
    measure
        Reckons them, as JSON can hold them.
    wants_current
        Measure again unless what is kept is still so; else whatever is kept is returned, however old.
    besides
        What tells apart states of what else the figures rest on, beside answers and decisions.
    keeps_always
        Keep them also where measuring took no time.
    """
    key = _key(name, project_id, releases)
    newest = f"{_newest()} {besides}"
    kept = _kept(key)
    if kept is not None and (kept.newest == newest or not wants_current):
        return kept.told(newest)
    mark = uuid.uuid4().hex
    if not _begins(key, mark):
        # Somebody asked just before: two who reckon the same take twice as long.
        kept = _awaited(key, older=kept)
        if kept is not None:
            return kept.told(newest)
        _begins(key, mark)
    try:
        began = time.monotonic()
        fresh = _Kept(json.dumps(measure()), time.time(), newest)
        if keeps_always or time.monotonic() - began > _WORTH_KEEPING_S:
            _keep(key, fresh)
            _memory_give_back()
    finally:
        _ends(key, mark)
    return replace(fresh.told(newest), is_current=True)


def figures_kept(
    name: str, project_id: uuid.UUID, releases: Sequence[ReleaseView], *, besides: str = ""
) -> Measured | None:
    """Return the figures of this name that are kept, if any are."""
    kept = _kept(_key(name, project_id, releases))
    return None if kept is None else kept.told(f"{_newest()} {besides}")


def _memory_give_back() -> None:
    """Hand the system back what the votes took: the C library would keep it, for every thread that ever measured."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _newest() -> str:
    """Which answers and decisions there are: identifiers are made in the order of time."""
    newest = [
        rows.order_by("-id").values_list("id", flat=True).first()
        for rows in (Verdict.objects, Decision.objects)
    ]
    return " ".join(str(identifier) for identifier in newest)


def _key(name: str, project_id: uuid.UUID, releases: Sequence[ReleaseView]) -> str:
    told = hashlib.sha256(" ".join(sorted(str(release.id) for release in releases)).encode()).hexdigest()
    return f"figures:{_SHAPE}:{name}:{project_id}:{told[:32]}"


def _awaited(key: str, *, older: _Kept | None) -> _Kept | None:
    """What another is measuring, once it is there; nothing when that one gives up or keeps nothing."""
    until = time.monotonic() + _MEASURED_BY_ANOTHER_S
    while time.monotonic() < until and _is_begun(key):
        time.sleep(_LOOK_AGAIN_S)
    kept = _kept(key)
    return None if kept == older else kept


# Without the cache everything is measured, every time.


def _kept(key: str) -> _Kept | None:
    try:
        found = cache.get(key)
    except RedisError:
        _log.warning("figures are not kept: the cache does not answer")
        return None
    return None if found is None else _Kept(**found)


def _keep(key: str, fresh: _Kept) -> None:
    try:
        cache.set(key, asdict(fresh), timeout=_KEPT_S)
    except RedisError:
        _log.warning("figures are not kept: the cache does not answer")


def _begins(key: str, mark: str) -> bool:
    try:
        return bool(cache.add(f"{key}:begun", mark, timeout=_MEASURED_BY_ANOTHER_S))
    except RedisError:
        return True


def _is_begun(key: str) -> bool:
    try:
        return cache.get(f"{key}:begun") is not None
    except RedisError:
        return False


def _ends(key: str, mark: str) -> None:
    """Take back what says that we measure; where that is another's by now, who measures longer, it stays."""
    try:
        if cache.get(f"{key}:begun") == mark:
            cache.delete(f"{key}:begun")
    except RedisError:
        _log.warning("figures are not kept: the cache does not answer")
