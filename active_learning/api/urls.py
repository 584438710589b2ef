from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from active_learning.api import (
    cost_views,
    harm_views,
    judging_views,
    map_views,
    model_views,
    near_views,
    plan_views,
    scan_views,
    views,
)

app_name = "active_learning"

_PROJECT = "projects/<uuid:project_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("strategies/", views.StrategyListView.as_view(), name="strategies"),
    path(f"{_PROJECT}decided-clauses/", views.DecidedView.as_view(), name="decided"),
    path(f"{_PROJECT}rounds/", views.RoundListView.as_view(), name="rounds"),
    path("rounds/<uuid:round_id>/", views.RoundView.as_view(), name="round"),
    path("rounds/<uuid:round_id>/picks/", views.PickListView.as_view(), name="picks"),
    path("rounds/<uuid:round_id>/harm/", harm_views.RoundHarmView.as_view(), name="round-harm"),
    path("rounds/<uuid:round_id>/cost/", cost_views.RoundCostView.as_view(), name="round-cost"),
    path(f"{_PROJECT}round-plans/", plan_views.PlanListView.as_view(), name="plans"),
    path("round-plans/<uuid:plan_id>/", plan_views.PlanView.as_view(), name="plan"),
    path("round-plans/<uuid:plan_id>/pause/", plan_views.PlanPauseView.as_view(), name="plan-pause"),
    path("round-plans/<uuid:plan_id>/resume/", plan_views.PlanResumeView.as_view(), name="plan-resume"),
    path("round-plans/<uuid:plan_id>/end/", plan_views.PlanEndView.as_view(), name="plan-end"),
    path("posts/<uuid:post_id>/near/", near_views.PostsNearView.as_view(), name="posts-near"),
    path(f"{_PROJECT}maps/", map_views.MapListView.as_view(), name="maps"),
    path(f"{_PROJECT}map-choices/", map_views.MapChoicesView.as_view(), name="map-choices"),
    path("maps/<uuid:map_id>/", map_views.MapView.as_view(), name="map"),
    path("maps/<uuid:map_id>/points/", map_views.MapPointsView.as_view(), name="map-points"),
    path("maps/<uuid:map_id>/tasks/", map_views.MapTasksView.as_view(), name="map-tasks"),
    path(f"{_PROJECT}models/", model_views.ModelListView.as_view(), name="models"),
    path("models/<uuid:model_id>/", model_views.ModelView.as_view(), name="model"),
    path(
        "models/<uuid:model_id>/suggestions/",
        model_views.ModelSuggestionsView.as_view(),
        name="model-suggestions",
    ),
    path(
        "models/<uuid:model_id>/promotion/",
        model_views.ModelPromotionView.as_view(),
        name="model-promotion",
    ),
    path("models/<uuid:model_id>/rollback/", model_views.ModelRollbackView.as_view(), name="model-rollback"),
    path(
        "models/<uuid:model_id>/threshold/",
        model_views.ModelThresholdView.as_view(),
        name="model-threshold",
    ),
    path("models/<uuid:model_id>/drift/", model_views.ModelDriftView.as_view(), name="model-drift"),
    path(f"{_PROJECT}drifted-models/", model_views.DriftedModelListView.as_view(), name="drifted-models"),
    path(
        "models/<uuid:model_id>/withdrawal/",
        model_views.ModelWithdrawalView.as_view(),
        name="model-withdrawal",
    ),
    path(f"{_PROJECT}scans/", scan_views.ScanListView.as_view(), name="scans"),
    path("scans/<uuid:scan_id>/", scan_views.ScanView.as_view(), name="scan"),
    path("scans/<uuid:scan_id>/suspects/", scan_views.SuspectListView.as_view(), name="suspects"),
    path("scans/<uuid:scan_id>/findings/", scan_views.FindingListView.as_view(), name="findings"),
    path("findings/<uuid:finding_id>/task/", scan_views.FindingTaskView.as_view(), name="finding-task"),
    path("suspects/<uuid:suspect_id>/task/", scan_views.SuspectTaskView.as_view(), name="suspect-task"),
    path("suspects/<uuid:suspect_id>/review/", scan_views.SuspectReviewView.as_view(), name="suspect-review"),
    path(f"{_PROJECT}bench-runs/", judging_views.JudgingListView.as_view(), name="judgings"),
    path(
        f"{_PROJECT}bench-runs/estimate/",
        judging_views.JudgingEstimateView.as_view(),
        name="judging-estimate",
    ),
    path("bench-runs/<uuid:run_id>/", judging_views.JudgingView.as_view(), name="judging"),
    path(
        "bench-runs/<uuid:run_id>/resume/", judging_views.JudgingResumeView.as_view(), name="judging-resume"
    ),
    path(
        "bench-runs/<uuid:run_id>/posts/", judging_views.JudgingItemListView.as_view(), name="judging-items"
    ),
]
