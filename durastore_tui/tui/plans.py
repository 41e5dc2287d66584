"""A change as the sheet shows it, drawn from the task's own declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from durastore_tui.config.profile import Environment
from durastore_tui.core.curl import curl
from durastore_tui.core.tasks.model import Task, Tier, Value
from durastore_tui.core.urls import address, task_path
from durastore_tui.tui.screens.confirm_sheet import Plan

if TYPE_CHECKING:
    from durastore_tui.services.session import Session


def tier_on(environment: Environment, task: Task) -> Tier:
    """On PROD every change is a danger (design §4)."""
    return Tier.DANGER if task.changes and environment is Environment.PROD else task.tier


def plan_of(session: Session, task: Task, verb: str, space: str, values: Mapping[str, Value]) -> Plan:
    """What the person consents to; raises BadInput for values that may not be sent."""
    return plan_of_body(session, task, verb, space, task.request_body(values), values)


def plan_of_body(
    session: Session, task: Task, verb: str, subject: str, body: bytes, values: Mapping[str, Value]
) -> Plan:
    """The same for a body as somebody wrote it; `values` are what can be seen of it."""
    profile, endpoint = session.profile, session.endpoint
    url = _url(session, task, session.store.id)
    tier = tier_on(profile.environment, task)
    return Plan(
        title=task.title,
        verb=verb,
        subject=subject,
        environment=profile.environment,
        profile=profile.name,
        now=task.worded(task.now, values),
        later=task.worded(task.later, values),
        undo=task.worded(task.undo, values),
        method="POST",
        path=url.removeprefix(endpoint.url),
        body=body.decode(errors="replace"),
        curl=curl("POST", url, user=endpoint.user, body=body, ca_file=endpoint.ca_file),
        tier=tier,
        typed=subject if tier is Tier.DANGER else None,
    )


def curl_of(session: Session, task: Task, values: Mapping[str, Value], store: str) -> str:
    """A request as it is sent, for a shell; raises BadInput."""
    endpoint, url = session.endpoint, _url(session, task, store)
    return curl("POST", url, user=endpoint.user, body=task.request_body(values), ca_file=endpoint.ca_file)


def _url(session: Session, task: Task, store: str) -> str:
    return address(session.endpoint.url, task_path(task.name), {"storeID": store})


def plan_of_run(
    session: Session,
    task: Task,
    verb: str,
    runs: Sequence[Mapping[str, Value]],
    many: tuple[str, str],
    warnings: tuple[str, ...] = (),
) -> Plan:
    """The same task with several values of a parameter, and a word for them (`many`): their number is to be typed."""
    of, word = many
    subjects = [str(values[of]) for values in runs]
    first = plan_of(session, task, verb, subjects[0], runs[0])
    if len(runs) == 1:
        return replace(first, warnings=warnings)
    each = {**runs[0], of: f"each of these {len(runs):,} {word}"}
    plans = [plan_of(session, task, verb, "", values) for values in runs[1:]]
    return replace(
        first,
        subject=f"{len(runs):,} {word}: {', '.join(subjects)}",
        now=task.worded(task.now, each),
        later=task.worded(task.later, each),
        undo=task.worded(task.undo, each),
        curl="\n".join(plan.curl for plan in (first, *plans)),
        tier=Tier.DANGER,
        typed=str(len(runs)),
        further=tuple(plan.body for plan in plans),
        warnings=warnings,
    )
