"""`requests`: what this machine asked, redacted."""

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.verbs import noun
from durastore_tui.config import places

FIELDS = ("at", "method", "path", "status", "ms", "bytes", "task")
REQUESTS = noun("requests", "Requests of this machine, without their secrets.")


@REQUESTS.command("list")
@click.pass_obj
def list_requests(call: Call) -> None:
    """The last requests, oldest first."""
    from durastore_tui.services.request_file import RequestFile

    printer = call.printer()
    with printer.rows(FIELDS) as show:
        for row in RequestFile(places.requests()).rows():
            show(row)
