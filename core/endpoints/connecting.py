"""Connections that reach only checked addresses: the name is asked once, and what was checked is what is called."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from core.endpoints.domain.addresses import AddressNotAllowedError, BaseAddress, address_checked

LOOK_UP_S = 0.25
"""How long a read waits before it looks whether anybody still wants the answer."""


class WaitingStoppedError(Exception):
    """Nobody waits for the answer any more."""


class CheckedBackend(httpcore.NetworkBackend):
    """Opens TCP connections to one host, by an address that was checked a moment before.

    The client above it still speaks TLS to the host's name, so a certificate must be the host's; an answer of the
    name service that changes between check and connection changes nothing.
    """

    def __init__(self, base: BaseAddress, stopped: threading.Event) -> None:
        self._base = base
        self._stopped = stopped
        self._tcp = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        if (host, port) != (self._base.host, self._base.port):
            raise AddressNotAllowedError("Only the endpoint's own host is called.")
        addresses = addresses_of(host, port)
        for address in addresses:
            address_checked(address, is_named=self._base.is_named)
        problem: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses:
            try:
                stream = self._tcp.connect_tcp(
                    address, port, timeout=timeout, local_address=local_address, socket_options=socket_options
                )
                return _StoppableStream(stream, self._stopped)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise AddressNotAllowedError("Only hosts are called.")


class _StoppableStream(httpcore.NetworkStream):
    """A connection whose reads end soon after somebody stopped waiting."""

    def __init__(self, inner: httpcore.NetworkStream, stopped: threading.Event) -> None:
        self._inner = inner
        self._stopped = stopped

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            if self._stopped.is_set():
                raise WaitingStoppedError()
            left = LOOK_UP_S if until is None else min(LOOK_UP_S, until - time.monotonic())
            if left <= 0:
                raise httpcore.ReadTimeout()
            try:
                return self._inner.read(max_bytes, timeout=left)
            except httpcore.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout=timeout)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname=server_hostname, timeout=timeout)
        return _StoppableStream(inner, self._stopped)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses of a host's name, each once, in the order of the name service.

    Raises
    ------
    httpcore.ConnectError
        When the name is not known.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise httpcore.ConnectError("the name is not known") from None
    return list(dict.fromkeys(str(row[4][0]) for row in found))
