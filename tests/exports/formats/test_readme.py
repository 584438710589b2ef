from __future__ import annotations

import yaml

from exports.formats.readme import readme_text


def test_a_licence_of_any_name_is_told_as_the_hub_wants_it() -> None:
    text = readme_text(title="Pairs", licence="Ours: ask first", files={}, card="# Card\n")
    front = yaml.safe_load(text.split("---\n")[1])
    assert (front["license"], front["license_name"]) == ("other", "Ours: ask first")
    bare = readme_text(title="Pairs", licence="", files={}, card="# Card\n")
    assert "license" not in bare
