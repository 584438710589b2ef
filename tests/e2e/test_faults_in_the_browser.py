"""What a browser may do to somebody's work: ten minutes without a network, and no room left to keep anything (F35)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import F
from playwright.sync_api import Page, expect

from annotation.models import Verdict
from core.queue.models import Draft, Lease, Submission
from core.queue.services import leases_expire
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent, answers_sent, ask_about, post_bring_in
from tests.world import World

NAMES = ("first", "second", "third", "fourth")
TEN_MINUTES_S = 600


def four_posts(world: World, page_as: VisitAs, folder: Path, *, with_clock: bool) -> tuple[Visit, Page]:
    """The first of four posts on the screen, with two fetched ahead."""
    ask_about(world, *(post_bring_in(world, folder, name=name, parts="c") for name in NAMES))
    visit = page_as("annotator")
    page = visit.page
    if with_clock:
        page.clock.install()
    visit.open(f"/p/{world.project.pk}/label")
    expect(page.locator("h1")).to_contain_text("first")
    while Lease.objects.filter(state="held").count() < 3:
        page.wait_for_timeout(50)
    visit.answered()
    return visit, page


def answered_no(page: Page, *, next_post: str) -> None:
    """Answer both questions with no, and send it."""
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text(next_post)


def minutes_pass(page: Page | None, seconds: float) -> None:
    """Let time pass for the leases on the server and, given a page with its own clock, for every timer of it."""
    if page is not None:
        page.clock.run_for(int(seconds * 1000))
    Lease.objects.update(expires_at=F("expires_at") - timedelta(seconds=seconds))
    leases_expire()


@pytest.mark.parametrize("is_reloaded", [False, True], ids=["kept open", "closed and opened again"])
def test_f35_ten_minutes_without_a_network_lose_nothing_and_send_nothing_twice(
    world: World, page_as: VisitAs, tmp_path: Path, is_reloaded: bool
) -> None:
    visit, page = four_posts(world, page_as, tmp_path, with_clock=not is_reloaded)
    clock = None if is_reloaded else page
    visit.expect_complaint("ERR_INTERNET_DISCONNECTED")
    visit.expect_complaint("404")  # the hold on what was written has ended meanwhile
    page.context.set_offline(True)
    answered_no(page, next_post="second")
    minutes_pass(clock, TEN_MINUTES_S / 2)
    answered_no(page, next_post="third")
    page.keyboard.press("2")
    page.keyboard.press("e")
    page.keyboard.type("Written without a network.")
    page.keyboard.press("Escape")
    expect(page.get_by_text("Kept here")).to_be_visible()
    expect(page.get_by_text("2 finished answers kept on this machine")).to_be_visible()
    visit.picture(f"faults-offline-light-1280-{'again' if is_reloaded else 'open'}")
    minutes_pass(clock, TEN_MINUTES_S / 2)
    assert Submission.objects.count() == Draft.objects.count() == 0
    with answers_sent(page, 2):
        if is_reloaded:
            page.goto("about:blank")  # nothing of it is left but what this machine keeps
            page.context.set_offline(False)
            held = Lease.objects.get(task__post__external_id="third")
            visit.open(f"/p/{world.project.pk}/label?lease={held.pk}")
        else:
            page.context.set_offline(False)
            page.clock.run_for(31_000)
    expect(page.get_by_text("kept on this machine")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("third")
    page.get_by_role("button", name="Hate").click()
    expect(page.get_by_label("Reason")).to_have_value("Written without a network.")
    answered = Submission.objects.order_by("created_at").values_list("task__post__external_id", flat=True)
    assert list(answered) == ["first", "second"]
    assert Verdict.objects.filter(answer="no").count() == 4
    third_answered(world, page)


def third_answered(world: World, page: Page) -> None:
    """Put the answer to what was written without a network right, and send it."""
    for clause in ("hate", "spam"):
        page.get_by_role("button", name=clause.capitalize()).click()
        page.locator(f"[data-clause={clause}]").get_by_role("radio", name="No").click()
    with answer_sent(page) as sent:
        page.keyboard.press("Control+Enter")
    assert sent.value.status == 200, sent.value.text()
    expect(page.locator("h1")).to_contain_text("fourth")
    assert Submission.objects.count() == 3
    assert set(Submission.objects.values_list("person__pk", flat=True)) == {world.person("annotator").pk}


def fill_up(page: Page) -> None:
    """Leave the browser no room at all for this site, by its own quota."""
    session = page.context.new_cdp_session(page)
    origin = page.evaluate("window.location.origin")
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})


def test_f35_without_room_in_the_browser_it_says_so_and_the_work_goes_on_against_the_server(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, *(post_bring_in(world, tmp_path, name=name, parts="c") for name in NAMES))
    for dark in (False, True):
        visit = page_as("annotator" if not dark else "annotator2", dark=dark)
        page = visit.open(f"/p/{world.project.pk}/label")
        expect(page.locator("h1")).to_contain_text("first")
        fill_up(page)
        page.keyboard.press("2")
        expect(page.get_by_role("alert")).to_contain_text("no room left to keep work on this machine")
        expect(page.locator("header").get_by_text("Saved", exact=True)).to_be_visible()
        assert Draft.objects.filter(person=world.person(visit.name)).exists()
        visit.picture(f"faults-no-room-{'dark' if dark else 'light'}-1280")
        expect_no_serious_axe_violations(page)
        page.keyboard.press("ArrowUp")
        with answer_sent(page) as answered:
            answered_no(page, next_post="second")
        assert answered.value.status == 200, answered.value.text()
        sent = Submission.objects.filter(person=world.person(visit.name))
        assert [one.task.post.external_id for one in sent if one.task.post is not None] == ["first"]
    visit.expect_complaint("ERR_INTERNET_DISCONNECTED")
    visit.answered()
    page.context.set_offline(True)
    page.keyboard.press("1")
    expect(page.get_by_text("Not kept")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("third")
    expect(page.get_by_text("1 finished answer on this page only: keep it open.")).to_be_visible()
    visit.picture("faults-no-room-offline-dark-1280")
    page.context.set_offline(False)
    expect(page.get_by_text("on this page only")).to_have_count(0)
    assert Submission.objects.filter(person=world.person("annotator2")).count() == 2
