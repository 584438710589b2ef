from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from policies.api import (
    change_views,
    document_views,
    precedent_views,
    record_views,
    talk_views,
    views,
    writing_views,
)

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
    path(f"{_RELEASE}merge/", writing_views.MergeView.as_view(), name="clauses-merge"),
    path(f"{_RELEASE}media/", writing_views.ExampleMediaView.as_view(), name="example-media"),
    path(f"{_RELEASE}wording/", writing_views.WordingView.as_view(), name="wording"),
    path(f"{_RELEASE}clauses/<slug:key>/split/", writing_views.SplitView.as_view(), name="clause-split"),
    path(
        f"{_RELEASE}clauses/<slug:key>/restore/", writing_views.RestoreView.as_view(), name="clause-restore"
    ),
    path(f"{_RELEASE}clauses/<slug:key>/versions/", writing_views.VersionListView.as_view(), name="versions"),
    path(
        f"{_RELEASE}clauses/<slug:key>/versions/<int:version>/",
        writing_views.VersionView.as_view(),
        name="version",
    ),
    path(f"{_RELEASE}discussion/", talk_views.DiscussionView.as_view(), name="discussion"),
    path(f"{_RELEASE}comments/", talk_views.CommentListView.as_view(), name="comment-list"),
    path("comments/<uuid:comment_id>/", talk_views.CommentView.as_view(), name="comment"),
    path(f"{_RELEASE}suggestions/", talk_views.SuggestionListView.as_view(), name="suggestion-list"),
    path(
        "suggestions/<uuid:suggestion_id>/accept/",
        talk_views.SuggestionAcceptView.as_view(),
        name="suggestion-accept",
    ),
    path(
        "suggestions/<uuid:suggestion_id>/reject/",
        talk_views.SuggestionRejectView.as_view(),
        name="suggestion-reject",
    ),
    path(
        "suggestions/<uuid:suggestion_id>/withdraw/",
        talk_views.SuggestionWithdrawView.as_view(),
        name="suggestion-withdraw",
    ),
    path(f"{_RELEASE}reviewers/", talk_views.ReviewersView.as_view(), name="reviewers"),
    path(f"{_RELEASE}presence/", talk_views.PresenceView.as_view(), name="presence"),
    path("policies/<uuid:policy_id>/approvals/", talk_views.ApprovalsView.as_view(), name="approvals"),
    path("taxonomies/", writing_views.TaxonomyListView.as_view(), name="taxonomies"),
    path(f"{_RELEASE}submit/", views.SubmitView.as_view(), name="submit"),
    path(f"{_RELEASE}withdraw/", views.WithdrawView.as_view(), name="withdraw"),
    path(f"{_RELEASE}approve/", views.ApproveView.as_view(), name="approve"),
    path(f"{_RELEASE}publish/", views.PublishView.as_view(), name="publish"),
    path(f"{_RELEASE}retire/", views.RetireView.as_view(), name="retire"),
    path(f"{_RELEASE}guide/", views.GuideView.as_view(), name="guide"),
    path(f"{_RELEASE}renderings/", document_views.RenderingsView.as_view(), name="renderings"),
    path(f"{_RELEASE}files/<slug:form>/", document_views.PolicyFileView.as_view(), name="policy-file"),
    path(
        "projects/<uuid:project_id>/policy-imports/preview/",
        document_views.ImportPreviewView.as_view(),
        name="import-preview",
    ),
    path(
        "projects/<uuid:project_id>/policy-imports/",
        document_views.PolicyImportView.as_view(),
        name="policy-import",
    ),
    path(f"{_RELEASE}difference/", change_views.DifferenceView.as_view(), name="difference"),
    path(f"{_RELEASE}outcomes/", change_views.OutcomesView.as_view(), name="outcomes"),
    path(f"{_RELEASE}records/", record_views.RecordsView.as_view(), name="records"),
    path(f"{_RELEASE}records/counts/", record_views.RecordsCountView.as_view(), name="records-count"),
    path(f"{_RELEASE}impact/", change_views.ImpactView.as_view(), name="impact"),
    path(
        "projects/<uuid:project_id>/campaigns/", change_views.CampaignListView.as_view(), name="campaign-list"
    ),
    path(f"{_RELEASE}campaign-plan/", change_views.CampaignPlanView.as_view(), name="campaign-plan"),
    path("campaigns/<uuid:campaign_id>/", change_views.CampaignView.as_view(), name="campaign"),
    path(
        "campaigns/<uuid:campaign_id>/findings/",
        change_views.CampaignFindingsView.as_view(),
        name="campaign-findings",
    ),
    path(
        "campaigns/<uuid:campaign_id>/widen/", change_views.CampaignWidenView.as_view(), name="campaign-widen"
    ),
    path(
        "campaigns/<uuid:campaign_id>/pause/", change_views.CampaignPauseView.as_view(), name="campaign-pause"
    ),
    path(
        "campaigns/<uuid:campaign_id>/resume/",
        change_views.CampaignResumeView.as_view(),
        name="campaign-resume",
    ),
    path(
        "campaigns/<uuid:campaign_id>/cancel/",
        change_views.CampaignCancelView.as_view(),
        name="campaign-cancel",
    ),
    path(
        "projects/<uuid:project_id>/precedents/",
        precedent_views.PrecedentListView.as_view(),
        name="precedent-list",
    ),
    path(
        "projects/<uuid:project_id>/precedents/alike/",
        precedent_views.PrecedentSearchView.as_view(),
        name="precedent-search",
    ),
    path("precedents/<uuid:precedent_id>/", precedent_views.PrecedentView.as_view(), name="precedent"),
    path(
        "precedents/<uuid:precedent_id>/approve/",
        precedent_views.PrecedentApproveView.as_view(),
        name="precedent-approve",
    ),
    path(
        "precedents/<uuid:precedent_id>/retire/",
        precedent_views.PrecedentRetireView.as_view(),
        name="precedent-retire",
    ),
]
