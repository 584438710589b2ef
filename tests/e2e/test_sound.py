"""Sound in the workspace: nothing is heard or loaded before it is asked for; stretches end where the sound does."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from annotation.models import Evidence
from core.content.models import Post
from tests.annotation import material
from tests.core.content import samples
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent, drag, part
from tests.e2e.material import work_off
from tests.world import Caller, World

RATE_HZ = 8000


def words_in_silence() -> bytes:
    """Four seconds: a tone from 1.0 to 2.5 s, silence around it."""
    samples_ = np.zeros(4 * RATE_HZ, dtype="<i2")
    tone = 9000 * np.sin(np.arange(int(1.5 * RATE_HZ)) / 5)
    samples_[RATE_HZ : RATE_HZ + len(tone)] = tone.astype("<i2")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples_.tobytes())
    return buffer.getvalue()


def test_no_sound_is_loaded_before_it_is_asked_for_and_a_stretch_snaps_to_where_it_begins_and_ends(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    call = Caller(world.person("engineer"))
    file = samples.upload(words_in_silence(), "words.wav")
    assert call.post(f"/api/projects/{world.project.pk}/assets/", {"file": file}).status_code == 201
    line = {"external_id": "spoken", "language": "en", "parts": [{"kind": "audio", "asset": "words.wav"}]}
    sent = call.post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest([line])})
    assert sent.status_code == 202, sent.content
    work_off()
    material.tasks_make(world, material.release_once(world), [Post.objects.get(external_id="spoken")])
    visit = page_as("annotator")
    heard: list[str] = []
    visit.page.on("request", lambda request: heard.append(request.url))
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Shift+1")
    sound = part(page, "Audio")
    lane = sound.locator("[data-lane=hate]")
    expect(lane).to_be_visible()
    # A hair beside where the tone begins and ends.
    drag(page, lane, (1.02 / 4, 0.5), (2.48 / 4, 0.5))
    expect(page.get_by_text("Stretch of Audio")).to_be_visible()
    assert not [url for url in heard if url.endswith(("/proxy", "/original"))]
    page.keyboard.press("u")
    expect(sound.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.keyboard.press("Shift+Space")
    clock = sound.locator("[data-position]")
    expect(sound.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(clock).to_contain_text("0:02.5")
    page.keyboard.press("Alt+.")
    page.keyboard.press("Alt+.")
    visit.picture("workspace-sound-light-1280")
    page.keyboard.press("ArrowDown")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.ok, response.value.text()
    stretch = Evidence.objects.get(kind="time_range").data
    assert abs(stretch["start_us"] - 1_000_000) <= 20_000
    assert abs(stretch["end_us"] - 2_500_000) <= 20_000
