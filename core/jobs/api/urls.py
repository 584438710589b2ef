from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from core.jobs.api import views

app_name = "jobs"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/jobs/", views.JobListView.as_view(), name="job-list"),
    path("projects/<uuid:project_id>/job-counts/", views.JobCountsView.as_view(), name="job-counts"),
    path("jobs/<uuid:job_id>/", views.JobView.as_view(), name="job"),
    path("jobs/<uuid:job_id>/cancel/", views.JobCancelView.as_view(), name="job-cancel"),
]
