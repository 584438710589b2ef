from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from core.accounts.models import Invitation, Membership
from core.accounts.services import invitation_create, member_add, project_create
from core.jobs.models import Job
from core.jobs.services import job_start
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.world import World, person_make


def test_a_manager_adds_a_colleague_changes_their_roles_and_removes_them(
    page_as: VisitAs, world: World
) -> None:
    newcomer = person_make("newcomer", display_name="Noor Haddad")
    side = project_create(
        world.actor("manager"), organization=world.organization, name="Side", slug="side-project"
    )
    member_add(None, project=side, email=newcomer.email, roles=["annotator"])
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/members")
    visit.expect_complaint("404")  # until they are members here, nothing says that they exist
    page.get_by_role("button", name="Add or invite").click()
    page.get_by_label("E-mail").fill(newcomer.email)
    visit.picture("members-add")
    expect_no_serious_axe_violations(page)
    page.get_by_role("dialog").get_by_role("button", name="Add or invite").click()
    row = page.get_by_role("row").filter(has_text="Noor Haddad")
    expect(row).to_contain_text("Annotator")

    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Change roles").click()
    page.get_by_role("checkbox", name="Reviewer").check()
    page.get_by_role("button", name="Change the roles").click()
    expect(row).to_contain_text("Reviewer")
    assert set(Membership.objects.get(user=newcomer, project=world.project).roles) == {
        "annotator",
        "reviewer",
    }

    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Remove from the project").click()
    visit.picture("members-remove")
    page.get_by_role("dialog").get_by_role("button", name="Remove Noor Haddad").click()
    expect(row).to_have_count(0)


def test_somebody_new_is_invited_and_comes_in_by_the_link(page_as: VisitAs, world: World) -> None:
    visit = page_as("manager")
    visit.expect_complaint("404")
    page = visit.open(f"/p/{world.project.pk}/members")
    page.keyboard.press("n")
    page.get_by_label("E-mail").fill("noor@example.org")
    page.get_by_role("checkbox", name="Reviewer").check()
    page.keyboard.press("Enter")
    link = page.get_by_test_id("made-link").inner_text()
    visit.picture("members-invited")
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="I have it").click()
    invitations = page.get_by_role("table", name="Invitations")
    expect(invitations).to_contain_text("noor@example.org")
    visit.picture("members-pending")

    guest = page_as("anon")
    guest.expect_complaint("401")
    theirs = guest.page
    path = f"/invited#{link.rpartition('#')[2]}"
    theirs.goto(path)
    expect(theirs.get_by_role("heading", name="Join Market")).to_be_visible()
    guest.picture("invited")
    expect_no_serious_axe_violations(theirs)
    theirs.get_by_label("Your name").fill("Noor Haddad")
    theirs.get_by_label("Password", exact=True).fill("nine tidal lanterns")
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_role("link", name="Label posts")).to_be_visible()

    guest.expect_complaint("410")
    again = page_as("anon")
    again.expect_complaint("401")
    again.expect_complaint("410")
    again.page.goto(path)
    expect(again.page.get_by_role("heading", name="cannot be used")).to_be_visible()
    again.picture("invited-spent")

    page.reload()
    expect(page.get_by_role("row").filter(has_text="Noor Haddad")).to_contain_text("Reviewer")
    expect(invitations).to_have_count(0)


def test_an_invitation_is_withdrawn(page_as: VisitAs, world: World) -> None:
    invitation_create(
        world.actor("manager"), project=world.project, email="noor@example.org", roles=["annotator"]
    )
    page = page_as("manager").open(f"/p/{world.project.pk}/members")
    page.get_by_role("button", name="Withdraw the invitation of noor@example.org").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("table", name="Invitations")).to_have_count(0)
    assert Invitation.objects.get().revoked_at is not None


def test_a_member_who_is_locked_out_gets_a_sign_in_link(page_as: VisitAs, world: World) -> None:
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/members")
    row = page.get_by_role("row").filter(has_text=world.person("annotator").email)
    row.get_by_role("button").click()
    page.get_by_role("menuitem", name="Make a sign-in link").click()
    page.get_by_role("dialog").get_by_role("button", name="Make the link").click()
    link = page.get_by_test_id("made-link").inner_text()
    visit.picture("members-sign-in-link")
    theirs = page_as("anon").page
    theirs.goto(urlsplit(link).path)
    theirs.get_by_role("button").click()
    expect(theirs.get_by_role("link", name="Label posts")).to_be_visible()


def test_an_address_that_cannot_be_one_is_refused_beside_its_field(page_as: VisitAs, world: World) -> None:
    visit = page_as("manager")
    visit.expect_complaint("40")
    page = visit.open(f"/p/{world.project.pk}/members")
    page.keyboard.press("n")
    address = page.get_by_label("E-mail")
    address.fill("nobody@nowhere")  # good enough for the browser, refused by the server's own check
    page.get_by_role("dialog").get_by_role("button", name="Add or invite").click()
    expect(address).to_be_focused()
    expect(address).to_have_accessible_description(re.compile("valid email"))
    expect(address).to_have_value("nobody@nowhere")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_count(0)


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
    page.get_by_role("button", name="An agent").click()
    expect(page.get_by_role("checkbox", name="propose answers as an agent")).to_be_checked()
    expect(
        page.get_by_role("checkbox", name="give agents the addresses of harmful media")
    ).not_to_be_checked()
    expect_no_serious_axe_violations(page)
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
    visit.picture("tokens-list")
    assert secret not in page.content()
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke the token").click()
    expect(row).to_have_count(0)
