"""How the web processes run; the same file serves ``manage.py up`` and a container."""

from __future__ import annotations

from config.settings.environment import ENVIRONMENT

wsgi_app = "config.wsgi:application"
bind = f"{ENVIRONMENT.bind}:{ENVIRONMENT.port}"
worker_class = "gthread"
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
