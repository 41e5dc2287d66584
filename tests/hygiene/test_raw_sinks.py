"""Text leaves the program through few calls. Each kind has one wrapper that makes hostile text visible; a call of the
raw sink anywhere else is found here (design.md §2)."""

import ast

from tests.hygiene.source import PACKAGE, calls, modules

SCREEN = modules(PACKAGE / "tui")
COMMAND_LINE = modules(PACKAGE / "cli") | {"durastore_tui/__main__.py": modules()["durastore_tui/__main__.py"]}
WIDGETS = "durastore_tui/tui/widgets"
OF_A_SCREEN = {
    "Segment": {
        f"{WIDGETS}/looks.py",  # strip_of
        f"{WIDGETS}/line_list.py",  # cells, by fit
        f"{WIDGETS}/qr_code.py",  # blocks, no text
        "durastore_tui/tui/terminal/picture.py",  # what is painted, guarded once more
    },
    "Content": {f"{WIDGETS}/literal.py"},  # literal
    "Text": {
        "durastore_tui/tui/terminal/lifecycle.py",  # the line after a crash: names of ours
        f"{WIDGETS}/text_input.py",  # what is typed, made visible
    },
    "Notification": {"durastore_tui/tui/terminal/toasts.py"},  # toast
    "Hit": {"durastore_tui/tui/commands/palette.py"},  # _hit
    "DiscoveryHit": {"durastore_tui/tui/commands/palette.py"},
    "Input": set[str](),  # TextInput in its place
    "highlight": set[str](),  # a matcher's way to parse markup
    "markup": set[str](),
}
TO_THE_DRIVER = {"durastore_tui/tui/terminal/lifecycle.py"}  # write_to_terminal
TO_THE_TERMINAL = {"durastore_tui/tui/app.py"}  # the title, safe; the clipboard, in base64
TO_A_STREAM = {
    "durastore_tui/cli/output.py",  # Printer
    "durastore_tui/cli/process.py",  # the last line, made safe by whoever explains
    "durastore_tui/cli/call.py",  # note
    "durastore_tui/cli/consent.py",  # what a person is asked
    "durastore_tui/cli/counter.py",  # numbers
    "durastore_tui/cli/live_lines.py",  # lines of safe pieces
    "durastore_tui/cli/waiting.py",  # seconds
    "durastore_tui/cli/touring.py",  # sentences of ours
    "durastore_tui/cli/manual/help.py",  # help: words of ours
    "durastore_tui/cli/commands/completion.py",  # help of a command, and click's script
    "durastore_tui/__main__.py",  # the version
}
STREAMS = {"out", "err", "stdout", "stderr", "screen", "formatter", "file"}


def test_raw_sinks_of_the_screen_are_called_by_their_wrappers_alone() -> None:
    for sink, allowed in OF_A_SCREEN.items():
        found = {place for place, tree in SCREEN.items() for name, _ in calls(tree) if name == sink}
        assert found == allowed, sink


def test_the_driver_is_written_to_in_one_place() -> None:
    found = {
        place
        for place, tree in SCREEN.items()
        for name, call in calls(tree)
        if name == "write" and isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("_driver")
    }
    assert found == TO_THE_DRIVER


def test_control_sequences_are_written_in_one_place() -> None:
    found = {
        place
        for place, tree in SCREEN.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "write_to_terminal"
    }
    assert found == TO_THE_TERMINAL


def test_standard_streams_are_written_to_by_wrappers_alone() -> None:
    found = {
        place
        for place, tree in COMMAND_LINE.items()
        for name, call in calls(tree)
        if name in ("write", "writelines")
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value).split(".")[-1].lstrip("_") in STREAMS | {"stream"}
    }
    assert found == TO_A_STREAM


def test_nothing_is_printed_in_another_way() -> None:
    others = {"print", "echo", "secho", "print_exc", "print_exception", "prompt", "confirm", "input"}
    found = [
        f"{place}:{call.lineno} {name}"
        for place, tree in modules().items()
        if "/sandbox/" not in place
        for name, call in calls(tree)
        if name in others
    ]
    assert found == []
