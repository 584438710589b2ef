from __future__ import annotations

from django.apps import AppConfig


class AnnotationConfig(AppConfig):
    """The ``annotation`` app."""

    name = "annotation"
    label = "annotation"

    def ready(self) -> None:
        """Take part in impact previews and campaigns."""
        from annotation.services.impact import AnnotationImpact
        from policies.services import impact_source_register

        impact_source_register(AnnotationImpact())
