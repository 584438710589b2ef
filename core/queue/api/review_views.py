from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get
from core.http.views import ApiView
from core.queue import selectors
from core.queue.api import review_serializers as shapes


class ReturnedView(ApiView):
    @extend_schema(operation_id="returned", responses=shapes.ReturnedListOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        found = selectors.returned_to(self.actor.user.pk, project.pk)
        return Response(shapes.ReturnedListOutput({"returned": found}).data)
