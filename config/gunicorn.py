"""How the web processes run; the same file serves ``manage.py up`` and a container."""

from __future__ import annotations

import gc
from typing import Any

from config.settings.environment import ENVIRONMENT

# Requests are threads already: products of small tables wait longer for a second one than they gain by it.
raw_env = ["OPENBLAS_NUM_THREADS=1"]

wsgi_app = "config.wsgi:application"
bind = f"{ENVIRONMENT.bind}:{ENVIRONMENT.port}"
worker_class = "config.web_worker.WebWorker"
workers = ENVIRONMENT.web_processes
threads = ENVIRONMENT.web_threads
reload = ENVIRONMENT.debug
preload_app = not ENVIRONMENT.debug
timeout = 120
graceful_timeout = 20
keepalive = 15
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8190
limit_request_fields = 100
limit_request_field_size = 8190
forwarded_allow_ips = "127.0.0.1,::1"
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "info"


def when_ready(server: Any) -> None:
    """Set what the processes share aside, before they are made: no collection looks through it, and none copies it.

    What a request leaves is freed at once, as always; only rings of objects wait for a collection, a little longer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)
