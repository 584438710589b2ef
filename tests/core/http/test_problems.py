from __future__ import annotations

import logging

from core.http.logs import OneLineFormatter
from tests.world import Caller, World


def test_an_error_is_a_problem_document_with_a_request_id(world: World) -> None:
    response = Caller(world.person("annotator")).get(f"/api/projects/{world.project.pk}/members/")
    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["code"] == "capability_missing"
    assert body["request_id"] == response["X-Request-Id"]
    assert "Ask a manager" in body["detail"]


def test_unknown_addresses_and_huge_identifiers_are_plain_404s(world: World) -> None:
    caller = Caller(world.person("manager"))
    for path in ("/api/nothing/", "/api/projects/99999999999999999999/", "/api/jobs/%3Cscript%3E/"):
        response = caller.get(path)
        assert response.status_code == 404, path
        assert b"script" not in response.content


def test_every_answer_carries_a_policy_that_runs_nothing_and_is_not_stored(world: World) -> None:
    response = Caller(world.person("manager")).get("/api/me/")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_html_and_options_leak_no_foreign_identifiers(world: World) -> None:
    """S05: there is no browsable API, and OPTIONS lists no rows."""
    outsider = Caller(world.person("outsider"))
    assert outsider.get("/api/projects/", Accept="text/html").status_code == 406
    options = outsider.client.options("/api/projects/")
    assert str(world.project.pk).encode() not in options.content


def test_a_log_record_stays_one_line_whatever_it_holds() -> None:
    """S32: control characters cannot forge a line."""
    record = logging.LogRecord("x", logging.INFO, "f", 1, "path %s", ("/a\r\nERROR admin \x1b[31m",), None)
    line = OneLineFormatter().format(record)
    assert "\n" not in line
    assert "\x1b" not in line
    assert "\\x1b" in line
