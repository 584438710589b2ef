"""Having workers take the vectors of hidden posts out of what they keep for whole pools."""

from __future__ import annotations

from active_learning.models import PostMap, Round, Scan
from core.accounts.selectors import project_by_id
from core.content.events import PostHidden
from core.jobs.services import job_start

FORGET_JOB = "active_learning.forget_vectors"


def vectors_of_hidden_leave(event: PostHidden) -> None:
    """Start the job that takes them out, where the project has had work that keeps vectors.

    On machines of other workers they leave with the next work on the project's posts, which never reads them.
    """
    if any(kind.objects.filter(project_id=event.project_id).exists() for kind in (Round, Scan, PostMap)):
        job_start(
            None,
            project=project_by_id(event.project_id),
            kind=FORGET_JOB,
            queue="gpu",
            params={"project_id": str(event.project_id)},
            unique_key=f"{FORGET_JOB}:{event.post_id}",
            message="Forgetting the vectors of a hidden post",
        )
