"""A vision-language base model of a few thousand weights, and rows whose reply follows what is seen and said."""

from __future__ import annotations

import io
from copy import deepcopy
from pathlib import Path
from typing import Any

from tests.training.tiny import Json, pair_texts

_MARKS = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")
_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: "
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for block in message['content'] %}"
    "{% if block['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ block['text'] }}{% endif %}"
    "{% endfor %}{% endif %} <end> {% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


def seeing_base_make(folder: Path, words: Path) -> Path:
    """Write a tiny random Qwen2.5-VL over the words of the base in ``words``, as it lies on a disk."""
    import torch
    from transformers import (
        AutoTokenizer,
        Qwen2_5_VLConfig,
        Qwen2_5_VLForConditionalGeneration,
        Qwen2VLImageProcessorPil,
    )

    torch.manual_seed(7)
    tokenizer = deepcopy(AutoTokenizer.from_pretrained(str(words)))
    tokenizer.add_special_tokens({"additional_special_tokens": list(_MARKS)})
    tokenizer.chat_template = _TEMPLATE
    place = {mark: tokenizer.get_vocab()[mark] for mark in _MARKS}
    config = Qwen2_5_VLConfig(
        text_config={
            "vocab_size": len(tokenizer),
            "hidden_size": 32,
            "intermediate_size": 64,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "num_key_value_heads": 2,
            "max_position_embeddings": 512,
            "rope_scaling": {"type": "mrope", "mrope_section": [2, 2, 4]},
            "pad_token_id": tokenizer.pad_token_id,
            "eos_token_id": tokenizer.eos_token_id,
            "bos_token_id": None,
        },
        vision_config={
            "depth": 2,
            "hidden_size": 16,
            "intermediate_size": 32,
            "num_heads": 2,
            "out_hidden_size": 32,
            "fullatt_block_indexes": [1],
        },
        image_token_id=place["<|image_pad|>"],
        video_token_id=place["<|video_pad|>"],
        vision_start_token_id=place["<|vision_start|>"],
        vision_end_token_id=place["<|vision_end|>"],
    )
    Qwen2_5_VLForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    pixels: dict[str, Any] = {"min_pixels": 28 * 28, "max_pixels": 56 * 56}
    Qwen2VLImageProcessorPil(**pixels).save_pretrained(folder)
    return folder


def seen_make(count: int, *, first: int = 0) -> list[Json]:
    """Return rows as those of ``sft_vlm``; every third one shows nothing."""
    rows = []
    for number in range(first, first + count):
        pictures = [] if number % 3 == 0 else [{"bytes": _picture(number), "path": None}]
        said = [{"type": "text", "text": pair_texts(number)[1]}]
        shown = [{"type": "image", "text": None} for _ in pictures]
        rows.append(
            {
                "images": pictures,
                "messages": [
                    {"role": "user", "content": [*shown, *said]},
                    {"role": "assistant", "content": [{"type": "text", "text": "yes it is rude"}]},
                ],
                "example_id": f"{number:06}",
            }
        )
    return rows


def _picture(number: int) -> bytes:
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (40, 32), (number * 37 % 256, 90, 20)).save(held, "PNG")
    return held.getvalue()
