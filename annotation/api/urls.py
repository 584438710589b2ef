from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from annotation.api import views

app_name = "annotation"

urlpatterns: list[URLPattern | URLResolver] = [
    path("leases/<uuid:lease_id>/label/", views.LabelBundleView.as_view(), name="label"),
    path("leases/<uuid:lease_id>/annotation/", views.AnnotationView.as_view(), name="annotation"),
    path("projects/<uuid:project_id>/label-tasks/", views.LabelTasksView.as_view(), name="label-tasks"),
    path("projects/<uuid:project_id>/agreement/", views.AgreementView.as_view(), name="agreement"),
    path(
        "projects/<uuid:project_id>/disagreements/", views.DisagreementsView.as_view(), name="disagreements"
    ),
    path("projects/<uuid:project_id>/decisions/", views.DecisionsView.as_view(), name="decisions"),
    path("projects/<uuid:project_id>/decisions/recompute/", views.RecomputeView.as_view(), name="recompute"),
    path("posts/<uuid:post_id>/answers/", views.PostAnswersView.as_view(), name="answers"),
    path("posts/<uuid:post_id>/adjudications/", views.AdjudicationsView.as_view(), name="adjudications"),
]
