"""What can be done in every place: going back and forth, reading again, and what opens above a place."""

from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.dialogs.help import HelpScreen
from durastore_tui.tui.messages import Told

JOBS, REQUESTS = "jobs", "calls"
"""The drawers, as the app notes which one is open."""


def back(context: AppContext, target: Target) -> None:
    """Stop what the place is busy with, else go to where it was opened from, else clear the notifications."""
    if not target.view.interrupt() and not target.server.places.up():
        context.clear_notifications()


def earlier(context: AppContext, target: Target) -> None:
    """Show the place before this one, in the order of visiting."""
    target.server.places.walk(-1)


def later(context: AppContext, target: Target) -> None:
    """Show the place after this one, in the order of visiting."""
    target.server.places.walk(1)


def toggle(context: AppContext, target: Target) -> None:
    """Show the last place, and with the next press this one again."""
    target.server.places.toggle()


def refresh(context: AppContext, target: Target) -> None:
    """Read the place again, or connect if there is no connection."""
    target.view.reads.are_cancelled = False
    if target.server.services:
        target.view.reload()
    else:
        context.connections.connect()


def freeze(context: AppContext, target: Target) -> None:
    """Turn auto-refresh off or on, for every place."""
    context.frozen = not context.frozen
    target.view.draw_lines()


def open_job(context: AppContext, target: Target) -> None:
    """Open an unfinished job of the target before the job of the last message, unless that is one of the target."""
    space = target.space
    own = [job for job in target.server.own_jobs if space in (job.space, *(part.target for part in job.parts))]
    told = [job for job in context.jobs if job.id == context.told_job]
    for job in (*(job for job in told if job in own), *(job for job in own if job.open), *told, *own):
        context.connections.open_job(job)
        return
    target.view.post_message(Told("No message named a job, and nothing was sent about what is in view."))


def messages(context: AppContext, target: Target) -> None:
    """Open the list of messages."""
    context.show_messages()


def jobs(context: AppContext, target: Target) -> None:
    """Open or close the drawer of jobs."""
    _switch_drawer(context, target, JOBS)


def requests(context: AppContext, target: Target) -> None:
    """Open or close the drawer of requests."""
    _switch_drawer(context, target, REQUESTS)


def _switch_drawer(context: AppContext, target: Target, kind: str) -> None:
    context.drawer = "" if context.drawer == kind else kind
    target.view.drawers.show()


def command(context: AppContext, target: Target) -> None:
    """Open the command line."""
    context.ask_command()


def palette(context: AppContext, target: Target) -> None:
    """Open the palette."""
    context.ask_palette("commands")


def stores(context: AppContext, target: Target) -> None:
    """Choose another store."""
    context.ask_palette("stores")


def profiles(context: AppContext, target: Target) -> None:
    """Choose another profile."""
    context.ask_palette("profiles")


def about(context: AppContext, target: Target) -> None:
    """Show every value of the profile, and where it came from."""
    context.connections.show_profile_values()


def show_help(context: AppContext, target: Target) -> None:
    """Show the keys of this place, and why some are not possible."""
    context.push_screen(HelpScreen(target.view.scope, target.view.why_not))


def leave(context: AppContext, target: Target) -> None:
    """End the program."""
    context.leave()
