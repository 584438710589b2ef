from __future__ import annotations

import pytest

from core.endpoints.domain.addresses import (
    AddressNotAllowedError,
    address_checked,
    base_address,
    is_public,
)

INTERNAL = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fc00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", INTERNAL)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(AddressNotAllowedError):
        address_checked(address, is_named=False)
    assert address_checked(address, is_named=True) == address


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://models.example.org/v1",
        "https://127.0.0.1/v1",
        "https://[::1]/v1",
        "https://[::ffff:7f00:1]/v1",
        "https://2130706433/v1",
        "https://0x7f000001/v1",
        "https://0x7f.1/v1",
        "https://017700000001/v1",
        "https://127.1/v1",
        "https://localhost/v1",
        "https://localhost./v1",
        "https://model.localhost/v1",
        "https://model.internal/v1",
        "https://intranet/v1",
        "https://public.example.org@127.0.0.1/v1",
        "https://a:b@public.example.org/v1",
        "https://public.example.org\\@127.0.0.1/v1",
        "https://public.example.org/v1?x=1",
        "https://public.example.org/v1#x",
        "https://public.example.org:99999/v1",
        "https://public.example.org/v1\r\nX: y",
        "https:///v1",
        "file:///etc/passwd",
        "gopher://public.example.org/",
        "ftp://public.example.org/",
        "data:text/plain,x",
        "//public.example.org/v1",
        "https://пример.рф/v1",
        "https://" + "a" * 600 + ".example.org",
    ],
)
def test_an_address_that_leads_inside_or_elsewhere_is_refused(url: str) -> None:
    with pytest.raises(AddressNotAllowedError):
        base_address(url, named_hosts=())


def test_a_public_host_over_tls_is_taken_as_it_is_written() -> None:
    base = base_address("https://Models.Example.org:8443/v1/", named_hosts=())
    assert base.text == "https://models.example.org:8443/v1"
    assert not base.is_named


def test_a_named_host_may_be_private_and_without_tls_at_its_port_alone() -> None:
    named = {"127.0.0.1:8000", "models.internal"}
    assert base_address("http://127.0.0.1:8000/v1", named_hosts=named).is_named
    assert base_address("http://models.internal/v1", named_hosts=named).is_named
    with pytest.raises(AddressNotAllowedError):
        base_address("http://127.0.0.1:8001/v1", named_hosts=named)
