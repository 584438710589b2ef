from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from policies.domain.canonical import clause_canonical, clause_sha256
from policies.domain.change_rule import Change, change_proposed
from policies.domain.clause_documents import ClauseDocument
from policies.domain.taxonomies import MLCOMMONS, taxonomy_entry
from policies.domain.wordings import language_chosen, passages_worded, source_passages, worded
from tests.policies.clause_texts import DEFINITION, verdict, verdict_json

_FRENCH = [
    {"at": "title", "text": "Vente d’armes", "source": "Weapons sale"},
    {"at": "answers/yes", "text": "Oui", "source": "Yes"},
    {"at": "blocks/definition", "text": "Une annonce qui vend une arme.", "source": DEFINITION},
]


def _translated(passages: list[dict[str, str]] | None = None, **changes: Any) -> ClauseDocument:
    french = {"language": "fr", "passages": _FRENCH if passages is None else passages}
    return verdict(language="en", translations=[french], **changes)


def test_a_clause_without_the_new_fields_has_the_hash_it_always_had() -> None:
    fields = set(clause_canonical(verdict()))
    assert not fields & {"language", "translations", "media"}
    assert clause_sha256(verdict()) == clause_sha256(verdict(language="", translations=[]))


def test_a_reader_of_a_language_reads_it_where_it_is_written_and_the_source_elsewhere() -> None:
    read = worded(_translated(), "fr")
    assert read.title == "Vente d’armes"
    assert [answer.label for answer in read.answers] == ["Oui", "No"]
    assert read.blocks[0].text == "Une annonce qui vend une arme."  # type: ignore[union-attr]
    assert read.question == "Does the post offer or seek a weapon?"
    assert worded(_translated(), "de") == _translated()


def test_a_translation_older_than_its_source_is_stale_and_says_what_it_was_made_from() -> None:
    later = _translated(title="Sale of weapons")
    rows = {row.at: row for row in passages_worded(later, later.translations[0])}
    assert (rows["title"].state, rows["title"].then) == ("stale", "Weapons sale")
    assert rows["answers/yes"].state == "current"
    assert rows["question"].state == "missing"
    assert list(rows) == list(source_passages(later))


def test_why_an_example_is_ruled_so_is_worded_and_stays_with_it_wherever_it_stands() -> None:
    shown = [{"text": f"Rifle {n}", "ruling": "yes", "why": f"A price, {n}."} for n in (1, 2)]
    examples = [{"id": "examples", "type": "examples", "items": shown}]
    before = verdict(language="en", blocks=examples)
    places = [at for at in source_passages(before) if "/why-" in at]
    assert len(set(places)) == 2
    passages = [{"at": places[1], "text": "Un prix, 2.", "source": "A price, 2."}]
    turned = _translated(passages, blocks=[{**examples[0], "items": [shown[1], shown[0]]}])
    assert [item.why for item in worded(turned, "fr").blocks[0].items] == ["Un prix, 2.", "A price, 1."]  # type: ignore[union-attr]
    assert [item.text for item in worded(turned, "fr").blocks[0].items] == ["Rifle 2", "Rifle 1"]  # type: ignore[union-attr]
    later = _translated(
        passages, blocks=[{**examples[0], "items": [{**shown[1], "why": "A price and a place."}]}]
    )
    (row,) = [row for row in passages_worded(later, later.translations[0]) if row.at == places[1]]
    assert (row.state, row.then) == ("stale", "A price, 2.")
    # As the pages name it, too (wordings.test.ts).
    assert places[0] == "blocks/examples/why-eb199e77"


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [(["fr"], "fr"), (["fr-CA"], "fr"), (["de", "fr"], "fr"), (["en", "fr"], ""), (["de"], ""), ([], "")],
)
def test_the_first_language_of_the_reader_that_there_is_wins(wanted: list[str], chosen: str) -> None:
    assert language_chosen(_translated(), wanted) == chosen


def test_editing_a_translation_is_editorial_by_the_rule() -> None:
    passages = [{**_FRENCH[0], "text": "Commerce d’armes"}, *_FRENCH[1:]]
    proposal = change_proposed(_translated(), _translated(passages))
    assert proposal.change is Change.EDITORIAL
    assert "Its wording in fr changed" in proposal.reasons[0].sentence


def test_one_language_stands_once_and_is_not_the_source() -> None:
    for languages in (["fr", "fr"], ["en"]):
        with pytest.raises(ValidationError, match="stands twice"):
            verdict(language="en", translations=[{"language": language} for language in languages])
    with pytest.raises(ValidationError):
        verdict(translations=[{"language": "fr", "passages": [{"at": "blocks/<script>"}]}])


def test_an_example_may_be_a_picture_alone() -> None:
    asset = "0190a5a0-0000-7000-8000-000000000001"
    document = verdict_json()
    document["blocks"][3]["items"] = [{"media": [{"asset_id": asset, "note": "A pistol"}], "ruling": "yes"}]
    shown = ClauseDocument.model_validate(document)
    assert shown.blocks[3].items[0].identity == ("", asset)  # type: ignore[union-attr]
    with pytest.raises(ValidationError):
        verdict(blocks=[{"type": "examples", "items": [{"media": [{"asset_id": "/etc/passwd"}]}]}])


def test_the_hazards_of_mlcommons_are_fourteen_and_each_says_what_it_is() -> None:
    assert [entry.code for entry in MLCOMMONS.entries] == [f"S{number}" for number in range(1, 15)]
    found = taxonomy_entry("mlcommons", "S2")
    assert found is not None and found.name == "Non-violent crimes"
    assert taxonomy_entry("house", "S2") is None
