"""`jobs repair`: replaces a damaged journal."""

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.jobs import JOBS
from durastore_tui.config import places


@JOBS.command("repair")
@click.pass_obj
def repair_journal(call: Call) -> None:
    """Replaces a damaged journal with a new one that has all readable entries. Keeps the old file beside it."""
    from durastore_tui.services.jobs.repair import repair

    printer = call.printer()
    repaired = repair(places.journal(), call.clock.now())
    printer.one(
        {
            "journal": str(repaired.journal),
            "damage": repaired.damage or None,
            "movedTo": str(repaired.moved_to) if repaired.moved_to else None,
            "jobs": repaired.jobs,
            "unfinished": repaired.unfinished,
            "exclusions": repaired.exclusions,
            "changes": repaired.changes,
            "lost": list(repaired.lost),
        }
    )
    if not repaired.damage:
        call.note("The journal is not damaged. Nothing was changed.")
    else:
        if repaired.lost:
            rest = f"Jobs that could not be recovered: {len(repaired.lost)}."
        else:
            rest = "The file shows no other job, but the damaged part may have held some."
        call.note(f"Recovered jobs: {repaired.jobs}. Recovered changes: {repaired.changes}. {rest}")
