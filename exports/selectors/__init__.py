"""Reads of exports. Every one for a request is scoped to what the caller may see."""

from __future__ import annotations

from exports.models import Version
from exports.selectors.datasets import dataset_get, datasets_in
from exports.selectors.versions import file_get, rows_sample, version_get, versions_of

__all__ = ["Version", "dataset_get", "datasets_in", "file_get", "rows_sample", "version_get", "versions_of"]
