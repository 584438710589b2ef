from __future__ import annotations

from playwright.sync_api import expect

from active_learning.models import Round, RoundPlan
from active_learning.services.plans import plans_advance
from tests.e2e.browsing import change_answered, expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.learning_material import decisions_bring_in, plans_bring_in, quick_encoders
from tests.e2e.material import work_off
from tests.world import World


def test_an_engineer_lets_rounds_go_on_by_keyboard(world: World, page_as: VisitAs) -> None:
    decisions_bring_in(world)
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/rounds")
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Start a round")
    dialog.get_by_role("textbox", name="Posts to choose").fill("5")
    dialog.get_by_role("checkbox", name="Go on by itself").focus()
    page.keyboard.press("Space")
    dialog.get_by_role("textbox", name="Newly decided posts").fill("4")
    dialog.get_by_role("textbox", name="Answers in all").fill("5")
    dialog.get_by_role("checkbox", name="Enough of the harm is found").focus()
    page.keyboard.press("Space")
    dialog.get_by_role("textbox", name="Share of the harmful posts").fill("95")
    visit.picture("round-plan-start-light-1280")
    expect_no_serious_axe_violations(page)
    with change_answered(page, "/round-plans/"):
        page.keyboard.press("Control+Enter")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("The next round starts within a minute.")).to_be_visible()
    plan = RoundPlan.objects.get()
    assert (plan.clause_key, plan.after_answers, plan.every_hours) == ("spam", 4, None)
    assert (plan.most_answers, plan.recall_target, plan.plateau_rounds) == (5, 0.95, None)
    plans_advance()
    with quick_encoders():
        work_off()
    page.reload()
    expect(page.get_by_text("0 of the last round’s 5 posts are answered")).to_be_visible()
    expect(page.get_by_text("0 of 5 answers are bought.")).to_be_visible()
    assert Round.objects.get().plan_id == plan.pk


def test_a_plan_is_paused_resumed_and_ended_by_keyboard(world: World, page_as: VisitAs) -> None:
    plans_bring_in(world)
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/rounds")
    for action, state in (("Pause", "Paused"), ("Resume", "Goes on")):
        with change_answered(page, f"/{action.lower()}/"):
            page.get_by_role("button", name=f"{action} rounds on spam").press("Enter")
        expect(page.get_by_text(state, exact=True)).to_be_visible()
    page.get_by_role("button", name="End rounds on spam").press("Enter")
    with change_answered(page, "/end/"):
        page.get_by_role("dialog").get_by_role("button", name="End them").press("Enter")
    expect(page.get_by_text(f"{world.person('engineer').display_name} ended it.")).to_be_visible()
    visit.answered()
    assert RoundPlan.objects.get().state == "ended"
    expect(page.get_by_role("button", name="Resume rounds on spam")).to_have_count(0)


def test_a_reviewer_sees_plans_and_changes_none(world: World, page_as: VisitAs) -> None:
    plans_bring_in(world)
    page = page_as("reviewer").open(f"/p/{world.project.pk}/rounds")
    expect(page.get_by_role("heading", name="Going on by themselves")).to_be_visible()
    expect(page.get_by_role("button", name="Pause rounds on spam")).to_have_count(0)
