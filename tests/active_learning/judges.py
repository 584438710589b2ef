"""What the test bench works on in tests: decided posts, a draft with examples, a scripted judge."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pytest_django import Settings

from active_learning.domain.held_out import is_held_out
from core.content.models import Post
from core.endpoints.models import Endpoint
from policies.selectors import ReleaseView
from policies.services import clause_edit, release_draft
from tests.active_learning.material import decide
from tests.annotation.material import SPAM, post_make, release_make
from tests.core.endpoints.endpoints import endpoint_row
from tests.core.endpoints.stub import Heard, Said, Stub, stub_serving
from tests.world import World

EXAMPLES = {
    "type": "examples",
    "items": [
        {"text": "Buy cheap pills", "ruling": "yes", "why": "It advertises."},
        {"text": "I baked bread", "ruling": "no", "why": "It sells nothing."},
        {"text": "Win a prize now", "ruling": "yes", "why": "It lures."},
    ],
}
SPAM_SHOWN: dict[str, Any] = {**SPAM, "blocks": [*SPAM["blocks"], EXAMPLES]}
WORDS = "advertising of any kind, wanted or not"
NUMBER = re.compile(r"\bnumber(\d+)\b")


def released(world: World) -> ReleaseView:
    """A release with one clause that shows examples."""
    return release_make(world, {"spam": SPAM_SHOWN})


def drafted(world: World, release: ReleaseView) -> uuid.UUID:
    """A draft from the release, in which the clause says `WORDS`."""
    from policies.models import Clause

    author = world.actor("policy_editor")
    draft = release_draft(author, policy_id=release.policy_id, based_on_id=release.id, title="Wider")
    clause = Clause.objects.get(release_id=draft.pk, key="spam")
    document = {**SPAM_SHOWN, "question": f"Is the post {WORDS}?"}
    clause_edit(
        author,
        release_id=draft.pk,
        key="spam",
        version=clause.version,
        document=document,
        change="semantic",
        change_reason="Wider.",
    )
    return draft.pk


def posts_decided(
    world: World, release: ReleaseView, count: int, *, held_out: bool = False, start: int = 0
) -> list[Post]:
    """Posts ``number0`` … that measure, or do not; the even ones decided as spam."""
    posts: list[Post] = []
    while len(posts) < count:
        number = start + len(posts)
        post = Post(id=uuid.uuid4())
        if is_held_out(post.pk) != held_out:
            continue
        made = post_make(world, text=f"A post number{number} here", with_image=False, id=post.pk)
        decide(world, release, made, "yes" if number % 2 == 0 else "no")
        posts.append(made)
    return posts


def number_in(heard: Heard) -> int:
    """The number of the post that was asked about."""
    found = NUMBER.search(heard.user)
    assert found is not None
    return int(found.group(1))


def is_candidate(heard: Heard) -> bool:
    return WORDS in heard.system


def is_reversed(heard: Heard) -> bool:
    return heard.system.index("Win a prize") < heard.system.index("Buy cheap")


@contextmanager
def judge_at(
    world: World, settings: Settings, script: Callable[[Heard, int], Said], **fields: Any
) -> Iterator[tuple[Stub, Endpoint]]:
    """A scripted judge, and the project's endpoint that leads to it."""
    with stub_serving(script) as stub:
        settings.ENDPOINT_HOSTS = frozenset({stub.base_url.removeprefix("http://").removesuffix("/v1")})
        yield stub, endpoint_row(world, base_url=stub.base_url, **fields)


def truth(number: int) -> str:
    return "yes" if number % 2 == 0 else "no"


def other(answer: str) -> str:
    return "no" if answer == "yes" else "yes"
