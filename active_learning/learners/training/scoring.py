"""What a model makes of texts: rewards of replies, and how likely a policy finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch

_BATCH = 16
Message = dict[str, str]


def tokens_of(tokenizer: Any, messages: Sequence[Message], *, prompt: bool = False) -> list[int]:
    """Return the token ids of a conversation, ready for a reply when it is a prompt."""
    found = tokenizer.apply_chat_template(
        list(messages), tokenize=True, add_generation_prompt=prompt, return_dict=True
    )
    return list(found["input_ids"])


@torch.no_grad()
def rewards_of(
    model: Any, tokenizer: Any, conversations: Sequence[Sequence[Message]], *, longest: int
) -> list[float]:
    """Return the reward of each conversation's last reply; of a long one, the end is read."""
    found = [0.0] * len(conversations)
    rows = [tokens_of(tokenizer, messages)[-longest:] for messages in conversations]
    for places, ids, mask in _batches(rows, tokenizer.pad_token_id, model.device):
        scores = model(input_ids=ids, attention_mask=mask).logits[:, 0].float()
        for place, score in zip(places, scores.tolist(), strict=True):
            found[place] = score
    return found


@torch.no_grad()
def likelihoods_of(
    model: Any, tokenizer: Any, pairs: Sequence[tuple[Sequence[Message], Message]], *, longest: int
) -> list[float]:
    """Return the log-probability of each reply after its prompt; of a long one, the end is read."""
    found = [0.0] * len(pairs)
    rows, starts = [], []
    for prompt, reply in pairs:
        whole = tokens_of(tokenizer, [*prompt, reply])
        start = len(tokens_of(tokenizer, prompt, prompt=True))
        rows.append(whole[-longest:])
        starts.append(max(start - max(0, len(whole) - longest), 1))
    for places, ids, mask in _batches(rows, tokenizer.pad_token_id, model.device):
        chances = model(input_ids=ids, attention_mask=mask).logits[:, :-1].float().log_softmax(-1)
        said = chances.gather(-1, ids[:, 1:, None])[..., 0]
        for line, place in enumerate(places):
            found[place] = float(said[line, starts[place] - 1 : len(rows[place]) - 1].sum())
    return found


@torch.no_grad()
def continuations_of(
    model: Any, tokenizer: Any, prompts: Sequence[Sequence[Message]], end: Sequence[int], *, longest: int
) -> list[float]:
    """Return the log-probability of the tokens ``end`` as each reply's beginning; of a long prompt, the end is read."""
    found = [0.0] * len(prompts)
    rows = [[*tokens_of(tokenizer, prompt, prompt=True), *end][-longest:] for prompt in prompts]
    for places, ids, mask in _batches(rows, tokenizer.pad_token_id, model.device):
        chances = model(input_ids=ids, attention_mask=mask).logits[:, :-1].float().log_softmax(-1)
        said = chances.gather(-1, ids[:, 1:, None])[..., 0]
        for line, place in enumerate(places):
            last = len(rows[place]) - 1
            found[place] = float(said[line, max(0, last - len(end)) : last].sum())
    return found


@torch.no_grad()
def replies_of(
    model: Any, tokenizer: Any, prompts: Sequence[Sequence[Message]], *, longest: int, most: int
) -> list[str]:
    """Return the model's likeliest reply to each prompt, at most ``most`` tokens."""
    found = []
    for prompt in prompts:
        ids = torch.tensor([tokens_of(tokenizer, prompt, prompt=True)[-longest:]], device=model.device)
        out = model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=most,
            do_sample=False,
            pad_token_id=tokenizer.pad_token_id,
        )
        found.append(str(tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True)))
    return found


def _batches(
    rows: Sequence[list[int]], padding: int, device: torch.device
) -> Iterator[tuple[list[int], torch.Tensor, torch.Tensor]]:
    """Yield places, ids and mask, shape (batch, tokens), rows of like length together, padded on the right."""
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
    for start in range(0, len(order), _BATCH):
        places = order[start : start + _BATCH]
        longest = max(len(rows[place]) for place in places)
        ids = torch.full((len(places), longest), padding, dtype=torch.long)
        mask = torch.zeros((len(places), longest), dtype=torch.long)
        for line, place in enumerate(places):
            ids[line, : len(rows[place])] = torch.tensor(rows[place])
            mask[line, : len(rows[place])] = 1
        yield places, ids.to(device), mask.to(device)
