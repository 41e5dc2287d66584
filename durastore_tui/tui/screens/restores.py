"""The last restore of a snapshot, until when its items stay, and the space it is in."""

from __future__ import annotations

from durastore_tui.core.tasks import restores
from durastore_tui.core.urls import task_path
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.copies import Copyable, curl_copy
from durastore_tui.tui.details.snapshot_facts import restore_blocks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.screens.snapshot import SnapshotPage
from durastore_tui.tui.widgets.facts import Block


class RestoresScreen(SnapshotPage):
    """The server tells of the restore that changed last alone (protocol §7.21); the history tells of earlier ones."""

    scope = Scope.RESTORES
    BINDINGS = bindings(Scope.RESTORES)

    def blocks(self) -> tuple[Block, ...]:
        return restore_blocks(self.snapshots.view(self.snapshot), self.lines.next_keys, self.now)

    def request_copy(self) -> Copyable | str:
        body = restores.SHOW.request_body({"snapshotId": self.snapshot})
        return curl_copy(self.session, "POST", task_path(restores.SHOW.name), {}, "the restore", body)
