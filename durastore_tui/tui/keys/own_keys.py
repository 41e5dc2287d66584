"""The keys that a person chose in place of ours, as they are written; every text that names a key asks here."""

from collections.abc import Mapping

_texts: dict[str, str] = {}
_problems: list[str] = []


def use(texts: Mapping[str, str], problems: tuple[str, ...] = ()) -> None:
    """From now on these, by the id of the action; `problems` are sentences about what was not taken."""
    _texts.clear()
    _texts.update(texts)
    _problems[:] = problems


def text_of(action_id: str) -> str | None:
    """The own key of an action, or None where ours stays."""
    return _texts.get(action_id)


def problems() -> tuple[str, ...]:
    """What was wrong with the file, a sentence each."""
    return tuple(_problems)
