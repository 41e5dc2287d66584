"""Listings without a server, page by page."""

from collections.abc import Sequence

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.tasks.snapshots import Item
from durastore_tui.services.contents import PAGE, Page


class Listed:
    """Its ids as a snapshot (`numbered`) or a space would give them; what was asked for is kept."""

    def __init__(self, ids: Sequence[str], *, numbered: bool = True, described: bool = True) -> None:
        self.ids, self.numbered, self.described = list(ids), numbered, described
        self.asked: list[int] = []
        self.failing: dict[int, DuraStoreError] = {}
        self.went_on: tuple[int, str] | None = None

    async def page(self, number: int) -> Page:
        self.asked.append(number)
        if number in self.failing:
            raise self.failing[number]
        ids = self.ids[number * PAGE : (number + 1) * PAGE]
        items = tuple(Item(one, {"content-size": str(len(one))} if self.described else None) for one in ids)
        return Page(items, len(self.ids) if self.numbered else None, (number + 1) * PAGE >= len(self.ids))

    def go_on(self, number: int, after: str) -> None:
        self.went_on = number, after


def reels(count: int) -> list[str]:
    """Ids in code-point order."""
    return [f"reel-{number:07}.wav" for number in range(count)]
