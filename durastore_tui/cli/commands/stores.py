"""`stores`: the storage providers of the account."""

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.verbs import noun

STORES = noun("stores", "Storage providers of the account.")


@STORES.command("list")
@click.pass_obj
async def list_stores(call: Call) -> None:
    """Ids, types, and which one is the primary store."""
    printer = call.printer()
    async with call.session() as session:
        with printer.rows(("id", "type", "primary")) as show:
            for store in session.stores:
                show({"id": store.id, "type": store.type, "primary": store.primary})
