"""Statements that the server parses and plans once a connection: for the few paths that run all day.

They share Django's connection and so its transaction. Several travel together: one message there, one back, and
the two processes wake each other once. Everything else goes through the ORM, which is easier to read.
"""

from __future__ import annotations

import itertools
import re
import select
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, LiteralString
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import Connection, OperationalError, errors, pq
from psycopg.abc import Buffer
from psycopg.abc import Transformer as TransformerType
from psycopg.adapt import AdaptersMap, Loader, PyFormat, Transformer
from psycopg.rows import TupleRow
from pydantic_core import from_json

Parameters = Mapping[str, Any]
Statement = tuple[LiteralString, Parameters]


class _JsonReader(Loader):
    """JSON of the server's own, read by pydantic's parser: half of psycopg's time, the same objects."""

    def load(self, data: Buffer) -> Any:
        return from_json(bytes(data))


_adapters = AdaptersMap(psycopg.adapters)
for _kind in ("json", "jsonb"):
    _adapters.register_loader(_kind, _JsonReader)

_PLACE = re.compile(r"%\((\w+)\)s|%%")
_TEXT = 0
_Key = tuple[str, tuple[int, ...]]
_kept: WeakKeyDictionary[Connection[Any], tuple[dict[_Key, bytes], TransformerType]] = WeakKeyDictionary()
_numbers = itertools.count()


def rows(statement: LiteralString, parameters: Parameters) -> list[TupleRow]:
    """Run one statement on Django's connection and return all its rows, JSON as Python's own objects.

    Raises
    ------
    django.db.Error
        As the ORM does.
    """
    return together([(statement, parameters)])[0]


def row(statement: LiteralString, parameters: Parameters) -> TupleRow | None:
    """Run one statement and return its first row, if it has one."""
    found = rows(statement, parameters)
    return found[0] if found else None


def together(statements: Sequence[Statement]) -> list[list[TupleRow]]:
    """Run statements one after the other in one exchange with the server; return the rows of each.

    Each sees what those before it did, and what others had committed when it began. After an error in one the
    rest is not run; inside a transaction that ends it, outside one nothing of this exchange is kept.
    """
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    own.validate_no_broken_transaction()
    began = time.monotonic()
    with own.wrap_database_errors:
        found = _Exchange(own.connection).run(statements)
    if own.queries_logged:
        spent = f"{time.monotonic() - began:.3f}"
        own.queries_log.extend({"sql": statement, "time": spent} for statement, _ in statements)
    return found


class _Exchange:
    """One round of messages on a connection that nobody else uses meanwhile."""

    def __init__(self, raw: Connection[Any]) -> None:
        self.raw, self.wire = raw, raw.pgconn
        # The names of what is prepared, and the converter of values, which learns each type once.
        self.known, self.transformer = _kept.get(raw) or _kept.setdefault(raw, ({}, Transformer(_adapters)))
        self.fresh: dict[_Key, bytes] = {}

    def run(self, statements: Sequence[Statement]) -> list[list[TupleRow]]:
        wire = self.wire
        if wire.status != pq.ConnStatus.OK:
            raise OperationalError("the connection is closed")
        transformer = self.transformer
        # As psycopg does it: the first statement opens the transaction that Django asked for.
        must_begin = not self.raw.autocommit and wire.transaction_status == pq.TransactionStatus.IDLE
        wire.enter_pipeline_mode()
        kinds: list[
            _Key | bool
        ] = []  # of each result to come: whose preparation it is, or whether rows are wanted
        try:
            if must_begin:
                wire.send_query_params(b"BEGIN", None)
                kinds.append(False)
            for statement, parameters in statements:
                self._send(transformer, statement, parameters, kinds)
            wire.pipeline_sync()
            found = self._receive(transformer, kinds)
        finally:
            if wire.status == pq.ConnStatus.OK:
                self._drain()
                wire.exit_pipeline_mode()
        return found

    def _send(
        self, transformer: TransformerType, statement: str, parameters: Parameters, kinds: list[_Key | bool]
    ) -> None:
        text, names = _numbered(statement)
        values = [parameters[name] for name in names]
        data = transformer.dump_sequence(values, [PyFormat.AUTO] * len(values))
        types = tuple(transformer.types or ())
        key = (statement, types)
        name = self.known.get(key) or self.fresh.get(key)
        if name is None:
            name = self.fresh[key] = f"_concord_{next(_numbers)}".encode()
            self.wire.send_prepare(name, text, types)
            kinds.append(key)
        self.wire.send_query_prepared(name, data, transformer.formats, _TEXT)
        kinds.append(True)

    def _receive(self, transformer: TransformerType, kinds: list[_Key | bool]) -> list[list[TupleRow]]:
        found: list[list[TupleRow]] = []
        for kind in kinds:
            result = self._next()
            if result is None or result.status in (
                pq.ExecStatus.FATAL_ERROR,
                pq.ExecStatus.PIPELINE_ABORTED,
            ):
                raise (
                    OperationalError("the server closed the connection")
                    if result is None
                    else errors.error_from_result(result)
                )
            if isinstance(kind, tuple):
                self.known[kind] = self.fresh[
                    kind
                ]  # the server keeps it, whatever becomes of the transaction
            elif kind:
                transformer.set_pgresult(result)
                found.append(transformer.load_rows(0, result.ntuples, tuple) if result.nfields else [])
            self._next()  # the end of this statement's results
        return found

    def _next(self) -> pq.abc.PGresult | None:
        """Return the next result, waiting for the server without holding other threads up."""
        wire = self.wire
        while wire.is_busy():
            self._wait()
            wire.consume_input()
        return wire.get_result()

    def _wait(self) -> None:
        poll = select.poll()
        poll.register(self.wire.socket, select.POLLIN | (select.POLLOUT if self.wire.flush() else 0))
        poll.poll()

    def _drain(self) -> None:
        """Read on to the end of the pipeline, so that the connection can be used again."""
        while True:
            result = self._next()
            if result is not None and result.status == pq.ExecStatus.PIPELINE_SYNC:
                return
            if self.wire.status != pq.ConnStatus.OK:
                return


@lru_cache(maxsize=256)
def _numbered(statement: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a statement with numbered places, and the name that goes to each."""
    names: list[str] = []

    def number(found: re.Match[str]) -> str:
        name = found.group(1)
        if name is None:
            return "%"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return _PLACE.sub(number, statement).encode(), tuple(names)
