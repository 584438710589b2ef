"""A project with a released policy that takes boxes, posts made of videos, and an annotator who is signed in."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

_CLAUSE: dict[str, Any] = {
    "kind": "verdict",
    "title": "Marked",
    "question": "Is there a frame to mark?",
    "blocks": [
        {"type": "definition", "text": "Every frame of these clips says which one it is."},
        {"type": "use_when", "text": "There are stripes in the picture."},
        {"type": "avoid_when", "text": "The picture is empty."},
    ],
    "answers": [{"value": "no", "label": "No"}, {"value": "yes", "label": "Yes", "harmful": True}],
    "severities": [],
    "modalities": ["video"],
    "evidence_kinds": ["box", "frame", "time_range", "track"],
    "requires": {"evidence": True, "reason": False, "severity": False},
}


@dataclass(frozen=True)
class Project:
    """What the benchmark works on."""

    id: uuid.UUID
    release_id: uuid.UUID
    manager_id: uuid.UUID
    token: str
    session: tuple[str, str]


def project_make() -> Project:
    """Make the project straight in the database."""
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from core.accounts.selectors import Actor
    from core.accounts.services import (
        member_add,
        organization_create,
        project_create,
        token_create,
        user_create,
    )
    from policies import services as policies

    people = {
        name: user_create(f"{name}@bench.example.org", display_name=name.title())
        for name in ("manager", "author", "approver", "annotator")
    }
    manager = Actor(people["manager"])
    organization = organization_create("Benchmark", slug="benchmark")
    project = project_create(manager, organization=organization, name="Frames", slug="frames")
    for name, role in (
        ("author", "policy_editor"),
        ("approver", "policy_editor"),
        ("annotator", "annotator"),
    ):
        member_add(None, project=project, email=people[name].email, roles=[role])
    author, approver = Actor(people["author"]), Actor(people["approver"])
    policy = policies.policy_create(author, project_id=project.pk, key="frames", title="Frames")
    draft = policies.release_draft(author, policy_id=policy.pk, title="First")
    policies.clause_add(author, release_id=draft.pk, key="marked", document=_CLAUSE)
    policies.release_submit(author, release_id=draft.pk)
    policies.release_approve(approver, release_id=draft.pk, verdict="approved")
    policies.release_publish(approver, release_id=draft.pk)
    scopes = ["project.view", "content.import", "content.view", "jobs.view"]
    _, token = token_create(manager, name="benchmark", scopes=scopes)
    client = Client()
    client.force_login(people["annotator"], backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    return Project(project.pk, draft.pk, people["manager"].pk, token, (session.key, session.value))


def posts_bring_in(address: str, project: Project, posts: Mapping[str, Sequence[Path]]) -> float:
    """Upload the videos and import the posts made of them, as anybody would; returns the seconds until all is ready."""
    from core.content.models import Asset

    client = httpx.Client(base_url=address, headers={"Authorization": f"Bearer {project.token}"}, timeout=600)
    start = time.perf_counter()
    for path in (path for files in posts.values() for path in files):
        with path.open("rb") as file:
            sent = client.post(f"/api/projects/{project.id}/assets/", files={"file": (path.name, file)})
        sent.raise_for_status()
    lines = [json.dumps(_post(name, files)) for name, files in posts.items()]
    manifest = ("posts.jsonl", "\n".join(lines).encode())
    sent = client.post(f"/api/projects/{project.id}/imports/", files={"file": manifest})
    sent.raise_for_status()
    while client.get(f"/api/jobs/{sent.json()['job_id']}/").raise_for_status().json()["state"] not in (
        "succeeded",
        "failed",
    ):
        time.sleep(0.2)
    while Asset.objects.filter(state="pending").exists():
        time.sleep(0.2)
    refused = list(Asset.objects.filter(state="refused").values_list("refusal", flat=True))
    if refused:
        raise SystemExit(f"{len(refused)} clips were refused: {refused[0]}")
    return time.perf_counter() - start


def tasks_make(project: Project, names: Sequence[str]) -> None:
    """Ask one person about each post, in this order."""
    from annotation.services import PostChoice, label_tasks_request
    from core.accounts.models import User
    from core.accounts.selectors import Actor
    from core.content.models import Post

    manager = Actor(User.objects.get(pk=project.manager_id))
    for name in names:
        post = Post.objects.get(project_id=project.id, external_id=name)
        label_tasks_request(
            manager,
            project.id,
            release_id=project.release_id,
            clause_keys=(),
            posts=PostChoice(post_ids=(post.pk,)),
            overlap=1,
        )


def _post(name: str, files: Sequence[Path]) -> dict[str, Any]:
    parts = [{"kind": "video", "asset": path.name, "label": path.name} for path in files]
    return {"external_id": name, "language": "en", "source": "bench", "parts": parts}
