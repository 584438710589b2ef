from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction

from core.accounts.selectors import Actor, Capability, capabilities_in
from core.accounts.services import audit_record
from core.content.selectors import Post, ShownPost, post_get, posts_shown
from core.errors import NotFoundError
from core.queue.selectors import coverings_for
from policies.selectors import posts_held_out

SENSITIVE_FROM = 2
"""From this severity on media is described, not named; 2 of 4 is moderate."""


@dataclass(frozen=True, slots=True)
class ReadPost:
    """A post as an agent gets it; of how harmful it is only what was stated, predicted or is expected of any post."""

    post: ShownPost
    severity: int
    categories: tuple[str, ...]
    known_from: str
    gives_addresses: bool


@transaction.atomic
def post_read(actor: Actor, post_id: uuid.UUID) -> ReadPost:
    """Return a post, and write down that the token read it before it goes out.

    Raises
    ------
    NotFoundError
        When there is none, it is hidden, not the actor's, or held out for measuring: all look the same.
    CapabilityMissingError, TokenScopeMissingError
    """
    found = post_open(actor, post_id, needs=Capability.CONTENT_VIEW)
    shown = posts_shown([post_id]).get(post_id)
    if shown is None:
        raise NotFoundError()
    harm = coverings_for(actor, found.project, [post_id]).of(post_id)
    severity: int = harm["severity"]
    may = Capability.MEDIA_SENSITIVE in capabilities_in(actor, found.project_id)
    audit_record(
        actor,
        action="post.read_by_agent",
        project=found.project,
        target=found,
        data={"severity": severity, "addresses": may or severity < SENSITIVE_FROM},
    )
    return ReadPost(
        shown,
        severity,
        tuple(harm["categories"]),
        harm["known_from"],
        may or severity < SENSITIVE_FROM,
    )


def post_open(actor: Actor, post_id: uuid.UUID, *, needs: Capability) -> Post:
    """Return a post that is the actor's to see and by which nobody and nothing is measured.

    Raises
    ------
    NotFoundError, CapabilityMissingError, TokenScopeMissingError
    """
    found = post_get(actor, post_id, needs=needs)
    if posts_held_out(found.project_id, [post_id]):
        raise NotFoundError()
    return found
