from __future__ import annotations

from playwright.sync_api import expect

from core.jobs.models import Job
from core.jobs.services import job_start
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.world import World


def test_the_import_is_found_among_many_files_being_prepared(page_as: VisitAs, world: World) -> None:
    actor = world.actor("engineer")
    job_start(actor, project=world.project, kind="content.import_posts")
    for number in range(60):
        name = f"photo-{number}.jpg"
        job_start(actor, project=world.project, kind="content.make_renditions", message=name)
    media = Job.objects.filter(kind="content.make_renditions").order_by("pk")
    Job.objects.filter(pk__in=media[:20]).update(state="succeeded")
    Job.objects.filter(pk__in=media[20:22]).update(
        state="failed", error_code="media_invalid", error_detail="The file holds no picture."
    )
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/jobs")
    expect(page.get_by_role("list", name="Jobs").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("listitem").filter(has_text="Import posts")).to_be_visible()
    row = page.get_by_role("status", name="Media")
    expect(row).to_contain_text("Preparing media: 22 of 60 · 2 failed")
    visit.picture("jobs-media")
    expect_no_serious_axe_violations(page)
    row.get_by_role("button", name="Show each file").click()
    expect(page.get_by_role("listitem").first).to_contain_text("photo-59.jpg")
    expect(page.get_by_role("combobox", name="Kind of job")).to_have_value("Prepare media (60)")
    visit.picture("jobs-media-each")
