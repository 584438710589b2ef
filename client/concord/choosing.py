"""Rounds and scans on the server: started, followed, and what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from concord.choosing_records import Pick, Round, Scan, Suspect
from concord.following import over_wait
from concord.records import Resource
from concord.releases import release_id_of

if TYPE_CHECKING:
    from concord.client import Client

AnyResource = TypeVar("AnyResource", bound=Resource)
_DAY_S = 24 * 3600.0


class Choosing:
    """What a client does with rounds and scans, as ``client.choosing``.

    Reading needs the tick “see results” (`results.view`) of the token, starting “run rounds and scans” (`models.run`).
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    def rounds(self, project: str) -> Iterator[Round]:
        """Yield the rounds of a project, newest first."""
        return self._pages(Round, f"/api/projects/{self._client.project(project).id}/rounds/")

    def round(self, round_id: str) -> Round:
        """Return one round as it is now, with its figures."""
        return Round.from_json(self._client.transport.get(f"/api/rounds/{round_id}/"))

    def round_start(self, project: str, *, release: str, clause: str, budget: int, **choice: Any) -> Round:
        """Have a worker choose ``budget`` posts to be asked about a clause of a release (``safety@3``).

        ``choice`` is what `POST …/rounds/` takes besides: ``strategy``, ``overlap``, ``random_share``, ``seed``,
        ``quotas`` and so on.
        """
        body = {"clause_key": clause, "budget": budget, **choice}
        return Round.from_json(self._started(project, "rounds", release, body))

    def round_wait(
        self, round_id: str, *, timeout_s: float = _DAY_S, on_change: Callable[[Round], None] | None = None
    ) -> Round:
        """Follow a round until it is over, calling ``on_change`` whenever it moved; return it."""
        return over_wait(lambda: self.round(round_id), "round", timeout_s=timeout_s, on_change=on_change)

    def picks(self, round_id: str) -> Iterator[Pick]:
        """Yield the posts that a round chose, in their order."""
        return self._pages(Pick, f"/api/rounds/{round_id}/picks/")

    def scans(self, project: str) -> Iterator[Scan]:
        """Yield the scans of a project, newest first."""
        return self._pages(Scan, f"/api/projects/{self._client.project(project).id}/scans/")

    def scan(self, scan_id: str) -> Scan:
        """Return one scan as it is now, with its figures and what is advised."""
        return Scan.from_json(self._client.transport.get(f"/api/scans/{scan_id}/"))

    def scan_start(
        self, project: str, *, release: str, clauses: list[str] | None = None, **choice: Any
    ) -> Scan:
        """Have a worker look for wrong answers under a release (``safety@3``), of all its clauses or of some."""
        body = {"clause_keys": list(clauses or []), **choice}
        return Scan.from_json(self._started(project, "scans", release, body))

    def scan_wait(
        self, scan_id: str, *, timeout_s: float = _DAY_S, on_change: Callable[[Scan], None] | None = None
    ) -> Scan:
        """Follow a scan until it is over, calling ``on_change`` whenever it moved; return it."""
        return over_wait(lambda: self.scan(scan_id), "scan", timeout_s=timeout_s, on_change=on_change)

    def suspects(
        self, scan_id: str, *, outcome: str | None = None, kind: str | None = None
    ) -> Iterator[Suspect]:
        """Yield what a scan suspects, worst first; with ``outcome`` (``pending`` …) or ``kind`` only such."""
        return self._pages(Suspect, f"/api/scans/{scan_id}/suspects/", {"outcome": outcome, "kind": kind})

    def _started(self, project: str, what: str, release: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        project_id = self._client.project(project).id
        given = {name: value for name, value in body.items() if value is not None}
        given["release_id"] = release_id_of(self._client, project_id, release)
        document: Mapping[str, Any] = self._client.transport.post(
            f"/api/projects/{project_id}/{what}/", json=given
        )
        return document

    def _pages(
        self, kind: type[AnyResource], path: str, params: Mapping[str, Any] | None = None
    ) -> Iterator[AnyResource]:
        return (kind.from_json(row) for row in self._client.transport.pages(path, params=params))
