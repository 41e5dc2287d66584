"""Help that reads like a manual page: what a command is, its words, examples that run, how it ends, where to go on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType
from typing import ClassVar

import click

from durastore_tui.cli.manual.pages import Page, find_page, find_table

OF_A_LOOK = ("0", "1", "2", "3", "4", "5", "7")
OF_A_WRITE = (*OF_A_LOOK, "6", "8")
OF_THIS_MACHINE = ("0", "1", "2")


class Manual(click.Command):
    """A command whose help is a page of the manual."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Everything, in the order of a manual page."""
        words = " ".join(ctx.command_path.split()[1:])
        page = find_page(words)
        self.format_usage(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(filter(None, (self.first_sentence, page.more))))
        _table(formatter, "Arguments", self._arguments(ctx) if words else ())
        self.format_options(ctx, formatter)
        _examples(formatter, page.examples)
        if not isinstance(self, click.Group):
            _table(formatter, "Exit codes", _endings(self, page))
        _see(formatter, words, page.see)

    @property
    def first_sentence(self) -> str:
        """What it does, in a list of commands."""
        return (self.help or "").strip().partition("\n")[0]

    def _arguments(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        meanings = find_table("arguments")
        noun = ctx.command_path.split()[1]
        for param in self.params:
            if isinstance(param, click.Argument):
                metavar = param.make_metavar(ctx).strip("[]")
                yield metavar, meanings.get(f"{noun} {metavar}") or meanings[metavar]


class ManualOfNoun(Manual, click.Group):
    """A noun; its commands are listed by their whole first sentence."""

    sections: ClassVar[Mapping[str, Sequence[str]]] = MappingProxyType({})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands stand before the options."""
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """By section where there are some."""
        told = {name for names in self.sections.values() for name in names}
        rest = [name for name in self.list_commands(ctx) if name not in told]
        for heading, names in (*self.sections.items(), ("Commands" if not told else "More commands", rest)):
            known = ((name, self.get_command(ctx, name)) for name in names)
            _table(formatter, heading, [(name, _sentence(command)) for name, command in known if command])


def _sentence(command: click.Command) -> str:
    return command.first_sentence if isinstance(command, Manual) else command.get_short_help_str()


def _table(formatter: click.HelpFormatter, heading: str, rows: Iterable[tuple[str, str]]) -> None:
    if held := list(rows):
        with formatter.section(heading):
            formatter.write_dl(held)


def _examples(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
    """Lines stay whole, so that they can be copied."""
    if not examples:
        return
    with formatter.section("Examples (on the stand-in with --demo)"):
        for number, (lines, words) in enumerate(examples):
            if number:
                formatter.write_paragraph()
            formatter.write_text(words)
            for line, mark in zip_longest(lines.split("\n"), "$", fillvalue=" "):
                formatter.write(f"  {mark} {line}\n")


def _endings(command: click.Command, page: Page) -> Iterator[tuple[str, str]]:
    """Those that this command has, by what it takes: who takes consent writes, who takes --wait waits."""
    options = {option for param in command.params for option in param.opts}
    codes = OF_A_WRITE if "--yes" in options else OF_A_LOOK if page.asks else OF_THIS_MACHINE
    if page.waits or "--wait" in options:
        codes = (*codes, "9", "130")
    return ((code, meaning) for code, meaning in find_table("exit_codes").items() if code in codes)


def _see(formatter: click.HelpFormatter, words: str, see: Sequence[str]) -> None:
    if words:
        with formatter.section("See also"):
            for each in see:
                formatter.write_text(f"durastore-tui {each} --help")
            formatter.write_text("durastore-tui --help (global options, environment, files)")
