"""How a project asks: overlap, one more where people disagree, gold, pauses."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.queue.domain.states import SlotState, TaskState
from core.queue.errors import QualityRulesInvalidError
from core.queue.models import QualityRules, Slot, Task
from core.queue.selectors.quality import rules_forget
from core.queue.services.harms import wards_of
from core.queue.services.holds import sources_paused


@transaction.atomic
def quality_rules_set(actor: Actor, project_id: uuid.UUID, *, values: Mapping[str, Any]) -> QualityRules:
    """Change how a project asks; in force for what is handed out and decided from now on.

    Parameters
    ----------
    values
        Fields of `QualityRules`; what is not among them stays.

    Raises
    ------
    NotFoundError, CapabilityMissingError, QualityRulesInvalidError
    """
    project = project_get(actor, project_id, needs=Capability.PROJECT_MANAGE)
    rules, _ = QualityRules.objects.select_for_update().get_or_create(project=project)
    for name, value in values.items():
        setattr(rules, name, value)
    _check(rules)
    rules.save(update_fields=list(values) or None)
    rules_forget(project.pk)
    transaction.on_commit(lambda: rules_forget(project.pk))
    audit_record(
        actor, action="quality.change", project=project, target=rules, data={"fields": sorted(values)}
    )
    return rules


def _check(rules: QualityRules) -> None:
    errors = []
    most = max([rules.overlap, *(row.get("overlap") or 0 for row in rules.clauses.values())])
    if rules.answers_most and rules.answers_most < most:
        message = f"At most {rules.answers_most} answers are fewer than the {most} that are asked for anyway."
        errors.append({"path": "answers_most", "message": message})
    if errors:
        raise QualityRulesInvalidError(errors)


def task_ask_more(task_id: uuid.UUID, *, clause_keys: list[str], answers_most: int) -> bool:
    """Ask one more person about these clauses of a task that was full; return whether there was room for it.

    The caller holds the task's lock, and is in the transaction that filled it.
    """
    task = Task.objects.get(pk=task_id)
    if task.slots >= answers_most or task.state == TaskState.WITHDRAWN:
        return False
    if Slot.objects.filter(task=task).exclude(state=SlotState.FILLED).exists():
        return False
    asked = [key for key in task.clause_keys if key in set(clause_keys)]
    if not asked:
        return False
    is_paused = task.source_id is not None and bool(sources_paused({task.source_id}))
    Slot.objects.create(
        task=task,
        ordinal=task.slots,
        project_id=task.project_id,
        kind=task.kind,
        priority=task.priority,
        state=SlotState.PAUSED if is_paused else SlotState.OPEN,
        clause_keys=None if asked == task.clause_keys else asked,
        ward_id=_ward_of(task),
    )
    Task.objects.filter(pk=task_id).update(slots=task.slots + 1, state=TaskState.OPEN)
    audit_record(None, action="task.ask_more", project=task.project, target=task, data={"clause_keys": asked})
    return True


def _ward_of(task: Task) -> int:
    """Return the ward for one more slot: its post's as it is now, else that of the slots it has."""
    if task.post_id is not None:
        return wards_of([task.post_id]).get(task.post_id, 0)
    return Slot.objects.filter(task=task).values_list("ward_id", flat=True)[0]
