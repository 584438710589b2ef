from __future__ import annotations

import sys
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
from config.demo.material.shared_data import SharedData, SharedDataUnusableError
from config.demo.report import report_print
from config.demo.scenario import demo_steps, steps_run
from config.demo.server import DemoServer
from config.demo.stage import Stage

_WIDTH = 120
_FEWEST_POSTS, _FEWEST_COMPARISONS = 10, 2
_AGAIN = "Start the demo again, with the same options, to go on from here."


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
        """Run it. Exit status 2: asked for something that cannot be; 1: a step failed; 130: Ctrl-C."""
        started = time.monotonic()
        home = Path(settings.HOME)
        shared = self._shared_data(options)
        ledger = self._ledger(home / "demo", options)
        server = DemoServer(home / "logs" / "demo-up.log")
        try:
            server.start(self._say)
            stage = self._stage(ledger, server, options, shared)
            steps_run(stage, demo_steps())
        except DemoError as problem:
            logs = home / "logs"
            raise CommandError(f"{problem}\nWhat Concord's parts wrote is in {logs}. {_AGAIN}") from None
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {_AGAIN}", returncode=130) from None
        finally:
            connections.close_all()
            server.stop()
        report_print(ledger.steps, Console(width=None if sys.stdout.isatty() else _WIDTH))
        ledger.close()
        self._say(f"The demo took {time.monotonic() - started:.0f} s.")

    def _shared_data(self, options: dict[str, Any]) -> SharedData | None:
        """Refuse what cannot be made before anything is started."""
        for name, fewest in (("posts", _FEWEST_POSTS), ("comparisons", _FEWEST_COMPARISONS)):
            if options[name] < fewest:
                raise CommandError(
                    f"--{name} is {options[name]}; the demo needs at least {fewest}.", returncode=2
                )
        if options["data"] is None:
            return None
        try:
            shared = SharedData(options["data"])
        except SharedDataUnusableError as problem:
            raise CommandError(str(problem), returncode=2) from None
        for what in shared.left_out():
            self._say(f"{options['data']} has no {what}: the demo goes without.")
        return shared

    def _ledger(self, folder: Path, options: dict[str, Any]) -> Ledger:
        """Open the ledger; one of a demo that was asked for something else cannot be gone on from."""
        ledger = Ledger(folder)
        data = options["data"] and str(options["data"].resolve())
        asked = {"posts": options["posts"], "comparisons": options["comparisons"], "data": data}
        if "cast" not in ledger.steps:
            ledger.finish("cast", {"slug": f"demo-{time.strftime('%Y%m%d-%H%M%S')}", "asked": asked})
        before = ledger.steps["cast"].get("asked", asked)
        if before != asked:
            named = " ".join(f"--{name} {value}" for name, value in before.items() if value is not None)
            raise CommandError(
                f"A demo that was broken off waits in {folder}, started with {named}. "
                "Start it with the same to go on, or remove that folder to begin anew.",
                returncode=2,
            )
        return ledger

    def _stage(
        self, ledger: Ledger, server: DemoServer, options: dict[str, Any], shared: SharedData | None
    ) -> Stage:
        """Prepare the people and the material; an interrupted demo finds both as they were."""
        cast = cast_make(slug=ledger.steps["cast"]["slug"])
        folder = Path(settings.HOME) / "demo"
        self._say("Making the material.")
        material = make(
            folder / "material", posts=options["posts"], comparisons=options["comparisons"], shared=shared
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
