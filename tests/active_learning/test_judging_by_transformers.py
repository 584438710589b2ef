"""The test bench against a real server: ``transformers serve`` with a random model of a few thousand weights."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from active_learning.models import JudgingCall
from core.jobs.models import Job
from preferences.models import JudgeCall
from tests.active_learning.judges import posts_decided, released
from tests.core.endpoints.endpoints import endpoint_row
from tests.preferences import material as preference_material
from tests.world import Caller, World

pytestmark = pytest.mark.services

TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def tiny_model(folder: Path) -> None:
    """Write a Llama of two narrow layers with random weights, and a tokenizer over bytes with a chat template."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    turns = ["<|pad|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>"]
    symbols = [*turns, *sorted(pre_tokenizers.ByteLevel.alphabet())]
    vocabulary = {symbol: number for number, symbol in enumerate(symbols)}
    made = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=made, pad_token=turns[0], eos_token=turns[1])
    tokenizer.add_special_tokens({"additional_special_tokens": turns[2:]})
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=8192,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(folder, safe_serialization=True)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A running server: its address as Concord takes it, and the model's name there."""
    folder = tmp_path_factory.mktemp("judge") / "tiny"
    tiny_model(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder)]
    log = folder.parent / "log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"],
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/health", server, log)
        yield f"http://127.0.0.1:{port}/v1", str(folder)
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_it_answers(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text(errors="replace")[-3000:]
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail(log.read_text(errors="replace")[-3000:])


def test_a_real_server_judges_and_its_babble_is_counted_and_not_guessed(
    world: World,
    call_as: Callable[[str], Caller],
    run_jobs: Callable[[], list[Job]],
    settings: Settings,
    served: tuple[str, str],
) -> None:
    base_url, model = served
    settings.ENDPOINT_HOSTS = frozenset({base_url.removeprefix("http://").removesuffix("/v1")})
    release = released(world)
    posts_decided(world, release, 4)
    endpoint = endpoint_row(world, base_url=base_url, model=model, max_tokens=8, concurrency=2)
    tried = call_as("engineer").post(f"/api/endpoints/{endpoint.pk}/try/")
    assert tried.status_code == 200, tried.content
    assert tried.json()["tokens_in"] > 0
    asked: dict[str, Any] = {
        "release_id": str(release.id),
        "endpoint_id": str(endpoint.pk),
        "seeds": 2,
        "temperature": 1.0,
    }
    run = call_as("policy_editor").post(f"/api/projects/{world.project.pk}/bench-runs/", asked).json()
    job = run_jobs()[-1]
    assert job.state == "succeeded", job.error_detail
    ended = call_as("policy_editor").get(f"/api/bench-runs/{run['id']}/").json()
    candidate = ended["figures"]["clauses"][0]["candidate"]
    assert candidate["failed"] == 0
    assert ended["figures"]["cost"]["calls"] == 16
    assert ended["figures"]["cost"]["tokens_in"] > 16 * 100
    assert 0 < ended["figures"]["cost"]["tokens_out"] <= 16 * 8
    # Random weights say nothing that is an answer; only what has the form of one may count as one.
    for call in JudgingCall.objects.all():
        assert (call.answer is None) == (call.outcome == "unparsed")
    assert candidate["unparsed"]["total"] == 16


def test_a_real_server_judges_comparisons_in_both_orders(
    world: World,
    call_as: Callable[[str], Caller],
    run_jobs: Callable[[], list[Job]],
    settings: Settings,
    served: tuple[str, str],
) -> None:
    base_url, model = served
    settings.ENDPOINT_HOSTS = frozenset({base_url.removeprefix("http://").removesuffix("/v1")})
    preference_material.release_make(world)
    preference_material.comparisons_make(world, 2)
    endpoint = endpoint_row(world, base_url=base_url, model=model, max_tokens=8, concurrency=2)
    asked = {"endpoint_id": str(endpoint.pk), "clause_keys": ["helpful"]}
    run = call_as("engineer").post(f"/api/projects/{world.project.pk}/judge-runs/", asked).json()
    job = run_jobs()[-1]
    assert job.state == "succeeded", job.error_detail
    ended = call_as("engineer").get(f"/api/judge-runs/{run['id']}/").json()
    assert (ended["made_calls"], ended["failed_calls"]) == (4, 0)
    assert ended["cost"]["tokens_in"] > 4 * 100
    assert {(call.choice is None) == (call.outcome == "unparsed") for call in JudgeCall.objects.all()} == {
        True
    }
