"""Base models and tokenizers: safetensors only, no remote code, nothing fetched from the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoModelForImageTextToText,
    AutoModelForSequenceClassification,
    AutoTokenizer,
    ProcessorMixin,
)

from active_learning.learners.encoders.transformer_loading import loading_options
from active_learning.learners.training.spec import Spec, TrainingRefused

# For base models that come without one.
_PLAIN_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


_KINDS: dict[str, Any] = {
    "reward": AutoModelForSequenceClassification,
    "sft_vlm": AutoModelForImageTextToText,
}


def device_is_bf16(precision: str) -> bool:
    """Whether to compute in bf16.

    Raises
    ------
    TrainingRefused
        It was asked for where the device cannot.
    """
    if precision == "float32":
        return False
    able = torch.cuda.is_available() and torch.cuda.is_bf16_supported()
    if precision == "bf16" and not able:
        raise TrainingRefused(
            "This worker has no GPU that computes in bf16. Choose automatic precision, or start a gpu worker on one."
        )
    return able


def tokenizer_loaded(spec: Spec, source: str | Path | None = None) -> Any:
    """Return the base's tokenizer with a padding token and a chat template.

    Raises
    ------
    TrainingRefused
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(source or spec.base), **loading_options(spec.revision))
    except (OSError, ValueError, KeyError) as problem:
        raise base_unloadable(spec) from problem
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    if tokenizer.chat_template is None:
        tokenizer.chat_template = _PLAIN_TEMPLATE
    tokenizer.padding_side = "right"
    return tokenizer


def tokenizer_of(processing: Any) -> Any:
    """Return the tokenizer of a processor, or the tokenizer that was given."""
    return processing.tokenizer if isinstance(processing, ProcessorMixin) else processing


def model_loaded(spec: Spec, tokenizer: Any, source: str | Path | None = None, *, bf16: bool) -> Any:
    """Return the model to train: one score a text for the reward recipe, else a language model, seeing or not.

    Adapters train over weights in bf16 where the device computes in it; all weights are trained in float32.

    Raises
    ------
    TrainingRefused
    """
    kind = _KINDS.get(spec.recipe, AutoModelForCausalLM)
    labels = {"num_labels": 1} if spec.recipe == "reward" else {}
    torch.manual_seed(spec.settings.seed)
    try:
        model = kind.from_pretrained(
            str(source or spec.base),
            use_safetensors=True,
            dtype=torch.bfloat16 if bf16 and spec.settings.lora_rank else torch.float32,
            **labels,
            **loading_options(spec.revision),
        )
    except (OSError, ValueError, RuntimeError, KeyError) as problem:
        raise base_unloadable(spec) from problem
    model.config.pad_token_id = tokenizer.pad_token_id
    return model


def adapters_wanted(spec: Spec) -> Any:
    """Return the configuration of LoRA adapters, or None to train every weight."""
    if not spec.settings.lora_rank:
        return None
    from peft import LoraConfig

    return LoraConfig(
        r=spec.settings.lora_rank,
        lora_alpha=2 * spec.settings.lora_rank,
        lora_dropout=0.0,
        target_modules="all-linear",
        task_type="SEQ_CLS" if spec.recipe == "reward" else "CAUSAL_LM",
    )


def trained_loaded(spec: Spec, tokenizer: Any, *, bf16: bool) -> Any:
    """Return the model as it was trained, from the run's ``out`` folder."""
    if not (spec.out / "adapter_config.json").exists():
        return model_loaded(spec, tokenizer, spec.out, bf16=bf16).eval()
    from peft import PeftModel

    base = model_loaded(spec, tokenizer, bf16=bf16)
    return PeftModel.from_pretrained(base, str(spec.out)).eval()


def base_unloadable(spec: Spec) -> TrainingRefused:
    """Return why the base cannot be used, and what to do."""
    return TrainingRefused(
        f"The base model {Path(spec.base).name if Path(spec.base).is_absolute() else spec.base} cannot be loaded on "
        "this worker. Its folder or hub cache there must hold a model that transformers knows, with safetensors "
        "weights, a tokenizer and no code of its own. Fetch it there first with: hf download."
    )
