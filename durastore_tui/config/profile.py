"""Where to connect and as whom: out of the command line and the environment, with the origin of each value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from durastore_tui.core.secret import Secret


class Environment(StrEnum):
    """The word in front of every line: how careful to be."""

    PROD = "PROD"
    TEST = "TEST"
    DEMO = "DEMO"


@dataclass(frozen=True, slots=True)
class Profile:
    """A server and how to meet it. `name` is what jobs belong to; `timeout` in seconds; `origins` says where from."""

    name: str
    url: str
    user: str
    environment: Environment
    read_only: bool = False
    ca_file: Path | None = None
    allow_http: bool = False
    colour: str | None = None
    timeout: float = 30.0
    origins: Mapping[str, str] = field(default_factory=dict)


def resolve(asked: Mapping[str, Any], environ: Mapping[str, str]) -> Profile | None:
    """Command line before environment; None when no server is named anywhere; raises BadInput."""
    raise NotImplementedError


def demo(world: str, url: str, user: str, ca_file: Path, read_only: bool = False) -> Profile:
    """The profile of a stand-in server's world; its jobs belong to the world's name, not to its port."""
    raise NotImplementedError


def password_of(environ: Mapping[str, str]) -> Secret | None:
    """DURASTORE_PASSWORD, else DURACLOUD_PASSWORD, else None."""
    raise NotImplementedError
