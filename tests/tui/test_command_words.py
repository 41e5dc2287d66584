"""The words behind `:`, apart from any screen."""

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.tui.commands.command_words import Words, begun, meant, quoted, taken_apart


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("spaces /hist @prod", Words("spaces", (), "hist", "prod")),
        ("@prod spaces /hist", Words("spaces", (), "hist", "prod")),
        ("spaces /'two words' @prod", Words("spaces", (), "two words", "prod")),
        ('spaces /"it\'s"', Words("spaces", (), "it's")),
        ("spaces /", Words("spaces", (), "")),
        ("/hist", Words(filter="hist")),
        ("@prod", Words(profile="prod")),
        ("prefix oh/1974/", Words("prefix", ("oh/1974/",))),
        ("prefix '/leading'", Words("prefix", ("/leading",))),
        ("filter '@home'", Words("filter", ("@home",))),
        ("  stop   tracking ", Words("stop", ("tracking",))),
        ("contents a@b x/@y", Words("contents", ("a@b", "x/@y"))),
        ("", Words()),
    ],
)
def test_a_line_is_a_name_with_arguments_a_filter_and_a_profile(text: str, words: Words) -> None:
    assert taken_apart(text) == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("spaces /'hist", "A quote was opened and not closed."),
        ("spaces /a /b", "One filter is enough: /a."),
        ("@a @b", "One profile is enough: @a."),
        ("spaces @", "The name of a profile is missing behind @."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as wrong:
        taken_apart(text)
    assert wrong.value.sentence == sentence


@pytest.mark.parametrize("argument", ["dance-archive", "two words", "/leading", "@at", "it's", 'a "quote"', ""])
def test_an_argument_that_completion_writes_is_read_as_the_same(argument: str) -> None:
    assert taken_apart(f"space {quoted(argument)}").arguments == (argument,)


def test_completion_goes_on_where_the_last_word_stands() -> None:
    assert begun("spaces @pr") == ("spaces ", "@", "pr")
    assert begun("space ") == ("space ", "", "")


def test_the_nearest_name_is_offered_and_none_where_none_is_near() -> None:
    assert meant("Spacse", ["spaces", "jobs"]) == "; did you mean spaces?"
    assert meant("xyzzy", ["spaces", "jobs"]) == "."
