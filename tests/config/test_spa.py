from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from config.spa import AppFilesMiddleware


@pytest.fixture
def dist(tmp_path: Path, settings: Settings) -> Path:
    """A built front end with one page and one script."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(
        '<title>Concord</title><script nonce="__CSP_NONCE__" src="/assets/a.js">'
    )
    (tmp_path / "assets" / "a.js").write_text("1")
    settings.FRONTEND_DIST = tmp_path
    return tmp_path


@pytest.mark.parametrize("address", ["/", "/sign-in", "/p/0190/members", "/no/such/page"])
def test_every_address_that_is_not_the_api_gets_the_page(dist: Path, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 200
    assert b"<title>Concord" in response.content


def test_each_response_has_a_nonce_of_its_own_that_its_policy_names(dist: Path) -> None:
    first, second = Client().get("/"), Client().get("/")
    assert b"__CSP_NONCE__" not in first.content
    nonce = first.content.split(b'nonce="')[1].split(b'"')[0].decode()
    assert f"'nonce-{nonce}'" in first["Content-Security-Policy"]
    assert first.content != second.content


def test_the_page_is_never_cached_and_brings_the_csrf_cookie(dist: Path) -> None:
    response = Client().get("/")
    assert "no-store" in response["Cache-Control"]
    assert "csrftoken" in response.cookies


def test_an_unknown_api_address_is_a_problem_and_not_the_page(dist: Path, db: None) -> None:
    response = Client().get("/api/no-such-thing/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_the_page_refuses_writes(dist: Path) -> None:
    assert Client().post("/").status_code in {403, 405}


def test_built_files_are_cached_for_good(dist: Path, settings: Settings) -> None:
    settings.MIDDLEWARE = [f"{AppFilesMiddleware.__module__}.{AppFilesMiddleware.__name__}"]
    response = Client().get("/assets/a.js")
    assert "immutable" in response["Cache-Control"]
    assert "connect-src 'self'" in response["Content-Security-Policy"]


def test_a_built_file_goes_out_as_it_was_compressed_when_it_was_built(dist: Path, settings: Settings) -> None:
    settings.MIDDLEWARE = [f"{AppFilesMiddleware.__module__}.{AppFilesMiddleware.__name__}"]
    (dist / "assets" / "a.js").write_bytes(b"1;" * 1000)
    (dist / "assets" / "a.js.gz").write_bytes(gzip.compress(b"1;" * 1000))
    (dist / "assets" / "a.js.br").write_bytes(b"as brotli")
    client = Client()
    packed = client.get("/assets/a.js", headers={"Accept-Encoding": "gzip, deflate, br"})
    assert (packed["Content-Encoding"], b"".join(packed.streaming_content)) == ("br", b"as brotli")  # type: ignore[attr-defined]
    assert "immutable" in packed["Cache-Control"]
    assert "Accept-Encoding" in packed["Vary"]
    plain = client.get("/assets/a.js", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain


def test_a_page_people_wait_for_names_what_it_needs_besides(dist: Path) -> None:
    (dist / "index.html").write_text("<head><title>Concord</title></head>")
    needs = {"p/*/label": ["assets/LabelPage-1.js", "assets/LabelPage-2.css"]}
    (dist / "pages.json").write_text(json.dumps(needs))
    page = Client().get("/p/0190/label").content.decode()
    assert '<link rel="modulepreload" crossorigin href="/assets/LabelPage-1.js">' in page
    assert '<link rel="stylesheet" crossorigin href="/assets/LabelPage-2.css"></head>' in page
    assert Client().get("/p/0190/label/").content.decode() == page
    for address in ("/", "/p/0190", "/p/0190/review", "/p/0190/label/more", "/x/0190/label"):
        assert b"LabelPage" not in Client().get(address).content


def test_the_list_of_what_pages_need_is_not_for_the_network(dist: Path) -> None:
    (dist / "pages.json").write_text('{"p/*/label": ["assets/a.js"]}')
    assert Client().get("/pages.json")["Content-Type"].startswith("text/html")
    assert Client().get("/assets/pages.json")["Content-Type"].startswith("text/html")


def test_without_a_build_the_page_says_how_to_make_one(tmp_path: Path, settings: Settings) -> None:
    settings.FRONTEND_DIST = tmp_path
    response = Client().get("/")
    assert response.status_code == 503
    assert b"make run" in response.content
