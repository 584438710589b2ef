from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config.demo.api import InProcessApi
from config.demo.cast import cast_make
from config.demo.ledger import Ledger
from config.demo.material import make
from config.demo.scenario import steps_run
from config.demo.seeding import seed_steps
from config.demo.stage import Stage


class Command(BaseCommand):
    help = (
        "Fills a new installation with the demo project: a released policy, posts, comparisons, some answers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--posts", type=int, default=36, help="how many posts to make (36)")
        parser.add_argument("--messages", type=int, default=180, help="how many posts of words alone (180)")
        parser.add_argument("--comparisons", type=int, default=16, help="how many comparisons to make (16)")

    def handle(self, *args: Any, **options: Any) -> None:
        cast = cast_make(slug="marketplace-safety")
        with tempfile.TemporaryDirectory(prefix="concord-demo-") as folder:
            stage = Stage(
                project_id=cast.project.pk,
                slug=cast.project.slug,
                api_of=lambda key: InProcessApi(cast.tokens[key]),
                ledger=Ledger(Path(settings.HOME) / "seed"),
                material=make(
                    Path(folder),
                    posts=options["posts"],
                    messages=options["messages"],
                    comparisons=options["comparisons"],
                ),
                folder=Path(folder),
                say=self._say,
                is_parallel=False,
            )
            steps_run(stage, seed_steps())
        self._detail_clear()

    def _say(self, sentence: str) -> None:
        """Keep a line for each step; what happens inside one passes by on the terminal's last line."""
        if sentence.startswith("["):
            self._detail_clear()
            self.stdout.write(f"  {sentence}")
        elif self.stdout.isatty():
            self._detail_clear()
            self.stdout.write(f"    {sentence[:70]}", ending="")
        self.stdout.flush()

    def _detail_clear(self) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r\x1b[2K", ending="")
