from __future__ import annotations

import select

from django.db.backends.postgresql import base
from psycopg import pq


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the server whether it is there only when the socket has something to say.

    A server that ended, or ended the connection, has closed its side, which makes the socket readable; on an
    idle connection that stands, nothing waits to be read. Django asks by a query at the start of each request.
    """

    def is_usable(self) -> bool:
        """Return whether the connection can be used."""
        if self.connection is None:
            return False
        wire = self.connection.pgconn
        if wire.status == pq.ConnStatus.OK and wire.transaction_status == pq.TransactionStatus.IDLE:
            poll = select.poll()
            poll.register(wire.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
            if not poll.poll(0):
                return True
        return bool(super().is_usable())
