"""Nothing that an annotator receives tells a gold task from an ordinary one.

The same person's day is lived twice, in two projects that are alike: in one the second task is gold, in the other
it is not. Every byte of every answer is compared, identifiers and times aside; of these their form is.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from core.accounts.domain.roles import CAPABILITIES_OF, Role
from core.accounts.models import Membership
from core.content.models import Post
from core.db.identifiers import uuid7
from core.queue.models import Task
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.annotation.ruling_material import open_post, precedent_made
from tests.architecture.test_role_matrix import ENDPOINTS
from tests.world import Caller, World, world_make

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
_DIGEST = re.compile(r"[0-9a-f]{64}|[0-9a-f]{32}")
_MADE_UP = re.compile(r"\b(safety|harbour|elsewhere|annotator)-[0-9a-f]{6,8}\b")
# What differs by the clock, and lengths of texts that hold names made up for the project.
_OF_THE_CLOCK = re.compile(r'("(?:stretch_ms|tokens)": ?)\d+')
_OF_THE_PROJECT = {"pseudonym", "display_name", "email", "slug"}

NOT_ABOUT_TASKS = {"policies:difference", "policies:policy", "policies:policy-file"}
"""Routes an annotator may read that need what no task hands them; a new route is either tried or named here."""
KNOWN = {"project_id", "lease_id", "post_id", "release_id"}
"""What a task hands them."""


@dataclass
class Day:
    """What one person received, in order: the name of the call, and all that came back in a comparable form."""

    world: World
    received: list[tuple[str, Any]] = field(default_factory=list)

    def note(self, name: str, response: Any) -> Any:
        """Keep a response; return its JSON."""
        content = b"".join(response) if getattr(response, "streaming", False) else response.content
        text = content.decode("utf-8", "replace")
        by_clock = _OF_THE_CLOCK.search(text) is not None
        headers = {
            key: _masked(value)
            for key, value in response.headers.items()
            if key != "Set-Cookie" and not (by_clock and key == "Content-Length")
        }
        is_json = "json" in response.headers.get("Content-Type", "")
        shape = _shape(json.loads(_OF_THE_CLOCK.sub(r"\g<1>0", text))) if is_json else _masked(text)
        length = None if by_clock else len(content)
        self.received.append((name, (response.status_code, length, sorted(headers.items()), shape)))
        return response.json() if is_json else None


def _masked(text: str) -> str:
    text = _MADE_UP.sub(r"\1-#", text)
    text = _TIME.sub(lambda found: f"<time{'.' if found.group(1) else ''}>", text)
    return _DIGEST.sub("<digest>", _UUID.sub(lambda found: f"<id v{found.group(1)}>", text))


def _shape(told: Any) -> Any:
    """Keys in their order, every value as it is, with identifiers and times by their form."""
    if isinstance(told, dict):
        return [
            (_masked(key), "<name>" if key in _OF_THE_PROJECT else _shape(value))
            for key, value in told.items()
        ]
    if isinstance(told, list):
        return [_shape(value) for value in told]
    return _masked(told) if isinstance(told, str) else told


def _routes(patterns: list[Any], namespace: str = "") -> Iterator[tuple[str, set[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace or "") if part)
            yield from _routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield (
                f"{namespace}:{pattern.name}" if namespace else str(pattern.name),
                set(pattern.pattern.converters),
            )


def _readable() -> list[tuple[str, frozenset[str], str]]:
    """Every route that an annotator may read, with the arguments it takes."""
    arguments = dict(_routes(get_resolver().url_patterns))
    allowed = CAPABILITIES_OF[Role.ANNOTATOR]
    return sorted(
        {
            (endpoint.route, frozenset(arguments[endpoint.route]), endpoint.query)
            for endpoint in ENDPOINTS
            if endpoint.method == "GET" and (endpoint.needs is None or endpoint.needs in allowed)
        },
        key=str,
    )


READABLE = _readable()


def _look_at_everything(day: Day, caller: Caller, known: dict[str, str], after: str) -> None:
    for route, arguments, query in READABLE:
        if arguments <= set(known):
            path = reverse(route, kwargs={name: known[name] for name in arguments})
            response = caller.get(path + query)
            # The account's own pages are the same whatever it was handed; the time a token was used is not told.
            day.note(f"{after}: {route}", response)


def _live(day: Day, name: str) -> None:
    caller = Caller(day.world.person(name))
    base = f"/api/projects/{day.world.project.pk}"
    known = {"project_id": str(day.world.project.pk)}
    first = day.note("take", caller.post(f"{base}/label/exchange/", {"take": 1}))["next"][0]
    sent = _answer(first)
    second = day.note("exchange", caller.post(f"{base}/label/exchange/", {"answer": sent, "take": 1}))[
        "next"
    ][0]
    lease = f"/api/leases/{second['lease']['id']}"
    known |= {"lease_id": second["lease"]["id"], "post_id": second["post"]["id"]}
    known["release_id"] = second["release"]["id"]
    _look_at_everything(day, caller, known, "held")
    for after in ("shown", "shown again"):
        precedents = caller.post(f"{lease}/precedents/", {"clause_key": "hate"})
        assert day.note(after, precedents)["precedents"], "there is one to compare"
    day.note("draft", caller.put(f"{lease}/draft/", {"document": {"verdicts": []}, "version": 0}))
    day.note("renew", caller.post(f"{lease}/renew/", {}))
    day.note("note", caller.post(f"{lease}/notes/", {"kind": "comment", "text": "Hard to say."}))
    day.note("question", caller.post(f"{lease}/notes/", {"kind": "question", "text": "Is this satire?"}))
    view = {"post_id": second["post"]["id"], "is_revealed": False, "seconds": 2.5}
    day.note("views", caller.post(f"{base}/views/", {"views": [view]}))
    day.note("twice", caller.post(f"{base}/label/exchange/", {"holding": [second["lease"]["id"]], "take": 0}))
    sent = _answer(second)
    third = day.note("exchange", caller.post(f"{base}/label/exchange/", {"answer": sent, "take": 1}))["next"][
        0
    ]
    _look_at_everything(day, caller, known, "answered")
    day.note("repeat", caller.post(f"{base}/label/exchange/", {"answer": sent, "take": 0}))
    again = _answer(second) | {"supersedes_id": sent["id"]}
    day.note("correct", caller.post(f"{base}/label/exchange/", {"answer": again, "take": 0}))
    _look_at_everything(day, caller, known, "corrected")
    skip = {"outcome": "skipped", "reason": "The picture does not load."}
    day.note("skip", caller.post(f"/api/leases/{third['lease']['id']}/release/", skip))
    day.note("late", caller.post(f"{lease}/release/", {"outcome": "declined"}))
    _look_at_everything(day, caller, known, "skipped")


def _answer(bundle: dict[str, Any]) -> dict[str, Any]:
    return {
        "lease_id": bundle["lease"]["id"],
        "id": str(uuid7()),
        "document": material.document(),
        "active_ms": 900,
    }


def _prepared(count: int = 24) -> World:
    world = world_make()
    for number, member in enumerate(Membership.objects.filter(project=world.project).order_by("pk")):
        member.pseudonym = f"quiet otter {number}"
        member.save()
    release = material.release_make(world)
    posts = [material.post_make(world, external_id=f"post-{number:02}") for number in range(count)]
    precedent_made(world, release, open_post(world, external_id="post-ruled"))
    material.tasks_make(world, release, posts[4:], overlap=2)
    for post in posts[:4]:
        gold_item(world, release, post=post)
    rules_set(world, gold_share=0.1, pause_below=0.7)
    return world


def test_a_day_with_gold_is_received_as_a_day_without(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    days = []
    for draws in ([0.9, 0.01, 0.9, 0.9], [0.9, 0.9, 0.9, 0.9]):
        day = Day(_prepared())
        draws_fix(monkeypatch, *draws)
        _live(day, "annotator")
        days.append(day)
    with_gold, without = days
    was_gold = Task.objects.filter(project=with_gold.world.project, source="gold")
    assert was_gold.count() == 1, "the second task was gold"
    assert not Task.objects.filter(project=without.world.project, source="gold").exists()
    names = {post.external_id for post in Post.objects.filter(project=with_gold.world.project)}
    for (call, received), (also, other) in zip(with_gold.received, without.received, strict=True):
        assert call == also
        assert _nameless(received, names) == _nameless(other, names), call


def _nameless(received: Any, names: set[str]) -> str:
    """As text, with what posts are called by the form of it: which post comes is chance anyway."""
    text = str(received)
    for name in names:
        text = text.replace(name, "post-##")
    return text


def test_every_route_an_annotator_may_read_was_tried() -> None:
    untried = {route for route, arguments, _ in READABLE if not arguments <= KNOWN}
    assert untried <= NOT_ABOUT_TASKS, (
        f"try these with what a task hands out, or name them: {sorted(untried)}"
    )


def test_identifiers_and_order_of_a_long_row_of_tasks_tell_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gold task's identifier is one of the batch's own: it lies among them, and no two have the same first part."""
    world = _prepared(60)
    draws_fix(monkeypatch, *([0.9, 0.9, 0.01] * 8))
    caller = Caller(world.person("annotator"))
    base = f"/api/projects/{world.project.pk}"
    sent: dict[str, Any] | None = None
    handed: list[uuid.UUID] = []
    for _ in range(9):
        (bundle,) = caller.post(f"{base}/label/exchange/", {"answer": sent, "take": 1}).json()["next"]
        handed.append(uuid.UUID(bundle["task"]["id"]))
        sent = _answer(bundle)
    gold = set(Task.objects.filter(project=world.project, source="gold").values_list("pk", flat=True))
    assert len(gold & set(handed)) == 3
    batch = list(Task.objects.filter(project=world.project, source="manual").values_list("pk", flat=True))
    assert {one.version for one in handed} == {7}
    for one in gold:
        assert one.int >> 80 in {other.int >> 80 for other in batch}, "made in the same millisecond"
