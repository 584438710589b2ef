"""How people are looked after at work: reminders, check-ins, limits that let a post be finished, and leaving."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import F
from playwright.sync_api import expect

from core.accounts.models import Membership
from core.accounts.services import member_add
from core.queue.models import CheckIn, Lease, PersonLimit, Reveal, Submission
from tests.annotation import material
from tests.annotation.test_outcomes import a_day_passes, answered, purpose_set
from tests.e2e.browsing import expect_no_serious_axe_violations, look_ended, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent, ask_about, part, post_bring_in
from tests.e2e.test_protecting import choose, stated
from tests.world import Caller, World, person_make


def organization_set(world: World, **said: Any) -> None:
    """Have the manager change the organization's protection."""
    call = Caller(world.person("manager"))
    address = f"/api/projects/{world.project.pk}/protection/"
    settings = call.get(address).json()["organization"]
    sent = call.put(f"{address}organization/", {**settings, **said})
    assert sent.status_code == 200, sent.content


def test_w08_a_break_is_told_a_little_before_and_can_be_taken_or_put_away(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    posts = [post_bring_in(world, tmp_path, name=name, parts="c") for name in ("first", "second")]
    ask_about(world, *posts)
    # At work for 57 of the 60 minutes after which a break comes.
    PersonLimit.objects.update_or_create(person=world.person("annotator"))
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    visit.answered()
    PersonLimit.objects.filter(person=world.person("annotator")).update(
        work_since=F("last_work_at") - timedelta(minutes=57)
    )
    page = visit.open(f"/p/{world.project.pk}/label")
    notice = page.get_by_text("A break of 5 min begins at")
    expect(notice).to_be_visible()
    visit.picture("protecting-break-near-light-1280")
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="Later").click()
    expect(notice).to_have_count(0)
    dark = page_as("annotator", dark=True)
    page = dark.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_text("A break of 5 min begins at")).to_be_visible()
    dark.picture("protecting-break-near-dark-1280")
    page.get_by_role("button", name="Take it now").click()
    expect(page.get_by_text("Your break has begun.")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("first")


def test_w01_a_limit_reached_in_the_middle_of_a_post_lets_it_be_finished_and_sent(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    first = post_bring_in(world, tmp_path, name="first", parts="ic")
    second = post_bring_in(world, tmp_path, name="second", parts="ic")
    ask_about(world, first, second)
    choose(
        world,
        budgets=[{"per": "day", "category": "", "severity_from": 0, "unit": "seconds", "limit": 90}],
    )
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/label")
    visit.expect_complaint("409")
    expect(page.locator("h1")).to_contain_text("first")
    picture = part(page, "Image").locator("[data-mode]").first
    tap(page, "h")
    expect(picture).to_have_attribute("data-mode", "full")
    # Meanwhile as much was seen in another tab as is missing.
    seen: dict[str, Any] = {"project": world.project, "person": world.person("annotator"), "seconds": 90}
    Reveal.objects.create(post=second, mode="full", purpose="label", severity=1, is_over=True, **seen)
    page.wait_for_timeout(300)
    with look_ended(page):
        tap(page, "h")
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("1")
    page.keyboard.press("1")
    visit.picture("protecting-limit-reached-working-light-1280")
    with answer_sent(page) as sent:
        page.keyboard.press("Control+Enter")
    assert sent.value.status == 200, sent.value.text()
    assert Submission.objects.get().is_late is False
    expect(page.get_by_text("That is enough for now")).to_be_visible()
    expect(page.get_by_text("New work opens")).to_be_visible()
    assert not Lease.objects.filter(state="held").exists()
    visit.picture("protecting-limit-reached-light-1280")
    expect_no_serious_axe_violations(page)
    page.reload()
    visit.settle()
    expect(page.get_by_text("That is enough for now")).to_be_visible()


def test_w09_a_check_in_is_asked_once_a_week_and_is_one_s_own_to_read_and_to_forget(
    world: World, page_as: VisitAs
) -> None:
    manager = world.person("manager").email
    check_ins = {"is_on": True, "every_days": 7, "question": "How was this week?", "readers": [manager]}
    organization_set(world, check_ins=check_ins)
    visit = page_as("annotator")
    page = visit.open("/rest")
    expect(page.get_by_role("heading", name="How was this week?")).to_be_visible()
    expect(page.get_by_text(f"can be read by {manager}")).to_be_visible()
    page.get_by_label("Good", exact=True).check()
    page.get_by_label("In your own words").fill("A long one, with good people around.")
    visit.picture("protecting-check-in-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Thank you. Only you can read this.")).to_be_visible()
    visit.open("/rest")
    expect(page.get_by_role("link", name="What I have seen")).to_be_visible()
    expect(page.get_by_text("How was this week?")).to_have_count(0)
    visit.open("/exposure")
    said = page.get_by_role("listitem").filter(has_text="A long one, with good people around.")
    expect(said).to_contain_text("Good")
    visit.picture("protecting-own-check-ins-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="Say how you are").click()
    page.get_by_label("Bad", exact=True).check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("listitem").filter(has_text="Bad")).to_be_visible()
    page.get_by_role("button", name=re.compile("Forget “Good”")).click()
    expect(said).to_have_count(0)
    assert [one.mood for one in CheckIn.objects.all()] == [1]
    CheckIn.objects.update(created_at=F("created_at") - timedelta(days=8))
    visit.open("/rest")
    expect(page.get_by_role("heading", name="How was this week?")).to_be_visible()
    # Named as a reader, and told sums of ten people or more; never one person's.
    reader = page_as("manager", dark=True)
    told = reader.open(f"/p/{world.project.pk}/protection")
    expect(told.get_by_role("heading", name="How people say they are")).to_be_visible()
    expect(told.get_by_text("once ten people or more have answered")).to_be_visible()
    for number in range(10):
        person = person_make(f"worker{number}")
        member_add(world.actor("manager"), project=world.project, email=person.email, roles=["annotator"])
        CheckIn.objects.create(person=person, mood=4)
    told.reload()
    reader.settle()
    expect(told.get_by_text("Mean, from 1 bad to 5 very good")).to_be_visible()
    reader.picture("protecting-wellness-dark-1280", full_page=True)
    expect_no_serious_axe_violations(told)


def test_w11_whoever_left_erases_what_they_saw(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    stated(world, tmp_path, severity=1, parts="c")
    annotator = world.person("annotator")
    Reveal.objects.create(
        project=world.project,
        person=annotator,
        mode="full",
        purpose="label",
        severity=1,
        seconds=40,
        is_over=True,
    )
    visit = page_as("annotator")
    page = visit.open("/exposure")
    expect(page.get_by_role("button", name="Erase all of it")).to_be_disabled()
    expect(page.get_by_text("You are still in 1 project.")).to_be_visible()
    Membership.objects.filter(user=annotator).update(is_active=False)
    visit.open("/exposure")
    page.get_by_role("button", name="Erase all of it").click()
    asked = page.get_by_role("dialog", name="Erase what I have seen?")
    visit.picture("protecting-erase-light-1280")
    asked.get_by_role("button", name="Erase it").click()
    expect(page.get_by_text("It is erased.")).to_be_visible()
    expect(page.get_by_text("Nothing was uncovered in this time")).to_be_visible()
    assert not Reveal.objects.filter(person=annotator).exists()


def test_w10_what_the_work_led_to_is_told_where_one_pauses(world: World, page_as: VisitAs) -> None:
    answered(world, 12)
    a_day_passes()
    purpose_set(world, "Adverts like these are kept off the market.")
    call = Caller(world.person("annotator"))
    assert call.post("/api/me/breaks/", {"minutes": 10}).status_code == 201
    for dark in (False, True):
        visit = page_as("annotator", dark=dark)
        page = visit.open(f"/p/{world.project.pk}/label")
        expect(page.get_by_role("heading", name="Why it mattered")).to_be_visible()
        expect(page.get_by_text("Adverts like these are kept off the market.")).to_be_visible()
        expect(page.get_by_text("At least 10 posts were decided with your answers.")).to_be_visible()
        visit.picture(f"protecting-why-it-mattered-{'dark' if dark else 'light'}-1280")
        expect_no_serious_axe_violations(page)


def test_a_clause_and_a_model_that_counts_for_it_are_chosen_from_what_there_is(
    world: World, page_as: VisitAs
) -> None:
    release, post = material.release_once(world), material.post_make(world)
    material.suggest(world, release, post, answer="yes", severity=2)
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/protection")
    page.get_by_label("What this work is for").fill("To keep the market clean.")
    page.get_by_role("button", name="Add a clause").click()
    page.get_by_role("combobox", name="Clause 1", exact=True).click()
    page.get_by_role("option", name="Hate (hate)").click()
    page.get_by_role("combobox", name="Clause 1: its kind").click()
    page.get_by_role("option", name="Hate", exact=True).click()
    page.get_by_role("combobox", name="Clause 1: the model that counts").click()
    page.get_by_role("option", name="detector 2").click()
    page.get_by_label("Clause 1: from this confidence on").fill("0.8")
    page.get_by_role("button", name="Save for this project").click()
    expect(page.get_by_text("The project's protection is saved.")).to_be_visible()
    visit.picture("protecting-clauses-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    saved = (
        Caller(world.person("manager")).get(f"/api/projects/{world.project.pk}/protection/").json()["project"]
    )
    assert saved["clauses"] == [{"clause_key": "hate", "category": "hate"}]
    assert saved["predictions"] == [
        {"clause_key": "hate", "model": "detector", "version": "2", "confidence_from": 0.8}
    ]
    assert saved["purpose"] == "To keep the market clean."
