"""A change as a person sees it before it is sent: effects, exact requests, and what confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from durastore_tui.config.profile import Environment
from durastore_tui.core.curl import curl
from durastore_tui.core.jobs import SCOPES
from durastore_tui.core.tasks.model import Task, Tier, Value
from durastore_tui.core.urls import address, task_path
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.requests import names, writes

if TYPE_CHECKING:
    from durastore_tui.services.session import Session


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """A request exactly as it goes out."""

    method: str
    path: str
    body: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is confirmed. `subject` is the exact target; `verb` words the button ("Enable").

    `names` are what confirms a destructive change, the one to ask for first: IDs, a task's name, or a number.
    `requests` are all that is sent, in turn. `predicted` are the failures that the preflight predicts, `warnings` what
    is lost, `notes` what else to know: all are sentences.
    """

    title: str
    verb: str
    subject: str
    names: tuple[str, ...]
    environment: str
    profile: str
    now: str
    later: str
    undo: str
    requests: tuple[PlannedRequest, ...]
    curl: str
    tier: Tier
    predicted: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def typed(self) -> str | None:
        """What must be typed to confirm it; None where a yes is enough."""
        return self.names[0] if self.tier is Tier.DANGER else None

    @property
    def effects(self) -> tuple[tuple[str, str], ...]:
        """What it does, each with its label."""
        said = (("now", self.now), ("later", self.later), ("undo", self.undo))
        return tuple((label, text) for label, text in said if text)


def tier_on(environment: Environment, tier: Tier) -> Tier:
    """The risk on a server: on PROD every change is destructive (design §4)."""
    return Tier.DANGER if environment is Environment.PROD and tier is not Tier.LOOK else tier


def plan_of(session: Session, preflight: Preflight, verb: str = "Send") -> Plan:
    """The plan of what was read; raises WillFail where nothing can be sent, and BadInput."""
    order, task = preflight.to_send(), preflight.task
    subject, values = order.target or task.subject(preflight.values), preflight.values
    tier = task.tier
    if order.parts[1:]:
        scope = SCOPES[order.kind]
        count = f"{len(order.parts):,} {scope.parts}"
        subject = f"{count}: {', '.join(order.parts)}"
        values, tier = {**values, scope.parameter: f"each of these {count}"}, Tier.DANGER
    requests = writes(order)
    predicted = preflight.predicted
    plan = Plan(
        title=task.title,
        verb=f"{verb} anyway" if predicted else verb,
        subject=subject,
        names=names(order),
        environment=session.profile.environment,
        profile=session.profile.name,
        now=task.worded(task.now, values),
        later=task.worded(task.later, values),
        undo=task.worded(task.undo, values),
        requests=tuple(_planned(session, request, order.store) for request in requests),
        curl="\n".join(curl_line(session, request.task, request.body, order.store) for request in requests),
        tier=tier_on(session.profile.environment, tier),
        predicted=predicted,
        warnings=preflight.warnings,
        notes=preflight.notes,
    )
    return _of_switch(plan, order) if KINDS[order.kind].then else plan


def _of_switch(plan: Plan, order: Order) -> Plan:
    hls = order.family == "HLS"
    return replace(
        plan,
        title=f"Switch {order.family} from {order.was or 'its type'} to {order.streaming_type}",
        now=f"The host changes: {order.host} goes for good, and every link to it that was handed out dies. {plan.now}",
        later=f"{plan.later} {order.streaming_type} is tried until the server lets go of the old distribution"
        f"{', and then the new host is asked until it answers' if hls else ''}. It goes on after a crash.",
        undo="Switching back makes a third host."
        f"{' u on the job saves the list of the links that die.' if hls else ''}",
    )


def _planned(session: Session, request: Request, store: str) -> PlannedRequest:
    path = _url(session, request.task, store).removeprefix(session.endpoint.url)
    return PlannedRequest("POST", path, request.body.decode(errors="replace"))


def curl_line(session: Session, task: Task, body: bytes, store: str) -> str:
    """The request of a task as it is sent, for a shell."""
    endpoint = session.endpoint
    return curl("POST", _url(session, task, store), user=endpoint.user, body=body, ca_file=endpoint.ca_file)


def curl_of(session: Session, task: Task, values: Mapping[str, Value], store: str) -> str:
    """The same with a body that is built out of values; raises BadInput."""
    return curl_line(session, task, task.request_body(values), store)


def _url(session: Session, task: Task, store: str) -> str:
    return address(session.endpoint.url, task_path(task.name), {"storeID": store})
