"""Everything into a file: exact, whole or called partial, and gone on with."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from durastore_tui.core.errors import BadInput, Malformed, Unreachable
from durastore_tui.services.export import Form, Progress, export
from tests.services.listings import Listed, reels

OF = {"server": "http://127.0.0.1/durastore", "snapshot": "s"}
DOWN = Unreachable("POST /task", None, "timed out")
HOSTILE = ["a,b", 'say "x"', "line\nbreak", "\x1b]52;c;aGk=\x07", "half\ud800", "=1+1", "été", ""]


async def written(source: Listed, path: Path, form: Form = Form.JSONL) -> Progress:
    return await export(source, OF, path, form, lambda progress: None)


def names(path: Path) -> list[str]:
    return sorted(file.name for file in path.iterdir())


async def test_every_item_is_in_the_file_once_and_in_order(tmp_path: Path) -> None:
    ids = reels(3500)
    done = await written(Listed(ids), tmp_path / "x.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "x.jsonl").read_text().splitlines()]
    assert [row["contentId"] for row in rows] == ids
    assert rows[7]["contentProperties"] == {"content-size": "16"}
    assert done == Progress(3500, (tmp_path / "x.jsonl").stat().st_size, 3500)
    assert names(tmp_path) == ["x.jsonl"]


@pytest.mark.parametrize("count", [0, 1, 1000, 2001])
async def test_json_is_one_array_whatever_the_number_of_pages(tmp_path: Path, count: int) -> None:
    await written(Listed(reels(count)), tmp_path / "x.json", Form.JSON)
    assert [row["contentId"] for row in json.loads((tmp_path / "x.json").read_text())] == reels(count)


async def test_any_id_comes_back_from_json_exactly_and_from_csv_but_for_half_characters(tmp_path: Path) -> None:
    await written(Listed(HOSTILE), tmp_path / "x.json", Form.JSON)
    await written(Listed(HOSTILE), tmp_path / "x.csv", Form.CSV)
    whole = [one for one in HOSTILE if one != "half\ud800"]
    read = [row["contentId"] for row in json.loads((tmp_path / "x.json").read_text())]
    assert read == HOSTILE
    with (tmp_path / "x.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["contentId"] for row in rows if row["contentId"] != "half\\ud800"] == whole
    assert rows[0]["content-size"] == "3"
    assert json.loads(rows[0]["contentProperties"]) == {"content-size": "3"}


async def test_a_space_has_ids_alone(tmp_path: Path) -> None:
    await written(Listed(["a"], numbered=False, described=False), tmp_path / "x.csv", Form.CSV)
    await written(Listed(["a"], numbered=False, described=False), tmp_path / "x.jsonl")
    assert (tmp_path / "x.csv").read_text() == "contentId\na\n"
    assert (tmp_path / "x.jsonl").read_text() == '{"contentId": "a"}\n'


@given(st.integers(0, 5500), st.integers(0, 5), st.sampled_from(Form), st.booleans())
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_what_broke_off_anywhere_ends_the_same_as_what_did_not(
    tmp_path_factory: pytest.TempPathFactory, count: int, broken: int, form: Form, numbered: bool
) -> None:
    folder = tmp_path_factory.mktemp("export")
    source = Listed(reels(count), numbered=numbered)
    await written(source, folder / "whole", form)
    source.failing = {broken: DOWN}
    if broken * 1000 < count or (broken == 0 == count):
        with pytest.raises(Unreachable):
            await written(source, folder / "part", form)
        assert names(folder)[0].startswith("part.partial")
    source.failing = {}
    await written(source, folder / "part", form)
    assert (folder / "part").read_bytes() == (folder / "whole").read_bytes()
    assert names(folder) == ["part", "whole"]


async def test_going_on_asks_only_for_what_is_missing_and_says_what_was_there(tmp_path: Path) -> None:
    source = Listed(reels(3500), numbered=False)
    source.failing = {2: DOWN}
    with pytest.raises(Unreachable):
        await written(source, tmp_path / "x")
    source.failing, source.asked = {}, []
    assert (await written(source, tmp_path / "x")).resumed == 2000
    assert source.asked == [2, 3]
    assert source.went_on == (2, "reel-0001999.wav")


async def test_half_a_page_of_a_killed_export_is_written_again(tmp_path: Path) -> None:
    source = Listed(reels(2500))
    source.failing = {1: DOWN}
    with pytest.raises(Unreachable):
        await written(source, tmp_path / "x")
    with (tmp_path / "x.partial").open("ab") as file:
        file.write(b'{"contentId": "reel-00010')
    source.failing = {}
    await written(source, tmp_path / "x")
    rows = (tmp_path / "x").read_text().splitlines()
    assert [json.loads(row)["contentId"] for row in rows] == reels(2500)


async def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    source = Listed(reels(5))
    with pytest.raises(BadInput, match="is there already"):
        await written(source, tmp_path / "x")
    assert source.asked == []
    assert (tmp_path / "x").read_text() == "mine"


async def test_a_part_of_something_else_is_left_alone(tmp_path: Path) -> None:
    source = Listed(reels(2500))
    source.failing = {1: DOWN}
    with pytest.raises(Unreachable):
        await written(source, tmp_path / "x")
    with pytest.raises(BadInput, match="part of something else"):
        await export(source, {**OF, "snapshot": "other"}, tmp_path / "x", Form.JSONL, lambda progress: None)


async def test_a_listing_that_grows_meanwhile_is_not_called_whole(tmp_path: Path) -> None:
    source = Listed(reels(2500))

    def grow(progress: Progress) -> None:
        source.ids = reels(2600)

    with pytest.raises(Malformed, match="had 2,500 items and now has 2,600"):
        await export(source, OF, tmp_path / "x", Form.JSONL, grow)
    assert not (tmp_path / "x").exists()


async def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    await written(Listed(reels(1)), tmp_path / "x")
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600


async def test_a_folder_that_is_not_there_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="was not written: No such file"):
        await written(Listed(reels(1)), tmp_path / "none" / "x")
