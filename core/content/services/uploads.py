from __future__ import annotations

from django.db import transaction

from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.content.domain.media_types import HEAD_BYTES, MediaType, media_type_of
from core.content.domain.names import display_name
from core.content.errors import MediaInvalidError, MediaTypeNotAcceptedError
from core.content.models import Asset, AssetState, ProjectAsset
from core.content.rendering.exchange import MediaRefused
from core.jobs.services import job_start
from core.storage import BlobWriter, StoredBlob

RENDITIONS_JOB = "content.make_renditions"


def media_type_required(upload: BlobWriter) -> MediaType:
    """Look at the first bytes of an upload, and at an image's header, before anything is kept.

    Raises
    ------
    MediaTypeNotAcceptedError
        When it is of no accepted type.
    MediaInvalidError
        When an image's header is damaged or announces more than the limits allow.
    """
    with upload.path.open("rb") as file:
        found = media_type_of(file.read(HEAD_BYTES))
    if found is None:
        raise MediaTypeNotAcceptedError()
    if found.kind == "image":
        from core.content.rendering.images import image_open

        try:
            image_open(upload.path, reader=found.reader).close()
        except MediaRefused as refusal:
            raise MediaInvalidError(problem=str(refusal)) from refusal
    return found


def asset_add(actor: Actor, *, project: Project, upload: BlobWriter, name: str) -> tuple[Asset, bool]:
    """Keep an uploaded file as an asset of the project, and have a worker make its renditions.

    The same bytes again are the same asset; the name is one more name for it.

    Returns
    -------
    asset, is_new
        ``is_new`` says whether the project lacked it.

    Raises
    ------
    MediaTypeNotAcceptedError, MediaInvalidError
        See `media_type_required`; nothing is kept.
    """
    media_type = media_type_required(upload)
    # The blob comes first: a row without its bytes would be a promise broken, bytes without a row are only waste.
    stored = upload.commit()
    return _asset_link(actor, project, stored, media_type, display_name(name))


@transaction.atomic
def _asset_link(
    actor: Actor, project: Project, stored: StoredBlob, media_type: MediaType, name: str
) -> tuple[Asset, bool]:
    asset, _ = Asset.objects.get_or_create(
        sha256=stored.sha256,
        defaults={"kind": media_type.kind, "mime": media_type.mime, "size_bytes": stored.size_bytes},
    )
    had_it = ProjectAsset.objects.filter(project=project, asset=asset).exists()
    _, named = ProjectAsset.objects.get_or_create(
        project=project, asset=asset, name=name, defaults={"added_by": actor.user}
    )
    if named:
        audit_record(actor, action="asset.add", project=project, target=asset, data={"sha256": asset.sha256})
    if asset.state == AssetState.PENDING:
        job_start(
            actor,
            project=project,
            kind=RENDITIONS_JOB,
            params={"asset_id": str(asset.pk)},
            unique_key=f"{RENDITIONS_JOB}:{project.pk}:{asset.pk}",
            message=name,
        )
    return asset, not had_it
