from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Actor, Capability, Project, project_get
from core.http.serializers import validated
from core.http.tables import csv_text
from core.http.views import ApiView
from core.queue.api import protection_serializers as shapes
from core.queue.domain.reveals import BEAT_SECONDS
from core.queue.selectors import closing, exposure
from core.queue.selectors import protection as reading
from core.queue.services import closures, reveals, wellbeing
from core.queue.services import protection as setting


def _meter(actor: Actor, standing: reading.Standing, project: Project | None) -> dict[str, Any]:
    return reading.meter_of(standing, closing.break_standing(actor, project))


class RevealsView(ApiView):
    @extend_schema(
        operation_id="reveal_open", request=shapes.RevealInput, responses={201: shapes.RevealOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.PROJECT_VIEW)
        data = validated(shapes.RevealInput, request.data)
        opened = reveals.reveal_open(self.actor, project, **data)
        reveal = opened.reveal
        return Response(
            {
                "id": reveal.pk,
                "post_id": reveal.post_id,
                "part_id": reveal.part_id,
                "opened_at": opened.opened_at,
                "beat_seconds": BEAT_SECONDS,
                "seconds_left": opened.seconds_left,
                "meter": _meter(self.actor, opened.standing, project),
            },
            status=201,
        )


class BeatView(ApiView):
    @extend_schema(operation_id="reveal_beat", request=shapes.BeatInput, responses=shapes.BeatOutput)
    def post(self, request: Request, reveal_id: uuid.UUID) -> Response:
        data = validated(shapes.BeatInput, request.data)
        reveal, standing = reveals.reveal_beat(self.actor, reveal_id, **data)
        closed = closing.work_closed(self.actor, reveal.project)
        return Response(
            {
                "seconds": reveal.seconds,
                "is_over": reveal.is_over,
                "seconds_left": reading.look_left(standing, reveal),
                "meter": _meter(self.actor, standing, reveal.project),
                "closed": None if closed is None else closed.document(),
            }
        )


class MeterView(ApiView):
    @extend_schema(
        operation_id="my_meter",
        parameters=[
            OpenApiParameter("project_id", str, description="Whose rules of breaks and work to tell.")
        ],
        responses=shapes.MeterClosedOutput,
    )
    def get(self, request: Request) -> Response:
        wanted = validated(shapes.MeterQuery, request.query_params.dict())["project_id"]
        project = project_get(self.actor, wanted, needs=Capability.PROJECT_VIEW) if wanted else None
        closed = closing.work_closed(self.actor, project)
        meter = _meter(self.actor, reading.standing_of_person(self.actor), project)
        return Response({**meter, "closed": None if closed is None else closed.document()})


class MyProtectionView(ApiView):
    @extend_schema(operation_id="my_protection", responses=shapes.MyProtectionOutput)
    def get(self, request: Request) -> Response:
        return Response(reading.own_protection(self.actor))

    @extend_schema(
        operation_id="my_protection_set",
        request=shapes.PersonSettingsShape,
        responses=shapes.MyProtectionOutput,
    )
    def put(self, request: Request) -> Response:
        setting.person_protection_set(self.actor, request.data)
        return Response(reading.own_protection(self.actor))


class BreaksView(ApiView):
    @extend_schema(operation_id="break_take", request=shapes.BreakInput, responses={201: shapes.ClosedOutput})
    def post(self, request: Request) -> Response:
        data = validated(shapes.BreakInput, request.data)
        return Response(closures.break_take(self.actor, minutes=data["minutes"]).document(), status=201)

    @extend_schema(operation_id="break_end", responses={204: None})
    def delete(self, request: Request) -> Response:
        closures.break_end(self.actor)
        return Response(status=204)


class StopView(ApiView):
    @extend_schema(operation_id="work_stop", request=shapes.StopInput, responses=shapes.StopOutput)
    def post(self, request: Request) -> Response:
        data = validated(shapes.StopInput, request.data)
        released, closed = closures.work_stop(self.actor, minutes=data["minutes"])
        return Response({"released": released, "closed": None if closed is None else closed.document()})


class ProtectionView(ApiView):
    @extend_schema(operation_id="protection", responses=shapes.ProtectionOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.PROJECT_VIEW)
        return Response(reading.protection_of(self.actor, project))

    @extend_schema(
        operation_id="protection_set",
        request=shapes.ProjectSettingsShape,
        responses=shapes.ProtectionOutput,
    )
    def put(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        setting.project_protection_set(self.actor, project, request.data)
        return Response(reading.protection_of(self.actor, project))


class OrganizationProtectionView(ApiView):
    @extend_schema(
        operation_id="protection_organization_set",
        request=shapes.OrganizationSettingsShape,
        responses=shapes.ProtectionOutput,
    )
    def put(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        setting.organization_protection_set(self.actor, project, request.data)
        return Response(reading.protection_of(self.actor, project))


class ProjectExposureView(ApiView):
    @extend_schema(operation_id="project_exposure", responses=shapes.ProjectExposureOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        return Response(exposure.project_exposure(project))


class WellnessView(ApiView):
    @extend_schema(operation_id="wellness", responses=shapes.WellnessOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.PROJECT_VIEW)
        return Response(exposure.wellness_of(self.actor, project))


class MyExposureView(ApiView):
    @extend_schema(
        operation_id="my_exposure",
        parameters=[OpenApiParameter("days", int, description="1 to 366; 28 when left out.")],
        responses=shapes.ExposureOutput,
    )
    def get(self, request: Request) -> Response:
        query = validated(shapes.ExposureQuery, request.query_params.dict())
        return Response(exposure.exposure_report(self.actor, days=query["days"]))

    @extend_schema(operation_id="my_exposure_erase", request=shapes.EraseInput, responses={204: None})
    def delete(self, request: Request) -> Response:
        validated(shapes.EraseInput, request.data)
        wellbeing.exposure_erase(self.actor)
        return Response(status=204)


class MyExposureExportView(ApiView):
    @extend_schema(
        operation_id="my_exposure_export",
        parameters=[OpenApiParameter("as", str, enum=["json", "csv"])],
        responses={(200, "*/*"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        query = validated(shapes.ExportQuery, request.query_params.dict())
        rows = exposure.exposure_rows(self.actor)
        if query["as"] == "csv":
            body, kind = csv_text(exposure.EXPORT_FIELDS, rows), "text/csv; charset=utf-8"
        else:
            named = [dict(zip(exposure.EXPORT_FIELDS, one, strict=True)) for one in rows]
            body, kind = json.dumps(named, ensure_ascii=False), "application/json"
        response = HttpResponse(body, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="what-i-saw.{query["as"]}"'
        response["Cache-Control"] = "private, no-store"
        return response


class CheckInsView(ApiView):
    @extend_schema(operation_id="my_check_ins", responses=shapes.CheckInListOutput)
    def get(self, request: Request) -> Response:
        found = exposure.check_ins_of(self.actor.user.pk)
        return Response({"results": shapes.CheckInOutput(found, many=True).data})

    @extend_schema(
        operation_id="check_in_write", request=shapes.CheckInInput, responses={201: shapes.CheckInOutput}
    )
    def post(self, request: Request) -> Response:
        data = validated(shapes.CheckInInput, request.data)
        return Response(shapes.CheckInOutput(wellbeing.check_in_write(self.actor, **data)).data, status=201)


class CheckInView(ApiView):
    @extend_schema(operation_id="check_in_delete", responses={204: None})
    def delete(self, request: Request, check_in_id: uuid.UUID) -> Response:
        wellbeing.check_in_delete(self.actor, check_in_id)
        return Response(status=204)
