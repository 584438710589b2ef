"""Keeps the parts of one Concord alive: starts them, restarts the dead, and stops all of them in order."""

from __future__ import annotations

import contextlib
import json
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psutil

from config.embedded.lock import home_lock
from config.embedded.parent import MakeWatch
from config.embedded.parts import Part
from config.embedded.places import Places
from config.embedded.processes import PartFailedError, log_tail, process_stop, session_kill

_FIRST_DELAY_S = 0.5
_LONGEST_DELAY_S = 15.0
_STEADY_AFTER_S = 60.0
_DEATHS_IN_A_ROW = 6
_KEEP_LOG_BYTES = 20 * 1024 * 1024


class StopAskedError(Exception):
    """Somebody asked Concord to stop while it was still starting."""


@dataclass
class _Running:
    part: Part
    process: subprocess.Popen[bytes] | None
    started_at: float
    deaths: int = 0
    start_again_at: float = 0.0


class Supervisor:
    """Watches parts from one thread, woken by signals.

    Parameters
    ----------
    say
        Called with each sentence for the person at the terminal.
    """

    def __init__(self, places: Places, *, say: Callable[[str], None]) -> None:
        self._places = places
        self._say = say
        self._running: dict[str, _Running] = {}
        self._stop_asked = 0
        self._is_interruptible = False
        self._make = MakeWatch()
        self._wake_reader, self._wake_writer = socket.socketpair()

    @contextlib.contextmanager
    def guard(self) -> Iterator[None]:
        """Hold the home's lock and the signals; whatever happens inside, no part is left behind.

        Raises
        ------
        PartFailedError
            When another supervisor runs over the same home.
        """
        with home_lock(self._places):
            self._signals_take()
            try:
                self._orphans_end()
                yield
            finally:
                self.stop_all()

    def start(self, part: Part) -> None:
        """Start one part for the first time."""
        self._raise_if_stop_asked()
        _log_turn(part.log)
        self._running[part.name] = _Running(part, part.launch(), time.monotonic())
        self._note_processes()

    def wait_until(self, ready: Callable[[], bool], *, part: str, patience_s: float) -> None:
        """Wait until ``ready`` while the parts are watched.

        Raises
        ------
        PartFailedError
            When it takes longer than ``patience_s``.
        """
        deadline = time.monotonic() + patience_s
        while not ready():
            self._raise_if_stop_asked()
            self._tend()
            if time.monotonic() > deadline:
                log = self._running[part].part.log
                raise PartFailedError(
                    f"{part} is not ready after {patience_s:.0f} s. Its log ({log}) ends:\n{log_tail(log)}"
                )
            self._sleep(0.1)

    def watch(self, *, every: Callable[[], bool] | None = None) -> None:
        """Keep the parts alive until somebody asks to stop.

        Parameters
        ----------
        every
            Called about once a second; ``True`` restarts the parts that follow source changes.

        Raises
        ------
        PartFailedError
            When a part keeps dying.
        """
        while not self._stop_asked:
            self._tend()
            if every is not None and every():
                self._restart_followers()
            self._sleep(1.0)

    def stop_all(self) -> None:
        """Stop every part, the ones that take work in first and the database last."""
        if not self._running:
            return
        self._stop_asked = 0
        floors = sorted({running.part.floor for running in self._running.values()}, reverse=True)
        for floor in floors:
            self._stop_together(
                [running for running in self._running.values() if running.part.floor == floor]
            )
        self._running.clear()
        self._places.parts.unlink(missing_ok=True)

    def _stop_together(self, group: Sequence[_Running]) -> None:
        """Ask a floor's parts to stop, wait for them, and end those that take too long."""
        alive = [
            running for running in group if running.process is not None and running.process.poll() is None
        ]
        for running in alive:
            assert running.process is not None
            running.process.send_signal(running.part.stop_signal)
        began = time.monotonic()
        told = False
        while waiting := [running for running in alive if running.process and running.process.poll() is None]:
            spent_s = time.monotonic() - began
            if self._stop_asked or all(spent_s > running.part.patience_s for running in waiting):
                break
            if spent_s > 3 and not told:
                names = ", ".join(running.part.name for running in waiting)
                self._say(f"Waiting for {names} to finish what is under way. Ctrl-C again ends it now.")
                told = True
            self._sleep(0.2)
        for running in group:
            if running.process is not None:
                # PostgreSQL and Redis get to write their data out even when nobody wants to wait.
                patience_s = 30.0 if running.part.floor < 2 else 0.5
                process_stop(running.process, with_signal=running.part.stop_signal, patience_s=patience_s)

    def _tend(self) -> None:
        """Notice the dead and start those again whose time has come; notice when make was told to stop."""
        if self._make.was_told_to_stop():
            self._stop_asked += 1
            return
        for running in self._running.values():
            if running.process is not None and running.process.poll() is not None:
                self._bury(running)
            if running.process is None and time.monotonic() >= running.start_again_at:
                running.process = running.part.launch()
                running.started_at = time.monotonic()
                self._note_processes()

    def _bury(self, running: _Running) -> None:
        """Say that a part died and when it starts again; clear away what is left of it."""
        assert running.process is not None
        code = running.process.returncode
        lived_s = time.monotonic() - running.started_at
        session_kill(running.process.pid)
        running.process = None
        running.deaths = 1 if lived_s > _STEADY_AFTER_S else running.deaths + 1
        name, log = running.part.name, running.part.log
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        if running.deaths >= _DEATHS_IN_A_ROW:
            raise PartFailedError(
                f"{name} {how}, {running.deaths} times in a row, so everything is stopped. "
                f"Its log ({log}) ends:\n"
                f"{log_tail(log)}"
            )
        delay_s = (
            0.0 if running.deaths == 1 else min(_LONGEST_DELAY_S, _FIRST_DELAY_S * 2 ** (running.deaths - 2))
        )
        running.start_again_at = time.monotonic() + delay_s
        when = "now" if not delay_s else f"in {delay_s:g} s"
        self._say(f"{name} {how}. It is started again {when}. Its log is {log}.")

    def _restart_followers(self) -> None:
        self._say("The sources changed: workers start again.")
        followers = [running for running in self._running.values() if running.part.restarts_on_change]
        self._stop_together(followers)
        for running in followers:
            running.process, running.start_again_at = None, 0.0

    def _note_processes(self) -> None:
        """Write down which processes run, for the next start to end them if this process is killed."""
        noted = []
        for name, running in self._running.items():
            if running.process is not None:
                with contextlib.suppress(psutil.Error):
                    created = psutil.Process(running.process.pid).create_time()
                    noted.append({"name": name, "pid": running.process.pid, "created": created})
        draft = self._places.parts.with_suffix(".draft")
        draft.write_text(json.dumps(noted), encoding="utf-8")
        draft.replace(self._places.parts)

    def _orphans_end(self) -> None:
        """End what a killed supervisor left running (where the kernel did not do it already)."""
        try:
            noted = json.loads(self._places.parts.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return
        for entry in noted:
            if entry["name"] == "postgres":
                continue  # its own start waits for it, so that it can write its data out
            with contextlib.suppress(psutil.Error):
                process = psutil.Process(entry["pid"])
                if abs(process.create_time() - entry["created"]) < 1.0:
                    process.terminate()
                    with contextlib.suppress(psutil.TimeoutExpired):
                        process.wait(10)
                    session_kill(entry["pid"])
        self._places.parts.unlink(missing_ok=True)

    def _signals_take(self) -> None:
        """Turn signals into wake-ups of the one thread."""
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)
        signal.set_wakeup_fd(self._wake_writer.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_note)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _stop_note(self, number: int, frame: FrameType | None) -> None:
        self._stop_asked += 1
        if self._is_interruptible:
            raise StopAskedError

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let a signal break off what happens inside at once, where nothing is left half done by it.

        Raises
        ------
        StopAskedError
            When somebody asks to stop, before or meanwhile.
        """
        self._raise_if_stop_asked()
        self._is_interruptible = True
        try:
            yield
        finally:
            self._is_interruptible = False

    def _raise_if_stop_asked(self) -> None:
        if self._stop_asked:
            raise StopAskedError

    def _sleep(self, at_most_s: float) -> None:
        """Sleep until a signal arrives, a child's end included."""
        select.select([self._wake_reader], [], [], at_most_s)
        with contextlib.suppress(BlockingIOError):
            self._wake_reader.recv(4096)


def _log_turn(log: Path) -> None:
    """Set a grown log aside before a part starts."""
    if log.exists() and log.stat().st_size > _KEEP_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
