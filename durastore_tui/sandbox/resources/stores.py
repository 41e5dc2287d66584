"""`/stores` (protocol §2)."""

from durastore_tui.sandbox.resources.ask import Ask
from durastore_tui.sandbox.wire import xml
from durastore_tui.sandbox.wire.messages import Response, text


def list_stores(ask: Ask) -> Response:
    return text(200, xml.stores(ask.world.stores, ask.world.primary), "application/xml")
