"""Where to connect and as whom: out of the command line and the environment, with the origin of each value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret

CONTEXT = "/durastore"


class Environment(StrEnum):
    """The word in front of every line: how careful to be."""

    PROD = "PROD"
    TEST = "TEST"
    DEMO = "DEMO"


@dataclass(frozen=True, slots=True)
class Profile:
    """A server and how to meet it. `name` is what jobs belong to; `origins` says where from; `timeout` in seconds."""

    name: str
    url: str
    user: str
    environment: Environment
    read_only: bool = False
    ca_file: Path | None = None
    allow_http: bool = False
    colour: str | None = None
    timeout: float | None = None
    origins: Mapping[str, str] = field(default_factory=dict)


class Asked(Protocol):
    """What the command line said about connecting; None and False are silence."""

    @property
    def profile(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def user(self) -> str | None: ...
    @property
    def read_only(self) -> bool: ...
    @property
    def ca_file(self) -> Path | None: ...
    @property
    def allow_http(self) -> bool: ...
    @property
    def timeout(self) -> float | None: ...


def resolve(asked: Asked, environ: Mapping[str, str]) -> Profile | None:
    """Command line before environment; None when no server is named anywhere; raises BadInput."""
    url, from_url = _first(("--url", asked.url), ("DURASTORE_URL", environ.get("DURASTORE_URL")), _address(environ))
    named = asked.profile or (None if url else environ.get("DURASTORE_PROFILE"))
    if named:
        raise BadInput("profile", f"There is no profile {named}; name the server with --url.")
    if not url:
        return None
    user, from_user = _first(
        ("--user", asked.user),
        ("DURASTORE_USER", environ.get("DURASTORE_USER")),
        ("DURACLOUD_USER", environ.get("DURACLOUD_USER")),
    )
    ca_file, from_ca = _first(
        ("--ca-file", _text(asked.ca_file)), ("DURASTORE_CA_FILE", environ.get("DURASTORE_CA_FILE"))
    )
    endpoint = Endpoint(url.strip(), user, Secret(""), allow_http=asked.allow_http)
    endpoint.check()
    parts = _whole(endpoint.url)
    return Profile(
        name=parts.netloc + parts.path.removesuffix(CONTEXT),
        url=parts.geturl(),
        user=user,
        environment=Environment.TEST if endpoint.loopback else Environment.PROD,
        read_only=asked.read_only,
        ca_file=_readable(ca_file),
        allow_http=asked.allow_http,
        timeout=_seconds(asked.timeout),
        origins={"url": from_url, "user": from_user, "ca_file": from_ca},
    )


def demo(world: str, url: str, user: str, ca_file: Path, *, read_only: bool = False) -> Profile:
    """The profile of a stand-in server's world; its jobs belong to the world's name, not to its port."""
    return Profile(
        name=world,
        url=url,
        user=user,
        environment=Environment.DEMO,
        read_only=read_only,
        ca_file=ca_file,
        origins={"url": "--demo", "user": "--demo", "ca_file": "--demo"},
    )


def password_of(environ: Mapping[str, str]) -> Secret | None:
    """DURASTORE_PASSWORD, else DURACLOUD_PASSWORD, else None."""
    text = environ.get("DURASTORE_PASSWORD") or environ.get("DURACLOUD_PASSWORD")
    return Secret(text) if text else None


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _first(*candidates: tuple[str, str | None]) -> tuple[str, str]:
    for origin, value in candidates:
        if value:
            return value, origin
    return "", "default"


def _address(environ: Mapping[str, str]) -> tuple[str, str | None]:
    """The names that other tools use: port 443 is https, any other http (protocol §1.1)."""
    host, port = environ.get("DURACLOUD_HOST"), environ.get("DURACLOUD_PORT") or "443"
    if not host:
        return "DURACLOUD_HOST", None
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return "DURACLOUD_HOST", f"https://{name}{CONTEXT}" if port == "443" else f"http://{name}:{port}{CONTEXT}"


def _whole(url: str) -> SplitResult:
    """One form for one server: lower case, no port that goes without saying, the context path at the end."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    netloc = f"[{host}]" if ":" in host else host
    if parts.port is not None and (parts.scheme, parts.port) not in (("https", 443), ("http", 80)):
        netloc += f":{parts.port}"
    return parts._replace(netloc=netloc, path=parts.path.rstrip("/") or CONTEXT)


def _readable(path: str) -> Path | None:
    if not path:
        return None
    file = Path(path).expanduser()
    if not file.is_file():
        raise BadInput("ca_file", f"There is no certificate file {path}.")
    return file


def _seconds(timeout: float | None) -> float | None:
    if timeout is not None and not 0 < timeout <= 3600:
        raise BadInput("timeout", "The time-out is in seconds, more than 0 and at most 3600.")
    return timeout
