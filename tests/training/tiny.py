"""A base model of a few thousand weights, and rows whose better reply follows a known rule."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_FILLER = "blue red green one two three four five stone river sky bread tree lamp door cat dog fish"
_SAYING = "system: user: assistant: violating safe kind rude yes no the a is and said it spam hate"
_FILLING = _FILLER.split()
_WORDS = [*_SAYING.split(), *_FILLING]
_TEMPLATE = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }} <end> {% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)


def base_make(folder: Path) -> Path:
    """Write a tiny random model over single words, with its tokenizer, as somebody's base model lies on a disk."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    words = ["<pad>", "<end>", "<unk>", *_WORDS]
    made = Tokenizer(models.WordLevel({word: place for place, word in enumerate(words)}, unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", eos_token="<end>", unk_token="<unk>"
    )
    tokenizer.chat_template = _TEMPLATE
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=len(words),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=128,
        pad_token_id=0,
        eos_token_id=1,
        bos_token_id=None,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def pair_texts(number: int) -> tuple[str, str]:
    """Return a better and a worse reply: the better one is ``kind``, the worse one ``rude``, whatever their lengths."""
    draw = random.Random(number)
    better = [draw.choice(_FILLING) for _ in range(draw.randint(2, 9))]
    worse = [draw.choice(_FILLING) for _ in range(draw.randint(2, 9))]
    better.insert(draw.randint(0, len(better)), "kind")
    worse.insert(draw.randint(0, len(worse)), "rude")
    return " ".join(better), " ".join(worse)


def pairs_make(count: int, *, first: int = 0) -> list[Json]:
    """Return rows as those of ``rm``."""
    rows = []
    for number in range(first, first + count):
        better, worse = pair_texts(number)
        rows.append(
            {
                "prompt": [{"role": "user", "content": "said it"}],
                "chosen": [{"role": "assistant", "content": better}],
                "rejected": [{"role": "assistant", "content": worse}],
                "margin": 0.0,
                "example_id": f"{number:06}",
            }
        )
    return rows


def decided_make(count: int, *, first: int = 0) -> list[Json]:
    """Return rows as those of ``grpo``: posts that say ``rude`` are violating."""
    rows = []
    for number in range(first, first + count):
        harmful = number % 4 != 0
        post = f"{pair_texts(number)[1 if harmful else 0]}"
        rows.append(
            {
                "prompt": [{"role": "user", "content": post}],
                "ground_truth": "violating" if harmful else "safe",
                "rubric": [{"clause_key": "hate", "answer": "yes", "is_harmful": harmful, "weight": 1.0}],
                "example_id": f"{number:06}",
            }
        )
    return rows


def spec_write(folder: Path, base: Path, recipe: str, splits: dict[str, list[Json]], **settings: Any) -> Path:
    """Write the rows and what to do with them into ``folder``; return the file that says it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for split, rows in splits.items():
        (folder / "data" / split).mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(rows), folder / "data" / split / "00000.parquet")
    path = folder / "spec.json"
    document = {"recipe": recipe, "base": str(base), "folder": str(folder), "settings": settings}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


class Program:
    """The program at work in a process of its own."""

    def __init__(self, spec: Path, work: str = "train") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "active_learning.learners.training", work, str(spec)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        self.told: list[Json] = []

    def until(self, event: str, **facts: Any) -> Json:
        """Read on until it tells ``event`` with these facts."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told.append(json.loads(line))
            if self.told[-1]["event"] == event and facts.items() <= self.told[-1].items():
                return self.told[-1]
        raise AssertionError(f"It ended without {event}; the last it told: {self.told[-3:]}")

    def end(self) -> int:
        """Wait for its end and return its status."""
        assert self.process.stdout is not None
        self.told += [json.loads(line) for line in self.process.stdout]
        return self.process.wait(timeout=120)


def scores_read(spec: Path, split: str = "test") -> list[Json]:
    """Return the scores of a split."""
    text = (spec.parent / "scores" / f"{split}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def replies_make(count: int, *, first: int = 0) -> list[Json]:
    """Return rows as those of ``sft``: whoever is rude is told so."""
    rows = []
    for number in range(first, first + count):
        is_rude = number % 2 == 0
        rows.append(
            {
                "messages": [
                    {"role": "user", "content": pair_texts(number)[int(is_rude)]},
                    {"role": "assistant", "content": "rude is hate" if is_rude else "kind and safe"},
                ],
                "example_id": f"{number:06}",
            }
        )
    return rows


def judged_make(count: int, *, first: int = 0) -> list[Json]:
    """Return rows as those of ``guard``: posts that say ``rude`` are a violation."""
    rows = replies_make(count, first=first)
    for number, row in enumerate(rows, first):
        said = {"violation": int(number % 2 == 0), "policy_category": None, "rationale": ""}
        row["messages"][-1]["content"] = json.dumps(said)
    return rows


def answered_make(count: int, *, first: int = 0) -> list[Json]:
    """Return rows as those of ``labels``: two clauses, each of which asks for a word."""
    rows = []
    for number in range(first, first + count):
        is_rude = number % 2 == 0
        text = pair_texts(number)[int(is_rude)]
        for clause, answer in (("rude", "yes" if is_rude else "no"), ("kind", "no" if is_rude else "yes")):
            rows.append(
                {
                    "example_id": f"{number:06}-{clause}",
                    "item_id": f"post-{number}",
                    "clause_key": clause,
                    "answer": answer,
                    "parts": [
                        {"id": "1", "kind": "text", "text": text},
                        {"id": "2", "kind": "image", "text": None},
                    ],
                }
            )
    return rows


def encoder_make(folder: Path, words: Path) -> Path:
    """Write a tiny random encoder of texts over the words of the base in ``words``."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    tokenizer = AutoTokenizer.from_pretrained(str(words))
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=128,
        pad_token_id=0,
    )
    BertModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
