from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from core.content.api import views

app_name = "content"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/assets/", views.AssetListView.as_view(), name="assets"),
    path("projects/<uuid:project_id>/assets/<uuid:asset_id>/", views.AssetView.as_view(), name="asset"),
    path(
        "projects/<uuid:project_id>/assets/<uuid:asset_id>/frames/",
        views.AssetFramesView.as_view(),
        name="frames",
    ),
    path("projects/<uuid:project_id>/imports/", views.PostImportListView.as_view(), name="imports"),
    path("imports/<uuid:import_id>/", views.PostImportView.as_view(), name="import"),
    path("projects/<uuid:project_id>/posts/", views.PostListView.as_view(), name="posts"),
    path("posts/<uuid:post_id>/", views.PostView.as_view(), name="post"),
    path("posts/<uuid:post_id>/hide/", views.PostHideView.as_view(), name="post-hide"),
]
