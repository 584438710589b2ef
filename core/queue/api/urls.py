from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from core.queue.api import views

app_name = "queue"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/overview/", views.OverviewView.as_view(), name="overview"),
    path("projects/<uuid:project_id>/queue/", views.QueueView.as_view(), name="queue"),
    path("projects/<uuid:project_id>/queue/next/", views.NextView.as_view(), name="next"),
    path("projects/<uuid:project_id>/views/", views.ViewsView.as_view(), name="views"),
    path("leases/<uuid:lease_id>/renew/", views.LeaseRenewView.as_view(), name="lease-renew"),
    path("leases/<uuid:lease_id>/release/", views.LeaseReleaseView.as_view(), name="lease-release"),
    path("leases/<uuid:lease_id>/draft/", views.DraftView.as_view(), name="draft"),
    path("me/submissions/", views.MySubmissionsView.as_view(), name="my-submissions"),
]
