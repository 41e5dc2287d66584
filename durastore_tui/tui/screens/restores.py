"""The last restore of a snapshot, until when its items stay, and the space it is in."""

from __future__ import annotations

from durastore_tui.core.resource import Ready, Stale
from durastore_tui.core.tasks import restores
from durastore_tui.core.urls import task_path
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.facts.snapshot_facts import restore_blocks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.snapshot import SnapshotPage
from durastore_tui.tui.widgets.facts import Block


class RestoresScreen(SnapshotPage):
    """The server tells of the restore that changed last alone (protocol §7.21); the history tells of earlier ones."""

    scope = Scope.RESTORES
    BINDINGS = bindings(Scope.RESTORES)

    def blocks(self) -> tuple[Block, ...]:
        return restore_blocks(self.view(self.snapshot()), tuple(self.next_keys()), self.now)

    def do_go_to_space(self) -> None:
        """The restored space, in the store of the snapshots."""
        services, session = self.server.services, self.session
        match self.view(self.snapshot()).space:
            case Ready(space, _) | Stale(space, _) if space and space.properties and services and session:
                there = Place("space", space.id, parent=Place("spaces"))
                if session.store.id == services.session.store.id:
                    self.server.places.go(there)
                else:
                    self.durastore.use_store(session.store.id, (there, None))
            case _:
                self.post_message(Told("There is no restored space to go to.", "warning"))

    def request_copy(self) -> Copyable | str:
        body = restores.SHOW.request_body({"snapshotId": self.snapshot()})
        return self.curl_copy("POST", task_path(restores.SHOW.name), {}, "the restore", body)
