"""Who may ask what (protocol §1.4), walked row by row."""

import pytest

from tests.stand_in import StandIn, basic

WHO = (None, "user", "admin", "root")
NO_LOGIN, NO_RIGHT = 401, 403

ROWS = [
    # method, path, and the status for anonymous, user, admin, root
    ("GET", "/stores", (401, 200, 200, 200)),
    ("HEAD", "/stores", (200, 200, 200, 200)),
    ("POST", "/stores", (401, 403, 403, 405)),
    ("GET", "/spaces", (200, 200, 200, 200)),
    ("GET", "/task", (401, 200, 200, 200)),
    ("GET", "/campus-events", (200, 200, 200, 200)),
    ("GET", "/legacy-rtmp-leftover", (401, 200, 200, 200)),
    ("GET", "/private-donor-papers", (401, 403, 200, 200)),
    ("HEAD", "/private-donor-papers", (401, 403, 200, 200)),
    ("HEAD", "/acl/private-donor-papers", (200, 200, 200, 200)),
    ("GET", "/acl/campus-events", (405, 405, 405, 405)),
    ("GET", "/no-such-space", (401, 403, 404, 404)),
    ("HEAD", "/acl/no-such-space", (404, 404, 404, 404)),
    ("GET", "/campus-events/events/event-001/recording-playlist.m3u8", (200, 200, 200, 200)),
    ("GET", "/init", (401, 403, 404, 404)),
    ("GET", "/", (401, 403, 404, 404)),
    ("GET", "", (401, 500, 404, 404)),
    ("PUT", "/acl", (401, 403, 403, 201)),
    ("PUT", "/brand-new", (401, 403, 201, 201)),
    ("DELETE", "/dance-archive", (401, 403, 200, 200)),
    ("POST", "/dance-archive", (401, 403, 405, 405)),
    ("POST", "/acl/dance-archive", (401, 403, 200, 200)),
    ("PUT", "/commencement-video/a.txt", (401, 201, 201, 201)),
    ("PUT", "/maps-and-plans/a.txt", (401, 403, 201, 201)),
    ("POST", "/task/noop", (401, 403, 200, 200)),
    ("POST", "/task/enable-hls", (401, 403, 500, 500)),
    ("POST", "/task/get-url-hls", (401, 403, 500, 500)),
    ("POST", "/task/get-signed-cookies-url", (401, 403, 500, 500)),
    ("POST", "/task/delete-hls", (401, 403, 500, 500)),
    ("POST", "/task/set-storage-policy", (401, 403, 403, 500)),
    ("POST", "/task/restore-snapshot", (401, 403, 403, 400)),
    ("POST", "/task/restore-content", (401, 403, 403, 400)),
    ("POST", "/task/get-url", (401, 400, 400, 400)),
    ("POST", "/task/get-signed-url", (401, 400, 400, 400)),
    ("POST", "/task/enable-streaming", (401, 403, 400, 400)),
    ("POST", "/task/no-such-task", (401, 403, 400, 400)),
    ("POST", "/task/", (401, 403, 405, 405)),
    ("GET", "/manifest/campus-events", (401, 200, 200, 200)),
    ("GET", "/audit/campus-events", (401, 403, 500, 500)),
    ("GET", "/bit-integrity/campus-events", (401, 204, 204, 204)),
    ("GET", "/aux/cookies?token=none", (404, 404, 404, 404)),
]


@pytest.mark.parametrize(("method", "path", "expected"), ROWS, ids=[f"{method} {path}" for method, path, _ in ROWS])
def test_each_row_of_the_matrix_answers_each_role(
    server: StandIn, method: str, path: str, expected: tuple[int, ...]
) -> None:
    assert tuple(server.ask(method, path, user).status for user in WHO) == expected


@pytest.mark.parametrize(
    "name", ["get-snapshot", "get-snapshots", "get-snapshot-contents", "get-snapshot-history", "get-restore"]
)
def test_a_user_may_look_at_snapshots_and_nobody_else_below(untouched: StandIn, name: str) -> None:
    assert untouched.task(name, user=None, store="53").status == NO_LOGIN
    assert untouched.task(name, user="user", store="53").status not in (NO_LOGIN, NO_RIGHT)


@pytest.mark.parametrize("name", ["get-snapshots-totals", "request-restore-snapshot", "create-snapshot"])
def test_these_snapshot_tasks_need_an_admin(untouched: StandIn, name: str) -> None:
    assert untouched.task(name, user="user", store="53").status == NO_RIGHT


def test_wrong_credentials_are_refused_even_where_none_are_needed(untouched: StandIn) -> None:
    answer = untouched.ask("GET", "/campus-events", user=None, headers=[basic("admin", "wrong")])
    assert answer.status == NO_LOGIN
    assert answer.header("WWW-Authenticate") == 'Basic realm="DuraCloud:DuraStore"'
    assert answer.header("Content-Type") == "text/html;charset=utf-8"


def test_a_refusal_by_role_is_the_containers_page(untouched: StandIn) -> None:
    answer = untouched.task("noop", user="user")
    assert answer.header("Content-Type") == "text/html;charset=utf-8"
    assert "HTTP Status 403" in answer.text


def test_the_list_of_spaces_is_what_the_caller_may_see(untouched: StandIn) -> None:
    anonymous = untouched.ask("GET", "/spaces", None).text
    user = untouched.ask("GET", "/spaces", "user").text
    assert "campus-events" in anonymous
    assert "legacy-rtmp-leftover" not in anonymous
    assert "legacy-rtmp-leftover" in user
    assert "private-donor-papers" not in user
    assert "x-duracloud-admin" in untouched.ask("GET", "/spaces", "admin").text


def test_an_accepted_deletion_vanishes_at_once_for_those_below_admin(server: StandIn) -> None:
    server.ask("DELETE", "/campus-events", "admin")
    assert "campus-events" not in server.ask("GET", "/spaces", "user").text
    assert "campus-events" in server.ask("GET", "/spaces", "admin").text


def test_an_unknown_store_breaks_the_access_check_of_those_below_admin(untouched: StandIn) -> None:
    assert untouched.ask("GET", "/campus-events?storeID=99", "user").status == 500
    assert untouched.ask("GET", "/campus-events?storeID=99", "admin").status == 404


def test_a_running_snapshot_locks_the_space_for_everyone_but_root(server: StandIn) -> None:
    server.world().spaces("53").set_property("oh-batch-2026-11", "snapshot-id", "lakeshore_53_x_2026-01-01-00-00-00")
    path = "/oh-batch-2026-11/new.txt?storeID=53"
    assert server.ask("PUT", path, "admin").status == NO_RIGHT
    assert server.ask("DELETE", "/oh-batch-2026-11?storeID=53", "admin").status == NO_RIGHT
    assert server.ask("POST", "/acl/oh-batch-2026-11?storeID=53", "admin").status == 200
    assert server.ask("PUT", path, "root").status == 201


def test_a_trailing_slash_behind_a_task_leaves_the_task_rules(server: StandIn) -> None:
    assert server.ask("POST", "/task/set-storage-policy/", "admin").status == 500
    assert server.ask("POST", "/task/noop/", "user").status == NO_RIGHT


@pytest.mark.parametrize(("user", "status"), [("admin", 403), ("root", 200)])
def test_the_metadata_of_snapshots_is_deleted_by_root_alone(server: StandIn, user: str, status: int) -> None:
    """Protocol §1.4."""
    assert server.ask("DELETE", "/x-snapshot-metadata?storeID=53", user).status == status
