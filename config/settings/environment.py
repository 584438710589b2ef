"""The parsed environment that the other settings modules share."""

from __future__ import annotations

from config.env import PROJECT_ROOT, environment_read

ENVIRONMENT = environment_read()
ROOT = PROJECT_ROOT
