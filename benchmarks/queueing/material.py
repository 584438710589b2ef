"""People with sessions, a released policy, posts and open tasks, straight in the database."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import asdict, dataclass
from typing import Any

CLAUSE_KEY = "weapons"
_PICTURES = 1000
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_CLAUSE: dict[str, Any] = {
    "kind": "verdict",
    "title": "Weapons",
    "question": "Does the post offer a weapon?",
    "blocks": [
        {"type": "definition", "text": "Something made to hurt people is offered, sold or swapped."},
        {"type": "use_when", "text": "The picture or the words offer it, whatever the price."},
        {"type": "avoid_when", "text": "The post reports on weapons without offering any."},
    ],
    "answers": [
        {"value": "no", "label": "No"},
        {"value": "unclear", "label": "Unclear"},
        {"value": "yes", "label": "Yes", "harmful": True},
    ],
    "severities": [{"value": 1, "label": "Low"}, {"value": 2, "label": "High"}],
    "modalities": ["text", "image"],
    "evidence_kinds": ["whole_post", "part", "box", "text_span"],
    "requires": {"evidence": True, "reason": False, "severity": True},
}

_POSTS = """
INSERT INTO content_post
  (id, project_id, external_id, language, source, group_key, metadata, content_sha256, is_hidden)
SELECT uuidv7(), %(project)s, 'bench-' || n, 'en', 'market', 'seller-' || n %% 500, '{}',
       md5(n::text) || md5(n::text), false
FROM generate_series(%(first)s, %(last)s) AS n ORDER BY n
"""
_CAPTIONS = """
INSERT INTO content_part (id, post_id, position, kind, label, language, text)
SELECT uuidv7(), id, 0, 'caption', '', 'en', 'An old lamp, barely used, number ' || external_id
FROM content_post WHERE project_id = %(project)s AND id > %(after)s
"""
_IMAGES = """
INSERT INTO content_part (id, post_id, position, kind, label, language, asset_id)
SELECT uuidv7(), post.id, 1, 'image', '', '', asset.id
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM content_post
      WHERE project_id = %(project)s AND id > %(after)s) AS post
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM content_asset) AS asset
  ON asset.n = 1 + post.n %% %(pictures)s
"""
_TASKS = """
INSERT INTO queue_task
  (id, project_id, kind, post_id, release_id, clause_keys, slots, priority, state, source, context)
SELECT uuidv7(), project_id, 'label', id, %(release)s, ARRAY[%(clause)s], %(overlap)s, 0, 'open', 'manual', '{}'
FROM content_post WHERE project_id = %(project)s AND id > %(after)s ORDER BY id
"""
_SLOTS = """
INSERT INTO queue_slot (id, task_id, ordinal, project_id, kind, priority, state)
SELECT uuidv7(), task.id, ordinal, task.project_id, task.kind, task.priority, 'open'
FROM queue_task AS task CROSS JOIN generate_series(0, %(overlap)s - 1) AS ordinal
WHERE task.project_id = %(project)s AND task.post_id > %(after)s ORDER BY task.id, ordinal
"""


@dataclass(frozen=True)
class Annotator:
    """One person's session, as their browser's cookies hold it."""

    person_id: str
    session: str
    csrf: str


@dataclass(frozen=True)
class Material:
    """What the load works on."""

    project_id: str
    release_id: str
    people: list[Annotator]

    def as_plan(self) -> dict[str, Any]:
        """Return what the load's own process needs to know."""
        return {
            "project_id": self.project_id,
            "clause_key": CLAUSE_KEY,
            "people": [asdict(person) for person in self.people],
        }


def material_make(people: int) -> Material:
    """Make a project with a released policy, pictures, and annotators who are signed in."""
    import django

    django.setup()
    from core.accounts.selectors import Actor
    from core.accounts.services import member_add, organization_create, project_create, user_create
    from policies import services as policies

    manager = user_create("manager@bench.example.org", display_name="Manager")
    approver = user_create("approver@bench.example.org", display_name="Approver")
    organization = organization_create("Benchmark", slug="benchmark")
    project = project_create(Actor(manager), organization=organization, name="Queue", slug="queue")
    author = user_create("author@bench.example.org", display_name="Author")
    for user in (author, approver):
        member_add(None, project=project, email=user.email, roles=["policy_editor"])
    policy = policies.policy_create(Actor(author), project_id=project.pk, key="safety", title="Safety")
    draft = policies.release_draft(Actor(author), policy_id=policy.pk, title="First")
    policies.clause_add(Actor(author), release_id=draft.pk, key=CLAUSE_KEY, document=_CLAUSE)
    policies.release_submit(Actor(author), release_id=draft.pk)
    policies.release_approve(Actor(approver), release_id=draft.pk, verdict="approved")
    policies.release_publish(Actor(approver), release_id=draft.pk)
    annotators = []
    for number in range(people):
        user = user_create(f"annotator{number}@bench.example.org", display_name=f"Annotator {number}")
        member_add(None, project=project, email=user.email, roles=["annotator"])
        annotators.append(_signed_in(user))
    _pictures_make(project.pk)
    return Material(str(project.pk), str(draft.pk), annotators)


def tasks_add(material: Material, *, first: int, count: int, overlap: int) -> None:
    """Add posts with a caption and a picture each, and one open task for each."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        # The rows refer to each other by construction; checking a million of them is no part of the measurement.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SELECT id FROM content_post ORDER BY id DESC LIMIT 1")
        newest = cursor.fetchone()
        values = {
            "project": material.project_id,
            "release": material.release_id,
            "clause": CLAUSE_KEY,
            "first": first,
            "last": first + count - 1,
            "after": newest[0] if newest else str(uuid.UUID(int=0)),
            "overlap": overlap,
            "pictures": _PICTURES,
        }
        for statement in (_POSTS, _CAPTIONS, _IMAGES, _TASKS, _SLOTS):
            cursor.execute(statement, values)
    tables_tend()


def tables_tend() -> None:
    """Do what autovacuum does within a minute of use, so that plans are made for the tables as they are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _signed_in(user: Any) -> Annotator:
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    client = Client()
    client.force_login(user, backend=_BACKEND)
    return Annotator(str(user.pk), client.cookies["sessionid"].value, _get_new_csrf_string())


def _pictures_make(project_id: uuid.UUID) -> None:
    from core.content.models import Asset, ProjectAsset, Rendition

    assets = [
        Asset(
            sha256=secrets.token_hex(32),
            kind="image",
            mime="image/jpeg",
            size_bytes=100_000,
            state="ready",
            width=640,
            height=480,
        )
        for _ in range(_PICTURES)
    ]
    Asset.objects.bulk_create(assets)
    ProjectAsset.objects.bulk_create(
        ProjectAsset(project_id=project_id, asset=asset, name=str(asset.pk)) for asset in assets
    )
    Rendition.objects.bulk_create(
        Rendition(asset=asset, kind=kind, sha256=secrets.token_hex(32), mime="image/webp", size_bytes=20_000)
        for asset in assets
        for kind in ("cover", "thumbnail", "display")
    )
