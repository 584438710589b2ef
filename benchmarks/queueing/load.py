"""Annotators who submit and take the next task, each over one connection; a process of its own.

They go on without a pause, or at a pace: then each thinks for half to one and a half times that long, by a seed.
Reads a plan as one line of JSON, waits for a second line, and writes what happened as JSON:
cycles, seconds each took, and what was handed out. Nothing here is counted as the server's work.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import sys
import threading
import time
import uuid
from typing import Any
from urllib.parse import urlsplit


class Annotator:
    """One person's browser: a kept connection, a session, and the task on the screen."""

    def __init__(self, plan: dict[str, Any], person: dict[str, str], seed: int) -> None:
        parts = urlsplit(plan["address"])
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self.project_id, self.clause_key = plan["project_id"], plan["clause_key"]
        self.exchanges = plan["exchange"]
        self.headers = {
            "Cookie": f"sessionid={person['session']}; csrftoken={person['csrf']}",
            "X-CSRFToken": person["csrf"],
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        self.seed = seed
        self.cycles: list[float] = []
        self.handed: list[str] = []
        self.stored: list[str] = []
        self.answers = 0
        self.held: list[dict[str, Any]] = []

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Send one request and read its answer."""
        data = None if body is None else json.dumps(body, separators=(",", ":")).encode()
        try:
            self.connection.request(method, path, body=data, headers=self.headers)
            answer = self.connection.getresponse()
            raw = answer.read()
        except (ConnectionError, http.client.RemoteDisconnected):
            # The server ends connections that were idle for long; a browser opens another and sends again.
            self.connection.close()
            self.connection.request(method, path, body=data, headers=self.headers)
            answer = self.connection.getresponse()
            raw = answer.read()
        self.answers += len(raw)
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {raw[:500]!r}")
        return answer.status, json.loads(raw) if raw else None

    def begin(self) -> None:
        """Take the first task."""
        if self.exchanges:
            _, taken = self.call(
                "POST", f"/api/projects/{self.project_id}/label/exchange/", {"holding": [], "take": 3}
            )
            self.take(taken["next"])
        else:
            self.take_apart()

    def take(self, bundles: list[dict[str, Any]]) -> None:
        """Note what was handed out."""
        self.held += bundles
        self.handed += [bundle["task"]["id"] for bundle in bundles]

    def take_apart(self) -> None:
        """Take the next task by the two older addresses."""
        status, taken = self.call(
            "POST",
            f"/api/projects/{self.project_id}/queue/next/",
            {"kind": "label", "holding": [bundle["lease"]["id"] for bundle in self.held]},
        )
        if status == 204:
            return
        _, bundle = self.call("GET", f"/api/leases/{taken['lease']['id']}/label/")
        self.take([bundle])

    def cycle(self) -> None:
        """Submit what is on the screen and have the next one at hand."""
        bundle = self.held.pop(0)
        submission: dict[str, Any] = {
            "id": str(uuid.uuid4()),
            "document": self.document(bundle),
            "active_ms": 4000,
            "supersedes_id": None,
        }
        began = time.perf_counter()
        if self.exchanges:
            holding = [held["lease"]["id"] for held in self.held]
            _, taken = self.call(
                "POST",
                f"/api/projects/{self.project_id}/label/exchange/",
                {
                    "answer": {"lease_id": bundle["lease"]["id"], **submission},
                    "holding": holding,
                    "take": 1,
                },
            )
            assert taken["answer"]["id"] == submission["id"], taken["answer"]
            self.take(taken["next"])
        else:
            self.call("POST", f"/api/leases/{bundle['lease']['id']}/annotation/", submission)
            self.take_apart()
        self.cycles.append(time.perf_counter() - began)
        self.stored.append(submission["id"])

    def document(self, bundle: dict[str, Any]) -> dict[str, Any]:
        """Return a choice with three boxes on the picture."""
        part = next(part for part in bundle["post"]["parts"] if part["asset"])
        place = {"kind": "box", "part_id": part["id"], "asset_sha256": part["asset"]["sha256"]}
        shift = (self.seed + len(self.cycles)) % 40
        boxes = [
            {
                **place,
                "id": f"m{n}",
                "x": 20 + shift + 150 * n,
                "y": 30.5 + shift,
                "width": 80,
                "height": 60.25,
            }
            for n in range(3)
        ]
        answer = {"clause_key": self.clause_key, "answer": "yes", "severity": 2, "confidence": 0.75}
        return {"verdicts": [{**answer, "reason": "", "evidence": boxes}], "notes": ""}


def main() -> None:
    """Run the plan: all annotators at once, for its seconds or until nothing is left."""
    plan = json.loads(sys.stdin.readline())
    annotators = [Annotator(plan, person, number) for number, person in enumerate(plan["people"])]
    failures: list[str] = []
    start = threading.Barrier(len(annotators) + 1)
    stop = threading.Event()

    def work(annotator: Annotator) -> None:
        try:
            annotator.begin()
            for _ in range(plan["warm_cycles"]):
                if annotator.held:
                    annotator.cycle()
            annotator.cycles.clear()
            start.wait()
            start.wait()  # the other side reads the processors between the two
            thinks = random.Random(annotator.seed)
            while annotator.held and not stop.wait(plan["pace_s"] * thinks.uniform(0.5, 1.5)):
                annotator.cycle()
        except Exception as failure:  # noqa: BLE001 - reported to the process that asked
            failures.append(repr(failure))
            start.abort()

    threads = [threading.Thread(target=work, args=(annotator,)) for annotator in annotators]
    for thread in threads:
        thread.start()
    try:
        start.wait()
    except threading.BrokenBarrierError:
        print(json.dumps({"failures": failures}))
        return
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    start.wait()
    if plan["seconds"] is not None:
        stop.wait(plan["seconds"])
        stop.set()
    for thread in threads:
        thread.join()
    print(
        json.dumps(
            {
                "wall_s": time.perf_counter() - began,
                "own_cpu_s": sum(os.times()[:2]),
                "failures": failures,
                "cycles": [cycle for annotator in annotators for cycle in annotator.cycles],
                "handed": [annotator.handed for annotator in annotators],
                "stored": [stored for annotator in annotators for stored in annotator.stored],
                "answer_bytes": sum(annotator.answers for annotator in annotators),
            }
        )
    )


if __name__ == "__main__":
    main()
