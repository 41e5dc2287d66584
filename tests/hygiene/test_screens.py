"""What every screen must have, also one that nobody has written yet."""

import importlib
import pkgutil

import pytest
from textual.screen import Screen

import durastore_tui.tui.screens
import durastore_tui.tui.widgets
from durastore_tui.tui.widgets.looks import LOOKS

SCREENS = sorted(
    {
        thing
        for package in (durastore_tui.tui.screens, durastore_tui.tui.widgets)
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
        for thing in vars(importlib.import_module(module.name)).values()
        if isinstance(thing, type) and issubclass(thing, Screen) and thing.__module__.startswith(package.__name__)
    },
    key=lambda screen: screen.__qualname__,
)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.__qualname__)
def test_every_screen_holds_the_looks_of_its_widgets(screen: type[Screen[object]]) -> None:
    held = {name for kind in screen.__mro__ for name in vars(kind).get("COMPONENT_CLASSES", ())}
    assert held >= LOOKS
