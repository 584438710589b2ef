from __future__ import annotations

import json
import socket
import sys
import urllib.error
import urllib.request
from typing import Any

import redis
from celery import current_app
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections
from kombu.exceptions import OperationalError as BrokerError

from config.demo.seeding import seed_steps
from config.embedded.parts import own_parts, pages_port, server_parts
from config.embedded.places import Places
from config.embedded.processes import PartFailedError
from config.embedded.sources import SourceWatch
from config.embedded.supervisor import StopAskedError, Supervisor
from config.settings.environment import ENVIRONMENT

_LAST_SEED_STEP = seed_steps()[-1].name


class Command(BaseCommand):
    help = (
        "Runs the whole of Concord on this machine until Ctrl-C: database, broker, web, workers, beat, relay."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-demo", action="store_true", help="leave a new home without the demo project"
        )
        parser.add_argument("--headless", action="store_true", help="print no login links")
        parser.add_argument(
            "--reload", action="store_true", help="restart the parts when their sources change"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        supervisor = Supervisor(Places(ENVIRONMENT.home), say=self._say)
        try:
            _port_check()
            with supervisor.guard():
                self._start(supervisor, demo=not options["no_demo"], reload=options["reload"])
                self._greet(links=not options["headless"], reload=options["reload"])
                changed = SourceWatch().changed if options["reload"] else None
                supervisor.watch(every=changed)
                self._say("Stopping.")
        except StopAskedError:
            self._say("Stopped before it was ready.")
        except PartFailedError as problem:
            raise CommandError(str(problem)) from None
        self._say("Everything is stopped; the data is kept.")

    def _start(self, supervisor: Supervisor, *, demo: bool, reload: bool) -> None:
        """Start the servers, bring the tables up to date, start Concord's own parts, wait for the web."""
        for part, server in server_parts(ENVIRONMENT):
            self._say(f"Starting {part.name}.")
            supervisor.start(part)
            supervisor.wait_until(server.answers, part=part.name, patience_s=120)
        for _, server in server_parts(ENVIRONMENT):
            if hasattr(server, "database_make"):
                server.database_make("concord")
        _broker_check()
        with supervisor.interruptible():
            self._say("Bringing the tables up to date.")
            call_command("prepare", verbosity=0)
            if demo and _seed_is_due():
                self._say("Making the demo project.")
                call_command("seed_demo")
        connections.close_all()
        self._say("Starting web, workers, beat and relay.")
        for part in own_parts(ENVIRONMENT, reload=reload):
            supervisor.start(part)
        supervisor.wait_until(_web_answers, part="web", patience_s=120)

    def _greet(self, *, links: bool, reload: bool) -> None:
        """Print the address and, for each demo role, a link that signs in once."""
        self._say("")
        self._say(f"Concord is at {settings.PUBLIC_ORIGIN}")
        if reload:
            self._say(f"Pages that follow their sources are at http://localhost:{pages_port(ENVIRONMENT)}")
        people = get_user_model().objects.filter(email__endswith="@demo.concord", is_simulated=False)
        if links and people:
            from core.accounts.services import login_link_issue

            self._say("Sign in with a link (each works once, within twelve hours):")
            for person in people.order_by("id"):
                self._say(f"  {person.display_name:<24} {login_link_issue(person)}")
        if not get_user_model().objects.filter(is_simulated=False).exists():
            self._say("Nobody has an account yet. Make the first manager and their sign-in link with:")
            self._say(
                f"  {sys.executable} manage.py create_user you@example.org --name 'Your Name' "
                "--organization example --project first"
            )
        self._say("Ctrl-C stops everything and keeps the data.")
        connections.close_all()

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _seed_is_due() -> bool:
    """Return whether the data folder is new, or its demo project was left half made."""
    ledger = Places(ENVIRONMENT.home).home / "seed" / "steps.json"
    if not get_user_model().objects.exists():
        return True
    if not ledger.parent.exists():
        return False
    done = json.loads(ledger.read_text(encoding="utf-8")) if ledger.exists() else {}
    return _LAST_SEED_STEP not in done


def _port_check() -> None:
    """Refuse a port that is taken, before anything is started.

    Raises
    ------
    PartFailedError
    """
    family = socket.AF_INET6 if ":" in ENVIRONMENT.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ENVIRONMENT.bind, ENVIRONMENT.port))
        except OSError as problem:
            raise PartFailedError(
                f"Port {ENVIRONMENT.port} on {ENVIRONMENT.bind} cannot be used ({problem.strerror}). "
                "Stop what uses it, or set PORT to another number."
            ) from None


def _broker_check() -> None:
    """Ask the Redis and the broker that were named in the environment.

    Raises
    ------
    PartFailedError
    """
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=5, socket_timeout=5).ping()
    except redis.RedisError as problem:
        raise PartFailedError(f"Redis does not answer. Check REDIS_URL. It says: {problem}") from None
    try:
        with current_app.connection_for_write(connect_timeout=5) as broker:
            broker.ensure_connection(max_retries=0, timeout=5)
    except (BrokerError, OSError) as problem:
        raise PartFailedError(
            f"The broker does not answer. Check CELERY_BROKER_URL. It says: {problem}"
        ) from None


def _web_answers() -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(ENVIRONMENT.bind, ENVIRONMENT.bind)  # noqa: S104
    request = urllib.request.Request(f"http://{host}:{ENVIRONMENT.port}/healthz")
    try:
        with urllib.request.urlopen(request, timeout=10):  # noqa: S310 - our own address
            return True
    except urllib.error.HTTPError:
        return True  # it answers; what it says about the other parts is theirs to settle
    except (urllib.error.URLError, OSError):
        return False
