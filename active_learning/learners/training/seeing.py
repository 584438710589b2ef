"""Rows with pictures and the models that see them: processors without video, tokens, how likely a reply is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
import transformers
from transformers import AutoConfig, AutoImageProcessor
from transformers.models.auto import processing_auto

from active_learning.learners.encoders.transformer_loading import loading_options
from active_learning.learners.training.loading import base_unloadable, tokenizer_loaded
from active_learning.learners.training.spec import Spec, TrainingRefused

_TAKEN = {"image_processor", "tokenizer", "video_processor"}


def processor_loaded(spec: Spec) -> Any:
    """Return what turns pictures and words into numbers for the base; rows hold no video, so it takes none.

    Raises
    ------
    TrainingRefused
    """
    options = loading_options(spec.revision)
    tokenizer = tokenizer_loaded(spec)
    try:
        kind = _processor_kind(AutoConfig.from_pretrained(spec.base, **options).model_type)
        pictures = AutoImageProcessor.from_pretrained(spec.base, backend="pil", **options)
        told, _ = kind.get_processor_dict(spec.base, **options)
    except (OSError, ValueError, KeyError, ImportError) as problem:
        raise base_unloadable(spec) from problem
    made = {"image_processor": pictures, "tokenizer": tokenizer, "video_processor": None}
    told = {name: value for name, value in told.items() if name not in _TAKEN}
    told["chat_template"] = told.get("chat_template") or tokenizer.chat_template
    processor = kind.from_args_and_dict([made[name] for name in kind.get_attributes()], told)
    kept = [name for name in kind.get_attributes() if made[name] is not None]
    # It is saved with the parts it has; this class is this processor's alone.
    kind.get_attributes = classmethod(lambda _: kept)
    return processor


def _processor_kind(model_type: str) -> Any:
    """Return the processor's class for a type of model, not asking for a part that reads video.

    Raises
    ------
    TrainingRefused
        The model sees nothing, or hears as well.
    """
    named = processing_auto.PROCESSOR_MAPPING_NAMES.get(model_type)  # type: ignore[attr-defined]
    base = getattr(transformers, named, None) if named else None
    if base is None or not {"image_processor", "tokenizer"} <= set(base.get_attributes()) <= _TAKEN:
        raise TrainingRefused(
            f"A model of the type {model_type} does not take pictures and words. Choose one that does, such as a "
            "Qwen-VL, or another recipe."
        )

    def taken(self: Any, name: str, argument: Any) -> Any:
        return None if argument is None else base.check_argument_for_proper_class(self, name, argument)

    # Under the class's own name: the processor is saved by it.
    return type(base.__name__, (base,), {"check_argument_for_proper_class": taken})


def tokens_seen(processor: Any, row: Mapping[str, Any]) -> int:
    """Return how many tokens a row's conversation and pictures are."""
    text = _written(processor, [*row["prompt"], *row["completion"]], row["images"], prompt=False)
    return int(_inputs(processor, text, row["images"])["input_ids"].shape[1])


@torch.no_grad()
def likelihood_seen(
    model: Any, processor: Any, prompt: Sequence[Any], reply: Any, images: Sequence[Any]
) -> tuple[float, int]:
    """Return the log-probability of a reply to a prompt with pictures, and of how many tokens it is."""
    begun = _inputs(processor, _written(processor, prompt, images, prompt=True), images)["input_ids"].shape[1]
    given = _inputs(processor, _written(processor, [*prompt, reply], images, prompt=False), images)
    given = given.to(model.device)
    ids = given["input_ids"]
    chances = model(**given).logits[0, :-1].float().log_softmax(-1)
    said = chances.gather(-1, ids[0, 1:, None])[:, 0][begun - 1 :]
    return float(said.sum()), int(said.numel())


def _written(processor: Any, messages: Sequence[Any], images: Sequence[Any], *, prompt: bool) -> str:
    from trl.data_utils import prepare_multimodal_messages

    ready = prepare_multimodal_messages([dict(message) for message in messages], images=list(images))
    return str(processor.apply_chat_template(ready, tokenize=False, add_generation_prompt=prompt))


def _inputs(processor: Any, text: str, images: Sequence[Any]) -> Any:
    return processor(text=[text], images=list(images) or None, return_tensors="pt", add_special_tokens=False)
