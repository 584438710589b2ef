from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from annotation.models import Evidence
from core.content.models import Part, Post
from tests.e2e.browsing import expect_no_serious_axe_violations, picture_take
from tests.e2e.conftest import VisitAs
from tests.e2e.drawing import ask_for_drawings
from tests.e2e.labelling import answer_sent, select_words
from tests.world import World

TEXTS = {
    "en": "A 👍🏽 for 👩‍👩‍👧, cafe\u0301 and 🇩🇪 today",
    "ar": "👩‍👩‍👧 مرحبا بالعالم، هذا إعلان قديم.",
    "he": "שָׁלוֹם עולם 📷 זה נמכר",
    "zh": "我爱北京天安门🏮今天很热",
    "hi": "नमस्ते दुनिया, क्षेत्र में कुर्सी 🪑 बिकाऊ",
}
# What a hand drags over in each, and a word that a double click in its middle marks whole.
DRAGGED = {
    "en": "👩‍👩‍👧, cafe\u0301",
    "ar": "بالعالم، هذا",
    "he": "עולם 📷",
    "zh": "天安门🏮",
    "hi": "क्षेत्र में",
}
WORDS = {"en": "today", "ar": "مرحبا", "he": "נמכר", "zh": "北京", "hi": "कुर्सी"}


def double_click(page: Page, text: Locator, word: str) -> None:
    """Double click in the middle of a word."""
    at = text.evaluate(
        """(element, word) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(word);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            const box = range.getBoundingClientRect();
            return [box.left + box.width / 2, box.top + box.height / 2];
          }
        }""",
        word,
    )
    assert at is not None, f"{word!r} is not in the text"
    page.mouse.dblclick(*at)


def post_of_texts(world: World) -> Post:
    """A post whose parts are the same sort of text in five languages."""
    post = Post.objects.create(
        project=world.project, external_id="texts", content_sha256="ab" * 32, language="en"
    )
    for position, (language, text) in enumerate(TEXTS.items()):
        Part.objects.create(
            post=post, position=position, kind="comment", label=language, language=language, text=text
        )
    return post


def sent(page: Page) -> list[dict[str, Any]]:
    """Answer the other question, submit, and read back what the server stored."""
    page.keyboard.press("n")
    page.keyboard.press("1")
    with answer_sent(page):
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    return [piece.data for piece in Evidence.objects.filter(verdict__clause_key="hate").order_by("ordinal")]


@pytest.fixture
def texts(world: World, page_as: VisitAs) -> Page:
    """The workspace with the five texts and a harmful answer given."""
    ask_for_drawings(world, post_of_texts(world))
    page = page_as("annotator", width=1280, height=1000).open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Shift+2")
    return page


def test_words_of_every_script_are_marked_by_drag_and_by_double_click_in_code_points(texts: Page) -> None:
    page = texts
    for number, language in enumerate(TEXTS):
        text = page.locator("[data-text]").nth(number)
        select_words(page, text, DRAGGED[language])
        double_click(page, text, WORDS[language])
    expect(page.get_by_role("region", name="Evidence").get_by_role("listitem")).to_have_count(10)
    picture_take(page, "marking-scripts-light-1280")
    expect_no_serious_axe_violations(page)
    marks = sent(page)
    for number, language in enumerate(TEXTS):
        dragged, word = marks[2 * number : 2 * number + 2]
        for mark, wanted in ((dragged, DRAGGED[language]), (word, WORDS[language])):
            assert TEXTS[language][mark["start"] : mark["end"]] == wanted == mark["quote"]


def test_overlapping_spans_of_one_text_all_stay(texts: Page) -> None:
    page = texts
    text = page.locator("[data-text]").first
    select_words(page, text, "A 👍🏽 for")
    # What is marked is drawn in pieces; the keyboard goes over them as over plain text.
    page.keyboard.press("t")
    for _ in range(3):
        page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("mark[data-depth='3']").count() > 0
    spans = [(mark["start"], mark["end"]) for mark in sent(page)]
    assert len(spans) == 3
    assert spans[1] == spans[2]
    assert spans[0][0] == spans[1][0] == 0


def test_right_to_left_text_stands_and_moves_from_the_right(texts: Page) -> None:
    page = texts
    hebrew = page.locator("[data-text]").nth(2)
    assert hebrew.evaluate("element => getComputedStyle(element).direction") == "rtl"
    hebrew.click()
    page.keyboard.press("t")
    expect(page.get_by_text("“שָׁ”")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("“ל”")).to_be_visible()
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    (mark,) = sent(page)
    assert TEXTS["he"][mark["start"] : mark["end"]] == mark["quote"] == "לוֹם"
