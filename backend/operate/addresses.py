"""Whether the parts can be served where they should: the address is ours, the ports are allowed and free."""

from __future__ import annotations

import argparse
import errno
import ipaddress
import socket
from collections.abc import Mapping

from backend.process.refusals import refused, sentence

LAST_FIRST_PORT = 65_533
"""The parts take two more after it."""
INSIDE = "127.0.0.1"


def port_number(written: str) -> int:
    """The first of three ports, for argparse."""
    if not written.isascii() or not written.isdigit() or not 1 <= int(written) <= LAST_FIRST_PORT:
        told = sentence("port_out_of_range", last=LAST_FIRST_PORT)
        raise argparse.ArgumentTypeError(told.removesuffix("。"))  # argparse's own words end it
    return int(written)


def taken_port(host: str, ports: Mapping[str, int]) -> str | None:
    """The first part whose port somebody else has."""
    return next(
        (part for part, port in ports.items() if _trouble(_address(part, host), port) == errno.EADDRINUSE), None
    )


def check_ports(host: str, ports: Mapping[str, int]) -> None:
    """Raises StartRefusedError for an address that is not ours and a port that is out of range or not allowed."""
    for part, port in ports.items():
        if not 1 <= port <= LAST_FIRST_PORT + 2:
            raise refused("port_out_of_range", last=LAST_FIRST_PORT)
        trouble = _trouble(_address(part, host), port)
        if trouble in (errno.EACCES, errno.EPERM):
            raise refused("port_not_allowed", port=port)
        if trouble:
            raise refused("host_unknown", host=host)


def open_without_address(host: str, public_url: str | None) -> str | None:
    """A warning where others can open the pages and nobody has said by which address."""
    try:
        inside = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        inside = False
    return None if inside or public_url else sentence("open_without_address", host=host)


def _address(part: str, host: str) -> str:
    """The assistant is for our own processes."""
    return INSIDE if part == "assistant" else host


def _trouble(host: str, port: int) -> int:
    """The errno of listening there; 0 where it works."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        return errno.EADDRNOTAVAIL
    except (OSError, OverflowError) as error:
        return (error.errno if isinstance(error, OSError) else None) or errno.EINVAL
    return 0
