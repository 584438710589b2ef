from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

from core.accounts.models import AuditEvent
from policies.models import Policy, Release
from tests.policies.clause_texts import verdict_json
from tests.policies.releases import approved, draft_made, edited, fresh, policy_made, published, release_made
from tests.world import Caller, World

CallAs = Callable[[str], Caller]

RULES = (
    "# House rules\n\nBe kind.\n\n## Trade\n\nNo weapons. This includes:\n\n- Guns\n\nWe may close accounts.\n\n"
    "## Talk\n\nNo abuse.\n\n## Appeals\n\nWrite to us.\n"
)


def _preview(world: World, caller: Caller, *files: tuple[str, str], **more: Any) -> Any:
    body = {"files": [{"name": name, "text": text} for name, text in files], **more}
    return caller.post(f"/api/projects/{world.project.pk}/policy-imports/preview/", body)


def _written(world: World, caller: Caller, preview: dict[str, Any], **more: Any) -> Any:
    clauses = [
        {name: clause[name] for name in ("key", "parent_key", "document")}
        for clause in preview["clauses"]
        if not clause["is_left_out"]
    ]
    body = {
        "key": preview["key"],
        "title": preview["title"],
        "summary": preview["summary"],
        "notes": preview["release_notes"],
        "clauses": clauses,
        **more,
    }
    return caller.post(f"/api/projects/{world.project.pk}/policy-imports/", body)


def test_a_document_becomes_a_release_in_four_calls(world: World, call_as: CallAs) -> None:
    writer = call_as("policy_editor")
    preview = _preview(world, writer, ("rules.md", RULES)).json()
    assert [(c["key"], c["is_left_out"], c["problems"]) for c in preview["clauses"]] == [
        ("trade", False, []),
        ("talk", False, []),
        ("appeals", True, []),
    ]
    assert (preview["title"], preview["release_notes"], preview["is_exact"]) == (
        "House rules",
        "Be kind.",
        False,
    )
    moved = [(n["file"], n["line"], n["clause_key"]) for n in preview["notes"] if n["kind"] == "moved"]
    assert ("rules.md", 11, "trade") in moved
    assert not Policy.objects.exists()
    answer = _written(world, writer, preview, files=[{"name": "rules.md", "sha256": "a" * 64}])
    assert answer.status_code == 201, answer.content
    draft = answer.json()
    assert (draft["state"], draft["problems"], draft["notes"]) == ("draft", [], "Be kind.")
    assert [clause["change"] for clause in draft["clauses"]] == ["new", "new"]
    event = AuditEvent.objects.get(action="policy.import")
    assert event.data["files"] == [{"name": "rules.md", "sha256": "a" * 64}]
    release = published(world, Release.objects.get(pk=draft["id"]))
    assert release.number == 1


def test_what_an_import_wrote_is_a_draft_like_any_other(world: World, call_as: CallAs) -> None:
    writer = call_as("policy_editor")
    draft = _written(world, writer, _preview(world, writer, ("rules.md", RULES)).json()).json()
    clause = draft["clauses"][0]
    saved = writer.put(
        f"/api/releases/{draft['id']}/clauses/trade/",
        {"version": clause["version"], "document": {**clause["document"], "title": "Trading"}},
    )
    assert saved.status_code == 200, saved.content
    assert saved.json()["version"] == 2
    approved(world, Release.objects.get(pk=draft["id"]))


def test_a_release_goes_out_and_comes_in_again_elsewhere_with_the_same_hash(
    world: World, call_as: CallAs
) -> None:
    release = release_made(world)
    reader, writer = call_as("annotator"), call_as("policy_editor")
    for form, name in (
        ("json", "community@1.json"),
        ("markdown", "community@1.md"),
        ("pack", "community@1.zip"),
    ):
        answer = reader.get(f"/api/releases/{release.pk}/files/{form}/")
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.content == reader.get(f"/api/releases/{release.pk}/files/{form}/").content
        body = {"files": [{"name": name, "base64": base64.b64encode(answer.content).decode()}]}
        preview = writer.post(f"/api/projects/{world.project.pk}/policy-imports/preview/", body).json()
        # The keys belong to the first policy of this project for ever, so the copy gets keys of its own.
        assert (preview["key"], preview["is_exact"]) == ("community-2", False)
        assert [c["key"] for c in preview["clauses"]] == [
            f"community-2-{k}" for k in ("weapons", "spam", "helpful")
        ]
        body["policy_id"] = str(release.policy_id)  # type: ignore[assignment]
        preview = writer.post(f"/api/projects/{world.project.pk}/policy-imports/preview/", body).json()
        assert preview["is_exact"]
        again = _written(world, writer, preview, policy_id=str(release.policy_id)).json()
        assert [clause["change"] for clause in again["clauses"]] == ["none"] * 3
        writer.delete(f"/api/releases/{again['id']}/")
    again = _written(world, writer, preview, policy_id=str(release.policy_id)).json()

    def hashes(release_id: object) -> list[tuple[str, str]]:
        data = json.loads(writer.get(f"/api/releases/{release_id}/files/json/").content)
        return [(row["key"], row["sha256"]) for row in data["clauses"]]

    assert hashes(again["id"]) == hashes(release.pk)


def test_a_draft_is_named_as_one_and_only_for_writers(world: World, call_as: CallAs) -> None:
    draft = draft_made(world, policy_made(world))
    answer = call_as("policy_editor").get(f"/api/releases/{draft.pk}/files/json/")
    assert answer["Content-Disposition"] == 'attachment; filename="community-draft.json"'
    assert json.loads(answer.content)["release"]["number"] is None
    assert call_as("annotator").get(f"/api/releases/{draft.pk}/files/json/").status_code == 404
    assert call_as("policy_editor").get(f"/api/releases/{draft.pk}/files/docx/").json()["code"] == (
        "policy_file_unknown"
    )


def test_a_text_rewritten_outside_comes_back_as_a_draft_that_says_what_changed(
    world: World, call_as: CallAs
) -> None:
    release = release_made(world)
    writer = call_as("policy_editor")
    text = writer.get(f"/api/releases/{release.pk}/files/markdown/").content.decode()
    text = text.replace("A museum shows an antique.", "A museum shows an antique that cannot fire.", 1)
    preview = _preview(world, writer, ("guide.md", text), policy_id=str(release.policy_id)).json()
    draft = _written(world, writer, preview, policy_id=str(release.policy_id)).json()
    assert {clause["key"]: clause["change"] for clause in draft["clauses"]} == {
        "weapons": "undecided",
        "spam": "none",
        "helpful": "none",
    }
    assert draft["based_on"]["number"] == 1
    weapons = next(clause for clause in draft["clauses"] if clause["key"] == "weapons")
    edited(world, fresh(Release.objects.get(pk=draft["id"])), "weapons", weapons["document"], "semantic")
    assert published(world, Release.objects.get(pk=draft["id"])).number == 2


def test_a_pack_exported_holds_prompts_and_tables(world: World, call_as: CallAs) -> None:
    release = release_made(world, clauses={"weapons": verdict_json()})
    data = call_as("engineer").get(f"/api/releases/{release.pk}/files/pack/").content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        prompt = archive.read("community@1/example_policies/weapons/policy.md").decode()
        table = archive.read("community@1/datasets/weapons.csv").decode()
    assert "community@1/policy.json" in names
    assert prompt.startswith("# Instruction")
    assert table.startswith("example,label,severity,reason\r\n")
    assert "Glock, 300, meet at the station" in table


def test_files_that_give_nothing_say_why_with_file_and_line(world: World, call_as: CallAs) -> None:
    writer = call_as("policy_editor")
    answer = _preview(world, writer, ("a.json", '{"x":\n'), ("b.csv", "id,note\n1,2\n"))
    assert (answer.status_code, answer.json()["code"]) == (400, "import_nothing")
    assert [row["path"] for row in answer.json()["errors"]] == ["a.json:2", "b.csv:1"]


def test_bytes_that_are_cut_or_an_archive_that_is_broken_are_refused(world: World, call_as: CallAs) -> None:
    writer = call_as("policy_editor")
    path = f"/api/projects/{world.project.pk}/policy-imports/preview/"
    cut = writer.post(path, {"files": [{"name": "a.zip", "base64": "UEsDB"}]})
    assert (cut.status_code, cut.json()["code"]) == (400, "import_file")
    broken = writer.post(
        path, {"files": [{"name": "a.zip", "base64": base64.b64encode(b"PK\x03\x04x").decode()}]}
    )
    assert (broken.status_code, broken.json()["code"]) == (422, "import_refused")
    both = writer.post(path, {"files": [{"name": "a", "base64": "", "text": ""}]})
    assert both.status_code == 400
    assert writer.post(path, {"files": []}).status_code == 400


def test_an_import_is_written_whole_or_not_at_all(world: World, call_as: CallAs) -> None:
    writer = call_as("policy_editor")
    preview = _preview(world, writer, ("rules.md", RULES)).json()
    bad = json.loads(json.dumps(preview))
    bad["clauses"][1]["document"]["answers"] = [{"value": "no slug", "label": "x"}]
    answer = _written(world, writer, bad)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == "clauses[1].document.answers[0].value"
    twice = json.loads(json.dumps(preview))
    twice["clauses"][1]["key"] = "trade"
    assert _written(world, writer, twice).json()["code"] == "clause_key_taken"
    lost = json.loads(json.dumps(preview))
    lost["clauses"][0]["parent_key"] = "nowhere"
    assert _written(world, writer, lost).json()["code"] == "outline_invalid"
    assert not Policy.objects.exists()


def test_a_key_of_another_policy_cannot_be_taken_by_an_import(world: World, call_as: CallAs) -> None:
    release_made(world)
    writer = call_as("policy_editor")
    preview = _preview(world, writer, ("rules.md", RULES)).json()
    preview["clauses"][0]["key"] = "weapons"
    answer = _written(world, writer, preview)
    assert (answer.status_code, answer.json()["code"]) == (409, "clause_key_taken")
    assert "Community safety" in answer.json()["detail"]
    assert Policy.objects.count() == 1


def test_writing_many_clauses_takes_a_bounded_number_of_queries(
    world: World, call_as: CallAs, django_assert_max_num_queries: Any
) -> None:
    writer = call_as("policy_editor")
    text = "# Many\n\n" + "\n".join(f"## Rule {n}\n\nNothing of kind {n}.\n" for n in range(120))
    preview = _preview(world, writer, ("many.md", text)).json()
    assert len(preview["clauses"]) == 120
    with django_assert_max_num_queries(60):
        assert _written(world, writer, preview).status_code == 201


def test_pictures_of_another_project_stay_out_and_it_is_said(world: World, call_as: CallAs) -> None:
    elsewhere = "0190c5a0-0000-7000-8000-000000000001"
    items = [
        {"text": "Glock, 300", "ruling": "yes", "media": [{"asset_id": elsewhere, "note": "A pistol"}]},
        {"text": "", "ruling": "yes", "media": [{"asset_id": elsewhere}]},
    ]
    document = verdict_json(
        blocks=[{"type": "definition", "text": "Weapons."}, {"type": "examples", "items": items}]
    )
    exported = {
        "schema": "concord.policy/1",
        "policy": {"key": "arms", "title": "Arms"},
        "release": {"title": "Arms"},
        "clauses": [{"key": "arms", "parent": "", "document": document}],
    }
    preview = _preview(world, call_as("policy_editor"), ("arms.json", json.dumps(exported))).json()
    examples = preview["clauses"][0]["document"]["blocks"][1]["items"]
    assert [(item["text"], item["media"]) for item in examples] == [("Glock, 300", [])]
    assert [note["sentence"][:4] for note in preview["notes"] if note["kind"] == "left_out"] == ["2 of"]
