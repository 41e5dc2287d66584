"""`streaming`: the changes; each is a job."""

from __future__ import annotations

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.inputs import SPACE, note_values
from durastore_tui.cli.verbs import noun
from durastore_tui.cli.writing import Writing, check_read_only, print_curl, writes
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks import hls

HLS, RTMP = "HLS", "RTMP"
OPEN, SECURE = "OPEN", "SECURE"
STREAMING = noun("streaming", "Streaming of spaces: look, change, and make URLs.")

space_argument = click.argument("space", callback=SPACE)
rtmp_option = click.option("--rtmp", "family", flag_value=RTMP, default=HLS, help="The old family, on old servers.")
origin_option = click.option("--origin", "origins", metavar="URL", multiple=True, help="A site that may play; repeat.")


@STREAMING.command("enable")
@space_argument
@click.option("--secure", is_flag=True, help="Viewers need signed cookies.")
@origin_option
@rtmp_option
@writes
@click.pass_obj
async def enable(call: Call, space: str, secure: bool, origins: tuple[str, ...], family: str, writing: Writing) -> Exit:
    """Streams every item of the space."""
    return await _change(call, writing, JobKind.ENABLE, space, family, SECURE if secure else OPEN, origins)


@STREAMING.command("disable")
@space_argument
@rtmp_option
@writes
@click.pass_obj
async def disable(call: Call, space: str, family: str, writing: Writing) -> Exit:
    """Stops streaming; the host stays for later."""
    return await _change(call, writing, JobKind.DISABLE, space, family)


@STREAMING.command("delete")
@space_argument
@rtmp_option
@writes
@click.pass_obj
async def delete(call: Call, space: str, family: str, writing: Writing) -> Exit:
    """Stops streaming and takes the host away for good."""
    return await _change(call, writing, JobKind.DELETE, space, family)


@STREAMING.command("switch")
@space_argument
@click.option("--to", "to", type=click.Choice((OPEN, SECURE)), required=True, help="The type to have afterwards.")
@origin_option
@rtmp_option
@writes
@click.pass_obj
async def switch(call: Call, space: str, to: str, origins: tuple[str, ...], family: str, writing: Writing) -> Exit:
    """The guided change of type: delete, wait until the server lets go, enable; goes on after a crash."""
    return await _change(call, writing, JobKind.SWITCH, space, family, to, origins)


async def _change(
    call: Call,
    writing: Writing,
    kind: JobKind,
    space: str,
    family: str,
    wanted: str | None = None,
    origins: tuple[str, ...] = (),
) -> Exit:
    from durastore_tui.cli.changing import carry_out
    from durastore_tui.services.changes import streaming_changes
    from durastore_tui.services.jobs.requests import writes as requests_of
    from durastore_tui.services.spaces import Spaces

    draft = streaming_changes.draft(kind, space, family=family, streaming_type=wanted, origins=origins)
    note_values(call, hls.ENABLE, {"allowedOrigins": origins})
    if writing.curl:
        await print_curl(call, [(request.task.name, request.body) for request in requests_of(draft)])
        return Exit.DONE
    check_read_only(call, f"{kind} of {space}")
    async with call.session() as session:
        spaces = Spaces(session)
        return await carry_out(
            call, session, lambda jobs: streaming_changes.change(session, spaces, draft, jobs.all), writing
        )
