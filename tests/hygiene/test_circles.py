"""No import circles, counting imports for the type checker and imports inside functions."""

from graphlib import CycleError, TopologicalSorter

from .source import arrows, modules


def test_no_modules_import_each_other() -> None:
    try:
        TopologicalSorter(arrows()).prepare()
    except CycleError as circle:
        raise AssertionError(" -> ".join(circle.args[1])) from None


def test_every_kind_of_import_is_counted() -> None:
    found = arrows()
    assert len(found) == len(modules())
    assert "durastore_tui.tui.routes" in found["durastore_tui.tui.app"]  # at the top
    assert "durastore_tui.services.spaces" in found["durastore_tui.tui.start"]  # for the type checker
    assert "durastore_tui.tui.screens.home" in found["durastore_tui.tui.routes"]  # inside a function


def test_the_app_alone_knows_which_screen_is_where() -> None:
    assert {name for name, targets in arrows().items() if "durastore_tui.tui.routes" in targets} == {
        "durastore_tui.tui.app"
    }
