from __future__ import annotations

import hashlib
import json

from core.storage.selection import blob_store
from exports.domain.changelog import ChangelogFacts, Edition, changelog_text
from exports.domain.difference import KindDifference, Part
from tests.annotation import material
from tests.exports.answers import Answers
from tests.exports.datasets import Exporter, Json
from tests.exports.test_versions import NO, YES

ALL_TRAIN = {"train": 1.0, "validation": 0.0, "test": 0.0}


def changelog(exporter: Exporter, version: Json) -> str:
    return exporter.read(version, "CHANGELOG.md").decode()


def test_the_first_version_says_that_it_is_the_first(answers: Answers, exporter: Exporter) -> None:
    answers.label(YES, YES)
    version = exporter.build(exporter.create(kinds=["labels"], splits=ALL_TRAIN))
    text = changelog(exporter, version)
    assert "This is the first version" in text
    assert "| `labels` | train | 2 |" in text


def test_what_changed_is_told_by_clause_and_split_with_its_reason(
    answers: Answers, exporter: Exporter
) -> None:
    undecided = answers.label(YES, NO)
    dataset = exporter.create(kinds=["labels", "votes", "dpo"], splits=ALL_TRAIN)
    exporter.build(dataset)
    answers.label(NO, NO)
    answers.compare(-1, -2)
    answers.adjudicate(undecided, "hate", "no")
    text = changelog(exporter, exporter.build(dataset))
    assert "Compared with version 1." in text
    assert "| `labels` | 1 | 3 | 0 | 0 | 1 | 4 |" in text
    assert "| `hate` | train | in | `new_item` | 1 |" in text
    assert "| `hate` | train | in | `was_undecided` | 1 |" in text
    assert "| `spam` | train | in | `new_item` | 2 |" in text  # two votes
    assert "| `helpful` | train | in | `new_item` | 1 |" in text  # the pair, by the axis it rests on
    assert "- `was_undecided`: It was left out before. No decision yet" in text


def test_a_new_release_and_a_new_filter_are_told(answers: Answers, exporter: Exporter) -> None:
    answers.label(YES, YES, language="de")
    kept = answers.label(YES, YES, language="en")
    dataset = exporter.create(kinds=["labels"], splits=ALL_TRAIN)
    exporter.build(dataset)
    changed = material.release_changed(answers.world, answers.release, clause_key="hate", question="Other?")
    answers.ask(kept, YES, YES, release=changed)
    path = f"/api/datasets/{dataset['id']}/"
    definition = {"languages": ["en"], "splits": ALL_TRAIN}
    assert exporter.caller.patch(path, {"definition": definition}).status_code == 200
    text = changelog(exporter, exporter.build(dataset))
    assert f"The policy release was `{answers.release.label}` before." in text
    assert '| `languages` | `[]` | `["en"]` |' in text
    assert "| `hate` | train | changed | `release_changed` | 1 |" in text
    assert "| `hate` | train | out | `now_language` | 1 |" in text
    assert "- `now_language`: It is left out now. The post's language was not asked for." in text


def test_equal_answers_give_a_version_without_changes_and_equal_content(
    answers: Answers, exporter: Exporter
) -> None:
    answers.label(YES, YES)
    dataset = exporter.create(kinds=["labels"])
    first, second = exporter.build(dataset), exporter.build(dataset)
    assert first["content_sha256"] == second["content_sha256"]
    assert "No row came in, went out or changed." in changelog(exporter, second)
    third = exporter.build(dataset)
    assert changelog(exporter, third) == changelog(exporter, second).replace(
        "version 2", "version 3"
    ).replace("version 1", "version 2")


def test_the_manifest_has_its_hash(answers: Answers, exporter: Exporter) -> None:
    answers.label(YES, YES)
    version = exporter.build(exporter.create(kinds=["labels"]))
    data = exporter.read(version, "CHANGELOG.md")
    listed = {file["path"]: file["sha256"] for file in version["manifest"]["files"]}
    assert listed["CHANGELOG.md"] == hashlib.sha256(data).hexdigest()


def test_a_version_is_built_even_where_files_of_the_one_before_are_lost(
    answers: Answers, exporter: Exporter
) -> None:
    answers.label(YES, YES)
    dataset = exporter.create(kinds=["labels"], splits=ALL_TRAIN)
    lost = exporter.build(dataset)
    for file in lost["files"]:
        if file["path"].startswith("labels/"):
            blob_store().delete(file["sha256"])
    answers.label(NO, NO)
    assert "Files of version 1 are lost" in changelog(exporter, exporter.build(dataset))


def test_a_value_with_a_bar_does_not_break_the_table() -> None:
    facts = ChangelogFacts(
        name="p/d",
        title="D",
        now=Edition(2, "safety@2"),
        before=Edition(1, "safety@2"),
        definition_changes=[{"field": "split_seed", "before": "", "after": "a|b"}],
    )
    difference = KindDifference(rows_out=1)
    difference.parts[Part("", "test", "out", "item_gone")] = 1
    difference.reasons["item_gone"] = 1
    text = changelog_text(facts, {"kto": difference})
    assert '| `split_seed` | `""` | `"a\\|b"` |' in text
    assert "| — | test | out | `item_gone` | 1 |" in text
    assert json.loads('"a|b"') in text.replace("\\", "")
