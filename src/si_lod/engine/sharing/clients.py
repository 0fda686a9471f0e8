"""Who asks: what tells one client from another where each gets a fair share."""

from __future__ import annotations

import ipaddress
from typing import Final

_NETWORK: Final = 64
"""The bits of an IPv6 address that tell one client's network from another's."""


def client_of(address: str | None) -> str:
    """Return who asks, by the address: the address itself, or in IPv6 its network, of which one has many addresses."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        network = ipaddress.ip_network((parsed, _NETWORK), strict=False)
        return str(parsed.ipv4_mapped or network)
    return str(parsed)
