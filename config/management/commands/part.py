from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.embedded.parts import WORKER_QUEUES, part_command
from config.env import PROJECT_ROOT
from config.settings.environment import ENVIRONMENT

_NAMES = ("web", "relay", "beat", *WORKER_QUEUES)


class Command(BaseCommand):
    help = "Becomes one part of Concord: the web, the relay, beat, or a worker of one queue."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=_NAMES)

    def handle(self, *args: Any, **options: Any) -> None:
        # In place of this process, so that signals reach the part itself.
        command = part_command(options["name"], ENVIRONMENT)
        os.chdir(PROJECT_ROOT)
        os.execv(command[0], command)  # noqa: S606 - our own program, found without a shell
