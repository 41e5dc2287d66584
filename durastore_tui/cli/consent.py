"""Confirmation of a write: `--yes`, `--confirm NAME`, or the same typed at a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from durastore_tui.cli.call import Call
from durastore_tui.cli.process import at_the_keyboard
from durastore_tui.core.errors import BadInput
from durastore_tui.core.text import safe
from durastore_tui.services.changes.confirmation import Consent

if TYPE_CHECKING:
    from durastore_tui.services.changes.plan import Plan


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line confirmed beforehand; `force` sends although a check says that it will fail."""

    yes: bool = False
    confirm: str | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class TerminalPrompt:
    """The command line's way to ask: its options first, then the person at the terminal."""

    call: Call
    given: Given

    async def show_plan(self, plan: Plan) -> Consent:
        """Note what to know and ask; raises BadInput where nobody confirms, with the option that would do."""
        for sentence in (*plan.warnings, *plan.notes):
            self.call.note(sentence)
        answer = consent(plan, self.given, self.call.keyboard, self.call.err)
        self.call.keep_exit_code()
        return answer


def consent(plan: Plan, given: Given, keyboard: TextIO, screen: TextIO) -> Consent:
    """How the plan was confirmed; raises BadInput where it was not, with the option that would do."""
    if given.confirm is not None:
        if given.confirm not in plan.names:
            raise BadInput("confirm", f"--confirm {given.confirm} is not {' or '.join(plan.names)}; nothing was sent.")
        return Consent.BEFORE
    if plan.typed is None and given.yes:
        return Consent.BEFORE
    wanted = ("y",) if plan.typed is None else plan.names
    if keyboard.isatty() and screen.isatty():
        if _answer(plan, wanted[0], keyboard, screen) in wanted:
            return Consent.ASKED
        raise BadInput("confirm", "Not consented to; nothing was sent.")
    option = "--yes" if plan.typed is None else f"--confirm {plan.names[0]}"
    raise BadInput("confirm", f"{plan.title} changes the server: say {option}; nothing was sent.")


def _answer(plan: Plan, wanted: str, keyboard: TextIO, screen: TextIO) -> str:
    (request, *more) = plan.requests
    sent = f"{request.method} {request.path} {request.body}" + (f" and {len(more)} more" if more else "")
    lines = [f"{plan.title}: {plan.subject}"]
    predicted = tuple(("fails", sentence) for sentence in plan.predicted)
    lines += [f"  {label:<7}  {text}" for label, text in (*plan.effects, *predicted, ("request", sent))]
    return typed(lines, f"Type {wanted} to send", keyboard, screen)


def typed(lines: Iterable[str], question: str, keyboard: TextIO, screen: TextIO) -> str:
    """What the person types at a terminal after these lines and the question."""
    screen.write("".join(f"{safe(line)}\n" for line in lines))
    with at_the_keyboard():
        screen.write(f"{safe(question)}: ")
        screen.flush()
        return keyboard.readline().rstrip("\n")
