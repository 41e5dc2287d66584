"""Runs the checks of jobs, many at once, each with its own time limit."""

import asyncio
from collections import defaultdict
from dataclasses import replace

from durastore_tui.core.clock import within
from durastore_tui.core.errors import BadInput, DuraStoreError, Rejected, Unauthorized
from durastore_tui.core.jobs import Evidence, Part
from durastore_tui.services.jobs import pace, run
from durastore_tui.services.jobs.ages import Ages
from durastore_tui.services.jobs.answers import WORDS_MOST, Answer, Verdict
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.finding import Finding
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.lines import Lines
from durastore_tui.services.jobs.server import Line
from durastore_tui.services.jobs.transition import applied

CHECKS_AT_ONCE = 16
"""Of one profile: slow checks must not delay others, and many jobs must not flood a server."""
PARTS_A_CHECK, PARTS_AT_ONCE = 100, 4
CHECK_SECONDS = 75.0
"""The longest that one check may take: the slowest read is waited for 60 s."""


class Checker:
    """Asks the servers and the streaming hosts; a login that is not accepted is not used again."""

    def __init__(self, lines: Lines, ages: Ages) -> None:
        self._lines = lines
        self._ages = ages
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(CHECKS_AT_ONCE))

    async def check(self, entry: Entry, line: Line) -> Entry:
        """The entry after a check of it, or of its parts; a check that fails is evidence of its own kind."""
        async with self._turns[entry.job.profile]:
            if entry.job.parts:
                return await self._check_parts(entry, line)
            return applied(entry, await self._finding(entry, line), self._ages.moment(entry.job.id))

    async def _check_parts(self, entry: Entry, line: Line) -> Entry:
        at_once = asyncio.Semaphore(PARTS_AT_ONCE)

        async def checked(part: Part) -> Part:
            async with at_once:
                of_part = run.entry_of(entry, part)
                return run.part_of(
                    applied(of_part, await self._finding(of_part, line), self._ages.moment(entry.job.id)), part
                )

        parts = {part.target: part for part in entry.job.parts}
        due = pace.parts_to_check(entry.job)[:PARTS_A_CHECK]
        parts |= {part.target: part for part in await asyncio.gather(*map(checked, due))}
        return run.with_parts(entry, parts.values(), self._ages.moment(entry.job.id))

    async def _finding(self, entry: Entry, line: Line) -> Finding:
        moment, check = self._ages.moment(entry.job.id), KINDS[entry.job.kind].check
        if check is None:
            return Finding(())
        try:
            return await within(self._ages.clock, CHECK_SECONDS, check(entry, line, moment))
        except Exception as error:  # a check that breaks must not stop the others
            if isinstance(error, Unauthorized):
                self._lines.bar(line)
            said = said_of(error)
            return Finding((Evidence(moment.now, "look", said),), detail=f"The check failed: {said}")


async def settled(answer: Answer, entry: Entry, line: Line) -> Answer:
    """The answer to a write with what a look at the server makes of it; other answers as they are.

    After a 500 that can come after an effect (`Answer.finished`) the server shows what became of it: then the answer
    counts as rejected unless the effect is there. Where the server cannot be asked it stays unanswered.
    """
    settle = KINDS[entry.job.kind].settle
    failed = answer.finished or (answer.verdict is Verdict.REFUSED and answer.status == 500)
    if settle is None or not (failed or answer.verdict is Verdict.CONFLICT):
        return answer
    rejected = replace(answer, verdict=Verdict.REFUSED, error=Rejected.__name__) if answer.finished else answer
    try:
        return await settle(rejected, entry, line)
    except DuraStoreError:
        return answer


def said_of(error: BaseException) -> str:
    """What went wrong, as a sentence of an error of ours; a defect is named by its class alone."""
    if isinstance(error, TimeoutError):
        return f"no answer within {CHECK_SECONDS:.0f} s"
    known = isinstance(error, DuraStoreError | BadInput)
    return (str(error) if known else f"a defect in this program ({type(error).__name__})")[:WORDS_MOST]
