"""Which addresses Concord may call: public ones over TLS, and besides only hosts the operator names."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

_SCHEMES = {"https": 443, "http": 80}
_LONGEST = 500
# Addresses within which another one travels: what is inside is what would be reached.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressNotAllowedError(Exception):
    """Concord must not call this address; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class BaseAddress:
    """A checked base URL, such as ``https://models.example.org/v1``.

    Attributes
    ----------
    path
        Without a slash at its end; may be empty.
    is_named
        Whether the operator named the host, so that it may be private and without TLS.
    """

    scheme: str
    host: str
    port: int
    path: str
    is_named: bool

    @property
    def text(self) -> str:
        """The address as it is stored and shown."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _SCHEMES[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def base_address(url: str, *, named_hosts: Collection[str]) -> BaseAddress:
    """Return the parts of a base URL that Concord may call.

    Parameters
    ----------
    named_hosts
        ``host`` or ``host:port`` each, in lower case: what the operator allows besides public hosts over TLS.

    Raises
    ------
    AddressNotAllowedError
        For another scheme, a user in the address, a query, a host that is no plain name, or a host that is not
        public as far as the address alone tells. The answer of the name service is checked at each call.
    """
    if len(url) > _LONGEST or any(ord(sign) <= 32 or ord(sign) == 127 for sign in url) or "\\" in url:
        raise AddressNotAllowedError("An address has no spaces, no backslashes and at most 500 characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressNotAllowedError("This is not an address. Write it like https://host/v1.") from None
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise AddressNotAllowedError("An address begins with https:// and names a host.")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise AddressNotAllowedError(
            "An address names no user and no password. The key has a field of its own."
        )
    if parts.query or parts.fragment:
        raise AddressNotAllowedError("An address ends with its path, such as /v1, without ? or #.")
    host = parts.hostname.lower()
    number = _SCHEMES[parts.scheme] if port is None else port
    is_named = host in named_hosts or f"{host}:{number}" in named_hosts
    if not is_named:
        if parts.scheme != "https":
            raise AddressNotAllowedError(
                "An address begins with https://. Plain http is for hosts the operator names."
            )
        _public_name(host)
    return BaseAddress(parts.scheme, host, number, parts.path.rstrip("/"), is_named)


def address_checked(address: str, *, is_named: bool) -> str:
    """Return an IP address that a host's name was found to have, when Concord may connect to it.

    Raises
    ------
    AddressNotAllowedError
        When it is not public and the operator did not name the host.
    """
    if not is_named and not is_public(address):
        raise AddressNotAllowedError("Its name leads to an address that is not public.")
    return address


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the open internet; what is wrapped in another is unwrapped first."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _public_name(host: str) -> None:
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        pass
    else:
        if not is_public(str(found)):
            raise AddressNotAllowedError(_NOT_PUBLIC)
        return
    labels = host.rstrip(".").split(".")
    # The last label of a public name is never a number: 127.1, 0x7f.1 and 2130706433 are addresses in disguise.
    if len(labels) < 2 or not labels[-1].replace("-", "").isalnum() or labels[-1][0].isdigit():
        raise AddressNotAllowedError(_NOT_PUBLIC)
    if labels[-1] in {"localhost", "local", "internal", "localdomain"}:
        raise AddressNotAllowedError(_NOT_PUBLIC)
    if not host.isascii():
        raise AddressNotAllowedError("Write the host's name in ASCII (xn--…).")


_NOT_PUBLIC = (
    "Only public hosts can be called. A host in your own network must be named by whoever runs Concord, "
    "in CONCORD_ENDPOINT_HOSTS."
)
