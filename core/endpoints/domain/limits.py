"""What one endpoint may be asked at most, and what its answers cost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MOST_CONCURRENT = 64
MOST_PER_MINUTE = 100_000
MOST_TOKENS = 32_768
MOST_SECONDS = 600
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices per million tokens in the currency the project thinks in; ``None``: not told."""

    tokens_in: Decimal | None
    tokens_out: Decimal | None

    @property
    def are_told(self) -> bool:
        """Whether a cost can be computed."""
        return self.tokens_in is not None and self.tokens_out is not None

    def cost(self, tokens_in: int, tokens_out: int) -> Decimal | None:
        """Return what so many tokens cost; ``None`` when a price was not told."""
        if self.tokens_in is None or self.tokens_out is None:
            return None
        return (self.tokens_in * tokens_in + self.tokens_out * tokens_out) / _MILLION
