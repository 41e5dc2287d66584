"""Lets happen what is due by now to snapshots and restores, and to the spaces that they touch (protocol §8)."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from durastore_tui.sandbox.bridge import history
from durastore_tui.sandbox.bridge.contents import generated_contents
from durastore_tui.sandbox.bridge.course import DAY, RESTORE_PHASES, SNAPSHOT_PHASES
from durastore_tui.sandbox.bridge.files import METADATA_SPACE, keep_metadata
from durastore_tui.sandbox.bridge.history import History
from durastore_tui.sandbox.bridge.records import EXPIRED, Records, Restore, Snapshot
from durastore_tui.sandbox.contents import copy_stored
from durastore_tui.sandbox.spaces import NewSpace, Spaces
from durastore_tui.sandbox.world import Store, World

PRESERVATION_STORES = ("CHRONOPOLIS", "DPN")
RESTORE_DAYS = 14
"""How long restored content stays; real days, whatever the speed of processes."""


def settle(world: World) -> None:
    """Called before every request is acted on."""
    for store in world.profile.stores:
        if store.type in PRESERVATION_STORES:
            _Settling(world, store).run()


def _since(reached: list[tuple[str, float]], status: str) -> list[tuple[str, float]]:
    """What was entered after a status; nothing for one outside the phases."""
    names = [name for name, _ in reached]
    return reached[names.index(status) + 1 :] if status in names else []


class _Settling:
    def __init__(self, world: World, store: Store) -> None:
        self._world, self._store, self._clock = world, store, world.clock
        self._records = Records(world.db, world.name, store.id)
        self._history = History(world.db, world.clock, world.name, store.id)

    @property
    def _spaces(self) -> Spaces:
        return self._world.spaces(self._store.id)

    def run(self) -> None:
        for snapshot in self._records.moving():
            for status, begun in _since(snapshot.course.reached(SNAPSHOT_PHASES, self._clock), snapshot.status):
                self._records.change_snapshot(snapshot.id, status=status)
                self._enter_snapshot(snapshot, status, snapshot.course.moment(begun, self._clock))
        for restore in self._records.moving_restores():
            self._advance(restore)
        for restore in self._records.moving_restores():
            if restore.expires is not None and restore.expires <= self._clock.now():
                self._expire(restore, restore.expires)

    def _advance(self, restore: Restore) -> None:
        for status, begun in _since(restore.course.reached(RESTORE_PHASES, self._clock), restore.status):
            moment = restore.course.moment(begun, self._clock)
            if status.startswith("TRANSFER") and not self._spaces.exists(restore.space):
                # nowhere to transfer to: the job fails
                self._records.change_restore(restore.id, status="ERROR", entered=moment)
                return
            self._records.change_restore(restore.id, status=status, entered=moment)
            self._enter_restore(restore, status, moment)

    def _enter_snapshot(self, snapshot: Snapshot, status: str, moment: float) -> None:
        match status:
            case "REPLICATING_TO_STORAGE":
                self._history.add(snapshot.id, history.snapshot_staged(snapshot.id), moment)
            case "CLEANING_UP":
                self._preserved(snapshot, moment)
            case "SNAPSHOT_COMPLETE" if self._spaces.exists(snapshot.space):
                self._spaces.empty(snapshot.space)
                self._spaces.clear_lifecycle(snapshot.space)
                self._spaces.clear_properties(snapshot.space)

    def _preserved(self, snapshot: Snapshot, moment: float) -> None:
        alternates = (f"urn-uuid-{uuid5(NAMESPACE_URL, snapshot.id)}",)
        self._records.change_snapshot(snapshot.id, alternates=f'["{alternates[0]}"]')
        self._history.add(snapshot.id, history.snapshot_completed(snapshot.id, alternates), moment)
        if not self._spaces.exists(METADATA_SPACE):
            self._spaces.add(NewSpace(METADATA_SPACE, moment, {}))
        keep_metadata(self._world, self._store, snapshot)
        if self._spaces.exists(snapshot.space):
            self._spaces.set_expiry(snapshot.space, moment + self._clock.lasting(DAY) - self._clock.now())

    def _enter_restore(self, restore: Restore, status: str, moment: float) -> None:
        if status == "TRANSFER_TO_DURACLOUD_COMPLETE":
            self._fill(restore)
        if status == "RESTORATION_COMPLETE":
            expires = moment + RESTORE_DAYS * DAY
            self._records.change_restore(restore.id, ended=moment, expires=expires)
            if self._spaces.exists(restore.space):
                self._spaces.set_expiry(restore.space, expires - self._clock.now())
            day = datetime.fromtimestamp(expires, UTC).strftime("%Y-%m-%d")
            self._history.add(restore.snapshot, history.restore_completed(restore.id, day), moment)

    def _fill(self, restore: Restore) -> None:
        snapshot = self._records.snapshot(restore.snapshot)
        if snapshot is not None:
            self._spaces.fill(restore.space, *generated_contents(snapshot), snapshot.bytes)
            place = (self._world.name, self._store.id)
            copy_stored(self._world.db, (*place, snapshot.id), (*place, restore.space))

    def _expire(self, restore: Restore, moment: float) -> None:
        """The space must be empty or gone before the bridge calls the restore expired."""
        if self._spaces.exists(restore.space):
            if self._spaces.contents(restore.space).count(up_to=1):
                return
            self._spaces.remove(restore.space)
        self._records.change_restore(restore.id, status=EXPIRED, entered=moment)
        self._history.add(restore.snapshot, history.restore_expired(restore.id), moment)
