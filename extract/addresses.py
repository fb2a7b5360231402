"""Which network addresses may be reached: public ones only. Pure: nothing is resolved here.

The tables are the IANA special-purpose registries for IPv4 and IPv6. `ipaddress.is_global` is not used on
its own because what it says differs between Python releases.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_REFUSED_V4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relay
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")  # nothing outside it is routed on the Internet, but NAT64 (below)
_REFUSED_V6 = tuple(
    IPv6Network(net)
    for net in (
        "2001::/23",  # protocol assignments, Teredo and ORCHID among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: carries an IPv4 address that a relay would reach for us
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # what DNS64 makes of a public IPv4 address
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address may be connected to without an exception having been made for it."""
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _REFUSED_V4)
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if _looks_isatap(address):
        return False
    return address in _GLOBAL_V6 and not any(address in net for net in _REFUSED_V6)


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """The address that a host is written as, in any of the forms resolvers accept; None for a name.

    `0x7f.1`, `2130706433` and `0177.0.0.1` are all 127.0.0.1. Raises ValueError where the host ends in a
    number and yet is no address: no such name exists, and resolvers disagree on what it means.
    """
    bare = host.strip("[]").rstrip(".")
    if ":" in bare:
        return ip_address(bare)
    parts = bare.split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return None
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(f"{host} is neither a name nor an address")
    numbers = [_number(part) for part in parts]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise ValueError(f"{host} is out of range for an address")
    value = numbers[-1]
    for at, number in enumerate(numbers[:-1]):
        value += number << (8 * (3 - at))
    return IPv4Address(value)


def first_refused(addresses: list[str]) -> str | None:
    """The first of the resolved addresses that is not public. One bad address condemns the name."""
    for text in addresses:
        try:
            public = is_public(ip_address(text))
        except ValueError:
            return text
        if not public:
            return text
    return None


def _number(text: str) -> int:
    low = text.lower()
    if low.startswith("0x"):
        return int(low[2:] or "0", 16)
    return int(low, 8) if len(low) > 1 and low.startswith("0") else int(low)


def _looks_isatap(address: IPv6Address) -> bool:
    """ISATAP interface ids (::5efe:a.b.c.d) tunnel to the IPv4 address that they hold."""
    interface = (int(address) >> 32) & 0xFFFFFFFF
    if interface not in (0x00005EFE, 0x02005EFE):
        return False
    return not is_public(IPv4Address(int(address) & 0xFFFFFFFF))
