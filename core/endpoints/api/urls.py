from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from core.endpoints.api import views

app_name = "endpoints"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/endpoints/", views.EndpointListView.as_view(), name="list"),
    path("endpoints/<uuid:endpoint_id>/", views.EndpointView.as_view(), name="one"),
    path("endpoints/<uuid:endpoint_id>/try/", views.EndpointTryView.as_view(), name="try"),
]
