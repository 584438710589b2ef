"""Layers of a network put together by torch's compiler, where that is worth its minute: on a card."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

_COMPILER = "inductor"


def layers_compile(model: nn.Module, device: torch.device, *, backend: Any = _COMPILER) -> int:
    """Have the model's repeated layers compiled when they first run on a card; return how many.

    One compiled layer serves all of the same make, for any length of text. What the compiler cannot put together
    (no triton beside torch, an operation it does not know) runs as it is. On the CPU nothing is compiled: that takes
    a C++ compiler, which a worker need not have.
    """
    if device.type == "cpu" and backend == _COMPILER:
        return 0
    import torch._dynamo

    torch._dynamo.config.suppress_errors = True
    layers = [layer for found in model.modules() if isinstance(found, nn.ModuleList) for layer in found]
    for layer in layers:
        layer.compile(dynamic=True, backend=backend)
    return len(layers)
