"""The form before streaming is enabled: open or secure, and which pages may play it."""

from dataclasses import dataclass

from durastore_tui.tui.widgets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class EnableChoice:
    """What the confirm sheet is then made from."""

    secure: bool
    origins: tuple[str, ...]


class EnableSheet(Sheet[EnableChoice]):
    """Nothing is sent from here; a wrong origin is said on its field."""

    def __init__(self, space: str, *, secure: bool = False, origins: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.space = space
        self.secure = secure
        self.origins = origins
