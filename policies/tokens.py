"""How long a text is for a language model: tokens of ``o200k_base``, whose vocabulary comes with the package."""

from __future__ import annotations

import functools
from typing import Protocol

ENCODING = "o200k_base"


class _Tokenizer(Protocol):
    def count(self, text: str) -> int: ...


def token_count(text: str) -> int:
    """Return the number of tokens of ``text``; special tokens in it count as the plain text they are."""
    return _tokenizer().count(text)


@functools.cache
def tokenizer_name() -> str:
    """Return what counted, such as ``o200k_base (bpe-openai 0.1.4)``."""
    from importlib.metadata import version

    return f"{ENCODING} (bpe-openai {version('bpe-openai')})"


@functools.cache
def _tokenizer() -> _Tokenizer:
    # Half a second and 130 MB, mostly shared between processes: only who asks for a count pays for it.
    from bpe_openai._bindings import tokenizer_for_encoding

    tokenizer: _Tokenizer = tokenizer_for_encoding(ENCODING)
    return tokenizer
