"""Where the person is, how they got there, and the way back."""

from collections.abc import Iterator
from typing import NamedTuple


class Place(NamedTuple):
    """A screen with its object. `parent` is the place it was opened from; ids are exact."""

    screen: str
    space: str | None = None
    item: str | None = None
    prefix: str = ""
    snapshot: str | None = None
    parent: "Place | None" = None
    job: str | None = None

    def child(self, screen: str, **objects: str) -> "Place":
        """What opens from here: this place's objects and these."""
        return self._replace(screen=screen, parent=self, **objects)

    def trail(self) -> Iterator["Place"]:
        """From the root to here: the crumbs."""
        if self.parent:
            yield from self.parent.trail()
        yield self


class Lens(NamedTuple):
    """How a list is looked at: what a person finds again who comes back to it.

    `only` is a status to keep; `sort` a column's key; `cursor` and `marks` are exact ids."""

    filter: str = ""
    only: str | None = None
    sort: str | None = None
    cursor: str | None = None
    marks: tuple[str, ...] = ()


class History:
    """Places in the order of visiting; going somewhere new forgets what lay ahead, as in a browser."""

    def __init__(self, here: Place, most: int = 50) -> None:
        self.here = here
        self._most = most
        self._visited = [here]
        self._at = 0
        self._before: Place | None = None

    def go(self, place: Place) -> Place:
        """Moves to a place; to here is no move."""
        if place != self.here:
            del self._visited[self._at + 1 :]
            self._visited = [*self._visited, place][-self._most :]
            self._move(len(self._visited) - 1)
        return self.here

    def up(self) -> Place | None:
        """To where this place was opened from, or None at a root."""
        return self.go(self.here.parent) if self.here.parent else None

    def walk(self, steps: int) -> Place | None:
        """Back (-1) or forward (1) among the visited, or None at the end."""
        if not 0 <= self._at + steps < len(self._visited):
            return None
        self._move(self._at + steps)
        return self.here

    def toggle(self) -> Place | None:
        """To the place before this one; again comes back."""
        return self.go(self._before) if self._before else None

    def restart(self, root: Place) -> None:
        """Forgets everything: another server or store has other places."""
        self.here, self._visited, self._at, self._before = root, [root], 0, None

    def _move(self, index: int) -> None:
        self._before, self._at, self.here = self.here, index, self._visited[index]
