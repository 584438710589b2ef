from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from preferences.api import views

app_name = "preferences"

_PROJECT = "projects/<uuid:project_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_PROJECT}comparison-imports/", views.ComparisonImportView.as_view(), name="comparison-imports"),
    path(f"{_PROJECT}compare-tasks/", views.CompareTasksView.as_view(), name="compare-tasks"),
    path(f"{_PROJECT}comparisons/", views.ComparisonListView.as_view(), name="comparisons"),
    path(f"{_PROJECT}ratings/", views.RatingsView.as_view(), name="ratings"),
    path(f"{_PROJECT}ratings/fit/", views.RatingsFitView.as_view(), name="ratings-fit"),
    path("comparisons/<uuid:comparison_id>/", views.ComparisonView.as_view(), name="comparison"),
    path("leases/<uuid:lease_id>/comparison/", views.BundleView.as_view(), name="bundle"),
    path("leases/<uuid:lease_id>/judgment/", views.JudgmentView.as_view(), name="judgment"),
]
