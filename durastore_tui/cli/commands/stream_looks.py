"""`streaming list` and `show`: what the spaces say, and what the edge answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.streaming import HLS, RTMP, STREAMING, rtmp_option, space_argument
from durastore_tui.cli.exits import Exit, explain
from durastore_tui.cli.following import journal
from durastore_tui.cli.rows import evidence_row, job_row
from durastore_tui.core.resource import Failed, NotAllowed, Ready, Resource

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.core.jobs import Job
    from durastore_tui.services.prober import Prober
    from durastore_tui.services.session import Session

FIELDS = ("spaceId", "family", "type", "host", "evidence", "job")
PROBES_AT_ONCE = 4


@STREAMING.command("list")
@click.pass_obj
async def list_streams(call: Call) -> Exit:
    """Spaces with a streaming host or an unresolved job; asks each space, and each host from outside."""
    from durastore_tui.services.prober import Prober
    from durastore_tui.services.spaces import Spaces

    printer = call.printer()
    found: dict[str, Resource[SpaceProperties]] = {}
    async with call.session() as session:
        with journal(call) as jobs:
            held = jobs.all()
        spaces = Spaces(session)
        names = await spaces.names()
        with call.counting("spaces") as counter:

            def take(space: str, resource: Resource[SpaceProperties]) -> None:
                found[space] = resource
                counter.add()

            await spaces.properties(names, take)
        prober, turn = Prober(call.clock, session.profile.ca_file), asyncio.Semaphore(PROBES_AT_ONCE)

        async def row(space: str, family: str) -> dict[str, Any] | None:
            async with turn:
                match found[space]:
                    case Ready(properties):
                        return await _row(session, prober, space, family, properties, held)
            return None

        rows = await asyncio.gather(*(row(name, family) for name in names for family in (HLS, RTMP)))
    with printer.rows(FIELDS) as show:
        for each in rows:
            if each and (each["host"] or _unresolved(each["job"])):
                show(each)
    return _failures(call, found)


def _unresolved(job: dict[str, Any] | None) -> bool:
    return job is not None and job["state"] not in ("confirmed", "rejected")


def _failures(call: Call, found: dict[str, Resource[SpaceProperties]]) -> Exit:
    code = Exit.DONE
    for space, resource in found.items():
        match resource:
            case Failed(error) | NotAllowed(error):
                call.note(f"{space}: {explain(error)}")
                code = Exit.FAILED
    return code


@STREAMING.command("show")
@space_argument
@rtmp_option
@click.pass_obj
async def show_stream(call: Call, space: str, family: str) -> None:
    """Type, host and what the edge answers now."""
    from durastore_tui.services.prober import Prober
    from durastore_tui.services.spaces import Spaces

    printer = call.printer()
    async with call.session() as session:
        with journal(call) as jobs:
            held = jobs.all()
        properties = await Spaces(session).properties_of(space)
        prober = Prober(call.clock, session.profile.ca_file)
        printer.one(await _row(session, prober, space, family, properties, held))


async def _row(
    session: Session,
    prober: Prober,
    space: str,
    family: str,
    properties: SpaceProperties,
    jobs: tuple[Job, ...],
) -> dict[str, Any]:
    """RTMP hosts are not asked: they never spoke HTTP."""
    from durastore_tui.services.streaming import distribution, job_of

    shown = distribution(properties, family)
    job = job_of(jobs, session, space, family)
    probe = await prober.probe(shown.host) if shown.host and family == HLS else None
    return {
        "spaceId": space,
        "family": family,
        "type": shown.type,
        "host": shown.host,
        "evidence": evidence_row(probe.evidence if probe else ()),
        "job": job_row(job) if job else None,
    }
