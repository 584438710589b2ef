from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from rich.console import Console

from config.demo.api import DemoError, HttpApi
from config.demo.cast import cast_make
from config.demo.ledger import Ledger
from config.demo.material import make
from config.demo.material.shared_data import SharedDataMissingError
from config.demo.report import report_print
from config.demo.scenario import demo_steps, steps_run
from config.demo.server import DemoServer
from config.demo.stage import Stage


class Command(BaseCommand):
    help = (
        "Runs the main job from end to end through the public API and prints what each step produced. "
        "Broken off, it goes on from where it was when started again."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--data", type=Path, help="a folder of real data to use instead of made material")
        parser.add_argument("--posts", type=int, default=240, help="how many posts to make (240)")
        parser.add_argument("--comparisons", type=int, default=60, help="how many comparisons to make (60)")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        home = Path(settings.HOME)
        ledger = Ledger(home / "demo")
        server = DemoServer(home / "logs" / "demo-up.log")
        try:
            server.start(self._say)
            stage = self._stage(ledger, server, options)
            steps_run(stage, demo_steps())
        except (DemoError, SharedDataMissingError) as problem:
            raise CommandError(f"{problem} Start the demo again to go on from here.") from None
        finally:
            connections.close_all()
            server.stop()
        report_print(ledger.steps, Console(width=110))
        ledger.close()
        self._say(f"The demo took {time.monotonic() - started:.0f} s.")

    def _stage(self, ledger: Ledger, server: DemoServer, options: dict[str, Any]) -> Stage:
        """Prepare the people and the material; an interrupted demo finds both as they were."""
        if "cast" not in ledger.steps:
            ledger.finish("cast", {"slug": f"demo-{time.strftime('%Y%m%d-%H%M%S')}"})
        cast = cast_make(slug=ledger.steps["cast"]["slug"])
        folder = Path(settings.HOME) / "demo"
        self._say("Making the material.")
        material = make(
            folder / "material",
            posts=options["posts"],
            comparisons=options["comparisons"],
            data=options["data"],
        )
        return Stage(
            project_id=cast.project.pk,
            slug=cast.project.slug,
            api_of=lambda key: HttpApi(server.url, cast.tokens[key]),
            ledger=ledger,
            material=material,
            folder=folder,
            say=self._say,
            url=server.url,
            tokens=cast.tokens,
        )

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
