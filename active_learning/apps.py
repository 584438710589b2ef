from __future__ import annotations

from django.apps import AppConfig


class ActiveLearningConfig(AppConfig):
    """The ``active_learning`` app."""

    name = "active_learning"
    label = "active_learning"

    def ready(self) -> None:
        """Let decisions settle suspects; tell policies which posts are alike, and which measure models;
        tell labelling whose suggestions count.

        What was ruled on and what clauses say is encoded as it comes.
        """
        from active_learning.selectors.held_out import posts_of_evaluation
        from active_learning.selectors.likeness import EncodersLikeness
        from active_learning.selectors.promotions import heads_promoted
        from active_learning.selectors.shards import shards_wait
        from active_learning.selectors.uncertainty import uncertainty_picked
        from active_learning.services.encoding import (
            ENCODE_TASK,
            HELP_TASK,
            encoding_waits,
            post_wanted,
            release_wanted,
        )
        from active_learning.services.hidden_vectors import vectors_of_hidden_leave
        from active_learning.services.suspects import suspects_settle
        from annotation.events import PostDecided
        from annotation.services import head_source_register
        from core.content.events import PostHidden
        from core.events import subscribe
        from core.jobs.chores import chore_register
        from policies.events import PrecedentProposed, PrecedentsLookedFor, ReleasePublished
        from policies.services import (
            held_out_rule_register,
            likeness_source_register,
            uncertainty_source_register,
        )

        uncertainty_source_register(uncertainty_picked)
        held_out_rule_register(posts_of_evaluation)
        likeness_source_register(EncodersLikeness())
        head_source_register(heads_promoted)
        subscribe(PostDecided, suspects_settle)
        subscribe(PostHidden, vectors_of_hidden_leave)
        subscribe(PrecedentProposed, post_wanted)
        subscribe(PrecedentsLookedFor, post_wanted)
        subscribe(ReleasePublished, release_wanted)
        chore_register(ENCODE_TASK, waits=encoding_waits, queue="gpu")
        chore_register(HELP_TASK, waits=shards_wait, queue="gpu")
