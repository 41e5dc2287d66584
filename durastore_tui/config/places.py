"""The folders that the platform gives us, and what to say where they cannot be written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

NAME = "durastore-tui"


def state() -> Path:
    """Where the journal, the request log and the demo's data live. The code that writes there creates it."""
    return Path(_folders().user_state_dir)


def make_folder_of(file: Path) -> None:
    """Make the folder of a file, and those above it, where they are missing, for this person alone. Raises OSError."""
    for folder in reversed([each for each in file.parents if not each.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)


def state_trouble() -> str | None:
    """What is wrong with the state folder, and the way out; None where it can be written."""
    folder = state()
    try:
        make_folder_of(folder / "any")
    except OSError as error:
        why = error.strerror or type(error).__name__
    else:
        if os.access(folder, os.W_OK | os.X_OK):
            return None
        why = "it is read-only"
    return (
        f"The state folder {folder} cannot be written ({why}). Requests, history and jobs are not recorded, and no"
        " changes can be sent. Make it writable, or set XDG_STATE_HOME to a folder that is."
    )


def journal() -> Path:
    """The journal of jobs of this machine."""
    return state() / "jobs.sqlite3"


def requests() -> Path:
    """The redacted log of requests of this machine, one JSON object a line."""
    return state() / "requests.jsonl"


def visits() -> Path:
    """Where the person was, server by server."""
    return state() / "visits.json"


def profiles() -> Path:
    """The file of profiles, which need not be there."""
    return Path(_folders().user_config_dir) / "profiles.toml"


def keys() -> Path:
    """A person's own keys, which need not be there."""
    return profiles().with_name("keys.toml")


def commands() -> Path:
    """What was typed behind `:`, a line each."""
    return state() / "commands.txt"


def _folders() -> PlatformDirs:
    from platformdirs import PlatformDirs  # here, for `--help` needs no folder

    return PlatformDirs(NAME)
