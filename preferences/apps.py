from __future__ import annotations

from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    """Pair work: comparisons, judgments, decisions about them, ratings."""

    name = "preferences"
    label = "preferences"

    def ready(self) -> None:
        """Take part in impact previews, standing and what is unclear; have a worker look at what judgments lead to."""
        from core.content.access import posts_are_shown_by
        from core.content.events import PostHidden
        from core.events import subscribe
        from core.jobs.chores import chore_register
        from core.queue.beside_registry import posts_beside_by
        from core.queue.marks_registry import mark_source_register
        from policies.events import ReleasePublished, ReleaseRetired, ReleaseTookEffect
        from policies.services import impact_source_register, unclear_source_register
        from preferences.selectors.gold import marks_on_pairs
        from preferences.selectors.material import material_handed_to, material_is_beside
        from preferences.selectors.unclear import UnclearAxes
        from preferences.services.gold import gold_pairs_follow_release, gold_pairs_meet_release
        from preferences.services.impact import PreferenceImpact
        from preferences.services.material import tasks_of_hidden_material_withdraw
        from preferences.services.settling import SETTLE_TASK, judgments_wait
        from preferences.services.slate_impact import SlateImpact

        impact_source_register(PreferenceImpact())
        impact_source_register(SlateImpact())
        unclear_source_register(UnclearAxes())
        chore_register(SETTLE_TASK, waits=judgments_wait)
        mark_source_register(marks_on_pairs)
        subscribe(PostHidden, tasks_of_hidden_material_withdraw)
        posts_are_shown_by(material_handed_to)
        posts_beside_by(material_is_beside)
        subscribe(ReleasePublished, gold_pairs_meet_release)
        subscribe(ReleaseTookEffect, gold_pairs_follow_release)
        subscribe(ReleaseRetired, gold_pairs_follow_release)
