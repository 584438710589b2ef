from __future__ import annotations

import pytest
import torch


@pytest.fixture(scope="session", autouse=True)
def few_threads() -> None:
    torch.set_num_threads(1)
