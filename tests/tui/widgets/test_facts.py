from datetime import timedelta

from durastore_tui.core.jobs import Evidence
from durastore_tui.tui.widgets.evidence_list import evidence_blocks
from durastore_tui.tui.widgets.facts import Fact, Facts, Heading, Hint, Words, lay_out
from durastore_tui.tui.widgets.inspector import Inspector

from .stage import NOW, Stage, shown, until

HOST = "d1234abcd.cloudfront.localhost"


def text(width: int, *blocks: Heading | Fact | Hint | Words) -> list[str]:
    return ["".join(part for part, _ in line).rstrip() for line in lay_out(blocks, width)]


def test_a_long_value_goes_on_under_its_own_column_and_loses_nothing() -> None:
    lines = text(30, Fact("host", HOST, exact=True))
    assert lines == ["host       d1234abcd.cloudfron", "           t.localhost"]


def test_a_name_that_is_too_long_for_the_labels_keeps_every_letter() -> None:
    assert text(30, Fact("group-dance-curators", "WRITE")) == ["group-dance-curators", "            WRITE"]


def test_the_labels_of_a_section_share_a_column_as_wide_as_the_longest() -> None:
    lines = text(60, Heading("access"), Fact("group-curators", "WRITE"), Fact("public", "READ"))
    assert lines == ["ACCESS", "group-curators  WRITE", "public          READ"]


def test_sections_stand_apart() -> None:
    lines = text(40, Heading("streaming"), Fact("type", "OPEN"), Heading("next"), Hint("u", "make a URL"))
    assert lines == ["STREAMING", "type       OPEN", "", "NEXT", "u          make a URL"]


async def test_markup_and_escapes_from_the_server_are_shown_and_not_obeyed() -> None:
    facts = Facts((Words("[/] [b]x[/b] \x1b[31mred"),))
    async with Stage(facts).run_test(size=(60, 5)) as pilot:
        await pilot.pause(0)
        assert shown(facts) == ["[/] [b]x[/b] ␛[31mred"]


async def test_the_inspector_stays_where_it_was_read_until_another_thing_is_shown() -> None:
    inspector = Inspector()
    async with Stage(inspector).run_test(size=(40, 8)) as pilot:
        inspector.show("dance-archive", [Fact("line", str(number)) for number in range(40)])
        await pilot.pause(0)
        inspector.focus()
        await pilot.press("pagedown")
        await until(pilot, lambda: inspector.scroll_offset.y == 10)
        inspector.show("dance-archive", [Fact("line", str(number + 1)) for number in range(40)])
        await pilot.pause(0)
        assert inspector.scroll_offset.y == 10
        inspector.show("hist-slides", [Fact("line", str(number)) for number in range(40)])
        await until(pilot, lambda: inspector.scroll_offset.y == 0)


def test_the_newest_look_at_the_edge_stands_first() -> None:
    looks = (Evidence(NOW, "name", "resolves"), Evidence(NOW + timedelta(seconds=9), "tls", "handshake refused"))
    first, second = text(60, *evidence_blocks(looks))  # type: ignore[arg-type]
    assert first.endswith("tls: handshake refused")
    assert second.endswith("name: resolves")


def test_a_job_without_a_look_says_so() -> None:
    assert text(60, *evidence_blocks(())) == ["Nothing was looked at yet."]  # type: ignore[arg-type]
