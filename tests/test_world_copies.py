"""A copied world is the world that the services make."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.db.records import Record
from tests.world import World, rows_of, world_by_services, world_make

_ANEW = {"id", "created_at", "email", "slug", "password", "pseudonym", "target_id"}


def told(row: Record) -> dict[str, object]:
    """What a row says besides who and when it is."""
    fields = row._meta.concrete_fields
    return {field.name: getattr(row, field.attname) for field in fields if not field.is_relation} | {
        field.name: str(getattr(row, field.name) and getattr(row, field.name)._meta.label)
        for field in fields
        if field.is_relation
    }


def test_everything_that_making_a_world_stores_is_copied(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        made = world_by_services()
    inserted = sum(one["sql"].startswith("INSERT") for one in queries)
    assert sum(map(len, rows_of(made).stored)) == inserted


def test_a_copy_says_what_its_pattern_says_and_points_at_its_own(world: World) -> None:
    other = world_make()
    kept, copied = rows_of(world).stored, rows_of(other).stored
    assert [len(rows) for rows in kept] == [len(rows) for rows in copied]
    for rows, copies in zip(kept, copied, strict=True):
        for row, one in zip(rows, copies, strict=True):
            assert {name: value for name, value in told(row).items() if name not in _ANEW} == {
                name: value for name, value in told(one).items() if name not in _ANEW
            }
            assert (row.pk, row.created_at) != (one.pk, one.created_at)
    assert not {row.pk for rows in kept for row in rows} & {row.pk for rows in copied for row in rows}
    assert {name: person.display_name for name, person in other.people.items()} == {
        name: person.display_name for name, person in world.people.items()
    }
    assert set(other.project.memberships.values_list("user", flat=True)) <= {
        person.pk for person in other.people.values()
    }
