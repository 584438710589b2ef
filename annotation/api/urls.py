from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from annotation.api import (
    agreement_views,
    gold_views,
    onboarding_views,
    outcome_views,
    people_views,
    progress_views,
    quality_views,
    review_views,
    rule_change_views,
    ruling_views,
    suggestion_views,
    unclear_views,
    views,
)

app_name = "annotation"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/label/exchange/", views.LabelExchangeView.as_view(), name="exchange"),
    path("leases/<uuid:lease_id>/label/", views.LabelBundleView.as_view(), name="label"),
    path("leases/<uuid:lease_id>/annotation/", views.AnnotationView.as_view(), name="annotation"),
    path("projects/<uuid:project_id>/label-tasks/", views.LabelTasksView.as_view(), name="label-tasks"),
    path("projects/<uuid:project_id>/agreement/", agreement_views.AgreementView.as_view(), name="agreement"),
    path(
        "projects/<uuid:project_id>/disagreements/", views.DisagreementsView.as_view(), name="disagreements"
    ),
    path("projects/<uuid:project_id>/progress/", progress_views.ProgressView.as_view(), name="progress"),
    path("projects/<uuid:project_id>/decisions/", views.DecisionsView.as_view(), name="decisions"),
    path("projects/<uuid:project_id>/decisions/recompute/", views.RecomputeView.as_view(), name="recompute"),
    path("projects/<uuid:project_id>/annotators/", people_views.AnnotatorsView.as_view(), name="annotators"),
    path(
        "projects/<uuid:project_id>/annotators/<str:pseudonym>/",
        people_views.AnnotatorView.as_view(),
        name="annotator",
    ),
    path("me/outcomes/", outcome_views.OutcomesView.as_view(), name="my-outcomes"),
    path("projects/<uuid:project_id>/my-results/", people_views.OwnResultsView.as_view(), name="my-results"),
    path("projects/<uuid:project_id>/gold/", gold_views.GoldView.as_view(), name="gold"),
    path(
        "projects/<uuid:project_id>/gold/<uuid:item_id>/retire/",
        gold_views.GoldRetireView.as_view(),
        name="gold-retire",
    ),
    path(
        "projects/<uuid:project_id>/gold-results/", gold_views.GoldPeopleView.as_view(), name="gold-results"
    ),
    path("projects/<uuid:project_id>/my-gold/", gold_views.OwnGoldView.as_view(), name="my-gold"),
    path(
        "projects/<uuid:project_id>/onboarding/", onboarding_views.OnboardingView.as_view(), name="onboarding"
    ),
    path(
        "projects/<uuid:project_id>/onboarding/people/<str:pseudonym>/",
        onboarding_views.OnboardingPersonView.as_view(),
        name="onboarding-person",
    ),
    path(
        "projects/<uuid:project_id>/my-onboarding/",
        onboarding_views.OwnOnboardingView.as_view(),
        name="my-onboarding",
    ),
    path("projects/<uuid:project_id>/quality/", quality_views.QualityView.as_view(), name="quality"),
    path(
        "projects/<uuid:project_id>/quality/cost/",
        quality_views.QualityCostView.as_view(),
        name="quality-cost",
    ),
    path("projects/<uuid:project_id>/review-sample/", review_views.ReviewSampleView.as_view(), name="sample"),
    path(
        "projects/<uuid:project_id>/submissions/<uuid:submission_id>/reviews/",
        review_views.ReviewsView.as_view(),
        name="reviews",
    ),
    path(
        "projects/<uuid:project_id>/rule-changes/<uuid:release_id>/",
        rule_change_views.RuleChangeView.as_view(),
        name="rule-change",
    ),
    path(
        "projects/<uuid:project_id>/suggestion-rules/",
        suggestion_views.SuggestionRulesView.as_view(),
        name="suggestion-rules",
    ),
    path(
        "projects/<uuid:project_id>/suggestions/",
        suggestion_views.SuggestionsView.as_view(),
        name="suggestions",
    ),
    path(
        "projects/<uuid:project_id>/proposing-models/",
        suggestion_views.ProposingModelsView.as_view(),
        name="proposing-models",
    ),
    path(
        "projects/<uuid:project_id>/suggestion-figures/",
        suggestion_views.SuggestionFiguresView.as_view(),
        name="suggestion-figures",
    ),
    path(
        "leases/<uuid:lease_id>/second-look/", suggestion_views.SecondLookView.as_view(), name="second-look"
    ),
    path(
        "leases/<uuid:lease_id>/suggestions/",
        suggestion_views.SuggestionsReportView.as_view(),
        name="suggestions-report",
    ),
    path("posts/<uuid:post_id>/answers/", views.PostAnswersView.as_view(), name="answers"),
    path("posts/<uuid:post_id>/rulings/", ruling_views.RulingsView.as_view(), name="rulings"),
    path(
        "leases/<uuid:lease_id>/precedents/",
        ruling_views.LeasePrecedentsView.as_view(),
        name="lease-precedents",
    ),
    path("projects/<uuid:project_id>/unclear/", unclear_views.UnclearView.as_view(), name="unclear"),
    path(
        "projects/<uuid:project_id>/unclear/<slug:clause_key>/",
        unclear_views.UnclearClauseView.as_view(),
        name="unclear-clause",
    ),
    path("posts/<uuid:post_id>/adjudications/", views.AdjudicationsView.as_view(), name="adjudications"),
]
