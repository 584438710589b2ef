"""Step 3: simulated annotators answer, each through leases like a person."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from functools import lru_cache
from typing import Any

from config.demo.api import Api
from config.demo.cast import SIMULATED, Part
from config.demo.simulated import judgment_document, label_document
from config.demo.stage import Stage, truth_read
from core.db.identifiers import uuid7

Answer = Callable[[Api, Mapping[str, Any], Part], tuple[str, dict[str, Any]]]


def ask_labels(stage: Stage, *, external_ids: list[str], overlap: int, asked_before: int = 0) -> int:
    """Mika asks for answers to every verdict clause of the first release about these posts.

    A demo that was broken off finds the tasks it had made beyond the ``asked_before`` of earlier steps.
    """
    overview = stage.api("mika").call("GET", f"{stage.path}/overview/")
    made_before = sum(row["count"] for row in overview["tasks"] if row["kind"] == "label")
    made_before -= asked_before
    if made_before:
        return int(made_before)
    body = {
        "release_id": stage.produced("policy")["release_id"],
        "posts": {"external_ids": external_ids},
        "overlap": overlap,
    }
    made = stage.api("mika").call("POST", f"{stage.path}/label-tasks/", body)
    if "created" in made:
        return int(made["created"])
    return int(stage.job("mika", made)["result"]["created"])


def ask_judgments(stage: Stage, *, overlap: int) -> int:
    """Mika asks for judgments of every comparison on the axes of the first release."""
    body = {"release_id": stage.produced("policy")["release_id"], "overlap": overlap}
    made = stage.api("mika").call("POST", f"{stage.path}/compare-tasks/", body)
    if "created" in made:
        return int(made["created"])
    return int(stage.job("mika", made)["result"]["created"])


def label_all(stage: Stage, *, each: int | None = None) -> int:
    """Every simulated annotator labels until nothing is left for them, or they gave ``each`` answers."""
    truth = truth_read(stage.material)

    def answer(api: Api, lease: Mapping[str, Any], who: Part) -> tuple[str, dict[str, Any]]:
        bundle = api.call("GET", f"/api/leases/{lease['id']}/label/")

        @lru_cache(maxsize=64)
        def frames(asset_id: str) -> list[int]:
            table = api.call("GET", f"{stage.path}/assets/{asset_id}/frames/")
            return list(table["pts_us"])

        clauses = truth.posts[bundle["post"]["external_id"]]["clauses"]
        return "annotation", label_document(bundle, clauses, who, frames)

    return _work(stage, "label", answer, each)


def judge_all(stage: Stage, *, each: int | None = None) -> int:
    """The same for comparisons."""
    truth = truth_read(stage.material)
    with stage.material.comparisons_manifest.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream if line.strip()]
    by_texts = {
        (row["responses"][0]["text"], row["responses"][1]["text"]): truth.comparisons[row["external_id"]]
        for row in rows
    }

    def answer(api: Api, lease: Mapping[str, Any], who: Part) -> tuple[str, dict[str, Any]]:
        bundle = api.call("GET", f"/api/leases/{lease['id']}/comparison/")
        return "judgment", judgment_document(bundle, by_texts, who)

    return _work(stage, "compare", answer, each)


def _work(stage: Stage, kind: str, answer: Answer, each: int | None) -> int:
    """Let all simulated annotators take, answer and submit until the queue has nothing for them."""
    total, lock, ending = 0, threading.Lock(), threading.Event()

    def person(who: Part) -> None:
        nonlocal total
        api, given = stage.api_of(who.key), 0
        while not ending.is_set() and (each is None or given < each):
            task = api.call("POST", f"{stage.path}/queue/next/", {"kind": kind})
            if task is None:
                return
            address, document = answer(api, task["lease"], who)
            body = {
                "id": str(uuid7()),
                "document": document,
                "active_ms": 6000 + len(json.dumps(document)) * 11,
            }
            stored = api.call("POST", f"/api/leases/{task['lease']['id']}/{address}/", body)
            stage.ledger.acknowledge(stored["id"])
            given += 1
            with lock:
                total += 1
                if total % 50 == 0:
                    stage.say(f"{total} answers")

    if stage.is_parallel:
        with ThreadPoolExecutor(len(SIMULATED)) as pool:
            working = [pool.submit(person, who) for who in SIMULATED]
            try:
                wait(working, return_when=FIRST_EXCEPTION)
            finally:  # whoever fails, or Ctrl-C, ends the work of all
                ending.set()
            for one in working:
                one.result()
    else:
        for who in SIMULATED:
            person(who)
    return total
