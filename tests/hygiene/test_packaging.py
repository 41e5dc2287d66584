"""What a person installs is whole, wherever it is installed and wherever it is started."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
STYLES_OF_THE_APP = """
import importlib, pkgutil
import durastore_tui.tui as tui

found = set()
for module in pkgutil.walk_packages(tui.__path__, "durastore_tui.tui."):
    for thing in vars(importlib.import_module(module.name)).values():
        if isinstance(thing, type) and thing.__module__ == module.name:
            paths = vars(thing).get("CSS_PATH") or []
            found.update(map(str, paths if isinstance(paths, list) else [paths]))
print(*sorted(found), sep="\\n")
"""


def built_wheel(source: Path, into: Path) -> Path:
    return Path(next(WheelBuilder(str(source)).build(directory=str(into), versions=["standard"])))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


def relative_files(folder: Path, pattern: str) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob(pattern)}


def styles_found_from(cwd: Path, package: Path) -> list[Path]:
    """The style files of the app, as a fresh interpreter finds them that imports the package from there."""
    answer = subprocess.run(
        [sys.executable, "-c", STYLES_OF_THE_APP],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(line) for line in answer.stdout.split()]


def test_the_wheel_holds_every_module_style_and_page_of_the_manual(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert {f"durastore_tui/styles/{name}" for name in relative_files(ROOT / "styles", "*.tcss")} <= held
    assert {f"durastore_tui/{name}" for name in relative_files(ROOT / "durastore_tui", "*.py")} <= held
    assert {f"durastore_tui/{name}" for name in relative_files(ROOT / "durastore_tui", "*.toml")} <= held
    assert not [name for name in held if name.startswith(("tests", "screenshots"))]


def test_the_app_in_a_wheel_brings_its_own_styles(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    found = styles_found_from(tmp_path, site)
    assert found
    assert all(file.is_file() and site in file.parents for file in found)


def test_the_app_in_a_checkout_uses_the_styles_beside_it(tmp_path: Path) -> None:
    found = styles_found_from(tmp_path, ROOT)
    assert found
    assert all(file.is_file() and file.parent == ROOT / "styles" for file in found)


def test_every_style_file_is_used() -> None:
    assert {file.name for file in styles_found_from(ROOT, ROOT)} == relative_files(ROOT / "styles", "*.tcss")


def test_a_wheel_made_from_the_source_archive_is_the_same(wheel: Path, tmp_path: Path) -> None:
    archive = Path(next(SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])))
    with tarfile.open(archive) as source:
        source.extractall(tmp_path, filter="data")
    second = built_wheel(tmp_path / archive.name.removesuffix(".tar.gz"), tmp_path)
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(second) as two:
        assert sorted(one.namelist()) == sorted(two.namelist())
