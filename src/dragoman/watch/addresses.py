"""Which machines may be asked: those with a public address. Names are resolved here, and the answer is what is used."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# IPv6 addresses that carry an IPv4 one, whose place decides: NAT64 (RFC 6052), 6to4 (RFC 3056), Teredo (RFC 4380).
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")
# Ports of other services, to which a request for a page must not be smuggled.
WEB_PORTS = (80, 443)
FIRST_FREE_PORT = 1024

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Addresses that may be asked though they are not public: an intranet's server, a test's.

    address: an IP address; port: that port alone, or None for any.
    """

    address: Address
    port: int | None = None

    @classmethod
    def parse(cls, text: str) -> Allowed:
        """``10.0.0.7``, ``10.0.0.7:8080``, ``[fd00::7]:8080``. Raises ValueError."""
        host, port = text, ""
        if text.startswith("["):
            host, _, port = text[1:].partition("]")
            port = port.removeprefix(":")
        elif text.count(":") == 1:
            host, _, port = text.partition(":")
        return cls(ipaddress.ip_address(host), int(port) if port else None)


def is_public(address: Address) -> bool:
    """Whether it is everybody's: no loopback, private, link-local (metadata), multicast or reserved address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address.teredo is not None:
            inner = address.teredo[1]
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        # The first 96 bits zero: the old IPv4-compatible addresses.
        if address in NAT64_LOCAL or address.is_site_local or int(address) < 1 << 32:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses that the system knows a host by. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def may_be_asked(host: str, port: int, allowed: Sequence[Allowed] = (), resolve: Resolve = resolved) -> list[str]:
    """The addresses of ``host`` that may be connected to; the connection goes to one of them, never to the name again.

    So a name that answers otherwise the second time gains nothing. Raises InputError: missing (no such host),
    permission (none of its addresses is public, or the port is another service's).
    """
    try:
        found = [ipaddress.ip_address(a.partition("%")[0]) for a in resolve(host, port)]
    except (OSError, UnicodeError, ValueError) as e:
        why = getattr(e, "strerror", None) or "no such name"
        raise InputError("missing", f"{host} has no address ({why}). Check its spelling and the network.") from e
    fit = [a for a in found if any(w.address == a and w.port in (None, port) for w in allowed)]
    if port in WEB_PORTS or port >= FIRST_FREE_PORT:
        fit += [a for a in found if a not in fit and is_public(a)]
    if not fit:
        shown = ", ".join(map(str, found[:4])) or "none"
        raise InputError(
            "permission",
            f"{host}, port {port}, is not asked: its address ({shown}) is not a public one, or the port is not one of "
            f"the web. --allow {found[0] if found else host} lets it be asked.",
        )
    return [str(a) for a in fit]
