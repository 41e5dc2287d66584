"""`stores`, and `spaces usage`: the stores of an account, and how much they hold by the server's nightly count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.spaces import SPACES
from durastore_tui.cli.inputs import SPACE
from durastore_tui.cli.output import Printer
from durastore_tui.cli.verbs import noun
from durastore_tui.core.resource import Failed, NotAllowed, Ready, Resource

if TYPE_CHECKING:
    from durastore_tui.api.reports import Sample


STORES = noun("stores", "Storage providers of the account.")
FIELDS = ("day", "byteCount", "objectCount")
OF_A_DAY = ("spaceId", *FIELDS)
Held = TypeVar("Held")


@STORES.command("usage")
@click.option(
    "--day",
    metavar="YYYY-MM-DD",
    type=click.DateTime(("%Y-%m-%d",)),
    help="What each space held on that day (UTC); default the whole store, day by day, over two years.",
)
@click.pass_obj
async def show_store_usage(call: Call, day: datetime | None) -> None:
    """How much a store holds, space by space on a day, or day by day."""
    from durastore_tui.services.reports import Reports

    printer = call.printer()
    async with call.session() as session:
        reports = Reports(session)
        if day is None:
            history = _value(await reports.read_history())
            _print(printer, FIELDS, history)
        else:
            night = _value(await reports.read_day(day.replace(tzinfo=UTC).date()))
            _print(printer, OF_A_DAY, night.spaces.values())


@SPACES.command("usage")
@click.argument("space", callback=SPACE)
@click.pass_obj
async def show_space_usage(call: Call, space: str) -> None:
    """How a space grew, by monthly averages over two years."""
    from durastore_tui.services.reports import Reports

    printer = call.printer()
    async with call.session() as session:
        growth = _value(await Reports(session).read_growth(space))
    _print(printer, FIELDS, growth)


def _print(printer: Printer, fields: Sequence[str], samples: Iterable[Sample]) -> None:
    with printer.rows(fields) as show:
        for each in samples:
            row = {"spaceId": each.space, "day": str(each.day), "byteCount": each.bytes, "objectCount": each.items}
            show({name: row[name] for name in fields})


def _value(resource: Resource[Held]) -> Held:
    """What was read; raises what was met instead."""
    match resource:
        case Ready(value):
            return value
        case Failed(error) | NotAllowed(error):
            raise error
    raise AssertionError(resource)


@STORES.command("list")
@click.pass_obj
async def list_stores(call: Call) -> None:
    """Ids, types, and which one is the primary store."""
    printer = call.printer()
    async with call.session() as session:
        with printer.rows(("id", "type", "primary")) as show:
            for store in session.stores:
                show({"id": store.id, "type": store.type, "primary": store.primary})
