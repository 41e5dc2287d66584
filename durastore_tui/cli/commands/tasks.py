"""`tasks`: what a store offers, and running any of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.completing import one_of
from durastore_tui.cli.consent import Plan, plan_of
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.following import carry_out, followed, journal
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, agree, check_read_only, print_curl, writes
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import TASKS, find, undeclared
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.core.tasks.reading import guessed, read
from durastore_tui.core.urls import task_path

if TYPE_CHECKING:
    from durastore_tui.core.jobs import Job
    from durastore_tui.services.jobs import Order
    from durastore_tui.services.session import Session
    from durastore_tui.services.task_orders import Known

FIELDS = ("name", "offered", "leastRole", "risk", "body", "why")
TASKS_NOUN = noun("tasks", "Tasks of a store: the list, and running one.")


@TASKS_NOUN.command("list")
@click.pass_obj
async def list_tasks(call: Call) -> None:
    """Every task that the store lists, then the known ones that it does not, with the reason."""
    from durastore_tui.services.capabilities import elsewhere

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
@writes()
@click.pass_obj
async def run_task(call: Call, name: str, body: str | None, pairs: Sequence[str], writing: Writing) -> Exit:
    """Runs any task, known or not. BODY (or standard input, for -) is sent as it is; -p builds and checks it."""
    from durastore_tui.services.task_orders import order_of

    printer = call.printer()
    task = find(name)
    if body is not None and pairs:
        raise BadInput("body", "Either a body or -p, not both.")
    if body is not None:
        content = (call.standard_input() if body == "-" else body).encode()
        values: Mapping[str, Value | None] = guessed(content)
    else:
        values = _values(name, task, pairs)
        content = task.request_body(values) if task else b""
    if writing.curl:
        await print_curl(call, [(name, content)])
        return Exit.DONE
    if task is None or task.changes:
        check_read_only(call, name)
    async with call.session() as session:
        with journal(call) as jobs:
            _check(session, name, task, str(values.get("spaceId", "")), jobs.all(), writing)
        if task and (known := await order_of(session, task, content)):
            return await _as_job(call, session, task, known, writing)
        agree(call, session.profile, _plan(name, task, values, content), writing.given)
        if task and body is None:
            reply = await session.run(task, values)
        else:
            reply = await session.run_raw(name, content)
        printer.reply(reply.text)
        return Exit.DONE


async def _as_job(call: Call, session: Session, task: Task, known: Known, writing: Writing) -> Exit:
    """As the task's own command does: journaled before it is sent, alone of its kind, told to `jobs watch`."""

    from durastore_tui.services.task_orders import order_of

    async def again() -> Order | None:
        now = await order_of(session, task, known.body)
        return now.order if now else None

    for sentence in known.wrong:
        call.note(sentence)
    with followed(call, session.profile, session.endpoint.password) as jobs:
        return await carry_out(call, session, jobs, known.order, writing, again)


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


def _check(session: Session, name: str, task: Task | None, space: str, jobs: Iterable[Job], writing: Writing) -> None:
    from durastore_tui.services.capabilities import guard

    if session.profile.read_only and (task is None or task.changes):
        raise BadInput("read-only", f"{session.profile.name} is read-only here: {name} was not sent.")
    if writing.given.force:
        return
    if task and (why := guard(session, task, space, jobs)):
        raise BadInput("name", why)
    offered = session.capabilities.offered(session.store.id)
    if task is None and offered is not None and name not in offered:
        raise BadInput("name", f"Store {session.store.id} ({session.store.type}) does not list {name}.")


def _plan(name: str, task: Task | None, values: Mapping[str, Value | None], content: bytes) -> Plan:
    request = f"POST {task_path(name)} {content.decode(errors='replace')}"
    if task is None:
        return plan_of(undeclared(name), {}, name, request)
    present = {key: value for key, value in values.items() if value is not None}
    return plan_of(task, present, task.subject(present), request)
