"""Policies: what was last set from here on each space, and whether it streams; marked spaces are set in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Ready, Stale
from durastore_tui.services.policies import NEW_SPACES, last_set
from durastore_tui.services.streaming import states_of
from durastore_tui.tui.actions import Scope, key
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.details.policy_facts import in_a_word, policy_blocks
from durastore_tui.tui.details.space_facts import SpaceView, stream_cell
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.space_list import SpaceListScreen
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Hint
from durastore_tui.tui.wording import age, standing

if TYPE_CHECKING:
    from durastore_tui.services.policies import LastSet

MARK = "mark, for one run over many"


class PoliciesScreen(SpaceListScreen):
    """Never what is in force: nothing on the wire reads that back (protocol §7.2)."""

    scope = Scope.POLICIES
    BINDINGS = bindings(Scope.POLICIES)

    def __init__(self, place: Place) -> None:
        super().__init__(place, "This store has no spaces.", self.columns, self.row, self.about)
        self._read_of: tuple[Job, ...] | None = None
        self._said: dict[str, LastSet] = {}

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("space", "SPACE", 20, is_id=True),
            Column("set", "LAST SET FROM HERE", 22, 34),
            Column("when", "WHEN", 6, 6, right=True),
            *([Column("streaming", "STREAMING", 9, 9, drop=1)] if self.spaces.store_streams else []),
        )

    def said(self, space: str) -> LastSet | None:
        """What the journal says of a space, read once for each news of a job."""
        app = self.durastore
        services = self.server.services
        if services is None:
            return None
        if self._read_of is not app.jobs:
            self._read_of, self._said = app.jobs, last_set(services.session, app.jobs, services.jobs.order)
        return self._said.get(space)

    def row(self, view: SpaceView) -> Row:
        said = self.said(view.space)
        glyph, word = in_a_word(said)
        at = (said.effect or said.newest).part.at if said else None
        when = Cell(age(at, self.now), "dim", at) if at else Cell("", "dim")
        policy = Cell(badge(glyph, word), MARKS[glyph].shade, word if said else None)
        streaming = (self._streaming_cell(view),) if self.spaces.store_streams else ()
        return Row(view.space, (Cell(view.space), policy, when, *streaming))

    def _streaming_cell(self, view: SpaceView) -> Cell:
        match view.properties:
            case Ready(value, _) | Stale(value, _):
                return stream_cell(states_of(value, view.jobs))
        return Cell("·", "dim")

    def about(self, view: SpaceView) -> tuple[Block, ...]:
        services = self.server.services
        begins = NEW_SPACES.get(services.session.store.type) if services else None
        match view.properties:
            case Ready(value, _) | Stale(value, _):
                streams = bool(value.hls_host)
            case _:
                streams = False
        space = Fact("streams", "yes" if streams else "no"), Fact("data", *standing(view.properties, self.now))
        blocks = policy_blocks(self.said(view.space), begins, streams, self.now)
        return (*blocks, Heading("SPACE"), *space, Heading("NEXT"), Hint(key("mark"), MARK), *self.lines.next_keys)

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.parts:
            self.rows.draw_changes()
            self.rows.draw_detail_soon()
