"""Stream URLs of items, of what a pattern finds, or of a whole space; the streaming type decides how."""

from collections.abc import Mapping

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.resource import value_of
from durastore_tui.core.tasks import hls, rtmp
from durastore_tui.core.tasks.model import Task
from durastore_tui.core.url_ways import Way, asked_of_a_person
from durastore_tui.services.changes.guard import guard
from durastore_tui.services.changes.plan import curl_of
from durastore_tui.services.urls import UrlSource, host_for, tasks_for
from durastore_tui.tui import actions
from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.details.url_facts import Wanted
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.dialogs.url_form import UrlForm
from durastore_tui.tui.dialogs.url_sheet import UrlSheet
from durastore_tui.tui.messages import Told
from durastore_tui.tui.url_run import UrlRun
from durastore_tui.tui.wording import sentence

ANY = (hls.URL, hls.COOKIES_URL, rtmp.URL, rtmp.SIGNED_URL)
"""Which tasks make URLs of a space whose properties are not loaded."""
SPECIAL = frozenset("*?[")


def why_not(context: AppContext, target: Target) -> str | None:
    """Why the space has no stream URLs, or why this login cannot make them."""
    services, space = target.server.services, target.space or ""
    if services is None:
        return actions.keyed(actions.NOT_CONNECTED)
    properties = value_of(services.spaces.held(space))
    tasks = tasks_for(properties) if properties else ANY
    if not tasks:
        return f"{space} does not stream, so it has no stream URLs; {actions.key('enable')} on the space enables it."
    reasons = [guard(services.session, task) for task in tasks]
    return None if None in reasons else reasons[0]


async def urls(context: AppContext, target: Target) -> None:
    """Show the URLs of the items that are meant, else ask for a pattern."""
    if target.items:
        await _show(context, target, Wanted(target.space or "", target.items, marked=target.marked))
    else:
        await urls_by_pattern(context, target)


async def urls_by_pattern(context: AppContext, target: Target) -> None:
    """Ask for a pattern of item IDs, and show the URLs of what it finds."""
    if target.space is None:
        return
    prefix = target.view.place.prefix
    hint = "as in oh/*.m3u8; or one id; empty: the host alone"
    text: str | None = await context.push_screen_wait(Prompt("items", f"{prefix}*" if prefix else "*.m3u8", hint))
    if text is not None:
        await _show(context, target, _wanted(target.space, text))


def _wanted(space: str, text: str) -> Wanted:
    if SPECIAL & set(text):
        return Wanted(space, pattern=text)
    return Wanted(space, (text,), listed=text == "")


async def _show(context: AppContext, target: Target, wanted: Wanted) -> None:
    services = target.server.services
    if services is None:
        return
    try:
        properties = await services.spaces.properties_of(wanted.space)
    except DuraStoreError as error:
        target.view.post_message(Told(f"{wanted.space}: {sentence(error)}", "error"))
        return
    way = await _way(context, target, wanted, properties, tasks_for(properties))
    while way is not None:
        run = UrlRun(wanted, UrlSource(services.session, wanted.space, way, host_for(way, properties)))
        sheet = UrlSheet(run, context.start.clock.now, services.session.endpoint.ca_file)
        link = await context.push_screen_wait(sheet)
        way = await _way(context, target, wanted, properties, (hls.COOKIES_URL,)) if link else None


async def _way(
    context: AppContext, target: Target, wanted: Wanted, properties: SpaceProperties, tasks: tuple[Task, ...]
) -> Way | None:
    """The only way when there is nothing to enter, else what the form says."""
    if wanted.one == "":
        tasks = (hls.COOKIES_URL,) if properties.hls_host else ()
    if not tasks:
        target.view.post_message(Told(f"{wanted.space} streams by nothing that makes such a URL.", "warning"))
        return None
    if len(tasks) == 1 and not asked_of_a_person(tasks[0]):
        return Way(tasks[0])
    try:
        withheld = await _withheld(target, tasks)
    except DuraStoreError as error:
        target.view.post_message(Told(f"{wanted.space}: {sentence(error)}", "error"))
        return None
    form = UrlForm(
        wanted,
        tasks,
        properties.hls_host or "",
        secure=properties.hls_type == "SECURE",
        now=context.start.clock.now,
        curl=lambda way: _curl(target, wanted, way),
        withheld=withheld,
    )
    return await context.push_screen_wait(form)


async def _withheld(target: Target, tasks: tuple[Task, ...]) -> Mapping[str, str]:
    """Parameters that this login may not give, and why; raises Unauthorized."""
    if (session := target.session) is None:
        return {}
    asked = [(task, param.name) for task in tasks for param in asked_of_a_person(task)]
    found = {name: await session.why_withheld(task, (name,)) for task, name in asked}
    return {name: why for name, why in found.items() if why}


def _curl(target: Target, wanted: Wanted, way: Way) -> str:
    """The requests that would be sent; for a pattern, whose items are not known yet, one for the pattern."""
    if (session := target.session) is None:
        return ""
    asked_for = [way.values_for(wanted.space, item) for item in wanted.items or (wanted.pattern,)]
    return "\n".join(curl_of(session, way.task, way.task.checked(values), session.store.id) for values in asked_for)
