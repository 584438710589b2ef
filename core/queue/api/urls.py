from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from core.queue.api import note_views, pause_views, review_views, views
from core.queue.api import protection_views as protecting

app_name = "queue"

urlpatterns: list[URLPattern | URLResolver] = [
    path("projects/<uuid:project_id>/overview/", views.OverviewView.as_view(), name="overview"),
    path("projects/<uuid:project_id>/queue/", views.QueueView.as_view(), name="queue"),
    path("projects/<uuid:project_id>/queue/next/", views.NextView.as_view(), name="next"),
    path("projects/<uuid:project_id>/views/", views.ViewsView.as_view(), name="views"),
    path("leases/<uuid:lease_id>/renew/", views.LeaseRenewView.as_view(), name="lease-renew"),
    path("leases/<uuid:lease_id>/release/", views.LeaseReleaseView.as_view(), name="lease-release"),
    path("leases/<uuid:lease_id>/draft/", views.DraftView.as_view(), name="draft"),
    path("leases/<uuid:lease_id>/notes/", note_views.NotesView.as_view(), name="notes"),
    path("projects/<uuid:project_id>/questions/", note_views.QuestionsView.as_view(), name="questions"),
    path("projects/<uuid:project_id>/recent-work/", note_views.RecentWorkView.as_view(), name="recent-work"),
    path("projects/<uuid:project_id>/returned/", review_views.ReturnedView.as_view(), name="returned"),
    path("questions/<uuid:note_id>/answer/", note_views.QuestionAnswerView.as_view(), name="question-answer"),
    path("projects/<uuid:project_id>/pauses/", pause_views.PausesView.as_view(), name="pauses"),
    path(
        "projects/<uuid:project_id>/pauses/<uuid:pause_id>/answer/",
        pause_views.PauseAnswerView.as_view(),
        name="pause-answer",
    ),
    path("projects/<uuid:project_id>/my-pause/", pause_views.OwnPauseView.as_view(), name="my-pause"),
    path("me/notes/", note_views.MyNotesView.as_view(), name="my-notes"),
    path("me/day/", note_views.MyDayView.as_view(), name="my-day"),
    path("me/submissions/", views.MySubmissionsView.as_view(), name="my-submissions"),
    path("projects/<uuid:project_id>/reveals/", protecting.RevealsView.as_view(), name="reveals"),
    path("reveals/<uuid:reveal_id>/beat/", protecting.BeatView.as_view(), name="reveal-beat"),
    path("projects/<uuid:project_id>/protection/", protecting.ProtectionView.as_view(), name="protection"),
    path(
        "projects/<uuid:project_id>/protection/organization/",
        protecting.OrganizationProtectionView.as_view(),
        name="protection-organization",
    ),
    path(
        "projects/<uuid:project_id>/exposure/",
        protecting.ProjectExposureView.as_view(),
        name="project-exposure",
    ),
    path("projects/<uuid:project_id>/wellness/", protecting.WellnessView.as_view(), name="wellness"),
    path("me/protection/", protecting.MyProtectionView.as_view(), name="my-protection"),
    path("me/meter/", protecting.MeterView.as_view(), name="my-meter"),
    path("me/breaks/", protecting.BreaksView.as_view(), name="my-breaks"),
    path("me/stop/", protecting.StopView.as_view(), name="my-stop"),
    path("me/exposure/", protecting.MyExposureView.as_view(), name="my-exposure"),
    path("me/exposure/export/", protecting.MyExposureExportView.as_view(), name="my-exposure-export"),
    path("me/check-ins/", protecting.CheckInsView.as_view(), name="my-check-ins"),
    path("me/check-ins/<uuid:check_in_id>/", protecting.CheckInView.as_view(), name="my-check-in"),
]
