from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from training.api import views

app_name = "training"

urlpatterns: list[URLPattern | URLResolver] = [
    path("training-recipes/", views.RecipeListView.as_view(), name="recipes"),
    path("versions/<uuid:version_id>/training-recipes/", views.VersionOffersView.as_view(), name="offers"),
    path("projects/<uuid:project_id>/training-runs/", views.RunListView.as_view(), name="runs"),
    path("training-runs/<uuid:run_id>/", views.RunView.as_view(), name="run"),
    path("training-runs/<uuid:run_id>/resume/", views.RunResumeView.as_view(), name="resume"),
    path("training-runs/<uuid:run_id>/promotion/", views.RunPromotionView.as_view(), name="promotion"),
    path("training-runs/<uuid:run_id>/files/<path:path>", views.RunFileView.as_view(), name="file"),
]
