"""The frame number that is stored is the frame a decoder shows under that number: read from the pixels."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotation.models import Evidence
from core.content.domain.frame_table import frame_table_decode
from core.content.selectors import Post, rendition_open
from tests.core.content.striped import Clip, numbers_decoded, rate
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.filming import clips_bring_in, clock, number_on_screen, scrub, stands_on
from tests.e2e.labelling import answer_sent, drag, part
from tests.world import World

UNEVEN = [Fraction(ms, 1000) for ms in (0, 33, 67, 100, 200, 233, 267, 500, 533, 567, 600, 633, 900, 933)]
CLIPS = [
    Clip("film.mp4", rate("24000/1001", 60), options={"bf": "3", "g": "12"}, sound_s=4.0),
    Clip("uneven.webm", UNEVEN, codec="libvpx-vp9"),
    Clip("cut.mp4", [time - Fraction(7, 25) for time in rate("25", 40)], options={"bf": "2"}),
    Clip("turned.mov", rate("60000/1001", 40), turned=90),
    Clip("av1.mp4", rate("30000/1001", 40), codec="libsvtav1"),
]


def opened(page_as: VisitAs, world: World) -> tuple[Visit, Page]:
    """The workspace, with the first question answered so that marks may be made."""
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Shift+1")
    return visit, page


def submitted(page: Page) -> None:
    page.keyboard.press("ArrowDown")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()


def table_of(post: Post, label: str) -> list[int]:
    asset = post.parts.get(label=label).asset
    assert asset is not None
    return list(frame_table_decode(b"".join(rendition_open(asset.pk, "frame_table"))).pts_us)


@pytest.mark.parametrize("has_decoder", [True, False], ids=["decoded here", "by the player alone"])
def test_the_frame_that_is_stored_is_the_one_whose_pixels_are_on_screen(
    world: World, page_as: VisitAs, tmp_path: Path, has_decoder: bool
) -> None:
    clips = CLIPS if has_decoder else CLIPS[:2]
    post = clips_bring_in(world, tmp_path, clips)
    visit, page = opened(page_as, world)
    if not has_decoder:
        expect(page.locator("header").get_by_text("Saved", exact=True)).to_be_visible()
        page.add_init_script("delete window.VideoDecoder")
        visit.open(f"/p/{world.project.pk}/label")
    seen: dict[str, list[int]] = {}
    for clip in clips:
        film = part(page, clip.name)
        film.get_by_role("button", name=f"Show {clip.name}").click()
        stands_on(film, 0)
        numbers = seen.setdefault(clip.name, [])
        for share in (0.52, 0.31, 0.9):
            scrub(page, film, share)
            for key, by in (("ArrowRight", 2), ("ArrowLeft", 5)):
                for _ in range(by):
                    page.keyboard.press(key)
                expect(film.locator("[data-frame]")).to_have_attribute("data-sure", "true")
                numbers.append(number_on_screen(film))
                page.keyboard.press("f")
        drag(page, film.locator("[data-drawing]"), (0.2, 0.2), (0.6, 0.6))
        numbers.append(number_on_screen(film))
    page.keyboard.press("i")
    first = number_on_screen(film)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    expect(clock(film)).to_have_attribute("data-sure", "true")
    last = number_on_screen(film)
    if has_decoder:
        visit.picture("workspace-exact-frames-light-1280")
    submitted(page)
    for clip in clips:
        decoded = numbers_decoded(tmp_path / clip.name, turned=clip.turned)
        marks = Evidence.objects.filter(part__label=clip.name, kind__in=["frame", "box"]).order_by("ordinal")
        stored = [(mark.data["frame"], mark.data["pts_us"]) for mark in marks]
        assert [decoded[frame] for frame, _ in stored] == seen[clip.name], clip.name
        table = table_of(post, clip.name)
        assert [time for _, time in stored] == [table[frame] for frame, _ in stored]
        assert {mark.kind for mark in marks} == {"frame", "box"}
    stretch = Evidence.objects.get(kind="time_range").data
    assert [decoded[stretch["start_frame"]], decoded[stretch["end_frame"]]] == [first, last]
    assert [stretch["start_us"], stretch["end_us"]] == [table[first], table[last + 1]]


def test_a_track_is_drawn_bent_hidden_split_and_merged_and_the_server_stores_its_keyframes(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    clip = Clip("film.mp4", UNEVEN + [1 + time for time in UNEVEN], options={"bf": "2"}, sound_s=2.0)
    post = clips_bring_in(world, tmp_path, [clip])
    visit, page = opened(page_as, world)
    film = part(page, clip.name)
    layer = film.locator("[data-drawing]")
    tap(page, "h")
    stands_on(film, 0)
    drag(page, layer, (0.1, 0.1), (0.3, 0.4))
    page.keyboard.press("Shift+F")
    lane = film.locator("[data-track]")
    expect(lane).to_have_count(1)
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    stands_on(film, 8)
    page.keyboard.press("v")
    drag(page, layer, (0.2, 0.25), (0.6, 0.25))
    expect(lane.get_by_role("button", name="keyframe at frame 8", include_hidden=True)).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    stands_on(film, 6)
    page.keyboard.press("Shift+O")
    expect(film.get_by_text("Covered here")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+S")
    expect(lane).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(lane).to_have_count(1)
    page.keyboard.press("Control+Shift+z")
    expect(lane).to_have_count(2)
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    stands_on(film, 12)
    page.keyboard.press("]")
    visit.picture("workspace-tracks-light-1280")
    expect_no_serious_axe_violations(page)
    submitted(page)
    pts = table_of(post, clip.name)
    early, late = [
        mark.data["keyframes"] for mark in Evidence.objects.filter(kind="track").order_by("ordinal")
    ]
    assert [key["frame"] for key in early] == [0, 6]
    assert [key["frame"] for key in late] == [7, 8, 12]
    assert all(key["pts_us"] == pts[key["frame"]] for key in early + late)
    assert [key.get("is_occluded", False) for key in early + late] == [False, True, True, False, False]
    width = 256
    assert early[0]["x"] == pytest.approx(0.1 * width, abs=2)
    assert late[1]["x"] == pytest.approx(0.5 * width, abs=3)
    # Evenly in time, not by frames: frame 7 stands far nearer to frame 8 than to frame 6.
    share = (pts[7] - pts[0]) / (pts[8] - pts[0])
    assert late[0]["x"] == pytest.approx(early[0]["x"] + share * (late[1]["x"] - early[0]["x"]), abs=0.2)
    assert late[2]["x"] == late[1]["x"]


def test_tracks_chosen_freely_on_the_time_line_become_one(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    clip = Clip("film.mp4", UNEVEN + [1 + time for time in UNEVEN], options={"bf": "2"}, sound_s=2.0)
    post = clips_bring_in(world, tmp_path, [clip])
    visit, page = opened(page_as, world)
    film = part(page, clip.name)
    layer = film.locator("[data-drawing]")
    tap(page, "h")
    stands_on(film, 0)
    lane = film.locator("[data-track]")
    # Three things at three moments: the first and the last are one and the same.
    for at, place in enumerate((0.1, 0.5, 0.7)):
        page.keyboard.press("Escape")
        page.keyboard.press("b")
        drag(page, layer, (place, 0.1), (place + 0.15, 0.4))
        page.keyboard.press("Shift+F")
        expect(lane).to_have_count(at + 1)
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        stands_on(film, at * 4 + 3)
        expect(film.get_by_role("toolbar", name="Track")).to_contain_text("Beyond its end")
        page.keyboard.press("]")
        page.keyboard.press("ArrowRight")
        stands_on(film, at * 4 + 4)
    page.keyboard.press("Escape")
    first, last = lane.nth(0), lane.nth(2)
    first.get_by_role("button", name="keyframe at frame 0", include_hidden=True).click()
    last.get_by_role("button", name="keyframe at frame 8", include_hidden=True).click(modifiers=["Shift"])
    expect(page.get_by_role("toolbar", name="Selected marks").get_by_role("status")).to_have_text(
        "2 marks selected"
    )
    visit.picture("choosing-tracks-light-1280")
    page.keyboard.press("Shift+G")
    expect(lane).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(lane).to_have_count(3)
    page.keyboard.press("Control+Shift+z")
    expect(lane).to_have_count(2)
    submitted(page)
    tracks = [mark.data["keyframes"] for mark in Evidence.objects.filter(kind="track").order_by("ordinal")]
    assert post.parts.count() == 1
    whole = next(track for track in tracks if track[0]["frame"] == 0)
    assert [key["frame"] for key in whole if not key.get("is_outside")] == [0, 3, 8, 11]


def test_the_button_that_shows_a_narrow_video_stays_under_the_hand_that_presses_it(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    tall = [Clip(f"tall-{number}.mp4", rate("25", 10), size=(240, 428)) for number in (1, 2)]
    clips_bring_in(world, tmp_path, tall)
    _, page = opened(page_as, world)
    expect(part(page, "tall-1.mp4")).to_have_attribute("data-active", "true")
    film = part(page, "tall-2.mp4")
    show = film.get_by_role("button", name="Show tall-2.mp4")
    show.hover()
    before = show.bounding_box()
    page.mouse.down()
    expect(film).to_have_attribute("data-active", "true")
    pressed = show.bounding_box()
    assert before is not None
    assert pressed is not None
    assert abs(pressed["y"] - before["y"]) <= 2  # a pressed button sinks by a pixel
    page.mouse.up()
    stands_on(film, 0)
