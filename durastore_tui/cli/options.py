"""The global options, once: the headless commands and the plain start of the UI both read this table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

DEFAULT_WORLD = "lakeshore"
DEMO_USER = "root"
WORLDS = (DEFAULT_WORLD, "vallon", "cedarfork", "elmwood", "prairie", "maple", "scale", "broken")
"""For help and completion; the stand-in alone knows which there are."""
COMPLETION_VARIABLE = "_DURASTORE_TUI_COMPLETE"
"""Set by a shell that asks what could be typed next; click answers."""


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """What was given on the command line; None where nothing was. `timeout` is in seconds."""

    demo: bool = False
    world: str | None = None
    fresh: bool = False
    profile: str | None = None
    url: str | None = None
    user: str | None = None
    store: str | None = None
    output: str | None = None
    read_only: bool = False
    ca_file: Path | None = None
    allow_http: bool = False
    timeout: float | None = None
    verbose: bool = False
    password_stdin: bool = False

    @property
    def demo_world(self) -> str | None:
        """The world of the stand-in to start, or None for a real server; `--world` implies `--demo`."""
        return self.world or (DEFAULT_WORLD if self.demo or self.fresh else None)


class Option(NamedTuple):
    """One global option: sets `field` to `sets`, or with a `metavar` to what `read` makes of the next word."""

    flags: tuple[str, ...]
    field: str
    help: str
    metavar: str | None = None
    read: Callable[[str], object] = str
    choices: tuple[str, ...] = ()
    sets: object = True
    on_screen: bool = True


FORMATS = ("table", "wide", "json", "jsonl", "csv", "m3u", "txt")

GLOBAL_OPTIONS = (
    Option(("--demo",), "demo", "Start the stand-in server on loopback and connect to it."),
    Option(
        ("--world",),
        "world",
        f"World of the stand-in: {', '.join(WORLDS)}; default the first one. Implies --demo.",
        "NAME",
    ),
    Option(("--fresh",), "fresh", "Start the demo's data anew; implies --demo."),
    Option(("--profile",), "profile", "Profile to connect with [DURASTORE_PROFILE].", "NAME"),
    Option(("--url",), "url", "Server, as in https://host/durastore [DURASTORE_URL].", "URL"),
    Option(("--user",), "user", "Login [DURASTORE_USER]; in the demo root, admin or user.", "NAME"),
    Option(
        ("--store",),
        "store",
        "Store id out of `stores list`; default the primary store, or the only one that can do what is asked.",
        "ID",
    ),
    Option(
        ("-o", "--output"),
        "output",
        "Output format. Default: table, cut to the terminal; wide is not cut. m3u and txt: `streaming urls` only.",
        "FORMAT",
        choices=FORMATS,
        on_screen=False,
    ),
    Option(("--json",), "output", "The same as -o json.", sets="json", on_screen=False),
    Option(("--read-only",), "read_only", "Refuse every write before anything is sent."),
    Option(("--ca-file",), "ca_file", "Own authority for TLS, also for the edge [DURASTORE_CA_FILE].", "PATH", Path),
    Option(("--allow-http",), "allow_http", "Allow plain http to a host that is not loopback."),
    Option(("--timeout",), "timeout", "Seconds for each request.", "S", float),
    Option(("--verbose",), "verbose", "Print each request, redacted, on stderr.", on_screen=False),
    Option(("--password-stdin",), "password_stdin", "Take the password from standard input.", on_screen=False),
)


class NotPlain(Exception):
    """The words hold a command, a request for help or a mistake: click's business."""


def plain_start(words: Sequence[str]) -> GlobalOptions | None:
    """The options of a start of the UI, without click; None when the words hold anything else."""
    given: dict[str, object] = {}
    rest = iter(words)
    try:
        for word in rest:
            option, text = _option(word)
            given[option.field] = option.sets if option.metavar is None else _value(option, text, rest)
    except NotPlain:
        return None
    return GlobalOptions(**given)  # type: ignore[arg-type]  # the table's own readers made the values


def _option(word: str) -> tuple[Option, str | None]:
    flag, equals, text = word.partition("=")
    for option in GLOBAL_OPTIONS:
        if flag in option.flags and option.on_screen and not (equals and option.metavar is None):
            return option, text if equals else None
    raise NotPlain(word)


def _value(option: Option, text: str | None, rest: Iterator[str]) -> object:
    word = next(rest, None) if text is None else text
    if not word:
        raise NotPlain(option.field)
    try:
        return option.read(word)
    except ValueError as wrong:
        raise NotPlain(option.field) from wrong
