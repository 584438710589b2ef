from __future__ import annotations

import uuid

from django.db.models import QuerySet

from core.accounts.selectors import Actor, Capability, Project, project_get
from core.content.models import PostImport
from core.errors import NotFoundError


def imports_in(project: Project) -> QuerySet[PostImport]:
    """Return the manifests handed in for the project."""
    return PostImport.objects.filter(project=project)


def import_get(actor: Actor, import_id: uuid.UUID) -> PostImport:
    """Return a manifest of a project in which ``actor`` may import; raises ``NotFoundError`` elsewhere."""
    found = PostImport.objects.filter(pk=import_id).first()
    if found is None:
        raise NotFoundError()
    project_get(actor, found.project_id, needs=Capability.CONTENT_IMPORT)
    return found
