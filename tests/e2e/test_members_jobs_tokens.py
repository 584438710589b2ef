from __future__ import annotations

from playwright.sync_api import expect

from core.accounts.models import Membership
from core.jobs.models import Job
from core.jobs.services import job_start
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.world import World, person_make


def test_a_manager_adds_a_member_changes_their_roles_and_removes_them(page_as: VisitAs, world: World) -> None:
    newcomer = person_make("newcomer", display_name="Noor Haddad")
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/members")
    page.get_by_role("button", name="Add a member").click()
    page.get_by_label("E-mail").fill(newcomer.email)
    visit.picture("members-add")
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="Add the member").click()
    row = page.get_by_role("row").filter(has_text="Noor Haddad")
    expect(row).to_contain_text("Annotator")

    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Change roles").click()
    page.get_by_role("checkbox", name="Reviewer").check()
    page.get_by_role("button", name="Change the roles").click()
    expect(row).to_contain_text("Reviewer")
    assert set(Membership.objects.get(user=newcomer).roles) == {"annotator", "reviewer"}

    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Remove from the project").click()
    visit.picture("members-remove")
    page.get_by_role("dialog").get_by_role("button", name="Remove Noor Haddad").click()
    expect(row).to_have_count(0)


def test_adding_somebody_unknown_says_why_not_and_keeps_what_was_typed(
    page_as: VisitAs, world: World
) -> None:
    visit = page_as("manager")
    visit.expect_complaint("40")
    page = visit.open(f"/p/{world.project.pk}/members")
    page.keyboard.press("n")
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_role("button", name="Add the member").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("nobody@example.org")


def test_the_jobs_page_follows_a_job_and_cancels_it(page_as: VisitAs, world: World) -> None:
    job = job_start(world.actor("manager"), project=world.project, kind="content.import_posts", params={})
    Job.objects.filter(pk=job.pk).update(state="running", done=40, total=200, message="Reading the manifest")
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/jobs")
    item = page.get_by_role("listitem").filter(has_text="Import posts")
    expect(item).to_contain_text("40 of 200")
    visit.picture("jobs-running")
    expect_no_serious_axe_violations(page)
    Job.objects.filter(pk=job.pk).update(done=120)
    expect(item).to_contain_text("120 of 200")
    item.get_by_role("button", name="Cancel").click()
    expect(item).to_contain_text("stopping")
    assert Job.objects.get(pk=job.pk).cancel_requested_at is not None


def test_a_token_is_shown_once_works_and_is_revoked(page_as: VisitAs, world: World) -> None:
    visit = page_as("engineer")
    page = visit.open("/tokens")
    page.keyboard.press("n")
    page.get_by_label("Name").fill("Nightly export")
    page.get_by_role("checkbox", name="build and download datasets").check()
    visit.picture("tokens-create")
    page.get_by_role("button", name="Create the token").click()
    secret = page.get_by_test_id("token-secret").inner_text()
    visit.picture("tokens-secret")
    expect_no_serious_axe_violations(page)
    answer = page.request.get("/api/me/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.ok
    page.get_by_role("button", name="I have it").click()
    row = page.get_by_role("row").filter(has_text="Nightly export")
    expect(row).to_contain_text("build and download datasets")
    assert secret not in page.content()
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke the token").click()
    expect(row).to_have_count(0)
