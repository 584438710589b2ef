"""A trained reward model's scores of pairs that nobody was asked about yet."""

from __future__ import annotations

import json

import torch

from active_learning.learners.compute import compute_prepare
from active_learning.learners.training.loading import device_is_bf16, tokenizer_loaded, trained_loaded
from active_learning.learners.training.scoring import rewards_of
from active_learning.learners.training.spec import Spec
from active_learning.learners.training.telling import tell

_AT_ONCE = 256


def pairs_score(spec: Spec) -> None:
    """Read ``pairs.jsonl`` (``id``, ``prompt``, ``a``, ``b``) and write ``scored.jsonl`` (``id``, ``a``, ``b``).

    Raises
    ------
    TrainingRefused
    """
    device = compute_prepare()
    tokenizer = tokenizer_loaded(spec, spec.out)
    model = trained_loaded(spec, tokenizer, bf16=device_is_bf16(spec.settings.precision)).to(device)
    torch.manual_seed(spec.settings.seed)
    with (spec.folder / "pairs.jsonl").open(encoding="utf-8") as file:
        pairs = [json.loads(line) for line in file]
    with (spec.folder / "scored.jsonl").open("w", encoding="utf-8", newline="\n") as out:
        for start in range(0, len(pairs), _AT_ONCE):
            tell("step", step=start, steps=len(pairs), left_s=None)
            some = pairs[start : start + _AT_ONCE]
            found = {
                side: rewards_of(
                    model,
                    tokenizer,
                    [[*pair["prompt"], {"role": "assistant", "content": pair[side]}] for pair in some],
                    longest=spec.settings.max_length,
                )
                for side in ("a", "b")
            }
            for pair, one, other in zip(some, found["a"], found["b"], strict=True):
                out.write(json.dumps({"id": pair["id"], "a": one, "b": other}) + "\n")
    tell("done", pairs=len(pairs))
