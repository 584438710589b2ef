#!/usr/bin/env python
"""Django's command line for Concord."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from config.env import EnvironmentValueError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except EnvironmentValueError as problem:
        sys.exit(str(problem))
