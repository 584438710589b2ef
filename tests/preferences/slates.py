"""What the tests of slates judge: one prompt each with responses of four models."""

from __future__ import annotations

from typing import Any

from core.queue.models import Lease
from preferences.domain.forms import Form
from preferences.models import SlateOrder
from tests.preferences import material
from tests.preferences.material import lease_make, submit
from tests.world import World

MODELS = ("secret-one", "secret-two", "secret-three", "secret-four")
POSITIONS = ("first", "second", "third", "fourth")


def slate_line(number: int, size: int = 4) -> dict[str, Any]:
    """One line of an import."""
    return {
        "external_id": f"slate-{number}",
        "prompt": f"Question {number}?",
        "responses": [
            {"text": f"Answer {number} of {model}.".replace("secret-", ""), "model": model}
            for model in MODELS[:size]
        ],
    }


def slates_make(
    world: World, *, form: str = "ranking", overlap: int = 2, count: int = 1, size: int = 4
) -> None:
    """Import slates and ask about them."""
    material.release_once(world)
    job = material.import_run(world, [slate_line(number, size) for number in range(count)])
    assert job.state == "succeeded", job.error_detail
    material.tasks_make(world, form=Form(form), overlap=overlap)


def order_fix(lease: Lease, *places: int) -> None:
    """Decide, before the page is opened, in which order the lease's person is shown the responses."""
    SlateOrder.objects.create(task_id=lease.task_id, person_id=lease.person_id, places=list(places))


def ranks(*values: int | None, **changes: Any) -> dict[str, Any]:
    """A document that says the same on both axes, in shown order."""
    places = [
        {"position": position, "value": value}
        for position, value in zip(POSITIONS, values, strict=False)
        if value is not None
    ]
    return {"axes": [{"clause_key": key, "places": places} for key in ("helpful", "harmless")], **changes}


def rank(
    world: World, person: str, *values: int | None, order: tuple[int, ...] = (0, 1, 2, 3), **changes: Any
) -> Any:
    lease = lease_make(world, person)
    order_fix(lease, *order)
    return lease, submit(world.actor(person), lease, ranks(*values, **changes))[0]
