"""A terminal that nobody reads, as behind a stalled SSH link: the short form of the benchmark."""

from pathlib import Path

from durastore_tui.core.jobs import JobState
from tests.benchmarks.stalled_terminal import followed_unread
from tests.sandbox_server import sandbox_server


def test_jobs_evidence_and_journal_go_on_while_the_terminal_is_not_read(tmp_path: Path) -> None:
    with sandbox_server() as server:
        job, code = followed_unread(server, tmp_path, seconds=0)
    assert job.state is JobState.CONFIRMED
    assert job.evidence[-1].result.startswith("answered")
    assert code == 0
