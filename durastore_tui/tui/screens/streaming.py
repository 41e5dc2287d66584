"""Streaming: the spaces that have a host or a job under way, and what was seen of each, look by look."""

from __future__ import annotations

from durastore_tui.core.resource import Empty, Loading, Ready, Stale
from durastore_tui.services.streaming import states_of
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.details.space_facts import SpaceView, stream_cell, streaming_blocks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.space_list import SpaceListScreen
from durastore_tui.tui.widgets.bars import Crumbs
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.wording import age

EDGE_PACE = 10.0
"""Seconds between two hosts that are asked without the cursor resting on them."""


class StreamingScreen(SpaceListScreen):
    """What streams is only known once every space's properties were read: the count says how far that is."""

    scope = Scope.STREAMING
    BINDINGS = bindings(Scope.STREAMING)

    def __init__(self, place: Place) -> None:
        super().__init__(place, "No space that was read has a streaming host.", self.columns, self.row, self.about)

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("space", "SPACE", 22, is_id=True),
            Column("state", "STATE", 12, 20),
            Column("type", "TYPE", 6, 6, drop=4),
            Column("host", "HOST", 18, 44, drop=3, is_id=True),
            Column("edge", "EDGE", 18, 32, drop=1),
            Column("since", "SINCE", 6, 6, right=True, drop=2),
        )

    def row(self, view: SpaceView) -> Row | None:
        job = view.open_job
        match view.properties:
            case Ready(value, _) | Stale(value, _):
                states = states_of(value, view.jobs)
            case _:
                return None
        hosts = [state.host for state in states if state.host]
        if not (hosts or job):
            return None
        newest = view.looks(job.family if job else states[0].family)
        looks = [look for look in newest if look.step != "answer"] or view.edge  # what the server said is no look
        unasked = "not asked yet" if states[0].family == "HLS" else "RTMP: none answers"
        edge = Cell(f"{looks[-1].step}: {looks[-1].result}" if looks else unasked, "dim")
        return Row(
            view.space,
            (
                Cell(view.space),
                stream_cell(states),
                Cell(states[0].type or ""),
                Cell(", ".join(hosts), "dim"),
                edge,
                Cell(age(job.since, self.now), "dim", job.since) if job else Cell("", "dim"),
            ),
        )

    def on_mount(self) -> None:
        self.set_interval(EDGE_PACE, self.look_further)

    def look_further(self) -> None:
        """Asks one host of the rows on screen that nobody has asked yet: a few a minute, not all at once."""
        services = self.server.services
        if services and self.in_view:
            for space in self.table.on_screen:
                host = self.spaces.hls_host(space)
                if host and services.prober.last(host) is None:
                    self.spaces.check_host(space)
                    return

    def about(self, view: SpaceView) -> tuple[Block, ...]:
        return streaming_blocks(view, self.lines.next_keys, self.now)

    def coverage(self) -> Crumbs:
        seen, names = super().coverage(), self.rows.all_names
        if not names:
            return seen
        missing = sum(isinstance(self.spaces.properties(name), Empty | Loading) for name in names)
        read = f", {missing:,} not read yet" if missing else ""
        return Crumbs((), seen.filter, f"{self.table.coverage} of {len(names):,} spaces{read}", sort=seen.sort)
