from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from preferences.api import (
    conversation_views,
    gold_views,
    import_views,
    judge_views,
    judging_views,
    review_views,
    sampling_views,
    slate_views,
    views,
)

app_name = "preferences"

_PROJECT = "projects/<uuid:project_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_PROJECT}comparison-imports/", views.ComparisonImportView.as_view(), name="comparison-imports"),
    path(
        f"{_PROJECT}comparison-imports/preview/",
        import_views.ComparisonImportPreviewView.as_view(),
        name="comparison-import-preview",
    ),
    path(f"{_PROJECT}compare-tasks/", views.CompareTasksView.as_view(), name="compare-tasks"),
    path(f"{_PROJECT}comparisons/", views.ComparisonListView.as_view(), name="comparisons"),
    path(f"{_PROJECT}ratings/", views.RatingsView.as_view(), name="ratings"),
    path(f"{_PROJECT}ratings/fit/", views.RatingsFitView.as_view(), name="ratings-fit"),
    path(f"{_PROJECT}judging/", judging_views.JudgingView.as_view(), name="judging"),
    path(f"{_PROJECT}judging/mine/", judging_views.OwnJudgingView.as_view(), name="judging-mine"),
    path(f"{_PROJECT}judging/scans/", judging_views.JudgingScansView.as_view(), name="judging-scans"),
    path(f"{_PROJECT}judging/measure/", judging_views.JudgingMeasureView.as_view(), name="judging-measure"),
    path(f"{_PROJECT}judges/", judge_views.JudgesView.as_view(), name="judges"),
    path(f"{_PROJECT}judge-runs/", judge_views.JudgeRunListView.as_view(), name="judge-runs"),
    path(
        f"{_PROJECT}judge-runs/estimate/",
        judge_views.JudgeRunEstimateView.as_view(),
        name="judge-run-estimate",
    ),
    path(f"{_PROJECT}judge-imports/", judge_views.JudgeImportView.as_view(), name="judge-imports"),
    path(f"{_PROJECT}judge-doubts/", judge_views.JudgeDoubtsView.as_view(), name="judge-doubts"),
    path("judge-runs/<uuid:run_id>/", judge_views.JudgeRunView.as_view(), name="judge-run"),
    path(
        "judge-runs/<uuid:run_id>/resume/", judge_views.JudgeRunResumeView.as_view(), name="judge-run-resume"
    ),
    path(
        "judge-runs/<uuid:run_id>/comparisons/", judge_views.JudgeItemListView.as_view(), name="judge-items"
    ),
    path(f"{_PROJECT}sampling-runs/", sampling_views.SamplingRunListView.as_view(), name="sampling-runs"),
    path(
        f"{_PROJECT}sampling-runs/estimate/",
        sampling_views.SamplingRunEstimateView.as_view(),
        name="sampling-run-estimate",
    ),
    path("sampling-runs/<uuid:run_id>/", sampling_views.SamplingRunView.as_view(), name="sampling-run"),
    path(
        "sampling-runs/<uuid:run_id>/resume/",
        sampling_views.SamplingRunResumeView.as_view(),
        name="sampling-run-resume",
    ),
    path(
        "sampling-runs/<uuid:run_id>/prompts/",
        sampling_views.SamplingItemListView.as_view(),
        name="sampling-items",
    ),
    path("comparisons/<uuid:comparison_id>/", views.ComparisonView.as_view(), name="comparison"),
    path(f"{_PROJECT}my-gold-pairs/", gold_views.OwnKnownPairsView.as_view(), name="my-gold-pairs"),
    path("comparisons/<uuid:comparison_id>/gold/", gold_views.GoldPairView.as_view(), name="gold-pair"),
    path(
        "comparisons/<uuid:comparison_id>/gold/retire/",
        gold_views.GoldPairRetireView.as_view(),
        name="gold-pair-retire",
    ),
    path(
        f"{_PROJECT}review-comparisons/",
        review_views.ReviewComparisonsView.as_view(),
        name="review-comparisons",
    ),
    path(
        f"{_PROJECT}review-comparisons/people/",
        review_views.ReviewPeopleView.as_view(),
        name="review-people",
    ),
    path(
        f"{_PROJECT}judgments/<uuid:submission_id>/reviews/",
        review_views.JudgmentReviewsView.as_view(),
        name="judgment-reviews",
    ),
    path(
        "comparisons/<uuid:comparison_id>/review/",
        review_views.ComparisonReviewView.as_view(),
        name="comparison-review",
    ),
    path(
        "comparisons/<uuid:comparison_id>/adjudications/",
        review_views.ComparisonAdjudicationsView.as_view(),
        name="comparison-adjudications",
    ),
    path(
        f"{_PROJECT}conversations/", conversation_views.ConversationListView.as_view(), name="conversations"
    ),
    path(
        f"{_PROJECT}waiting-prompts/",
        conversation_views.WaitingPromptListView.as_view(),
        name="waiting-prompts",
    ),
    path(
        "conversations/<uuid:prompt_id>/",
        conversation_views.ConversationView.as_view(),
        name="conversation",
    ),
    path("leases/<uuid:lease_id>/turn/", conversation_views.TurnAtDeskView.as_view(), name="turn"),
    path(f"{_PROJECT}slates/", slate_views.SlateListView.as_view(), name="slates"),
    path("slates/<uuid:slate_id>/", slate_views.SlateView.as_view(), name="slate"),
    path(f"{_PROJECT}review-slates/", slate_views.ReviewSlatesView.as_view(), name="review-slates"),
    path("slates/<uuid:slate_id>/review/", slate_views.SlateReviewView.as_view(), name="slate-review"),
    path("leases/<uuid:lease_id>/comparison/", views.BundleView.as_view(), name="bundle"),
    path("leases/<uuid:lease_id>/judgment/", views.JudgmentView.as_view(), name="judgment"),
]
