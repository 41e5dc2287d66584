"""The server's own properties of a space or an item, apart from the raw headers of S3 among them."""

from collections.abc import Mapping, Sequence

from durastore_tui.core.storage import count_words, split
from durastore_tui.tui.actions import key
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Words


def properties_and_headers(
    properties: Mapping[str, str], following: Sequence[Block], *, whole: bool
) -> tuple[Block, ...]:
    """The properties, then `following`. S3's headers come last when `whole`; a pane beside a list counts them."""
    own, headers = split(properties)
    blocks: list[Block] = []
    if own or (headers and not whole):
        blocks = [Heading("PROPERTIES"), *_facts(own)]
    if not headers:
        return (*blocks, *following)
    if whole:
        return (*blocks, *following, Heading(count_words(headers)), *_facts(headers))
    return (*blocks, Words(f"{count_words(headers)} ({key('properties')} shows them)", "dim"), *following)


def _facts(properties: Mapping[str, str]) -> list[Fact]:
    return [Fact(name, value, exact=True) for name, value in properties.items()]
