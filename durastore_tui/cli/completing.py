"""What a shell is offered after a TAB. No server is asked; what can't be read is not offered, without a word."""

from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from typing import Any

import click
from click.shell_completion import CompletionItem

from durastore_tui.config import places, profile_file
from durastore_tui.core.text import safe

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem[Any]]]


def one_of(words: Iterable[str]) -> Complete:
    """For an option that knows its words, and may take others."""
    return _offering(lambda: ((word, None) for word in words))


def _offering(read: Callable[[], Iterable[tuple[str, str | None]]]) -> Complete:
    """Words with what is said beside them."""

    def complete(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem[Any]]:
        with suppress(Exception):  # a TAB is no place for news of a broken file
            return [CompletionItem(word, help=said and safe(said)) for word, said in read() if word.startswith(begun)]
        return []

    return complete


def _profiles() -> Iterable[tuple[str, str | None]]:
    return [(name, str(written.values["url"])) for name, written in profile_file.read().profiles.items()]


def _jobs() -> Iterable[tuple[str, str | None]]:
    from durastore_tui.services.jobs.journal import Journal

    if not places.journal().exists():
        return []
    with closing(Journal(places.journal())) as journal:
        jobs = [entry.job for entry in journal.all()]
    return [(job.id, f"{job.action} {job.subject}, {job.state.word}") for job in jobs]


def a_file(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem[Any]]:
    """The shell's own way with paths."""
    return [CompletionItem(begun, type="file")]


profile_names, job_ids = _offering(_profiles), _offering(_jobs)
