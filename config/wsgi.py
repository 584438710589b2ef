"""The web process's entry: it must never load torch or anything that loads it."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
if not settings.DEBUG:
    # Once for all processes, before they are made, instead of in each with its first request.
    assert get_resolver().url_patterns
