from __future__ import annotations

import uuid

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.content.events import PostHidden
from core.content.models import Post
from core.content.selectors import post_open_to
from core.events import publish


@transaction.atomic
def post_hide(actor: Actor, post_id: uuid.UUID, *, reason: str = "") -> None:
    """Hide a post from everybody at once; anybody who can see it may, and nobody has to look again.

    There is no way back by the API: what may be illegal to hold is for an officer to decide on.

    Raises
    ------
    NotFoundError
        When it is not there, not the actor's to see, or hidden already.
    """
    post = post_open_to(actor, post_id)
    project = project_get(actor, post.project_id, needs=Capability.PROJECT_VIEW)
    Post.objects.filter(pk=post.pk).update(is_hidden=True)
    audit_record(actor, action="post.hide", project=project, target=post, data={"reason": reason})
    publish(PostHidden(project_id=project.pk, post_id=post.pk))
