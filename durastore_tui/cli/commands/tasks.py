"""`tasks`: what a store offers, and running any of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.completing import one_of
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.inputs import note_values, typed_as_pairs
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, check_read_only, print_curl, writes
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import TASKS, find, undeclared
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.core.tasks.reading import guessed, read

FIELDS = ("name", "offered", "leastRole", "risk", "body", "why")
TASKS_NOUN = noun("tasks", "Tasks of a store: the list, and running one.")


@TASKS_NOUN.command("list")
@click.pass_obj
async def list_tasks(call: Call) -> None:
    """Every task that the store lists, then the known ones that it does not, with the reason."""
    from durastore_tui.services.changes.guard import elsewhere

    printer = call.printer()
    async with call.session() as session:
        offered = await session.offered()
        with printer.rows(FIELDS) as show:
            for name in offered:
                show(_row(name, find(name), None))
            for name, task in TASKS.items():
                if name not in offered:
                    show(_row(name, task, elsewhere(session.store.type, task)))


def _row(name: str, task: Task | None, why: str | None) -> Mapping[str, object]:
    return {
        "name": name,
        "offered": why is None,
        "leastRole": task.role.name if task else None,
        "risk": task.tier.name.lower() if task else "unknown",
        "body": task.body.name.lower() if task else None,
        "why": why,
    }


@TASKS_NOUN.command("run")
@click.argument("name", shell_complete=one_of(TASKS))
@click.argument("body", required=False)
@click.option("-p", "pairs", metavar="KEY=VALUE", multiple=True, help="A parameter, checked; repeat it for a list.")
@writes
@click.pass_obj
async def run_task(call: Call, name: str, body: str | None, pairs: Sequence[str], writing: Writing) -> Exit:
    """Runs any task, known or not. BODY (or standard input, for -) is sent as it is; -p builds and checks it."""
    from durastore_tui.cli.changing import carry_out
    from durastore_tui.services.changes import task_orders

    task = find(name)
    if body is not None and pairs:
        raise BadInput("body", "Either a body or -p, not both.")
    if body is not None:
        content = (call.standard_input() if body == "-" else body).encode(errors="surrogateescape")
        values: Mapping[str, Value | None] = guessed(content)
    else:
        with typed_as_pairs():
            values = _values(name, task, pairs)
            content = task.request_body(values) if task else b""
        if task:
            note_values(call, task, values)
    if writing.curl:
        await print_curl(call, [(name, content)])
        return Exit.DONE
    space = str(values.get("spaceId", ""))
    if task and not task.changes:
        return await _read(call, task, content if body is not None else values, space, writing)
    declared = task or undeclared(name)
    check_read_only(call, name)
    async with call.session() as session:
        return await carry_out(
            call, session, lambda jobs: task_orders.change(session, declared, content, space, jobs.all), writing
        )


async def _read(call: Call, task: Task, sent: bytes | Mapping[str, Value | None], space: str, writing: Writing) -> Exit:
    """Prints the reply of a task that changes nothing; a body that is given whole is sent once."""
    from durastore_tui.services.changes.guard import guard
    from durastore_tui.services.urls import check_url_task

    async with call.session() as session:
        if not writing.given.force:
            if why := guard(session, task, space):
                raise BadInput("name", why)
            await check_url_task(session, task, space)
        reply = await (session.run_raw(task, sent) if isinstance(sent, bytes) else session.run(task, sent))
        call.printer().reply(reply.text)
    return Exit.DONE


def _values(name: str, task: Task | None, pairs: Sequence[str]) -> dict[str, Value | None]:
    if not pairs:
        return {}
    if task is None:
        raise BadInput("name", f"{name} is not a task that we know, so -p can't build its body; give it whole.")
    given: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals:
            raise BadInput("-p", f"-p {pair} is not of the form KEY=VALUE.")
        given.setdefault(key, []).append(text)
    known = {param.name: param for param in task.params}
    return {
        key: read(known[key], texts[0] if len(texts) == 1 else tuple(texts)) if key in known else texts[0]
        for key, texts in given.items()
    }
