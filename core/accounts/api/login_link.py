"""The page behind a single-use login link: looking changes nothing, the button signs in."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from core.accounts.errors import LoginLinkSpentError
from core.accounts.services.login_links import login_link_owner, login_link_redeem

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "POST"])
def login_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show whom the link signs in (GET), or use it up and sign them in (POST)."""
    try:
        if request.method == "POST":
            login(request, login_link_redeem(secret), backend=BACKEND)
            return HttpResponseRedirect("/")
        response = render(request, "accounts/login_link.html", {"person": login_link_owner(secret)})
    except LoginLinkSpentError as error:
        response = render(
            request, "accounts/login_link.html", {"problem": error.message}, status=error.status
        )
    # Under "no-referrer" a browser sends the form with the origin "null", which the CSRF check must refuse.
    response["Referrer-Policy"] = "same-origin"
    return response
