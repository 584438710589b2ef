from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import concord
import pytest
from concord import Client, ConcordError
from concord.pulling import Pulled
from concord.pushing import Place, place_parse
from concord.pushing_bucket import bucket_push
from concord.records import Version
from moto.server import ThreadedMotoServer

from core.jobs.models import Job
from tests.client.hub import Hub, hub_running
from tests.exports.answers import Answers

PART = 5 << 20
"""The smallest part a store takes."""


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(s3_address: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client of an S3 store with a bucket of this test's own, ``rows``."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3_address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    store = boto3.client("s3")
    store.create_bucket(Bucket="rows")
    yield store
    for row in store.list_objects_v2(Bucket="rows").get("Contents", []):
        store.delete_object(Bucket="rows", Key=row["Key"])
    for row in store.list_multipart_uploads(Bucket="rows").get("Uploads", []):
        store.abort_multipart_upload(Bucket="rows", Key=row["Key"], UploadId=row["UploadId"])
    store.delete_bucket(Bucket="rows")


@pytest.fixture
def hub() -> Iterator[Hub]:
    with hub_running() as found:
        yield found


@pytest.fixture
def push(live_server: Any, token: str, hub: Hub, tmp_path: Path) -> Callable[..., str]:
    """What ``concord push`` says, in a process of its own: the Hub's client reads its address when it starts."""
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(Path(concord.__file__).parents[1]),
        "CONCORD_URL": live_server.url,
        "CONCORD_TOKEN": token,
        "HF_ENDPOINT": hub.url,
        "HF_TOKEN": "hf_test",
        "HF_HOME": str(tmp_path / "hub-home"),
        "HF_HUB_OFFLINE": "0",
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    }

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "concord.cli", "push", *words]
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
        return " ".join((done.stdout if done.returncode == 0 else done.stderr).split())

    return run


def large(tmp_path: Path, data: bytes) -> Pulled:
    """A pulled version of one file."""
    (tmp_path / "rows.parquet").write_bytes(data)
    file = {"path": "rows.parquet", "sha256": hashlib.sha256(data).hexdigest(), "size_bytes": len(data)}
    version = Version.from_json({"id": "v", "number": 3, "state": "ready", "files": [file]})
    return Pulled(tmp_path, version, files=1, downloaded_bytes=0)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("hf:acme/pairs", Place(repo="acme/pairs")),
        ("s3://rows", Place(bucket="rows")),
        ("s3://rows/a/b/", Place(bucket="rows", prefix="a/b")),
    ],
)
def test_places_are_read(text: str, place: Place) -> None:
    assert place_parse(text) == place


@pytest.mark.parametrize(
    "text", ["acme/pairs", "hf:pairs", "hf:../x/y", "s3:/rows", "https://x.example/y", ""]
)
def test_other_places_are_refused(text: str) -> None:
    with pytest.raises(ConcordError) as caught:
        place_parse(text)
    assert caught.value.code == "place_malformed"


def test_a_version_lies_in_a_bucket_whole_and_is_not_sent_twice(client: Client, built: str, s3: Any) -> None:
    pushed = client.push(built, "s3://rows/market")
    files = client.version(built).files
    assert (pushed.url, pushed.sent, pushed.kept) == ("s3://rows/market/v1", len(files), 0)
    for file in files:
        held = s3.get_object(Bucket="rows", Key=f"market/v1/{file.path}")
        assert hashlib.sha256(held["Body"].read()).hexdigest() == file.sha256 == held["Metadata"]["sha256"]
    again = client.push(built, "s3://rows/market")
    assert (again.sent, again.kept, again.sent_bytes) == (0, len(files), 0)


def test_an_object_that_was_changed_is_sent_again(client: Client, built: str, s3: Any) -> None:
    client.push(built, "s3://rows")
    s3.put_object(Bucket="rows", Key="v1/MANIFEST.json", Body=b"{}")
    assert client.push(built, "s3://rows").sent == 1


def test_a_large_file_goes_on_where_its_parts_stopped(tmp_path: Path, s3: Any) -> None:
    data = os.urandom(2 * PART + 1000)
    pulled = large(tmp_path, data)
    sha256 = hashlib.sha256(data).hexdigest()
    named = {"Bucket": "rows", "Key": "v3/rows.parquet"}
    begun = s3.create_multipart_upload(**named, Metadata={"sha256": sha256})["UploadId"]
    s3.upload_part(**named, UploadId=begun, PartNumber=1, Body=data[:PART])
    pushed = bucket_push(pulled, "rows", "", part_bytes=PART)
    assert pushed.sent_bytes == len(data) - PART
    held = s3.get_object(**named)
    assert held["Body"].read() == data
    assert held["Metadata"]["sha256"] == sha256


@pytest.mark.parametrize("begun_with", [b"x" * PART, b""])
def test_an_upload_of_other_bytes_is_not_gone_on_with(tmp_path: Path, s3: Any, begun_with: bytes) -> None:
    data = os.urandom(PART + 1000)
    pulled = large(tmp_path, data)
    named = {"Bucket": "rows", "Key": "v3/rows.parquet"}
    begun = s3.create_multipart_upload(**named, Metadata={"sha256": "0" * 64})["UploadId"]
    if begun_with:
        s3.upload_part(**named, UploadId=begun, PartNumber=1, Body=begun_with)
    bucket_push(pulled, "rows", "", part_bytes=PART)
    held = s3.get_object(**named)
    assert held["Body"].read() == data
    assert held["Metadata"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert "Uploads" not in s3.list_multipart_uploads(Bucket="rows")


def test_a_bucket_that_is_not_there_is_said_in_a_sentence(client: Client, built: str, s3: Any) -> None:
    with pytest.raises(ConcordError, match="The bucket did not take it") as caught:
        client.push(built, "s3://elsewhere")
    assert caught.value.code == "push_refused"


def test_a_version_becomes_a_tagged_commit_on_the_hub(
    client: Client, built: str, push: Callable[..., str], hub: Hub
) -> None:
    said = push(built, "--to", "hf:acme/pairs")
    files = {file.path: file.sha256 for file in client.version(built).files}
    assert f"{hub.url}/datasets/acme/pairs/tree/v1: {len(files)} files sent, 0 were there." in said
    held = hub.files("acme/pairs", "v1")
    assert {path: hashlib.sha256(held[path]).hexdigest() for path in files} == files
    assert hub.private == {"acme/pairs": True}
    assert hub.tokens == {"Bearer hf_test"}
    sent = hub.put_bytes
    assert f"0 files sent, {len(files)} were there." in push(built, "--to", "hf:acme/pairs")
    assert hub.put_bytes == sent


def test_the_next_version_sends_what_is_new_and_takes_away_what_is_gone(
    client: Client,
    built: str,
    push: Callable[..., str],
    hub: Hub,
    answers: Answers,
    run_jobs: Callable[[], list[Job]],
) -> None:
    push(built, "--to", "hf:acme/pairs")
    hub.commits["acme/pairs"][-1]["notes.txt"] = b"ours"
    dataset = client.dataset("market", "pairs")
    client.transport.send("PATCH", f"/api/datasets/{dataset.id}/", json={"kinds": ["labels", "dpo"]})
    answers.compare(-2, -1)
    client.version_build("market", "pairs")
    run_jobs()
    said = push("market/pairs@2", "--to", "hf:acme/pairs")
    now = hub.files("acme/pairs")
    assert not [path for path in now if path.startswith(("sft/", "jsonl/sft/"))]
    assert [path for path in hub.files("acme/pairs", "v1") if path.startswith("sft/")]
    assert now["notes.txt"] == b"ours"
    assert set(hub.tags["acme/pairs"]) == {"v1", "v2"}
    kept = int(said.split(" files sent, ")[1].split()[0])
    assert kept >= 2  # the labels and the policy stayed as they were


def test_a_push_that_ended_before_its_tag_is_finished(built: str, push: Callable[..., str], hub: Hub) -> None:
    push(built, "--to", "hf:acme/pairs")
    del hub.tags["acme/pairs"]["v1"]
    assert ": 0 files sent" in push(built, "--to", "hf:acme/pairs")
    assert hub.tags["acme/pairs"]["v1"] == len(hub.commits["acme/pairs"]) - 1


def test_another_dataset_under_the_same_number_is_refused(
    built: str, push: Callable[..., str], hub: Hub
) -> None:
    push(built, "--to", "hf:acme/pairs")
    held = hub.files("acme/pairs", "v1")
    held["MANIFEST.json"] = json.dumps({"files": []}).encode()
    assert "acme/pairs has something else under v1 already" in push(built, "--to", "hf:acme/pairs")


def test_what_the_hub_refuses_is_said_in_a_sentence(push: Callable[..., str], built: str, hub: Hub) -> None:
    hub.refuses = "You may not write here."
    said = push(built, "--to", "hf:acme/pairs")
    assert "The Hub did not take it" in said
    assert "You may not write here." in said
    assert hub.commits == {}
