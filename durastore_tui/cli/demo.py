"""The stand-in server as a child process: its data lasts, and it never outlives us."""

from dataclasses import dataclass
from pathlib import Path

from durastore_tui.core.secret import Secret


@dataclass(frozen=True, slots=True)
class DemoServer:
    """Where the stand-in answers, and as whom to log in. `notice` is a sentence for the person, or None."""

    world: str
    url: str
    edge: str
    ca_file: Path
    user: str
    password: Secret
    notice: str | None
