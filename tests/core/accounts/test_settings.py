from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import events
from core.accounts.domain.keys import chord_is_well_formed, command_is_known_form, keys_changed
from core.accounts.events import LanguagesRead
from core.accounts.models import AuditEvent
from tests.world import Caller, World

CallAs = Callable[[str], Caller]
KEYS = "/api/me/keys/"
LANGUAGES = "/api/me/languages/"


def test_keys_roam_with_the_person_and_are_nobody_elses(call_as: CallAs) -> None:
    changed = call_as("annotator").patch(KEYS, {"changes": {"label.skip": ["shift+k"], "go.home": ["f9"]}})
    assert changed.status_code == 200, changed.content
    own = {"label.skip": ["shift+k"], "go.home": ["f9"]}
    assert changed.json() == {"keys": own}
    assert call_as("annotator").get("/api/me/").json()["keys"] == own
    assert call_as("annotator2").get(KEYS).json() == {"keys": {}}


def test_one_command_or_all_get_their_usual_keys_back(call_as: CallAs) -> None:
    browser = call_as("annotator")
    browser.patch(KEYS, {"changes": {"label.skip": ["shift+k"], "label.play": ["f9"], "go.home": ["f8"]}})
    assert browser.patch(KEYS, {"changes": {"label.skip": None}}).json() == {
        "keys": {"go.home": ["f8"], "label.play": ["f9"]}
    }
    assert browser.delete(KEYS).status_code == 204
    assert browser.get(KEYS).json() == {"keys": {}}


def test_two_commands_of_one_room_never_share_a_key(call_as: CallAs) -> None:
    browser = call_as("annotator")
    browser.patch(KEYS, {"changes": {"label.skip": ["shift+k"]}})
    refused = browser.patch(KEYS, {"changes": {"label.play": ["space", "shift+k"]}})
    assert refused.status_code == 409
    assert refused.json()["code"] == "key_taken"
    assert "label.play and label.skip" in refused.json()["detail"]
    assert browser.get(KEYS).json() == {"keys": {"label.skip": ["shift+k"]}}
    elsewhere = browser.patch(KEYS, {"changes": {"compare.skip": ["shift+k"]}})
    assert elsewhere.status_code == 200, "another room is another table"


@pytest.mark.parametrize(
    "changes",
    [
        {"label.skip": ["two keys"]},
        {"label.skip": ["shift+mod+k"]},
        {"label.skip": ["K"]},
        {"label.skip": [""]},
        {"label.skip": []},
        {"label.skip": ["a", "b", "c", "d", "e"]},
        {"label.skip": "k"},
        {"Label Skip": ["k"]},
        {"nodots": ["k"]},
        {},
    ],
)
def test_what_is_no_key_or_no_command_is_refused_and_changes_nothing(
    call_as: CallAs, changes: dict[str, object]
) -> None:
    browser = call_as("annotator")
    refused = browser.patch(KEYS, {"changes": changes})
    assert refused.status_code == 400, refused.content
    assert browser.get(KEYS).json() == {"keys": {}}


def test_a_field_that_is_not_known_is_refused(call_as: CallAs) -> None:
    assert call_as("annotator").patch(KEYS, {"changes": {"a.b": ["k"]}, "for": "all"}).status_code == 400


def test_changing_keys_is_audited_without_a_project(world: World, call_as: CallAs) -> None:
    call_as("annotator").patch(KEYS, {"changes": {"label.skip": ["f9"]}})
    event = AuditEvent.objects.get(action="keys.change")
    assert (event.actor_id, event.project_id) == (world.person("annotator").pk, None)


def test_languages_read_are_kept_and_told(
    world: World, call_as: CallAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[LanguagesRead] = []
    monkeypatch.setitem(events._handlers, LanguagesRead, [told.append])
    browser = call_as("annotator")
    assert browser.get(LANGUAGES).json() == {"languages": []}
    stored = browser.put(LANGUAGES, {"languages": ["en", "ar", "en"]})
    assert stored.json() == {"languages": ["en", "ar"]}
    assert told == [LanguagesRead(user_id=world.person("annotator").pk, languages=("en", "ar"))]
    assert browser.put(LANGUAGES, {"languages": ["english please"]}).status_code == 400
    assert browser.get(LANGUAGES).json() == {"languages": ["en", "ar"]}
    assert call_as("annotator2").get(LANGUAGES).json() == {"languages": []}


def test_what_a_command_looks_like() -> None:
    assert command_is_known_form("label.tool-box")
    assert command_is_known_form("go.annotation/review")
    assert not command_is_known_form("label.")
    assert not command_is_known_form("Label.skip")


@pytest.mark.parametrize("chord", ["k", "mod+shift+k", "alt+arrowleft", "plus", "f12", "ö", "ж", "[", "5"])
def test_what_a_key_looks_like(chord: str) -> None:
    assert chord_is_well_formed(chord)


@pytest.mark.parametrize("chord", ["", "+", "shift", "shift+", "f13", "k k", " ", "\x07", "Ö", "shift+alt+k"])
def test_what_is_no_key(chord: str) -> None:
    assert not chord_is_well_formed(chord)


_COMMANDS = st.sampled_from(["label.a", "label.b", "compare.a"])
_WAYS = st.lists(st.sampled_from(["a", "b", "mod+c"]), min_size=1, max_size=3)


@given(st.dictionaries(_COMMANDS, _WAYS), st.dictionaries(_COMMANDS, _WAYS | st.none()))
def test_a_change_names_what_it_changes_and_leaves_the_rest(
    own: dict[str, list[str]], changes: dict[str, list[str] | None]
) -> None:
    after = keys_changed(own, changes)
    for command in own.keys() | changes.keys():
        expected = changes[command] if command in changes else own[command]
        assert after.get(command) == expected
