from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from core.accounts.api import invitations, settings, views

app_name = "accounts"

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", views.MeView.as_view(), name="me"),
    path("me/keys/", settings.KeysView.as_view(), name="my-keys"),
    path("me/languages/", settings.LanguagesView.as_view(), name="my-languages"),
    path("projects/", views.ProjectListView.as_view(), name="project-list"),
    path("projects/<uuid:project_id>/", views.ProjectView.as_view(), name="project"),
    path("projects/<uuid:project_id>/members/", views.MemberListView.as_view(), name="member-list"),
    path("projects/<uuid:project_id>/members/<uuid:member_id>/", views.MemberView.as_view(), name="member"),
    path(
        "projects/<uuid:project_id>/members/<uuid:member_id>/sign-in-link/",
        invitations.MemberSignInLinkView.as_view(),
        name="member-sign-in-link",
    ),
    path(
        "projects/<uuid:project_id>/invitations/",
        invitations.InvitationListView.as_view(),
        name="invitation-list",
    ),
    path(
        "projects/<uuid:project_id>/invitations/<uuid:invitation_id>/",
        invitations.InvitationView.as_view(),
        name="invitation",
    ),
    path("invitations/show/", invitations.InvitationShowView.as_view(), name="invitation-show"),
    path("invitations/accept/", invitations.InvitationAcceptView.as_view(), name="invitation-accept"),
    path("invitations/join/", invitations.InvitationJoinView.as_view(), name="invitation-join"),
    path("projects/<uuid:project_id>/audit/", views.AuditView.as_view(), name="audit"),
    path("tokens/", views.TokenListView.as_view(), name="token-list"),
    path("tokens/<uuid:token_id>/", views.TokenView.as_view(), name="token"),
]
