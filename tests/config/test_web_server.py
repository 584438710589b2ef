"""What the web's server owes to those who send slowly, badly, or at the wrong moment."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from config.web_worker import PacedReader
from tests.services.running import ROOT, free_port, wait_until

_THREADS = 4
_HEAD = b"Host: 127.0.0.1\r\n"


class Web:
    """The server as ``manage.py part web`` starts it, with another application."""

    def __init__(self, home: Path) -> None:
        self.port, self.log = free_port(), home / "web.log"
        settings = {"CONCORD_HOME": str(home), "PORT": str(self.port), "CONCORD_WEB_PROCESSES": "1"}
        with self.log.open("wb") as out:
            self.process = psutil.Popen(
                [
                    *(sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py"),
                    *("tests.config.web_echo:application",),
                ],
                cwd=ROOT,
                env={**os.environ, **settings, "CONCORD_WEB_THREADS": str(_THREADS)},
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        wait_until(self.answers, patience_s=60, what="the web answers")

    def connect(self) -> socket.socket:
        """Open a connection that nothing was sent on."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=15)

    def ask(self, request: bytes) -> bytes:
        """Send bytes on a connection of their own; return all that comes back until it is closed."""
        with self.connect() as line:
            line.sendall(request)
            return everything(line)

    def get(self, path: str = "/", *headers: bytes) -> dict[str, Any]:
        """What the application was told by one request."""
        lines = b"".join(header + b"\r\n" for header in (*headers, b"Connection: close"))
        return told(self.ask(b"GET " + path.encode() + b" HTTP/1.1\r\n" + _HEAD + lines + b"\r\n"))

    def answers(self) -> bool:
        """Whether somebody listens and answers."""
        with contextlib.suppress(OSError):
            return self.get()["path"] == "/"
        return False

    def stop(self) -> int:
        """Ask it to stop, as the supervisor and Compose do, and wait."""
        self.process.terminate()
        return int(self.process.wait(40) or 0)


def everything(line: socket.socket) -> bytes:
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := line.recv(65536):
            found += piece
    return found


def answer_of(line: socket.socket) -> dict[str, Any]:
    """Read one answer of a connection that stays open."""
    found = b""
    while b"\r\n\r\n" not in found or not found.endswith(b"}"):
        piece = line.recv(65536)
        assert piece, found
        found += piece
    return told(found)


def told(answer: bytes) -> dict[str, Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), answer
    return dict(json.loads(body))


def posted(body: bytes, *, length: int | None = None, path: bytes = b"/") -> bytes:
    declared = len(body) if length is None else length
    return b"POST " + path + b" HTTP/1.1\r\n" + _HEAD + b"Content-Length: %d\r\n\r\n" % declared + body


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    """One server for the tests that leave it running."""
    with tempfile.TemporaryDirectory(prefix="concord-test-") as folder:
        started = Web(Path(folder))
        yield started
        started.stop()


@pytest.fixture
def own_web(tmp_path: Path) -> Iterator[Web]:
    """A server of the test's own, to be stopped or killed."""
    started = Web(tmp_path)
    family = [started.process, *started.process.children()]
    yield started
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


def test_what_all_processes_share_is_not_looked_through_by_their_collections(web: Web) -> None:
    assert web.get()["set_aside"] > 1000


def test_a_header_with_an_underscore_cannot_stand_for_a_proxys_own(web: Web) -> None:
    for headers in (
        (b"X-Forwarded-For: 192.0.2.1", b"X_Forwarded_For: 192.0.2.9"),
        (b"X_Forwarded_For: 192.0.2.9", b"X-Forwarded-For: 192.0.2.1"),
    ):
        found = web.get("/", *headers, b"X_Forwarded_Proto: https", b"X_CSRFToken: stolen")
        assert found["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
        assert "HTTP_X_FORWARDED_PROTO" not in found
        assert "HTTP_X_CSRFTOKEN" not in found
        assert found["REMOTE_ADDR"] == "127.0.0.1"


def test_connections_that_say_nothing_keep_nobody_waiting(web: Web) -> None:
    with contextlib.ExitStack() as opened:
        for _ in range(4 * _THREADS):
            opened.enter_context(web.connect())
        began = time.monotonic()
        assert web.get()["path"] == "/"
        assert time.monotonic() - began < 5


def test_clients_that_stop_in_the_middle_give_their_threads_back(web: Web) -> None:
    begun = (
        b"GET / HTTP/1.1\r\nHost: 12",
        posted(b"half", length=8),
        posted(b"x" * 1000, length=10_000_000),
        b"POST / HTTP/1.1\r\n" + _HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhal",
    )
    assert len(begun) == _THREADS
    with contextlib.ExitStack() as opened:
        for part in begun:
            opened.enter_context(web.connect()).sendall(part)
        assert web.get()["path"] == "/"
        assert told(web.ask(posted(b"whole").replace(b"Host", b"Connection: close\r\nHost")))["length"] == 5
    assert "Traceback" not in web.log.read_text(encoding="utf-8")


def test_those_who_never_read_hold_no_more_than_their_own_threads(web: Web) -> None:
    with contextlib.ExitStack() as opened:
        for _ in range(_THREADS - 1):
            line = opened.enter_context(web.connect())
            line.sendall(b"GET /endless HTTP/1.1\r\n" + _HEAD + b"\r\n")
            line.recv(1)
        assert web.get()["path"] == "/"
    # Gone, they free their threads at once.
    for _ in range(2 * _THREADS):
        assert web.get()["path"] == "/"


def test_a_request_in_many_pieces_and_two_in_one_piece_are_answered(web: Web) -> None:
    with web.connect() as line:
        for piece in (
            b"POST /pieces HT",
            b"TP/1.1\r\nHost: 127.0.0.1\r",
            b"\nContent-Le",
            b"ngth: 6\r\n\r\n",
            b"abc",
        ):
            line.sendall(piece)
            time.sleep(0.02)
        line.sendall(b"def")
        assert answer_of(line)["length"] == 6
        line.sendall(
            posted(b"one", path=b"/first")
            + b"GET /second HTTP/1.1\r\n"
            + _HEAD
            + b"Connection: close\r\n\r\n"
        )
        both = everything(line)
    assert both.index(b'"/first"') < both.index(b'"/second"')
    assert both.count(b"HTTP/1.1 200 OK") == 2


def test_more_uploads_at_once_than_may_be_read_at_once_are_all_answered(web: Web) -> None:
    whole = b"POST /chunks HTTP/1.1\r\n" + _HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    size = 300_000
    with contextlib.ExitStack() as opened:
        lines = [opened.enter_context(web.connect()) for _ in range(4 * _THREADS)]
        for line in lines:
            line.sendall(posted(bytes(size // 2), length=size))
        for line in lines:
            line.sendall(bytes(size // 2) + whole + whole)
        for line in lines:
            found = b""
            while found.count(b"HTTP/1.1 200 OK") < 3 or not found.endswith(b"}"):
                found += line.recv(65536)


def test_an_upload_that_waits_to_be_told_to_go_on_is_read_and_not_held_in_memory(web: Web) -> None:
    before_kib = web.get()["held_kib"]
    size = 48 * 1024 * 1024
    with web.connect() as line:
        line.sendall(
            b"POST / HTTP/1.1\r\n" + _HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % size
        )
        assert line.recv(100).startswith(b"HTTP/1.1 100")
        for _ in range(48):
            line.sendall(bytes(1024 * 1024))
        found = answer_of(line)
    assert found["length"] == size
    assert found["held_kib"] - before_kib < 8 * 1024


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 3\r\nContent-Length: 4\r\n",
        b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Content-Length: +3\r\n",
        b"Content-Length: 3\r\n folded\r\n",
        b"X-One: 1\nX-Two: 2\r\n",
    ],
)
def test_what_could_mean_two_requests_is_refused_and_nothing_behind_it_is_read(
    web: Web, headers: bytes
) -> None:
    behind = b"GET /behind HTTP/1.1\r\n" + _HEAD + b"\r\n"
    answer = web.ask(b"POST / HTTP/1.1\r\n" + _HEAD + headers + b"\r\n3\r\nabc\r\n0\r\n\r\n" + behind)
    assert answer.split(b" ")[1] in {b"400", b"501"}, answer
    assert b"/behind" not in answer


def test_a_body_that_nobody_read_is_not_taken_for_the_next_request(web: Web) -> None:
    hidden = b"GET /hidden HTTP/1.1\r\n" + _HEAD + b"\r\n"
    with web.connect() as line:
        line.sendall(posted(hidden, path=b"/unread"))
        assert answer_of(line)["path"] == "/unread"
        line.sendall(b"GET /next HTTP/1.1\r\n" + _HEAD + b"Connection: close\r\n\r\n")
        assert told(everything(line))["path"] == "/next"


def test_what_a_client_sent_is_not_written_to_the_log(web: Web) -> None:
    web.ask(b"GET /?token=secret-one HTTP/1.1\r\n" + _HEAD + b"Authorization: Bearer secret-two\x00\r\n\r\n")
    web.ask(posted(b"one" + b"secret-three\r\n\r\n", length=3))
    web.ask(b"GET / HTTP/1.1\r\n" + _HEAD + b"secret-four\r\n\r\n")
    assert "secret" not in web.log.read_text(encoding="utf-8")


def test_a_stop_waits_for_what_is_being_answered_and_takes_nothing_new(own_web: Web) -> None:
    with own_web.connect() as idle, own_web.connect() as line:
        idle.sendall(b"GET / HTTP/1.1\r\n" + _HEAD + b"\r\n")
        answer_of(idle)
        line.sendall(posted(b"an answer", path=b"/slow"))
        wait_until(lambda: _is_busy(own_web), patience_s=10, what="the request is under way")
        began = time.monotonic()
        own_web.process.terminate()
        found = everything(line)
        assert told(found)["length"] == 9
        assert own_web.process.wait(20) == 0
        assert time.monotonic() - began < 10
    with pytest.raises(ConnectionRefusedError):
        own_web.connect()


def test_ctrl_c_waits_as_well(own_web: Web) -> None:
    with own_web.connect() as line:
        line.sendall(posted(b"an answer", path=b"/slow"))
        wait_until(lambda: _is_busy(own_web), patience_s=10, what="the request is under way")
        for process in (own_web.process, *own_web.process.children()):
            process.send_signal(signal.SIGINT)  # a terminal tells all of them
        assert told(everything(line))["length"] == 9


def test_a_killed_process_is_replaced_and_none_outlives_a_killed_first_one(own_web: Web) -> None:
    killed = own_web.get()["pid"]
    os.kill(killed, signal.SIGKILL)
    began = time.monotonic()
    wait_until(own_web.answers, patience_s=20, what="another answers")
    assert own_web.get()["pid"] != killed
    assert time.monotonic() - began < 15
    left = own_web.process.children()
    own_web.process.kill()
    assert psutil.wait_procs(left, timeout=10)[1] == []


def test_a_body_that_comes_too_slowly_is_given_up() -> None:
    here, there = socket.socketpair()
    with here, there:
        there.sendall(b"some")
        reader = PacedReader(here)
        with pytest.raises(ConnectionResetError, match="too slowly"):
            reader.chunk()
        reader.begin()
        assert reader.chunk() == b"some"


def _is_busy(web: Web) -> bool:
    """Whether the application has begun with a slow answer."""
    return "a slow answer" in web.log.read_text(encoding="utf-8")
