"""Private names of Textual that the program uses: an upgrade that lacks one fails here."""

import inspect
from importlib import import_module

import pytest

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
