"""The folders that the platform gives us."""

from pathlib import Path

NAME = "durastore-tui"


def state() -> Path:
    """Where the journal, the request log and the demo's data live; made when missing, for this person alone."""
    from platformdirs import user_state_dir  # here, for `--help` needs no folder

    folder = Path(user_state_dir(NAME))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


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
    from platformdirs import user_config_dir

    return Path(user_config_dir(NAME)) / "profiles.toml"


def keys() -> Path:
    """A person's own keys, which need not be there."""
    return profiles().with_name("keys.toml")


def commands() -> Path:
    """What was typed behind `:`, a line each."""
    return state() / "commands.txt"
