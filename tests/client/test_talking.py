from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from concord import Client, ConcordError
from concord.cli import app, main
from concord.credentials import Credentials, credentials_find, credentials_path, credentials_save
from concord.references import reference_parse
from concord.transport import Transport
from PIL import Image
from typer.testing import CliRunner

from core.content.models import Post
from core.jobs.models import Job
from preferences.models import Comparison
from tests.world import World

runner = CliRunner()


@pytest.fixture
def signed_in(live_server: Any, token: str) -> None:
    """A person who ran ``concord login``."""
    credentials_save(Credentials(live_server.url, token))


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """Three posts, two of which show one picture."""
    (tmp_path / "media").mkdir()
    Image.new("RGB", (32, 24), "teal").save(tmp_path / "media" / "boat.png")
    picture = {"kind": "image", "file": "media/boat.png"}
    lines = [
        {"external_id": "p1", "language": "en", "parts": [picture, {"kind": "caption", "text": "For sale"}]},
        {"external_id": "p2", "language": "ar", "parts": [{"kind": "text", "text": "مرحبا 🙂"}]},
        {"external_id": "p3", "parts": [picture]},
    ]
    path = tmp_path / "posts.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


def test_login_checks_the_token_and_keeps_it_for_oneself(live_server: Any, token: str) -> None:
    outcome = runner.invoke(app, ["login", live_server.url, "--token", token])
    assert outcome.exit_code == 0, outcome.output
    assert stat.S_IMODE(credentials_path().stat().st_mode) == 0o600
    assert credentials_find().token == token
    assert token not in outcome.output


def test_a_wrong_token_is_not_kept(live_server: Any, world: World) -> None:
    outcome = runner.invoke(app, ["login", live_server.url, "--token", "concord_wrong"])
    assert isinstance(outcome.exception, ConcordError)
    assert (outcome.exception.status, outcome.exception.code) == (401, "sign_in_needed")
    assert outcome.exception.request_id
    assert not credentials_path().exists()


def test_a_token_saved_for_one_server_is_not_sent_to_another() -> None:
    credentials_save(Credentials("https://one.example", "concord_secret"))
    with pytest.raises(ConcordError) as caught:
        credentials_find("https://other.example")
    assert caught.value.code == "not_signed_in"


def test_a_refusal_is_one_sentence_and_exit_status_1(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(sys, "argv", ["concord", "projects"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    assert "concord login" in capsys.readouterr().err


def test_projects_datasets_and_versions_are_listed(signed_in: None, built: str) -> None:
    assert "market" in runner.invoke(app, ["projects"]).output
    assert "pairs" in runner.invoke(app, ["datasets", "market"]).output
    listed = runner.invoke(app, ["versions", "market/pairs"]).output
    assert "ready" in listed
    assert "dpo 6" in listed


def test_pull_writes_the_files_of_one_kind(signed_in: None, built: str, tmp_path: Path) -> None:
    outcome = runner.invoke(app, ["pull", built, "--out", str(tmp_path / "out"), "--kind", "dpo"])
    assert outcome.exit_code == 0, outcome.output
    files = {path.name for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert "train-00000-of-00001.parquet" in files
    assert not (tmp_path / "out" / "sft").exists()
    datasets = pytest.importorskip("datasets")
    assert "load_dataset" in outcome.output
    loaded = datasets.load_dataset(str(tmp_path / "out" / "dpo"), cache_dir=str(tmp_path / "cache"))
    assert loaded["train"].num_rows == 6
    assert loaded["train"][0]["chosen"][0]["role"] == "assistant"


def test_pull_of_a_kind_that_is_not_there_fails_with_a_sentence(
    signed_in: None, built: str, tmp_path: Path
) -> None:
    outcome = runner.invoke(app, ["pull", built, "--out", str(tmp_path / "out"), "--kind", "kto"])
    assert isinstance(outcome.exception, ConcordError)
    assert "holds dpo, labels, sft, not kto" in str(outcome.exception)
    assert not (tmp_path / "out").exists()


def test_posts_are_imported_with_their_media_and_again_without_harm(
    client: Client, manifest: Path, run_jobs: Callable[[], list[Job]]
) -> None:
    seen: list[tuple[int, int]] = []
    job = client.posts_import("market", manifest, progress=lambda done, total: seen.append((done, total)))
    run_jobs()
    assert client.job_wait(job.id, timeout_s=10).state == "succeeded"
    assert seen == [(1, 1)]
    assert set(Post.objects.values_list("external_id", flat=True)) == {"p1", "p2", "p3"}
    assert Post.objects.get(external_id="p2").text == "مرحبا 🙂"
    again = client.posts_import("market", manifest)
    run_jobs()
    assert client.job_wait(again.id, timeout_s=10).state == "succeeded"
    assert Post.objects.count() == 3


def test_comparisons_are_imported_and_again_without_harm(
    client: Client, tmp_path: Path, run_jobs: Callable[[], list[Job]]
) -> None:
    line = {
        "external_id": "c1",
        "prompt": "Wie geht es? 🙂",
        "responses": [{"text": "Gut."}, {"text": "Schlecht."}],
    }
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    for _ in range(2):
        job = client.comparisons_import("market", path)
        run_jobs()
        assert client.job_wait(job.id, timeout_s=10).state == "succeeded"
    assert Comparison.objects.get().external_id == "c1"


def test_the_command_imports_and_names_the_job(
    signed_in: None, manifest: Path, run_jobs: Callable[[], list[Job]], world: World
) -> None:
    outcome = runner.invoke(app, ["import", "market", str(manifest), "--no-wait"])
    assert outcome.exit_code == 0, outcome.output
    run_jobs()
    listed = runner.invoke(app, ["jobs", "market"])
    assert "succeeded" in listed.output


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "manifest_malformed"),
        ("[]", "manifest_malformed"),
        ('{"external_id": "x", "parts": [{"kind": "image", "file": "missing.png"}]}', "file_missing"),
        ('{"external_id": "x", "parts": [{"kind": "image", "file": "../../../etc/passwd"}]}', "path_refused"),
    ],
)
def test_a_manifest_that_cannot_be_sent_is_refused_here(
    client: Client, tmp_path: Path, line: str, code: str
) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ConcordError) as caught:
        client.posts_import("market", path)
    assert caught.value.code == code


def test_lists_go_on_over_pages(client: Client) -> None:
    for number in range(5):
        client.dataset_create("market", f"set-{number}", kinds=["dpo"])
    path = f"/api/projects/{client.project('market').id}/datasets/"
    names = [row["name"] for row in client.transport.pages(path, params={"page_size": 2})]
    assert names == [f"set-{number}" for number in reversed(range(5))]


def test_the_servers_words_and_fields_reach_the_caller(client: Client) -> None:
    with pytest.raises(ConcordError) as caught:
        client.dataset_create("market", "pairs", kinds=["pictures"])
    assert caught.value.status == 400
    assert caught.value.code == "dataset_fields"
    assert "kinds: 'pictures' is not a kind" in str(caught.value)
    assert str(caught.value.request_id) in str(caught.value)


def test_what_is_not_yours_is_not_there(client: Client) -> None:
    with pytest.raises(ConcordError) as caught:
        client.project("forum")
    assert caught.value.code == "not_found"


@pytest.mark.parametrize("text", ["", "a", "a/b/c", "a/b@", "a/b@0", "a/b@x", "a b/c"])
def test_a_reference_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ConcordError):
        reference_parse(text)


def _answering(*answers: httpx.Response | Exception) -> tuple[Transport, list[httpx.Request]]:
    waiting, requests = list(answers), []

    def handle(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        answer = waiting.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    http = httpx.Client(base_url="http://server", transport=httpx.MockTransport(handle))
    transport = Transport("http://server", "token", client=http)
    transport.wait = lambda *args: None  # type: ignore[method-assign]
    return transport, requests


def test_reads_are_repeated_after_a_passing_refusal() -> None:
    transport, requests = _answering(
        httpx.Response(503), httpx.ReadError("gone"), httpx.Response(200, json={"a": 1})
    )
    assert transport.get("/api/me/") == {"a": 1}
    assert len(requests) == 3


def test_a_write_that_may_have_arrived_is_not_repeated() -> None:
    transport, requests = _answering(httpx.ReadError("gone"), httpx.Response(200))
    with pytest.raises(ConcordError) as caught:
        transport.post("/api/x/", json={})
    assert (caught.value.code, len(requests)) == ("no_answer", 1)


def test_a_next_page_on_another_host_gets_no_token() -> None:
    first = {"results": [{"id": 1}], "next": "http://elsewhere/api/x/?cursor=2"}
    transport, requests = _answering(
        httpx.Response(200, json=first), httpx.Response(200, json={"results": []})
    )
    assert list(transport.pages("/api/x/")) == [{"id": 1}]
    assert [request.url.host for request in requests] == ["server", "server"]


def test_the_client_needs_no_server_package() -> None:
    program = (
        "import sys, concord, concord.cli;"
        "server = ('django', 'torch', 'rest_framework', 'celery', 'datasets', 'pandas');"
        "print([name for name in server if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd="client"
    )
    assert run.stdout.strip() == "[]"
