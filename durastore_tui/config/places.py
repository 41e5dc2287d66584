"""The folders that the platform gives us."""

from pathlib import Path


def state() -> Path:
    """Where the journal, the request log and the demo's data live; made when missing, for this person alone."""
    raise NotImplementedError


def config() -> Path:
    """Where profiles live; not made."""
    raise NotImplementedError


def journal() -> Path:
    """The journal of jobs of this machine."""
    raise NotImplementedError
