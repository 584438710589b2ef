from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from active_learning.domain.maps import Askable, LeftOut, askable
from active_learning.errors import MapUnfinishedError, NothingToAskOnMapError
from active_learning.models import PostMap
from active_learning.selectors.maps import MAP_SOURCE, posts_asked_about
from active_learning.selectors.media import posts_with_media
from active_learning.services.rounds import clause_learnable, encoder_checked, release_published
from annotation.selectors import decisions_current
from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.content.selectors import posts_in
from core.jobs.services import job_start
from core.queue.services import TaskSpec, tasks_create
from policies.selectors import ClauseView, ReleaseView, posts_held_out

MAP_JOB = "active_learning.lay_out_map"
PRIORITY = 10.0
"""That of a round: before what was asked without a choice."""

_LEFT_OUT_WORDS = {
    LeftOut.GONE: "hidden since, or not on the map",
    LeftOut.MEASURES: "kept to measure people and models",
    LeftOut.DECIDED: "decided on this clause",
    LeftOut.ASKED: "being asked about",
    LeftOut.OTHER_MEDIA: "without media this clause is about",
}


@transaction.atomic
def map_start(actor: Actor, project_id: uuid.UUID, *, encoder: str = "bundled", seed: int = 0) -> PostMap:
    """Have a worker lay the project's encoded posts out.

    Raises
    ------
    NotFoundError, CapabilityMissingError, EncoderNameError
    """
    project = project_get(actor, project_id, needs=Capability.MODELS_RUN)
    created = PostMap.objects.create(
        project=project,
        encoder=encoder_checked(project_id, encoder),
        seed=seed,
        most_posts=settings.MAP_POSTS,
        requested_by=actor.user,
    )
    job = job_start(actor, project=project, kind=MAP_JOB, queue="gpu", params={"map_id": str(created.pk)})
    created.job = job
    created.save(update_fields=["job"])
    audit_record(actor, action="map.start", project=project, target=created)
    return created


@transaction.atomic
def map_ask(
    actor: Actor,
    shown: PostMap,
    *,
    release_id: uuid.UUID,
    clause_key: str,
    post_ids: Sequence[uuid.UUID],
    overlap: int = 1,
) -> Askable:
    """Ask people about posts chosen on a map, before other work and in the order given; tell what was left out.

    Raises
    ------
    CapabilityMissingError, MapUnfinishedError, ReleaseNotPublishedError, ClauseNotLearnableError
    NothingToAskOnMapError
        When every one of them is left out.
    """
    project = project_get(actor, shown.project_id, needs=Capability.TASKS_MANAGE)
    # Two people who choose the same posts at once would both ask about them.
    locked = PostMap.objects.select_for_update(of=("self",)).get(pk=shown.pk)
    if locked.finished_at is None:
        raise MapUnfinishedError()
    release = release_published(project.pk, release_id)
    clause = clause_learnable(release, clause_key)
    sorted_out = _sorted_out(project, locked, release, clause, post_ids)
    if not sorted_out.post_ids:
        told = [f"{total:,} {_LEFT_OUT_WORDS[reason]}" for reason, total in sorted_out.left_out.items()]
        raise NothingToAskOnMapError(reasons=", ".join(told))
    specs = [
        TaskSpec(
            release_id=release.id,
            clause_keys=[clause.key],
            slots=overlap,
            post_id=post_id,
            priority=PRIORITY - rank * 1e-6,
            source=MAP_SOURCE,
            source_id=locked.pk,
        )
        for rank, post_id in enumerate(sorted_out.post_ids)
    ]
    tasks_create(project, kind="label", specs=specs, actor=actor)
    data = {"clause": clause.key, "posts": len(specs)}
    audit_record(actor, action="map.ask", project=project, target=locked, data=data)
    return sorted_out


def _sorted_out(
    project: Project, shown: PostMap, release: ReleaseView, clause: ClauseView, chosen: Sequence[uuid.UUID]
) -> Askable:
    on_map = set(shown.post_ids).intersection(chosen)
    there = set(posts_in(project.pk).filter(pk__in=on_map).values_list("pk", flat=True))
    decided = decisions_current(project.pk, release_id=release.id, clause_keys=[clause.key])
    return askable(
        chosen,
        shown=there,
        measuring=posts_held_out(project.pk, there),
        decided=set(decided.filter(post_id__in=there).values_list("post_id", flat=True)),
        asked=posts_asked_about(project.pk, clause.key, there),
        fitting=posts_with_media(sorted(there), clause),
    )
