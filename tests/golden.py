"""What the real server's own classes wrote and accepted, one file a task; read from where it lies."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("DURASTORE_GOLDEN") or Path(__file__).parents[1].parent / "shared" / "golden")


def required_folder(folder: Path, what: str, variable: str) -> Path:
    """The folder, when it is on this machine. Skips when it is not; fails in CI."""
    if not folder.is_dir():
        missing = f"no {what} at {folder}"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}; set {variable}")
        pytest.skip(missing)
    return folder


def golden(name: str) -> Any:
    """The samples of one task (`create-snapshot`). Skips when they are not on this machine; fails in CI."""
    folder = required_folder(FOLDER, "golden samples", "DURASTORE_GOLDEN")
    return json.loads((folder / f"{name}.json").read_text("utf-8"))
