from __future__ import annotations

from django.urls import URLPattern, path

from agents.api.views import McpView

app_name = "agents"

urlpatterns: list[URLPattern] = [path("mcp/", McpView.as_view(), name="mcp")]
