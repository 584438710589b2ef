"""Whether somebody is past a project's onboarding."""

from __future__ import annotations


def is_passed(*, right: int, answered: int, of: int, pass_share: float) -> bool:
    """Whether a try that is over was passed.

    Posts that somebody skipped, declined or does not take count neither way, as long as half of the set or more was
    answered: less says too little about anybody. A set of which nothing can be handed out stops nobody.

    Parameters
    ----------
    right
        Posts answered as known, of ``answered``.
    of
        Posts in the set.
    pass_share
        0 (left out) to 1, of the answered ones.
    """
    if of == 0:
        return True
    if answered * 2 < of:
        return False
    return right >= pass_share * answered - 1e-9


def tries_left(*, try_number: int, first_try: int, tries: int | None) -> int | None:
    """Return how many tries follow the present one; None where there is no end to them."""
    return None if tries is None else max(tries - (try_number - first_try + 1), 0)
