from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from policies.api import change_views, views

app_name = "policies"

_RELEASE = "releases/<uuid:release_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/policies/", views.PolicyListView.as_view(), name="policy-list"),
    path("policies/<uuid:policy_id>/", views.PolicyView.as_view(), name="policy"),
    path("policies/<uuid:policy_id>/releases/", views.ReleaseListView.as_view(), name="release-list"),
    path(_RELEASE, views.ReleaseView.as_view(), name="release"),
    path(f"{_RELEASE}outline/", views.OutlineView.as_view(), name="outline"),
    path(f"{_RELEASE}clauses/", views.ClauseListView.as_view(), name="clause-list"),
    path(f"{_RELEASE}clauses/<slug:key>/", views.ClauseView.as_view(), name="clause"),
    path(f"{_RELEASE}submit/", views.SubmitView.as_view(), name="submit"),
    path(f"{_RELEASE}withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path(f"{_RELEASE}approve/", views.ApproveView.as_view(), name="approve"),
    path(f"{_RELEASE}publish/", views.PublishView.as_view(), name="publish"),
    path(f"{_RELEASE}retire/", views.RetireView.as_view(), name="retire"),
    path(f"{_RELEASE}guide/", views.GuideView.as_view(), name="guide"),
    path(f"{_RELEASE}difference/", change_views.DifferenceView.as_view(), name="difference"),
    path(f"{_RELEASE}impact/", change_views.ImpactView.as_view(), name="impact"),
    path(
        "projects/<uuid:project_id>/campaigns/", change_views.CampaignListView.as_view(), name="campaign-list"
    ),
    path("campaigns/<uuid:campaign_id>/", change_views.CampaignView.as_view(), name="campaign"),
]
