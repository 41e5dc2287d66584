"""`spaces`: names, properties and contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.inputs import ITEM, SPACE
from durastore_tui.cli.output import Row, Show
from durastore_tui.cli.rows import folded
from durastore_tui.cli.verbs import noun
from durastore_tui.core.resource import Failed, NotAllowed, Ready, Resource
from durastore_tui.core.storage import STORAGE_CLASS

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.services.spaces import Spaces

PAGE = 1000
ITEM_FIELDS = ("content-size", "content-mimetype", "content-checksum", "content-modified")
"""The names that snapshots and the server's own clients have for what comes as standard headers."""
SPACES = noun("spaces", "Spaces of a store.")


@SPACES.command("list")
@click.option("--properties", is_flag=True, help="Ask for the properties of each; one request a space.")
@click.pass_obj
async def list_spaces(call: Call, properties: bool) -> Exit:
    """Names of all spaces."""
    from durastore_tui.services.spaces import Spaces

    printer = call.printer()
    async with call.session() as session:
        spaces = Spaces(session)
        names = await spaces.names()
        if properties:
            with printer.rows(("spaceId", "properties", "error")) as show:
                return await _with_properties(spaces, names, show)
        with printer.rows(("spaceId",)) as show:
            for name in names:
                show({"spaceId": name})
    return Exit.DONE


async def _with_properties(spaces: Spaces, names: tuple[str, ...], show: Show) -> Exit:
    """Rows in the order of the names, each as soon as it and those before it are known."""
    waiting: dict[str, Row] = {}
    turn = iter(names)
    due = next(turn, None)
    exit_code = Exit.DONE

    def each(space: str, resource: Resource[SpaceProperties]) -> None:
        nonlocal due, exit_code
        waiting[space] = _row(space, resource)
        if waiting[space]["error"] is not None:
            exit_code = Exit.FAILED
        while due in waiting:
            show(waiting.pop(due))
            due = next(turn, None)

    await spaces.properties(names, each)
    return exit_code


def _row(space: str, resource: Resource[SpaceProperties]) -> Row:
    match resource:
        case Ready(value):
            return {"spaceId": space, "properties": dict(value.raw), "error": None}
        case Failed(error) | NotAllowed(error):
            return {"spaceId": space, "properties": None, "error": str(error)}
    raise AssertionError(resource)


@SPACES.command("show")
@click.argument("space", callback=SPACE)
@click.pass_obj
async def show_space(call: Call, space: str) -> None:
    """Properties of one space, with the server's own names."""
    from durastore_tui.services.spaces import Spaces

    printer = call.printer()
    async with call.session() as session:
        properties = (await Spaces(session).properties_of(space)).raw
    printer.one(dict(properties), folded(properties))


@SPACES.command("acl")
@click.argument("space", callback=SPACE)
@click.pass_obj
async def show_acl(call: Call, space: str) -> None:
    """Who may read or write one space: READ or WRITE by user and group."""
    from durastore_tui.services.spaces import Spaces

    printer = call.printer()
    async with call.session() as session:
        rights = await Spaces(session).acl(space)
        printer.one(dict(rights))
    if not rights:
        call.note(f"The access list of {space} is empty.")


@SPACES.command("item")
@click.argument("space", callback=SPACE)
@click.argument("content_id", metavar="ID", callback=ITEM)
@click.pass_obj
async def show_item(call: Call, space: str, content_id: str) -> None:
    """Size, type, checksum and the own properties of one content item."""
    from durastore_tui.services.spaces import Spaces

    printer = call.printer()
    async with call.session() as session:
        item = await Spaces(session).item(space, content_id)
    standard = dict(zip(ITEM_FIELDS, (item.size, item.mimetype, item.checksum, item.modified), strict=True))
    properties = dict(item.raw) | ({STORAGE_CLASS: item.storage_class} if item.storage_class else {})
    printer.one(standard | properties, standard | folded(properties))


@SPACES.command("contents")
@click.argument("space", callback=SPACE)
@click.option("--prefix", default="", help="Only ids that start so.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.pass_obj
async def show_contents(call: Call, space: str, prefix: str, limit: int | None) -> None:
    """Ids of the content items, to the last one unless there is a limit."""
    from durastore_tui.services.spaces import Spaces

    printer = call.printer()
    async with call.session() as session:
        spaces = Spaces(session)
        marker, left = "", limit
        with printer.rows(("contentId",)) as show:
            while left is None or left > 0:
                page = await spaces.contents(space, prefix, marker, PAGE if left is None else min(PAGE, left))
                for content_id in page.ids:
                    show({"contentId": content_id})
                if not page.ids:
                    return
                marker = page.ids[-1]
                left = None if left is None else left - len(page.ids)
