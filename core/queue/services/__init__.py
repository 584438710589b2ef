"""Writes of the queue: making tasks, handing them out, taking answers in."""

from __future__ import annotations

from core.queue.domain.harm import Harm as PostHarm
from core.queue.domain.harm import severity_of_step
from core.queue.services.amendments import submission_amend, submission_beside
from core.queue.services.closures import ahead_return, break_end, break_take, budgets_refresh, work_stop
from core.queue.services.drafts import draft_save
from core.queue.services.gold_offers import KnownPair, Offer, gold_offers_set, pair_offers_set
from core.queue.services.harms import harms_find, harms_predict, harms_state
from core.queue.services.holds import slots_free, slots_hold, source_free, source_hold, source_tasks_open
from core.queue.services.leases import (
    Wish,
    door_and_turn_statement,
    languages_must_be_said,
    lease_next,
    lease_release,
    lease_renew,
    leases_expire,
    leases_take,
    must_be_active,
    take_statements,
    tasks_taken,
    turn_statement,
)
from core.queue.services.moving import TasksMoved, tasks_move
from core.queue.services.notes import note_write, question_answer, question_raise
from core.queue.services.onboarding import (
    onboarding_again,
    onboarding_answered,
    onboarding_begin,
    onboarding_decided,
    onboarding_move,
    onboarding_step_drop,
    onboarding_steps_set,
)
from core.queue.services.pauses import (
    must_not_be_paused,
    pause_answer,
    pause_appeal,
    pause_by_hand,
    pause_make,
)
from core.queue.services.reviews import review_record
from core.queue.services.rules import quality_rules_set, task_ask_more
from core.queue.services.submissions import (
    Receipt,
    Standing,
    standing_of,
    standing_statements,
    submission_record,
    submission_store,
)
from core.queue.services.tasks import TaskSpec, tasks_create, tasks_withdraw
from core.queue.services.views import ViewSpec, views_record

__all__ = [
    "KnownPair",
    "Offer",
    "PostHarm",
    "Receipt",
    "Standing",
    "TaskSpec",
    "TasksMoved",
    "ViewSpec",
    "Wish",
    "ahead_return",
    "break_end",
    "break_take",
    "budgets_refresh",
    "door_and_turn_statement",
    "draft_save",
    "gold_offers_set",
    "harms_find",
    "harms_predict",
    "harms_state",
    "languages_must_be_said",
    "lease_next",
    "lease_release",
    "lease_renew",
    "leases_expire",
    "leases_take",
    "must_be_active",
    "must_not_be_paused",
    "note_write",
    "onboarding_again",
    "onboarding_answered",
    "onboarding_begin",
    "onboarding_decided",
    "onboarding_move",
    "onboarding_step_drop",
    "onboarding_steps_set",
    "pair_offers_set",
    "pause_answer",
    "pause_appeal",
    "pause_by_hand",
    "pause_make",
    "quality_rules_set",
    "question_answer",
    "question_raise",
    "review_record",
    "severity_of_step",
    "slots_free",
    "slots_hold",
    "source_free",
    "source_hold",
    "source_tasks_open",
    "standing_of",
    "standing_statements",
    "submission_amend",
    "submission_beside",
    "submission_record",
    "submission_store",
    "take_statements",
    "task_ask_more",
    "tasks_create",
    "tasks_move",
    "tasks_taken",
    "tasks_withdraw",
    "turn_statement",
    "views_record",
    "work_stop",
]
