"""Django settings, one topic a module; the environment itself is read in ``config.env`` alone."""

from __future__ import annotations

from config.settings.apps import *  # noqa: F403
from config.settings.auth import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.endpoints import *  # noqa: F403
from config.settings.http import *  # noqa: F403
from config.settings.logs import *  # noqa: F403
from config.settings.media import *  # noqa: F403
from config.settings.work import *  # noqa: F403
