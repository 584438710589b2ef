from __future__ import annotations

from typing import Any

import pytest
import torch
from transformers import BertConfig, BertModel

from active_learning.learners.encoders.compiled import layers_compile

CPU = torch.device("cpu")


@pytest.fixture
def network() -> Any:
    torch.manual_seed(3)
    small: dict[str, Any] = {"hidden_size": 16, "num_attention_heads": 2, "intermediate_size": 32}
    return BertModel(BertConfig(vocab_size=40, num_hidden_layers=3, **small)).eval()


def read(network: Any, tokens: int) -> torch.Tensor:
    with torch.inference_mode():
        found: torch.Tensor = network(input_ids=torch.arange(tokens)[None] % 40).last_hidden_state
    return found


def test_compiled_layers_say_the_same_of_texts_of_any_length(network: Any) -> None:
    before = [read(network, tokens) for tokens in (4, 9, 17)]
    seen = []

    def compiler(graph: torch.fx.GraphModule, examples: list[torch.Tensor]) -> Any:
        seen.append(graph)
        return graph.forward

    assert layers_compile(network, CPU, backend=compiler) == 3
    for tokens, expected in zip((4, 9, 17), before, strict=True):
        assert torch.allclose(read(network, tokens), expected, atol=1e-6)
    assert seen, "the layers went through the compiler"


def test_what_cannot_be_compiled_runs_as_it_is(network: Any) -> None:
    before = read(network, 6)

    def refuses(graph: torch.fx.GraphModule, examples: list[torch.Tensor]) -> Any:
        raise RuntimeError("there is no compiler here")

    layers_compile(network, CPU, backend=refuses)
    assert torch.equal(read(network, 6), before)


def test_nothing_is_compiled_on_the_cpu(network: Any) -> None:
    assert layers_compile(network, CPU) == 0
