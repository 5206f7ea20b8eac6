"""Connections that go only where they may, and that nobody can hold open.

A host's name is looked up here, the addresses are checked here, and one of those checked is connected to: a
name that leads to a public address when it is checked, and to a private one a moment later, gains nothing.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from ssl import SSLContext
from typing import Any

import httpcore

from index.errors import ReadError, Unreachable

Resolver = Callable[[str, int], Sequence[str]]
"""Gives the addresses, as text, of a host's name. Raises OSError."""

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

# Public by their number, yet what answers there is the cloud that this machine stands in.
_OF_CLOUDS = (ipaddress.ip_network("168.63.129.16/32"), ipaddress.ip_network("192.0.0.0/24"))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """True if anyone on the internet may reach this IP address; an IPv4 one inside an IPv6 one counts.

    >>> is_public("93.184.216.34"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    """
    parsed = ipaddress.ip_address(address)
    inner = _inner(parsed)
    if inner is not None:
        return is_public(str(inner))
    if parsed.version == 6 and parsed.is_site_local:
        return False
    is_special = parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified or not parsed.is_global
    return not is_special and not any(parsed in network for network in _OF_CLOUDS)


def _inner(address: _Address) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system knows them. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:  # an empty label, or one too long
        raise socket.gaierror(socket.EAI_NONAME, "not a name of a host") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Network(httpcore.NetworkBackend):
    """What httpcore connects through. `deadline`, a moment of `clock`, ends whatever is under way.

    Raises ReadError, with the host for its source, where a connection is refused.
    """

    def __init__(
        self,
        *,
        allow_private: bool,
        resolve: Resolver = look_up,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.deadline = float("inf")
        self._allow_private = allow_private
        self._resolve = resolve
        self._clock = clock
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host that may be had and answers."""
        failure: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = failure or error
            else:
                return _Stream(stream, self)
        raise failure or httpcore.ConnectError("no address")

    def left(self, timeout: float | None) -> float:
        """The seconds that one step may take: `timeout`, or less where the deadline is nearer."""
        left = self.deadline - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for the whole request is over")
        return left if timeout is None else min(left, timeout)

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolve(host, port)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise Unreachable(
                    host, f"the address of {host} can't be looked up now; check the network"
                ) from None
            raise ReadError(host, f"there is no host {host}; check the address") from None
        except OSError as error:
            raise Unreachable(host, f"the address of {host} can't be looked up ({error})") from None
        allowed = [address for address in addresses if self._allow_private or is_public(address)]
        if not allowed:
            leads = f"leads to {addresses[0]}," if addresses and addresses[0] != host else "is"
            raise ReadError(host, f"{host} {leads} a private address; --allow-private lets it be read")
        return allowed


class _Stream(httpcore.NetworkStream):
    """A connection each step of which also ends at the network's deadline."""

    def __init__(self, stream: httpcore.NetworkStream, network: Network) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout))
        return _Stream(stream, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
