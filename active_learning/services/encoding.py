"""What is encoded outside of rounds: posts that experts ruled on, texts of clauses, questions of agents.

Each waits in a table for a worker, at most once at a time. The relay tells the queue of those who have the encoders;
nothing is encoded in a request.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import timedelta

from django.db.models.functions import Now

from active_learning.models import EncodingWait
from active_learning.selectors.likeness import text_sha256, texts_read
from policies.events import PrecedentProposed, PrecedentsLookedFor, ReleasePublished
from policies.selectors import ReleaseView, passages_of

ENCODE_TASK = "active_learning.encode_waiting"
HELP_TASK = "active_learning.help_encoding"
TOLD_AGAIN_S = 30
_QUEUE_MOST = 200
_LOOKS_EVERY_S = 0.1


def encoding_want(subject: str, text: str = "") -> None:
    """Have a worker encode something soon, unless it waits already."""
    EncodingWait.objects.bulk_create([EncodingWait(subject=subject, text=text)], ignore_conflicts=True)


def post_wanted(event: PrecedentProposed | PrecedentsLookedFor) -> None:
    """Have a post encoded that was ruled on, or that precedents are looked for."""
    encoding_want(f"post:{event.post_id}")


def release_wanted(event: ReleasePublished) -> None:
    """Have the texts of a release's clauses encoded."""
    encoding_want(f"release:{event.release_id}")


def encoding_waits() -> bool:
    """Whether something waits that no worker was told of within half a minute; it counts as told from now on."""
    due = EncodingWait.objects.filter(due_at__lte=Now())
    return due.update(due_at=Now() + timedelta(seconds=TOLD_AGAIN_S)) > 0


def text_read_soon(text: str, releases: Iterable[ReleaseView], *, seconds: float = 2.5) -> bool:
    """Have a question encoded that is held against the releases' texts; return whether it was within the time.

    Releases that no encoder has read yet are wanted, too, and not waited for. While workers are far behind, or have
    read nothing of these releases, it is not waited at all.
    """
    texts = {release.id: passages_of(release) for release in releases}
    read = texts_read({text, *(passage for passages in texts.values() for passage in passages)})
    unread = [release_id for release_id, passages in texts.items() if not read.issuperset(passages)]
    for release_id in unread:
        encoding_want(f"release:{release_id}")
    if text in read:
        return True
    if len(unread) == len(texts) or EncodingWait.objects.count() > _QUEUE_MOST:
        return False
    encoding_want(f"text:{text_sha256(text)}", text)
    return _awaited(text, time.monotonic() + seconds)


def _awaited(text: str, until: float) -> bool:
    while time.monotonic() < until:
        if texts_read([text]):
            return True
        time.sleep(_LOOKS_EVERY_S)
    return False
