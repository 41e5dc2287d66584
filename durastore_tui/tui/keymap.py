"""Keys of a scope, made from the registry; each can be bound anew by its action's id."""

from textual.binding import Binding, BindingType

from durastore_tui.tui.actions import ACTIONS, Scope


def bindings(scope: Scope) -> list[BindingType]:
    """One binding an action; the screen's `act` looks whether it may run, and says why not."""
    return [
        Binding(action.key, f"act('{action.id}')", action.label, id=action.id, show=False)
        for action in ACTIONS
        if scope in action.scopes
    ]
