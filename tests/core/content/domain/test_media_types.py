from __future__ import annotations

import pytest

from core.content.domain.media_types import media_type_of


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        (b"\0\0\0\x20ftypM4V ", "video/mp4"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x08wide", "video/quicktime"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
        (b"\x1aE\xdf\xa3\xa3B\x86\x81\x01B\x82\x88matroska", "video/x-matroska"),
        (b"OggS\0", "audio/ogg"),
        (b"fLaC\0", "audio/flac"),
        (b"ID3\x03", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "audio/mpeg"),
    ],
)
def test_the_first_bytes_tell_the_type(head: bytes, mime: str) -> None:
    found = media_type_of(head)
    assert found is not None
    assert found.mime == mime


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"<?xml version='1.0'?><svg/>",
        b"<html><script>",
        b"#EXTM3U\nfile.ts",
        b"ffconcat version 1.0",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0",
        b"PK\x03\x04",
        b"8BPS\0\x01",
        b"II*\0",
        b"BM6\0",
        b"SIMPLE  =",
        b"BLP2",
        b"icns\0",
        b"\0\0\x01\0\x01\0",
        b"\0\0\0\x20ftypheic",
        b"\0\0\0\x20ftypavif",
        b"RIFF\0\0\0\0AVI LIST",
        b"FLV\x01",
        b"\x47\x40\0\x10",
        b"\xff\xf1\x50\x80",
        b"\x1aE\xdf\xa3\x9fB\x82\x84evil",
    ],
)
def test_what_is_not_on_the_list_is_not_accepted(head: bytes) -> None:
    assert media_type_of(head) is None
