"""A project with answers in it, given as people give them, for tests that build versions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.accounts.selectors import Actor
from core.content.models import Post
from core.queue.services import lease_next
from policies.selectors import ReleaseView
from preferences.models import Comparison, Prompt, Response, SideOrder
from preferences.services import compare_tasks_create, judgment_submit
from tests.annotation import material
from tests.policies.clause_texts import axis_json
from tests.world import Caller, World

CLAUSES: dict[str, dict[str, Any]] = {"hate": material.HATE, "spam": material.SPAM, "helpful": axis_json()}


@dataclass
class Answers:
    """What was made, by name."""

    world: World
    release: ReleaseView
    posts: list[Post] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)

    def label(self, *given: Mapping[str, Any], **fields: Any) -> Post:
        """Make a post and have two people (or as many as given) label it; ``{"hate": "yes"}`` and so on."""
        post = material.post_make(self.world, text=f"Post {len(self.posts)}", with_image=False, **fields)
        self.posts.append(post)
        self.ask(post, *given)
        return post

    def ask(self, post: Post, *given: Mapping[str, Any], release: ReleaseView | None = None) -> None:
        """Ask about a post that exists, and answer."""
        material.tasks_make(
            self.world, release or self.release, [post], overlap=len(given), clause_keys=["hate", "spam"]
        )
        for name, answer in zip(("annotator", "annotator2", "reviewer"), given, strict=False):
            material.answer(self.world, name, material.document(**answer))

    def adjudicate(self, post: Post, clause_key: str, answer: str) -> None:
        """Have a reviewer settle what people disagreed on."""
        body = {
            "release_id": str(self.release.id),
            "clause_key": clause_key,
            "answer": answer,
            "reason_code": "guideline_gap",
            "reason": "Quotes do not count.",
        }
        path = f"/api/posts/{post.pk}/adjudications/"
        response = Caller(self.world.person("reviewer")).post(path, body)
        assert response.status_code == 201, response.json()

    def compare(
        self, *values: int, both_unacceptable: bool = False, rewrite: str = "", **said: Any
    ) -> Comparison:
        """Make a comparison and have people judge it: each value below zero prefers A.

        ``acceptable_a`` and ``acceptable_b`` are everybody's view of the responses.
        """
        comparison = self.comparison_make()
        compare_tasks_create(
            self.world.actor("manager"),
            self.world.project.pk,
            release_id=self.release.id,
            comparison_ids=[comparison.pk],
            overlap=len(values),
        )
        for name, value in zip(("annotator", "annotator2", "reviewer"), values, strict=False):
            self._judge(self.world.actor(name), value, both_unacceptable, rewrite, said)
            rewrite = ""
        return comparison

    def comparison_make(self) -> Comparison:
        """Make a comparison that nobody has judged."""
        number = len(self.comparisons)
        project = self.world.project
        prompt = Prompt.objects.create(
            project=project,
            messages=[{"role": "user", "content": f"Question {number}?"}],
            content_sha256=uuid.uuid4().hex * 2,
        )
        first, second = (
            Response.objects.create(
                prompt=prompt, text=f"Reply {side} {number}", source_model=f"model-{side}"
            )
            for side in ("a", "b")
        )
        comparison = Comparison.objects.create(
            project=project,
            external_id=f"pair-{number}",
            prompt=prompt,
            response_a=first,
            response_b=second,
            content_sha256=uuid.uuid4().hex * 2,
        )
        self.comparisons.append(comparison)
        return comparison

    def _judge(
        self, actor: Actor, value: int, both_unacceptable: bool, rewrite: str, said: Mapping[str, Any]
    ) -> None:
        lease = lease_next(actor, project=self.world.project, kind="compare")
        assert lease is not None
        # The order shown is drawn; fixing it keeps the test's A the stored A.
        SideOrder.objects.get_or_create(
            task_id=lease.task_id, person_id=lease.person_id, defaults={"swapped": False}
        )
        choice = "both_unacceptable" if both_unacceptable else "prefer" if value else "tie"
        document: dict[str, Any] = {
            "axes": [{"clause_key": "helpful", "choice": choice, "value": value}],
            "responses": [
                {"position": position, "acceptable": said[f"acceptable_{side}"]}
                for position, side in (("first", "a"), ("second", "b"))
                if f"acceptable_{side}" in said
            ],
            "rewrites": [{"position": "second", "text": rewrite}] if rewrite else [],
        }
        judgment_submit(actor, lease.pk, submission_id=uuid.uuid4(), document=document, active_ms=3_000)


def answers_make(world: World) -> Answers:
    """Make a released policy with two questions and one axis, and nothing answered yet."""
    return Answers(world, material.release_make(world, CLAUSES))
