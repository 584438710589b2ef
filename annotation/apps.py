from __future__ import annotations

from django.apps import AppConfig


class AnnotationConfig(AppConfig):
    """The ``annotation`` app."""

    name = "annotation"
    label = "annotation"

    def ready(self) -> None:
        """Take part in impact previews and campaigns; known answers follow what clauses mean."""
        from annotation.api import figures
        from annotation.events import PostDecided, SuggestionsStored
        from annotation.selectors.citations import citations_of, posts_of_precedents
        from annotation.selectors.held_out import posts_of_gold
        from annotation.selectors.uncertainty import uncertainty_suggested
        from annotation.services.gold import gold_follows_release, gold_leaves_release, gold_meets_release
        from annotation.services.harms import harm_follows
        from annotation.services.impact import AnnotationImpact
        from annotation.services.predictions import predictions_begin, predictions_follow
        from annotation.services.rulings import precedents_follow
        from annotation.services.settling import SETTLE_TASK, answers_wait
        from core.content.access import posts_are_shown_by
        from core.events import subscribe
        from core.jobs.chores import chore_register
        from core.queue.events import PredictionsChanged
        from policies.events import ReleasePublished, ReleaseRetired, ReleaseTookEffect
        from policies.services import (
            citation_rule_register,
            held_out_rule_register,
            impact_source_register,
            uncertainty_source_register,
        )

        figures.register()
        impact_source_register(AnnotationImpact())
        uncertainty_source_register(uncertainty_suggested)
        held_out_rule_register(posts_of_gold)
        citation_rule_register(citations_of)
        posts_are_shown_by(posts_of_precedents)
        chore_register(SETTLE_TASK, waits=answers_wait)
        subscribe(PostDecided, harm_follows)
        subscribe(PostDecided, precedents_follow)
        subscribe(SuggestionsStored, predictions_follow)
        subscribe(PredictionsChanged, predictions_begin)
        subscribe(ReleasePublished, gold_meets_release)
        subscribe(ReleaseTookEffect, gold_follows_release)
        subscribe(ReleaseRetired, gold_leaves_release)
