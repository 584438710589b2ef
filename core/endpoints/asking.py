"""Asking a model many things at once: as many threads as the endpoint takes, within a budget, every answer kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from core.endpoints.chat import ChatClient, Completion
from core.endpoints.selectors import Endpoint, calls_cost, endpoint_prices
from core.errors import ConcordError

SILENT_AFTER = 8
"""So many calls that fail in a row mean that the endpoint is broken, not that one question is odd."""
TELL_S = 1.0

Ask = TypeVar("Ask")


def fence_of(run_id: UUID, about_id: UUID) -> str:
    """Return the word that fences what is judged in a run; who wrote it could not have known it."""
    return sha256(b"fence\0" + run_id.bytes + about_id.bytes).hexdigest()[:24]


class Limits(Protocol):
    """What a run may use up; null does not stop."""

    most_tokens: int | None
    most_cost: Decimal | None


@dataclass(slots=True)
class Spent:
    """What was used up, by earlier workers too, and how much may be; null does not stop.

    ``silent`` is raised, with ``times`` and ``problem``, when the endpoint seems to be broken.
    """

    endpoint: Endpoint
    silent: type[ConcordError]
    calls: int
    tokens_in: int
    tokens_out: int
    most_tokens: int | None = None
    most_cost: Decimal | None = None
    stopped_by: str = ""
    failures: int = 0

    @classmethod
    def so_far(
        cls, endpoint: Endpoint, silent: type[ConcordError], calls: QuerySet[Any], limits: Limits
    ) -> Spent:
        """Begin with what ``calls``, a run's rows of `calls_cost`, used up already."""
        used = calls_cost(calls, endpoint)
        return cls(
            endpoint,
            silent,
            calls.count(),
            used["tokens_in"],
            used["tokens_out"],
            most_tokens=limits.most_tokens,
            most_cost=limits.most_cost,
        )

    def reaches_limit(self, under_way: int) -> bool:
        """Return whether one more call, beside those under way, could pass a limit, judged by the mean so far."""
        used = self.tokens_in + self.tokens_out
        after = (self.calls + under_way + 1) / self.calls if self.calls else 1.0
        if self.most_tokens is not None and used * after > self.most_tokens:
            self.stopped_by = "tokens"
        cost = endpoint_prices(self.endpoint).cost(self.tokens_in, self.tokens_out)
        if self.most_cost is not None and cost is not None and cost * Decimal(after) > self.most_cost:
            self.stopped_by = "cost"
        return bool(self.stopped_by)

    def count(self, found: Completion | None, problem: ConcordError | None) -> None:
        """Take a call that came back, or did not, into account.

        Raises
        ------
        ConcordError
            ``silent``, when too many in a row did not.
        """
        self.calls += 1
        if found is not None:
            self.tokens_in += found.tokens_in
            self.tokens_out += found.tokens_out
            self.failures = 0
        if problem is not None:
            self.failures += 1
            if self.failures >= SILENT_AFTER:
                raise self.silent(times=self.failures, problem=str(problem))


@dataclass(frozen=True)
class Work(Generic[Ask]):
    """What is asked (``asks``, read as late as possible), how, and what becomes of each answer or failure."""

    asks: Iterator[Ask]
    answer: Callable[[ChatClient, Ask], Completion]
    keep: Callable[[Ask, Completion | None, ConcordError | None], None]
    tell: Callable[[], None]


def all_asked(client: ChatClient, spent: Spent, work: Work[Ask]) -> None:
    """Ask everything there is, or until a limit is reached; what ends it early ends all calls under way.

    Raises
    ------
    ConcordError
        ``spent.silent``; and what ``tell`` raises, a cancel among it.
    """
    under_way: dict[Future[Completion], Ask] = {}
    told = time.monotonic()
    with ThreadPoolExecutor(max_workers=spent.endpoint.concurrency) as threads:
        try:
            while True:
                while len(under_way) < spent.endpoint.concurrency and not spent.reaches_limit(len(under_way)):
                    ask = next(work.asks, None)
                    if ask is None:
                        break
                    under_way[threads.submit(work.answer, client, ask)] = ask
                if not under_way:
                    return
                done, _ = wait(under_way, timeout=TELL_S, return_when=FIRST_COMPLETED)
                for future in done:
                    _keep(under_way.pop(future), future, spent, work)
                if time.monotonic() - told >= TELL_S:
                    told = time.monotonic()
                    work.tell()
        except BaseException:
            # Whatever ends the run early, a cancel among it: nobody waits for the answers under way.
            client.stop()
            raise


def _keep(ask: Ask, future: Future[Completion], spent: Spent, work: Work[Ask]) -> None:
    problem = future.exception()
    if problem is None:
        found = future.result()
        work.keep(ask, found, None)
        spent.count(found, None)
    elif isinstance(problem, ConcordError):
        work.keep(ask, None, problem)
        spent.count(None, problem)
    else:
        raise problem
