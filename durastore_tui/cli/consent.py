"""Consent to a write: `--yes`, `--confirm NAME`, or the same typed at a terminal."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TextIO

from durastore_tui.cli.process import at_the_keyboard
from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Task, Tier, Values
from durastore_tui.core.text import safe


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line consented to beforehand; `force` sends although a check says that it will fail."""

    yes: bool = False
    confirm: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One write as a person should see it.

    `names` are what confirms tier 2, the one to ask for first: IDs, a task's name, or a number.
    """

    title: str
    names: tuple[str, ...]
    tier: Tier
    effects: tuple[tuple[str, str], ...]
    request: str

    def on(self, profile: Profile) -> "Plan":
        """The same against that server: in production every write is of tier 2."""
        if profile.environment is not Environment.PROD or self.tier is Tier.LOOK:
            return self
        return replace(self, tier=Tier.DANGER)


def plan_of(task: Task, values: Values, names: tuple[str, ...], request: str) -> Plan:
    """What the task's declaration says about these values."""
    said = (("now", task.now), ("later", task.later), ("undo", task.undo))
    effects = tuple((label, task.worded(text, values)) for label, text in said if text)
    return Plan(task.title, names, task.tier, effects, request)


def consent(plan: Plan, given: Given, keyboard: TextIO, screen: TextIO) -> bool:
    """Returns when the plan was consented to, and whether a person was asked, who may have taken their time.

    Raises BadInput otherwise, with the option that would do.
    """
    if plan.tier is Tier.LOOK:
        return False
    if given.confirm is not None:
        if given.confirm not in plan.names:
            raise BadInput("confirm", f"--confirm {given.confirm} is not {' or '.join(plan.names)}; nothing was sent.")
        return False
    if plan.tier is Tier.CHANGE and given.yes:
        return False
    wanted = ("y",) if plan.tier is Tier.CHANGE else plan.names
    if keyboard.isatty() and screen.isatty():
        if _answer(plan, wanted[0], keyboard, screen) in wanted:
            return True
        raise BadInput("confirm", "Not consented to; nothing was sent.")
    option = "--yes" if plan.tier is Tier.CHANGE else f"--confirm {plan.names[0]}"
    raise BadInput("confirm", f"{plan.title} changes the server: say {option}; nothing was sent.")


def _answer(plan: Plan, wanted: str, keyboard: TextIO, screen: TextIO) -> str:
    lines = [f"{plan.title}: {plan.names[0]}"]
    lines += [f"  {label:<7}  {text}" for label, text in (*plan.effects, ("request", plan.request))]
    return typed(lines, f"Type {wanted} to send", keyboard, screen)


def typed(lines: Iterable[str], question: str, keyboard: TextIO, screen: TextIO) -> str:
    """What the person types at a terminal after these lines and the question."""
    screen.write("".join(f"{safe(line)}\n" for line in lines))
    with at_the_keyboard():
        screen.write(f"{safe(question)}: ")
        screen.flush()
        return keyboard.readline().rstrip("\n")
