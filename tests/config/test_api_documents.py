from __future__ import annotations

import re

import pytest

from tests.world import Caller, World


@pytest.mark.django_db
def test_the_api_page_loads_everything_from_this_server() -> None:
    page = Caller().get("/api/docs/", Accept="text/html")
    assert page.status_code == 200
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.content.decode())
    assert sources
    for source in sources:
        assert source.startswith("/"), f"{source} would be fetched from outside"
        assert Caller().get(source, Accept="*/*").status_code == 200, source
    assert "unsafe" not in page["Content-Security-Policy"].replace("style-src-attr 'unsafe-inline'", "")


def test_the_schema_is_served(world: World) -> None:
    schema = Caller(world.person("annotator")).get("/api/schema/", Accept="application/vnd.oai.openapi+json")
    assert schema.status_code == 200
    assert b"/api/projects/{project_id}/queue/next/" in schema.content
