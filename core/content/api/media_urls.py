from __future__ import annotations

from django.urls import URLPattern, path

from core.content.api.media import MediaView

app_name = "media"

urlpatterns: list[URLPattern] = [
    path("<uuid:project_id>/<uuid:asset_id>/<slug:rendition>", MediaView.as_view(), name="file"),
]
