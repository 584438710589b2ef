"""What the annotation tests label: a released policy, posts with every sort of part, people who answer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from annotation.models import Suggestion
from annotation.services import (
    Answer,
    PostChoice,
    annotation_submit,
    label_tasks_request,
    suggestion_rules_change,
    suggestions_import,
)
from core.accounts.selectors import Actor
from core.content.models import Asset, Part, Post, ProjectAsset
from core.queue.models import Submission
from core.queue.services import lease_next
from policies.selectors import ReleaseView, release_get, releases_current
from policies.services import (
    clause_add,
    clause_edit,
    policy_create,
    release_approve,
    release_draft,
    release_publish,
    release_submit,
)
from tests.world import World

TEXT = "👩‍👩‍👧 e\u0301té مرحبا بالعالم"

HATE: dict[str, Any] = {
    "kind": "verdict",
    "title": "Hate",
    "question": "Does the post attack people for who they are?",
    "blocks": [
        {"type": "definition", "text": "An attack on people for a protected trait."},
        {"type": "use_when", "text": "The words or the picture demean."},
        {"type": "avoid_when", "text": "The post reports on hate without sharing it."},
    ],
    "answers": [{"value": "no", "label": "No"}, {"value": "yes", "label": "Yes", "harmful": True}],
    "severities": [
        {"value": 1, "label": "Low"},
        {"value": 2, "label": "Medium"},
        {"value": 3, "label": "High"},
    ],
    "modalities": ["text", "image", "video", "audio"],
    "evidence_kinds": ["whole_post", "part", "box", "time_range", "frame", "text_span"],
    "requires": {"evidence": True, "reason": False, "severity": True},
}
SPAM: dict[str, Any] = {
    "kind": "verdict",
    "title": "Spam",
    "question": "Is the post unasked-for advertising?",
    "blocks": [{"type": "definition", "text": "Advertising nobody asked for."}],
    "answers": [{"value": "no", "label": "No"}, {"value": "yes", "label": "Yes", "harmful": True}],
    "modalities": ["text"],
}


def release_make(world: World, clauses: dict[str, dict[str, Any]] | None = None) -> ReleaseView:
    """A released policy of project A with the clauses ``hate`` and ``spam``, or those given."""
    author, approver = world.actor("policy_editor"), world.actor("policy_editor2")
    policy = policy_create(
        author, project_id=world.project.pk, key=f"safety-{uuid.uuid4().hex[:6]}", title="Safety"
    )
    draft = release_draft(author, policy_id=policy.pk, title="First")
    for key, document in (clauses or {"hate": HATE, "spam": SPAM}).items():
        clause_add(author, release_id=draft.pk, key=key, document=document)
    return _published(author, approver, draft.pk)


def release_changed(world: World, release: ReleaseView, *, clause_key: str, question: str) -> ReleaseView:
    """The next release of the policy, in which one clause means something else."""
    from policies.models import Clause

    author, approver = world.actor("policy_editor"), world.actor("policy_editor2")
    draft = release_draft(author, policy_id=release.policy_id, based_on_id=release.id, title="Second")
    clause = Clause.objects.get(release_id=draft.pk, key=clause_key)
    document = {"hate": HATE, "spam": SPAM}[clause_key] | {"question": question}
    clause_edit(
        author,
        release_id=draft.pk,
        key=clause_key,
        version=clause.version,
        document=document,
        change="semantic",
        change_reason="It was read in two ways.",
    )
    return _published(author, approver, draft.pk)


def _published(author: Actor, approver: Actor, release_id: uuid.UUID) -> ReleaseView:
    release_submit(author, release_id=release_id)
    release_approve(approver, release_id=release_id, verdict="approved")
    release_publish(approver, release_id=release_id)
    return release_get(release_id)


def post_make(world: World, *, text: str = TEXT, with_image: bool = True, **fields: Any) -> Post:
    """A post of project A: a caption, and an image of 640 × 480 pixels."""
    post = Post.objects.create(
        project=world.project,
        external_id=fields.pop("external_id", uuid.uuid4().hex),
        content_sha256=uuid.uuid4().hex * 2,
        **{"language": "en", **fields},
    )
    Part.objects.create(post=post, position=0, kind="caption", text=text)
    if with_image:
        asset = Asset.objects.create(
            sha256=uuid.uuid4().hex * 2,
            kind="image",
            mime="image/png",
            size_bytes=10,
            state="ready",
            width=640,
            height=480,
        )
        ProjectAsset.objects.create(project=world.project, asset=asset, name=str(asset.pk))
        Part.objects.create(post=post, position=1, kind="image", asset=asset)
    return post


def tasks_make(
    world: World,
    release: ReleaseView,
    posts: Sequence[Post],
    *,
    overlap: int = 2,
    clause_keys: Sequence[str] = (),
) -> None:
    """Ask about the posts."""
    label_tasks_request(
        world.actor("manager"),
        world.project.pk,
        release_id=release.id,
        clause_keys=clause_keys,
        posts=PostChoice(post_ids=tuple(post.pk for post in posts)),
        overlap=overlap,
    )


def document(
    hate: str = "no", spam: str = "no", *, severity: int = 2, evidence: Any = None
) -> dict[str, Any]:
    """A complete label document for both clauses."""
    first: dict[str, Any] = {"clause_key": "hate", "answer": hate}
    if hate == "yes":
        first |= {
            "severity": severity,
            "evidence": [{"kind": "whole_post"}] if evidence is None else evidence,
        }
    return {"verdicts": [first, {"clause_key": "spam", "answer": spam}]}


def box(post: Post, **fields: Any) -> dict[str, Any]:
    """A box on the post's image."""
    part = post.parts.get(kind="image")
    assert part.asset is not None
    place = {"part_id": str(part.pk), "asset_sha256": part.asset.sha256}
    return {"kind": "box", **place, "x": 10, "y": 20, "width": 100, "height": 50, **fields}


def answer(world: World, name: str, given: dict[str, Any], *, active_ms: int = 4_000) -> Submission:
    """Take the next task as a person does, and answer it."""
    actor = world.actor(name)
    lease = lease_next(actor, project=world.project, kind="label")
    assert lease is not None, f"there is nothing to answer for {name}"
    receipt = annotation_submit(actor, Answer(lease.pk, uuid.uuid4(), given, active_ms))
    return Submission.objects.get(pk=receipt.id)


def release_once(world: World) -> ReleaseView:
    """The release of the project's first policy, made when there is none yet."""
    current = releases_current(world.project.pk)
    return current[0] if current else release_make(world)


def suggest(
    world: World, release: ReleaseView, post: Post, *, clause_key: str = "hate", **said: Any
) -> Suggestion:
    """An engineer's model proposes something for the post; marks as in a label document."""
    line = {"external_id": post.external_id, "clause_key": clause_key, "confidence": 0.83, **said}
    suggestions_import(
        world.actor("engineer"),
        world.project.pk,
        release_id=release.id,
        model="detector",
        version="2",
        lines=[line],
    )
    return Suggestion.objects.order_by("-id")[0]


def rules(world: World, *, timing: str = "at_once", share: float = 1.0, confidence_min: float = 0.0) -> None:
    """Say when the project shows suggestions."""
    suggestion_rules_change(
        world.actor("manager"),
        world.project.pk,
        timing=timing,
        share=share,
        confidence_min=confidence_min,
    )
