from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.exports.folders import every_item, folder_write

_TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


@pytest.fixture(autouse=True)
def _training_extra(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("training"):
        pytest.importorskip("trl", reason="the training extra is not installed")


@pytest.fixture(scope="session")
def version_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A version with rows of every kind, as somebody who pulled it has it."""
    return folder_write(tmp_path_factory.mktemp("training") / "version", every_item(24))


@pytest.fixture(scope="session")
def tokenizer() -> Any:
    """A tokenizer over bytes: 256 symbols and the turns, made here, so nothing is fetched."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    turns = ["<|pad|>", "<|end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|tool|>"]
    vocabulary = {symbol: number for number, symbol in enumerate([*turns, *alphabet])}
    made = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(tokenizer_object=made, pad_token=turns[0], eos_token=turns[1])
    fast.add_special_tokens({"additional_special_tokens": turns[2:]})
    fast.chat_template = _TEMPLATE
    return fast


@pytest.fixture
def small_config(tokenizer: Any) -> Any:
    """Two layers of eight dimensions: large enough to take a step."""
    import torch
    from transformers import LlamaConfig

    torch.manual_seed(7)
    return LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=8,
        intermediate_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=512,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
