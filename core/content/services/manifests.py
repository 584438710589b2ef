from __future__ import annotations

from django.db import transaction

from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.content.domain.names import display_name
from core.content.models import ImportMode, PostImport
from core.jobs.selectors import Job
from core.jobs.services import job_start
from core.storage import BlobWriter, StoredBlob

IMPORT_JOB = "content.import_posts"


def posts_import(
    actor: Actor, *, project: Project, upload: BlobWriter, name: str, mode: str = ImportMode.WHOLE
) -> tuple[Job, PostImport]:
    """Keep a manifest and have a worker import it.

    The same manifest handed in while it is being imported gives the import that is under way.

    Parameters
    ----------
    mode
        ``whole``: one bad line, and nothing is imported. ``partial``: bad lines are told and left out.
    """
    stored = upload.commit()
    return _import_start(actor, project, stored, display_name(name), mode)


@transaction.atomic
def _import_start(
    actor: Actor, project: Project, stored: StoredBlob, name: str, mode: str
) -> tuple[Job, PostImport]:
    asked = PostImport.objects.create(
        project=project,
        manifest_sha256=stored.sha256,
        manifest_size_bytes=stored.size_bytes,
        name=name,
        mode=mode,
        requested_by=actor.user,
    )
    job = job_start(
        actor,
        project=project,
        kind=IMPORT_JOB,
        params={"import_id": str(asked.pk)},
        unique_key=f"{IMPORT_JOB}:{project.pk}:{stored.sha256}:{mode}",
    )
    if job.params["import_id"] != str(asked.pk):
        asked.delete()
        return job, PostImport.objects.get(pk=job.params["import_id"])
    PostImport.objects.filter(pk=asked.pk).update(job_id=job.pk)
    asked.job_id = job.pk
    audit_record(
        actor,
        action="posts.import",
        project=project,
        target=asked,
        data={"sha256": stored.sha256, "mode": mode},
    )
    return job, asked
