"""A list of spaces on which `P` acts on the marked ones, else on the one under the cursor."""

from __future__ import annotations

from durastore_tui.tui.screens.policy_changes import PolicyChanges
from durastore_tui.tui.screens.space_list import SpaceList


class PolicyList(PolicyChanges, SpaceList):
    """Marks go once a run was consented to."""

    def policy_spaces(self) -> tuple[str, ...]:
        return self.table.marked or super().policy_spaces()

    def run_sent(self) -> None:
        self.table.clear_marks()
        self.draw_lines()
