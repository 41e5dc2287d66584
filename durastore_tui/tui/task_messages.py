"""What workers tell the screen of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from durastore_tui.tui.messages import message

if TYPE_CHECKING:
    from durastore_tui.core.resource import Resource
    from durastore_tui.services.task_list import Entry


@message
class TasksRead(Message):
    """The tasks of every store, or why not."""

    entries: Resource[tuple[Entry, ...]]
