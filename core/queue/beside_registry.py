"""What is shown under a lease beside its task's post: told by the app whose kind of task shows more than that.

Registered as an app starts. Without any, a lease shows its task's post and nothing else.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from core.queue.models import Task

BesideRule = Callable[[Task, uuid.UUID], bool]
"""Takes a task and a post of its project; tells whether whoever does the task is shown the post too."""

_rules: list[BesideRule] = []


def posts_beside_by(rule: BesideRule) -> None:
    """Ask ``rule`` too from now on; twice is the same as once."""
    if rule not in _rules:
        _rules.append(rule)


def is_shown_beside(task: Task, post_id: uuid.UUID) -> bool:
    """Return whether some rule says that the post is shown with the task."""
    return any(rule(task, post_id) for rule in _rules)
