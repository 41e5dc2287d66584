"""The parts of a run, in a form in which one of them can be replaced at the same cost however many there are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import compress, count
from operator import is_not

from durastore_tui.core.jobs import JobState, Part

RULES_ARE_GONE = "could not be applied"
"""In the words of a server whose AWS rejected the new rule: the old ones were deleted before (protocol §7.2)."""


class Parts(tuple[Part, ...]):
    """A tuple that also knows the places of targets, and the number of parts by state.

    A part that waits in a run that is being sent counts as `sent` in `states`, and as unsent in `counts`.
    """

    targets: tuple[str, ...]
    """The targets of the parts, in their order."""
    _numbers: Mapping[str, int]
    _counts: Counter[JobState | None]
    _gone: int
    _token: object
    _made_from: tuple[object, int] | None = None

    @classmethod
    def of(cls, parts: Iterable[Part]) -> "Parts":
        """The parts in this form."""
        if isinstance(parts, Parts):
            return parts
        made = cls(parts)
        made.targets = tuple(part.target for part in made)
        made._numbers = {target: number for number, target in enumerate(made.targets)}
        made._counts = Counter(part.state for part in made)
        made._gone = sum(RULES_ARE_GONE in part.words for part in made)
        made._token = object()
        return made

    def find(self, target: str) -> Part:
        """The part with this target; raises KeyError."""
        return self[self._numbers[target]]

    def replaced(self, part: Part) -> "Parts":
        """The same with this part in place of the one with its target."""
        number = self._numbers[part.target]
        made = Parts((*self[:number], part, *self[number + 1 :]))
        made.targets, made._numbers = self.targets, self._numbers
        made._counts = self._counts.copy()
        made._counts[self[number].state] -= 1
        made._counts[part.state] += 1
        made._gone = self._gone - (RULES_ARE_GONE in self[number].words) + (RULES_ARE_GONE in part.words)
        made._token, made._made_from = object(), (self._token, number)
        return made

    @property
    def states(self) -> set[JobState]:
        """The states of the parts."""
        return {state or JobState.SENT for state, number in self._counts.items() if number}

    @property
    def counts(self) -> Counter[JobState]:
        """Number of parts by state; all unsent ones count as paused."""
        counts: Counter[JobState] = Counter()
        for state, number in self._counts.items():
            counts[state or JobState.PAUSED] += number
        return counts

    @property
    def lost_rules(self) -> bool:
        """Whether AWS rejected a new policy after the old one was deleted."""
        return self._gone > 0


def changed_parts(before: tuple[Part, ...], after: tuple[Part, ...]) -> list[int]:
    """The places at which the parts of a run differ; `after` was made from `before`."""
    if isinstance(before, Parts) and isinstance(after, Parts) and after._made_from:
        token, number = after._made_from
        if token is before._token:
            return [number]
    if len(before) != len(after):
        return list(range(len(after)))
    return list(compress(count(), map(is_not, before, after)))
