"""The web's worker: gunicorn's threads, which wait for no client without end and write nothing it sent to the log."""

from __future__ import annotations

import contextlib
import errno
import socket
import struct
import time
from functools import partial
from selectors import EVENT_READ
from types import FrameType
from typing import Any

from gunicorn.http import errors, get_parser
from gunicorn.http.unreader import SocketUnreader
from gunicorn.util import write_error
from gunicorn.workers.gthread import TConn, ThreadWorker

# How long a request may take to arrive before it must come at the slowest pace that is waited for.
_GRACE_S = 20.0
_SLOWEST_BYTES_PER_S = 4096
_SENDS_NOTHING_S = 10
# A browser that has enough of a paused video takes nothing for a while, and asks for the rest later.
_TAKES_NOTHING_S = 60
_REFUSALS = {
    errors.LimitRequestLine: (414, "URI Too Long"),
    errors.LimitRequestHeaders: (431, "Request Header Fields Too Large"),
    errors.ExpectationFailed: (417, "Expectation Failed"),
    errors.UnsupportedTransferCoding: (501, "Not Implemented"),
    errors.InvalidResponseHeader: (500, "Internal Server Error"),
    errors.InvalidResponseHeaderName: (500, "Internal Server Error"),
}


class PacedReader(SocketUnreader):  # type: ignore[misc]
    """Reads a request for as long as it comes at the slowest pace that is waited for."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.until = 0.0

    def begin(self) -> None:
        """Let another request arrive."""
        self.until = time.monotonic() + _GRACE_S

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return what comes next.

        Raises
        ------
        ConnectionResetError
            When the client is silent or too slow: it is as good as gone.
        """
        if time.monotonic() > self.until:
            raise ConnectionResetError(errno.ECONNRESET, "The client sends too slowly.")
        try:
            piece: bytes = super().chunk(size_hint)
        except BlockingIOError:
            raise ConnectionResetError(errno.ECONNRESET, "The client stopped sending.") from None
        self.until += len(piece) / _SLOWEST_BYTES_PER_S
        return piece


class Connection(TConn):  # type: ignore[misc]
    """A connection that the thread which answered last has closed already when gunicorn's loop would."""

    def close(self, graceful: bool = False) -> None:
        """Close it, once."""
        if self.sock.fileno() >= 0:
            super().close(graceful)


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """One process of the web."""

    def accept(self, listener: socket.socket) -> None:
        """Take a connection in; a thread takes it when something has arrived on it."""
        try:
            sock, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", _SENDS_NOTHING_S, 0))
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _TAKES_NOTHING_S, 0))
        connection = Connection(self.cfg, sock, client, listener.getsockname())
        connection.parser = get_parser(self.cfg, sock, client)
        connection.parser.unreader = PacedReader(sock)
        connection.set_timeout()
        self.nr_conns += 1
        self.pending_conns.append(connection)
        self.poller.register(sock, EVENT_READ, partial(self.on_pending_socket_readable, connection))

    def handle(self, conn: Connection) -> Any:
        """Answer one request; whether another may follow. The loop must not linger over who is slow to leave."""
        conn.parser.unreader.begin()
        another = super().handle(conn)
        if another is False:
            conn.close(graceful=True)
        return another

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Stop as gently on Ctrl-C as when told to; gunicorn kills who takes longer than ``graceful_timeout``."""
        self.handle_exit(sig, frame)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Say that a request is none, and log by whom and how: never what was sent, which may hold secrets."""
        if isinstance(exc, errors.ParseException):
            status, reason = _REFUSALS.get(type(exc), (400, "Bad Request"))
            self.log.warning("A request from %s was refused: %s", addr[0], type(exc).__name__)
        else:
            status, reason = 500, "Internal Server Error"
            self.log.exception("A request failed outside the application.")
        with contextlib.suppress(OSError):
            write_error(
                client, status, reason, "This is not a request that Concord can read." if status < 500 else ""
            )
