"""What the real server's own classes wrote and accepted, one file a task; read from where it lies."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("DURASTORE_GOLDEN") or Path(__file__).parents[1].parent / "shared" / "golden")


def golden(name: str) -> Any:
    """The samples of one task (`create-snapshot`). Skips when they are not on this machine; fails in CI."""
    file = FOLDER / f"{name}.json"
    if not file.is_file():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no golden samples at {FOLDER}; set DURASTORE_GOLDEN")
        pytest.skip(f"no golden samples at {FOLDER}")
    return json.loads(file.read_text("utf-8"))
