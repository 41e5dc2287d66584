"""`e`: everything into a file, while one goes on looking; again stops it, and what is written stays as a part."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.worker import Worker

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.services.export import export
from durastore_tui.tui.actions import key
from durastore_tui.tui.context import Severity
from durastore_tui.tui.dialogs.export_sheet import ExportChoice, ExportSheet
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.contents_list import ContentsList
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.contents import Source
    from durastore_tui.services.export import Progress

EXPORT = "export"
UNFIT_FOR_A_FILE = re.compile(r"[^\w.-]+")


class ContentsExport(ContentsList):
    """One file at a time; it reads for itself, whatever is shown."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._exporting: Worker[None] | None = None
        self._chosen: ExportChoice | None = None

    def switch_export(self) -> None:
        """Ask for the file, or stop an export that runs."""
        if self._exporting and self._chosen:
            self._exporting.cancel()
            self._exporting = None
            self.say(EXPORT)
            part = f"{self._chosen.path.name}.partial"
            self.post_message(Told(f"Stopped. {part} holds what was written; {key('export')} goes on with it."))
            return
        name = UNFIT_FOR_A_FILE.sub("_", " ".join(filter(None, (self.object_id, self.place.prefix))))[:120]
        what = f"{self.object_id} {self.place.prefix and f'from {self.place.prefix}'}".strip()
        self.app.push_screen(ExportSheet(what, self._chosen or ExportChoice(Path(f"{name}.csv"))), self._export)

    def _export(self, choice: ExportChoice | None) -> None:
        if choice and (source := self.open_source()):
            self._chosen = choice
            self._exporting = self._write(source, choice)
            self.say(EXPORT, f"exporting; {key('export')} stops")

    @work(group=EXPORT, exclusive=True, exit_on_error=False, description="export the contents")
    async def _write(self, source: Source, choice: ExportChoice) -> None:
        session = self.session
        if session is None:
            return
        of = {
            "server": session.endpoint.url,
            "store": session.store.id,
            self.place.screen: self.object_id,
            "prefix": self.place.prefix,
        }
        try:
            done = await export(source, of, choice.path, choice.form, self._told)
        except (DuraStoreError, BadInput) as error:
            self.call_later(self._exported, f"The export stopped: {sentence(error)}", "error")
        else:
            kept = f", {done.resumed:,} of them from before" if done.resumed else ""
            self.call_later(
                self._exported, f"{done.rows:,} items{kept} are in {choice.path.absolute()}.", "information"
            )

    def _told(self, progress: Progress) -> None:
        of = f" of {progress.total:,}" if progress.total is not None else ""
        self.say(EXPORT, f"exporting {progress.rows:,}{of}; {key('export')} stops")

    def _exported(self, words: str, severity: Severity) -> None:
        self._exporting = None
        self.say(EXPORT)
        self.post_message(Told(words, severity, stays=True))
