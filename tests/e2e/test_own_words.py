from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotation.models import Verdict
from core.accounts.services import languages_set
from policies.domain.clause_documents import ClauseDocument
from policies.domain.wordings import source_passages
from tests.annotation import material
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent, post_bring_in
from tests.world import World

FRENCH = {
    "title": "Haine",
    "question": "La publication s’en prend-elle à des personnes pour ce qu’elles sont ?",
    "answers/yes": "Oui",
    "answers/no": "Non",
    "severities/1": "Faible",
}


def clause_in_french() -> dict[str, object]:
    """The question on hate with its French wording; one passage of it is older than its source."""
    examples = {
        "id": "examples",
        "type": "examples",
        "items": [{"text": "Throw them out", "ruling": "yes", "why": "It attacks a people."}],
    }
    clause = {**material.HATE, "blocks": [*material.HATE["blocks"], examples], "language": "en"}
    sources = source_passages(ClauseDocument.model_validate(clause))
    why = next(at for at in sources if "/why-" in at)
    words = {**FRENCH, why: "Elle s’en prend à un peuple."}
    passages = [
        {"at": at, "text": text, "source": "Hatred" if at == "title" else sources[at]}
        for at, text in words.items()
    ]
    return {**clause, "translations": [{"language": "fr", "passages": passages}]}


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1920, True)])
def test_a_person_answers_in_their_own_language_and_the_answer_keeps_its_key(
    world: World, page_as: VisitAs, tmp_path: Path, width: int, dark: bool
) -> None:
    release = material.release_make(world, {"hate": clause_in_french()})
    post = post_bring_in(world, tmp_path, parts="c")
    material.tasks_make(world, release, [post], overlap=1)
    languages_set(world.actor("annotator"), languages=["fr", "en"])
    visit = page_as("annotator", width=width, dark=dark)
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_text(FRENCH["question"])).to_be_visible()
    expect(page.get_by_role("radio", name="Oui")).to_be_visible()
    expect(page.get_by_text("This wording is older than the rule, which counts.")).to_be_visible()
    page.keyboard.press("g")
    rule = page.get_by_role("complementary", name="The rule: Haine")
    expect(rule.get_by_text("Elle s’en prend à un peuple.")).to_be_visible()
    expect(rule.get_by_text("Throw them out")).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="Faible")).to_be_visible()
    visit.picture(f"own-words-{'dark' if dark else 'light'}-{width}")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("1")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    assert Verdict.objects.get().answer == "no"
