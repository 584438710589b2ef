from __future__ import annotations

import pytest

from core.content.domain.names import display_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\photo.jpg", "photo.jpg"),
        ("x\r\nSet-Cookie: a", "xSet-Cookie: a"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("..", "file"),
        (".htaccess", "htaccess"),
        ("", "file"),
        (None, "file"),
        ("a\x00b.png", "ab.png"),
        ("x" * 300 + ".png", "x" * 196 + ".png"),
    ],
)
def test_a_name_keeps_what_can_be_shown(given: str | None, shown: str) -> None:
    assert display_name(given) == shown
