"""Ages of jobs, independent of changes to this machine's clock (design §5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from durastore_tui.core.clock import Clock


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a job: the time to write down (UTC), and how many seconds passed since a time in the journal."""

    now: datetime
    since: Callable[[datetime], float]


class Ages:
    """Ages of the journal's times. The first question about a time goes by the clock, later ones by monotonic time.

    A time that lies ahead was written before the clock was set back: its age is 0.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._began: dict[tuple[str, datetime], float] = {}

    def of(self, job_id: str, began: datetime) -> float:
        """Seconds since `began` (UTC), which belongs to that job."""
        steady = self.clock.monotonic()
        age = max(0.0, (self.clock.now() - began).total_seconds())
        return steady - self._began.setdefault((job_id, began), steady - age)

    def moment(self, job_id: str) -> Moment:
        """This moment, for that job."""
        return Moment(self.clock.now(), lambda began: self.of(job_id, began))

    def forget(self, job_ids: Callable[[str], bool]) -> None:
        """Forget the times of the jobs for which the function returns true."""
        self._began = {key: began for key, began in self._began.items() if not job_ids(key[0])}
