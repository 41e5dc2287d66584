"""A secret shows itself to nobody by accident."""

import pickle
import traceback

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.secret import Secret

SECRET = Secret("open sesame")


def test_no_form_of_it_says_the_text() -> None:
    forms = [repr(SECRET), str(SECRET), f"{SECRET}", f"{SECRET!r:>20}", repr([SECRET]), repr({"password": SECRET})]
    assert not any("sesame" in form for form in forms)
    assert SECRET.reveal() == "open sesame"


def test_only_an_empty_one_is_false() -> None:
    assert SECRET
    assert not Secret("")


def test_an_error_says_what_was_asked_the_status_and_the_words_on_one_line() -> None:
    error = Unauthorized("GET /stores", 401, "HTTP Status 401")
    assert str(error) == "GET /stores: 401: HTTP Status 401"
    assert str(Unauthorized("GET /stores", None, "")) == "GET /stores: no answer"
    assert "GET /stores: 401" in "".join(traceback.format_exception_only(error))
    assert pickle.loads(pickle.dumps(error)) == error  # noqa: S301
