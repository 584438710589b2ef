from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from config.embedded.secret import secret_key
from config.settings.environment import ENVIRONMENT, ROOT

__all__ = [
    "ALLOWED_HOSTS",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DEBUG",
    "FRONTEND_DIST",
    "MIDDLEWARE",
    "PUBLIC_ORIGIN",
    "REST_FRAMEWORK",
    "SECRET_KEY",
    "SECURE_CONTENT_TYPE_NOSNIFF",
    "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_REFERRER_POLICY",
    "SPECTACULAR_SETTINGS",
    "STATIC_URL",
    "TEMPLATES",
    "WHITENOISE_ROOT",
    "WHITENOISE_USE_FINDERS",
    "X_FRAME_OPTIONS",
]

DEBUG = ENVIRONMENT.debug
SECRET_KEY = secret_key(ENVIRONMENT)
PUBLIC_ORIGIN = ENVIRONMENT.public_origin or f"http://127.0.0.1:{ENVIRONMENT.port}"
# The host people use, the ones named besides, and this machine's own for health checks.
ALLOWED_HOSTS = [
    *("127.0.0.1", "localhost", "[::1]"),
    *ENVIRONMENT.allowed_hosts,
    *filter(None, [urlsplit(PUBLIC_ORIGIN).hostname]),
]

MIDDLEWARE = [
    "core.http.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.http.security_headers.SecurityHeadersMiddleware",
    "core.http.problems.ProblemMiddleware",
    "config.spa.AppFilesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]

STATIC_URL = "/static/"
FRONTEND_DIST = ROOT / "frontend" / "dist"
WHITENOISE_ROOT = None
WHITENOISE_USE_FINDERS = True

X_FRAME_OPTIONS = "DENY"
# With an https origin a proxy of ours ends TLS and says so; it must overwrite the header that clients send.
_is_https = PUBLIC_ORIGIN.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _is_https else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _is_https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "core.accounts.authentication.TokenAuthentication",
        "core.accounts.authentication.BrowserSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["core.http.parsing.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": None,
    "EXCEPTION_HANDLER": "core.http.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": False,
}

SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Concord",
    "DESCRIPTION": "Safety policy turned into training data.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_REQUEST": True,
    "GET_LIB_DOC_EXCLUDES": "core.http.views.documentation_excludes",
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    # Enumerations stay where they are used: named ones collide by field name and change with every new field.
    "POSTPROCESSING_HOOKS": ["core.http.openapi.page_parameters_add"],
}
