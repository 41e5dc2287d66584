"""Which proxy the environment names for an address, by the rules that curl and most HTTP clients share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import unquote, urlsplit

from durastore_tui.core.endpoint import is_loopback
from durastore_tui.core.errors import BadInput

PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
"""The kinds of proxy that this program can use, with their ports. A socks proxy always resolves the name itself."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy, and the variable that names it. `user` and `password` are empty when it takes no login."""

    scheme: str
    host: str
    port: int
    variable: str
    user: str = ""
    password: str = ""

    @property
    def url(self) -> str:
        """The address without the login."""
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def __str__(self) -> str:
        """As in `http://proxy.example:3128 (HTTPS_PROXY)`."""
        return f"{self.url} ({self.variable})"

    def __repr__(self) -> str:
        return f"Proxy({self})"


def proxy_for(url: str, environ: Mapping[str, str]) -> Proxy | None:
    """The proxy for this address, or None: this machine itself and what NO_PROXY lists are reached directly.

    Lower-case variables win over upper-case ones, and the one of the scheme over ALL_PROXY. Raises BadInput, which
    names the variable, for a value that is no proxy address.
    """
    parts = urlsplit(url)
    host, port = (parts.hostname or "").rstrip("."), parts.port or PORTS.get(parts.scheme, 443)
    if is_loopback(host):
        return None
    variable, value = _first(environ, (f"{parts.scheme}_proxy", "all_proxy"))
    if not value or _is_excepted(host, port, environ):
        return None
    return _parsed(variable, value)


def _is_excepted(host: str, port: int, environ: Mapping[str, str]) -> bool:
    """Whether NO_PROXY lists it: by `*`, a host with the hosts under it, an address or a range, with or without a
    port."""
    _, value = _first(environ, ("no_proxy",))
    return any(_fits(entry.lower(), host.lower(), port) for entry in value.replace(",", " ").split())


def _first(environ: Mapping[str, str], names: Iterable[str]) -> tuple[str, str]:
    """The first variable that says something. An empty lower-case one silences its upper-case twin."""
    for name in names:
        # A web server hands the Proxy header of a request to its programs as HTTP_PROXY.
        upper = "" if name == "http_proxy" and "REQUEST_METHOD" in environ else name.upper()
        for variable in (name, upper):
            if variable in environ:
                if value := environ[variable].strip():
                    return variable, value
                break
    return "", ""


def _parsed(variable: str, value: str) -> Proxy:
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        scheme, host, port = parts.scheme, parts.hostname, parts.port
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
    except ValueError:
        scheme, host, port, user, password = "", None, None, "", ""
    if scheme and scheme not in PORTS:
        raise BadInput("proxy", f"{variable} names a {scheme} proxy. Use http, https, socks5 or socks5h.")
    if not host or any(letter.isspace() for letter in host):
        raise BadInput("proxy", f"{variable} is not a proxy address. Write it as http://HOST:PORT, or unset it.")
    return Proxy(scheme, host, port or PORTS[scheme], variable, user, password)


def _fits(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    name, its_port = _split(entry)
    if its_port and its_port != str(port):
        return False
    address = _address(host)
    if address is None:
        name = name.removeprefix("*").strip(".")
        return bool(name) and (host == name or host.endswith(f".{name}"))
    try:
        return address in ip_network(name, strict=False)
    except ValueError:
        return False


def _split(entry: str) -> tuple[str, str]:
    """Name and port: `host:80`, `[::1]:80`, `[fe80::]/10`, and a bare IPv6 address, whose colons name no port."""
    if entry.startswith("["):
        inside, _, after = entry[1:].partition("]")
        return (inside + after, "") if after.startswith("/") else (inside, after.removeprefix(":"))
    if entry.count(":") == 1:
        name, _, port = entry.partition(":")
        return name, port
    return entry, ""


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
