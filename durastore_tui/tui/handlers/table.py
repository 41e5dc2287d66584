"""Which functions belong to which action."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any, NamedTuple

from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.handlers import (
    contents,
    copying,
    everywhere,
    home,
    jobs,
    lists,
    policies,
    retrieval,
    snapshots,
    streaming,
    tasks,
    urls,
)


class Handler(NamedTuple):
    """What an action does, and why it is not possible here and now.

    `run` is a coroutine function if it waits for a server or a dialog. Without a `why_not` the guard of the action's
    task decides.
    """

    run: Callable[[AppContext, Target], Coroutine[Any, Any, None] | None]
    why_not: Callable[[AppContext, Target], str | None] | None = None


HANDLERS: Mapping[str, Handler] = {
    "open": Handler(lists.open_cursor),
    "properties": Handler(lists.open_properties),
    "filter": Handler(lists.ask_filter),
    "mark": Handler(lists.mark),
    "sort": Handler(lists.sort),
    "by_status": Handler(lists.show_next_status),
    "day_before": Handler(home.day_before),
    "day_after": Handler(home.day_after),
    "month_before": Handler(home.month_before),
    "month_after": Handler(home.month_after),
    "go_to_day": Handler(home.ask_day),
    "continue_run": Handler(jobs.continue_run, jobs.why_not_continue),
    "abandon": Handler(jobs.abandon, jobs.why_not_abandon),
    "forget": Handler(jobs.forget, jobs.why_not_forget),
    "halt": Handler(jobs.halt, jobs.why_not_halt),
    "dead_links": Handler(jobs.save_dead_links, jobs.why_not_dead_links),
    "contents": Handler(snapshots.show_contents),
    "snapshot_history": Handler(snapshots.show_history),
    "restores": Handler(snapshots.show_restores),
    "go_to_space": Handler(snapshots.go_to_space),
    "follow": Handler(snapshots.follow),
    "create_snapshot": Handler(snapshots.create),
    "restart": Handler(snapshots.restart),
    "restore": Handler(snapshots.restore),
    "operate": Handler(snapshots.operate),
    "run_again": Handler(tasks.run_again),
    "enable": Handler(streaming.enable, streaming.why_not_enable),
    "disable": Handler(streaming.disable, streaming.why_not_disable),
    "delete": Handler(streaming.delete, streaming.why_not_delete),
    "switch": Handler(streaming.switch, streaming.why_not_switch),
    "policy": Handler(policies.set_policy, policies.why_not_set),
    "policy_again": Handler(policies.set_again, policies.why_not_again),
    "thaw": Handler(retrieval.retrieve),
    "go_to": Handler(contents.ask_row),
    "ask_prefix": Handler(contents.ask_prefix),
    "mirror": Handler(contents.switch_loading),
    "export": Handler(contents.switch_export),
    "back": Handler(everywhere.back),
    "earlier": Handler(everywhere.earlier),
    "later": Handler(everywhere.later),
    "toggle": Handler(everywhere.toggle),
    "refresh": Handler(everywhere.refresh),
    "freeze": Handler(everywhere.freeze),
    "job": Handler(everywhere.open_job),
    "messages": Handler(everywhere.messages),
    "jobs": Handler(everywhere.jobs),
    "calls": Handler(everywhere.requests),
    "command": Handler(everywhere.command),
    "palette": Handler(everywhere.palette),
    "stores": Handler(everywhere.stores),
    "profiles": Handler(everywhere.profiles),
    "about": Handler(everywhere.about),
    "copy": Handler(copying.copy),
    "copy_curl": Handler(copying.copy_request),
    "copy_whole": Handler(copying.copy_answer),
    "copy_reply": Handler(copying.copy_answer),
    "urls": Handler(urls.urls, urls.why_not),
    "urls_by_pattern": Handler(urls.urls_by_pattern, urls.why_not),
    "help": Handler(everywhere.show_help),
    "quit": Handler(everywhere.leave),
}
"""By the ID of the action."""
