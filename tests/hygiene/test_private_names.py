"""Private names of Textual that the program uses: an upgrade that lacks one fails here."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module

import pytest
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from .source import modules

NAMES = (
    "textual._compositor:ChopsUpdate",
    "textual._compositor:CompositorUpdate",
    "textual._compositor:LayoutUpdate",
    "textual._context:active_message_pump",
    "textual._xterm_parser:XTermParser",
    "textual.widgets._toast:ToastRack",
    "textual.app:App._close_messages_no_wait",
    "textual.app:App._display",
    "textual.app:App._fatal_error",
    "textual.app:App._handle_exception",
    "textual.app:App._refresh_notifications",
    "textual.app:App._unnotify",
    "textual.keys:_character_to_key",
    "textual.screen:Screen._compositor_refresh",
)
ATTRIBUTES = {
    "textual.app:App": ("_batch_count", "_driver", "_exit", "_exit_renderables", "_notifications"),
    "textual.drivers.linux_driver:LinuxDriver": ("_get_terminal_size", "_in_band_window_resize", "_writer_thread"),
    "textual.message:Message": ("_sender",),
    "textual.message_pump:MessagePump": ("_closed", "_running"),
    "textual.screen:Screen": ("_compositor",),
    "textual.widget:Widget": ("_pruning",),
}

FOLDER = "durastore_tui/tui/terminal/"
"""The only folder that may use them."""
OUR_OWN = {"durastore_tui/tui/handlers/changes.py: _context", "durastore_tui/tui/widgets/page_cache.py: _ready"}
"""Attributes of plain objects of ours that only share their names with some of Textual."""
OF_NAMED_TUPLES = {"_asdict", "_replace"}
INHERITED = {name for kind in (App, Screen, Widget, Message) for name in dir(kind)} | {
    name for names in ATTRIBUTES.values() for name in names
}


def found(name: str) -> object:
    module, _, path = name.partition(":")
    value: object = import_module(module)
    for part in path.split("."):
        value = getattr(value, part)
    return value


@pytest.mark.parametrize("name", NAMES)
def test_textual_has_the_private_name(name: str) -> None:
    assert found(name) is not None


@pytest.mark.parametrize(("owner", "attribute"), [(owner, name) for owner in ATTRIBUTES for name in ATTRIBUTES[owner]])
def test_textual_has_the_private_attribute(owner: str, attribute: str) -> None:
    kind = found(owner)
    assert isinstance(kind, type)
    sources = (inspect.getsource(each) for each in kind.__mro__ if each.__module__.startswith("textual"))
    assert any(f"self.{attribute}" in source or f"def {attribute}" in source for source in sources)


def private_names(tree: ast.Module) -> Iterator[str]:
    """Private modules of Textual, private names imported of it, and private names of its objects."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module)) if module.startswith("textual"):
                names = (*module.split("."), *(alias.name for alias in node.names))
                yield from (name for name in names if _is_private(name))
            case ast.Import():
                yield from (alias.name for alias in node.names if alias.name.startswith("textual._"))
            case ast.Attribute(value=ast.Name(id="self" | "cls") | ast.Call(func=ast.Name(id="super"))):
                yield from (name for name in (node.attr,) if _is_private(name) and name in INHERITED)
            case ast.Attribute():
                yield from (name for name in (node.attr,) if _is_private(name) and name not in OF_NAMED_TUPLES)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from (name for name in (node.name,) if _is_private(name) and name in INHERITED)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def test_only_one_folder_uses_private_names() -> None:
    found = {
        f"{path}: {name}"
        for path, tree in modules().items()
        if path.startswith("durastore_tui/tui/") and not path.startswith(FOLDER)
        for name in private_names(tree)
    }
    assert found == OUR_OWN


@pytest.mark.parametrize(
    "source",
    [
        "from textual._context import active_app",
        "from textual.keys import _character_to_key",
        "import textual._compositor",
        "app.screen._compositor",
        "event._sender",
        "self._driver",
        "super()._fatal_error()",
        "class A:\n    def _handle_exception(self): ...",
    ],
)
def test_each_way_to_use_a_private_name_is_found(source: str) -> None:
    assert list(private_names(ast.parse(source)))
