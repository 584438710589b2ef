from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from core.accounts.api import views

app_name = "accounts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", views.MeView.as_view(), name="me"),
    path("projects/", views.ProjectListView.as_view(), name="project-list"),
    path("projects/<uuid:project_id>/", views.ProjectView.as_view(), name="project"),
    path("projects/<uuid:project_id>/members/", views.MemberListView.as_view(), name="member-list"),
    path("projects/<uuid:project_id>/members/<uuid:member_id>/", views.MemberView.as_view(), name="member"),
    path("projects/<uuid:project_id>/audit/", views.AuditView.as_view(), name="audit"),
    path("tokens/", views.TokenListView.as_view(), name="token-list"),
    path("tokens/<uuid:token_id>/", views.TokenView.as_view(), name="token"),
]
