"""The file of profiles of whoever runs this test."""

from pathlib import Path

from durastore_tui.config import places


def write_profiles(text: str) -> Path:
    """Begins the file with this text, where the app looks for it."""
    path = places.profiles()
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path
