"""Where to connect and as whom: out of command line, environment and file, with the origin of each value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import SplitResult, urlsplit

from durastore_tui.config.profile_file import Held, Written
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret

CONTEXT = "/durastore"
TYPED = "typed"
ADDRESS = "the address"
DEFAULT = "default"


class Environment(StrEnum):
    """The word in front of every line: how careful to be."""

    PROD = "PROD"
    TEST = "TEST"
    DEMO = "DEMO"


@dataclass(frozen=True, slots=True)
class Profile:
    """A server and how to meet it. `name` is what jobs belong to; `origins` says where from; `timeout` in seconds.

    `read_only` is None where nobody said; `sealed` is read-only for as long as we run; `from_around` is whether user
    and password of the environment are for it; `kept` is whether it stands in the file.
    """

    name: str
    url: str
    user: str
    environment: Environment
    read_only: bool | None = False
    ca_file: Path | None = None
    allow_http: bool = False
    colour: str | None = None
    timeout: float | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    sealed: bool = False
    password_command: str | None = None
    from_around: bool = True
    kept: bool = False

    def on_screen(self) -> "Profile":
        """The same for the UI, where PROD is read-only unless somebody said otherwise (design §8)."""
        if self.read_only is None:
            origins = {**self.origins, "read_only": f"default of {self.environment}"}
            return replace(self, read_only=self.environment is Environment.PROD, origins=origins)
        return self

    def as_typed(self, *keys: str) -> "Profile":
        """The same, where a person typed these values into a form."""
        return replace(self, origins={**self.origins, **dict.fromkeys(keys, TYPED)})

    def as_sealed(self) -> "Profile":
        """The same for a run that may change nothing."""
        return replace(self, read_only=True, sealed=True, origins={**self.origins, "read_only": "--read-only"})


def endpoint_of(profile: Profile, password: Secret) -> Endpoint:
    """What the transport needs to know."""
    return Endpoint(profile.url, profile.user, password, profile.ca_file, profile.allow_http, profile.timeout)


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


def resolve(asked: Asked, environ: Mapping[str, str], held: Held | None = None) -> Profile | None:
    """Command line before environment before file; None when no server is named anywhere; raises BadInput.

    A profile is named, or found by its address. One that is named takes no login from an environment that names
    another server.
    """
    held = held or Held()
    around, around_by = _first(("DURASTORE_URL", environ.get("DURASTORE_URL")), _address(environ))
    name, named_by = _first(
        ("--profile", asked.profile),
        ("DURASTORE_PROFILE", None if asked.url or around else environ.get("DURASTORE_PROFILE")),
        (held.default_origin, None if asked.url or around else held.default),
    )
    written = held.named(name) if name else None
    in_file = str(written.values["url"]) if written else ""
    url, from_url = _first(
        ("--url", asked.url), (written.origin("url") if written else "", in_file), (around_by, around)
    )
    if not url:
        return None
    if written and not _same(url, in_file):
        raise BadInput("profile", f"--url is not the server of the profile {written.name}: name one of the two.")
    from_around = not (written and around) or _same(url, around)
    ours = environ if from_around else {}
    user = asked.user or ours.get("DURASTORE_USER") or ours.get("DURACLOUD_USER") or ""
    sources = _Sources(ours, written or _at(url, user, held))
    sources.origins.update(name=named_by if name else ADDRESS, url=from_url)
    return replace(_profile(asked, url, sources), from_around=from_around)


def of_file(name: str, environ: Mapping[str, str], held: Held) -> Profile:
    """A profile for the UI to switch to, whatever the program was started with; raises BadInput.

    The environment's login counts only where the environment names this profile or its server.
    """
    around = environ.get("DURASTORE_URL") or _address(environ)[1]
    url = str(held.named(name).values["url"])
    meant = _same(url, around) if around else environ.get("DURASTORE_PROFILE") == name
    profile = resolve(Typed(None, None, name), environ if meant else {}, held)
    assert profile is not None  # noqa: S101  # one that has a name has a server
    origins = {**profile.origins, "name": held.named(name).origin("name")}
    return replace(profile, origins=origins, from_around=meant).on_screen()


class Typed(NamedTuple):
    """What a form says: everything else stays silent."""

    url: str | None
    user: str | None
    profile: str | None = None
    read_only: bool = False
    ca_file: Path | None = None
    allow_http: bool = False
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class _Sources:
    """Picks values, and notes where each came from."""

    environ: Mapping[str, str]
    written: Written | None
    origins: dict[str, str] = field(default_factory=dict)

    def text(self, key: str, option: str | None = None, *variables: str) -> str:
        flag = f"--{key.replace('_', '-')}"
        around = ((name, self.environ.get(name)) for name in variables)
        value, self.origins[key] = _first((flag, option), *around, (self._from_file(key), self._text(key)))
        return value

    def other(self, key: str, option: bool | float | None) -> bool | float | None:
        """A switch or a number; False is silence on the command line, and an answer in the file."""
        if option is not None and option is not False:
            self.origins[key] = f"--{key.replace('_', '-')}"
            return option
        value = self.written.values.get(key) if self.written else None
        self.origins[key] = DEFAULT if value is None else self._from_file(key)
        return value if isinstance(value, bool | int | float) else None

    def blamed(self, wrong: BadInput) -> BadInput:
        """The same error, with the line of the file that is to blame."""
        at = self._from_file(wrong.field) if self.written else ""
        if not at or self.origins.get(wrong.field) != at:
            return wrong
        file, _, line = at.rpartition(":")
        return BadInput(wrong.field, f"{file}, line {line}: {wrong.sentence}")

    def _text(self, key: str) -> str | None:
        value = self.written.values.get(key) if self.written else None
        return value if isinstance(value, str) else None

    def _from_file(self, key: str) -> str:
        return self.written.origin(key) if self.written else ""


def _profile(asked: Asked, url: str, sources: _Sources) -> Profile:
    user = sources.text("user", asked.user, "DURASTORE_USER", "DURACLOUD_USER")
    allow_http = bool(sources.other("allow_http", asked.allow_http))
    read_only, timeout = sources.other("read_only", asked.read_only), sources.other("timeout", asked.timeout)
    endpoint = Endpoint(url.strip(), user, Secret(""), allow_http=allow_http)
    try:
        endpoint.check()
        trusted = _readable(sources.text("ca_file", _text(asked.ca_file), "DURASTORE_CA_FILE"))
        seconds = _seconds(timeout)
    except BadInput as wrong:
        raise sources.blamed(wrong) from None
    parts = _whole(endpoint.url)
    environment = sources.text("environment")
    if not environment:
        environment = Environment.TEST if endpoint.loopback else Environment.PROD
        sources.origins["environment"] = ADDRESS
    return Profile(
        name=sources.written.name if sources.written else parts.netloc + parts.path.removesuffix(CONTEXT),
        url=parts.geturl(),
        user=user,
        environment=Environment(environment),
        read_only=None if read_only is None else bool(read_only),
        ca_file=trusted,
        allow_http=allow_http,
        colour=sources.text("colour") or None,
        timeout=seconds,
        origins=sources.origins,
        sealed=asked.read_only,
        password_command=sources.text("password_command") or None,
        kept=sources.written is not None,
    )


def demo(world: str, url: str, user: str, ca_file: Path, *, read_only: bool = False) -> Profile:
    """The profile of a stand-in server's world; its jobs belong to the world's name, not to its port."""
    made = Profile(
        name=world,
        url=url,
        user=user,
        environment=Environment.DEMO,
        ca_file=ca_file,
        origins=dict.fromkeys(("name", "url", "user", "environment", "ca_file"), "--demo"),
    )
    return made.as_sealed() if read_only else made


def password_of(environ: Mapping[str, str]) -> Secret | None:
    """DURASTORE_PASSWORD, else DURACLOUD_PASSWORD, else None."""
    text = environ.get("DURASTORE_PASSWORD") or environ.get("DURACLOUD_PASSWORD")
    return Secret(text) if text else None


def _same(url: str, other: str) -> bool:
    """Whether both are one server; what is no address is like no other."""
    try:
        return _whole(url.strip()) == _whole(other.strip())
    except ValueError:
        return False


def _at(url: str, user: str, held: Held) -> Written | None:
    """The profile of a server that was named by its address, if it is the only one there for that user."""
    there = [written for written in held.profiles.values() if _same(url, str(written.values["url"]))]
    fitting = [written for written in there if not user or written.values.get("user", user) == user]
    return fitting[0] if len(fitting) == 1 else None


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _first(*candidates: tuple[str, str | None]) -> tuple[str, str]:
    for origin, value in candidates:
        if value:
            return value, origin
    return "", DEFAULT


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
    try:
        file = Path(path).expanduser()
        found = file.is_file()
    except (OSError, RuntimeError, ValueError):  # a folder that may not be entered, no such home, a NUL
        found = False
    if not found:
        raise BadInput("ca_file", f"There is no certificate file {path}.")
    return file


def _seconds(timeout: float | None) -> float | None:
    if timeout is not None and not 0 < timeout <= 3600:
        raise BadInput("timeout", "The time-out is in seconds, more than 0 and at most 3600.")
    return timeout
