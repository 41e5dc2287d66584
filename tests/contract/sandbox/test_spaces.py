"""Spaces and their ACLs: every status of protocol §1.7, the id rules of §3.4, deletion in the background."""

import gzip

import pytest

from durastore_tui.sandbox.spaces import DELETION
from durastore_tui.sandbox.wire.messages import Request
from tests.stand_in import StandIn

RULES = [
    ("ab", "Space ID must be between 3 and 42 characters long"),
    ("a" * 43, "Space ID must be between 3 and 42 characters long"),
    ("With-Capitals", "Only lowercase letters, numbers, periods, and dashes may be used in a Space ID"),
    ("under_score", "Only lowercase letters, numbers, periods, and dashes may be used in a Space ID"),
    ("-dash", "A Space ID must begin with a lowercase letter."),
    (".period", "A Space ID must begin with a lowercase letter."),
    ("1digit", "A Space ID must begin with a lowercase letter."),
    ("abc.1x", "The last period in a Space ID may not be immediately followed by a number."),
    ("abc-", "A Space ID must end with a lowercase letter, number, or period"),
    ("abc..x", "A Space ID must not contain '..' '-.' or '.-'"),
    ("abc-.x", "A Space ID must not contain '..' '-.' or '.-'"),
    ("abc.-x", "A Space ID must not contain '..' '-.' or '.-'"),
]


@pytest.mark.parametrize(("space", "message"), RULES)
def test_a_new_space_id_is_refused_by_the_first_rule_that_it_breaks(
    untouched: StandIn, space: str, message: str
) -> None:
    answer = untouched.ask("PUT", f"/{space}")
    assert (answer.status, answer.text) == (400, message)


@pytest.mark.parametrize("space", ["abc", "a" * 42, "a.b.c", "a1.2b.c3"])
def test_ids_that_keep_the_rules_make_a_space(server: StandIn, space: str) -> None:
    assert server.ask("PUT", f"/{space}", "admin").status == 201
    assert server.ask("HEAD", f"/{space}").header("x-dura-meta-space-count") == "0"
    assert server.ask("HEAD", f"/acl/{space}").header("x-dura-meta-acl-admin") == "WRITE"


@pytest.mark.parametrize(("asked", "left"), [("two--dashes", "two-dashes"), ("ends.", "ends")])
def test_an_id_that_collapses_leaves_another_space_behind(server: StandIn, asked: str, left: str) -> None:
    answer = server.ask("PUT", f"/{asked}")
    assert answer.status == 400
    assert answer.text.startswith("No S3 bucket found matching spaceID: ")
    assert server.ask("HEAD", f"/{left}").status == 200


def test_making_a_space_takes_a_moment_and_twice_is_no_error(server: StandIn) -> None:
    assert server.ask("PUT", "/fresh").delay == 1.5
    server.ask("PUT", "/fresh/a.txt", body="x")
    assert server.ask("PUT", "/fresh").status == 201
    assert server.ask("HEAD", "/fresh").header("x-dura-meta-space-count") == "1"


def test_a_space_that_was_made_filled_and_emptied_counts_on(server: StandIn) -> None:
    server.ask("PUT", "/fresh")
    for name in ("b", "a", "c"):
        server.ask("PUT", f"/fresh/{name}", body=name)
    assert "<item>a</item><item>b</item><item>c</item>" in server.ask("GET", "/fresh").text
    server.ask("DELETE", "/fresh/b")
    assert server.ask("HEAD", "/fresh").header("x-dura-meta-space-count") == "2"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/spaces", (500, "Error attempting to build spaces XML")),
        ("GET", "/any", (404, "Error attempting to build space XML for 'any' due to: No store exists with ID 99")),
        ("PUT", "/any", (400, "No store exists with ID 99")),
        ("DELETE", "/any", (404, "Error attempting to delete space 'any' due to: No store exists with ID 99")),
        (
            "POST",
            "/acl/any",
            (404, "Error attempting to update space ACLs for 'any' due to: No store exists with ID 99"),
        ),
    ],
)
def test_an_unknown_store_has_its_status_at_each_endpoint(
    untouched: StandIn, method: str, path: str, expected: tuple[int, str]
) -> None:
    answer = untouched.ask(method, f"{path}?storeID=99")
    assert (answer.status, answer.text) == expected


def test_a_store_id_in_another_spelling_is_not_seen(untouched: StandIn) -> None:
    assert untouched.ask("GET", "/spaces?storeId=99").status == 200


def test_deleting_a_missing_space_takes_twelve_seconds(untouched: StandIn) -> None:
    answer = untouched.ask("DELETE", "/nope")
    assert (answer.status, answer.delay) == (404, 12.0)
    assert answer.text == "Error attempting to delete space 'nope' due to: Error: Space does not exist: nope"


def test_a_deleted_space_stays_with_a_mark_until_the_worker_is_through(server: StandIn) -> None:
    assert server.ask("DELETE", "/dance-archive").text == "Space dance-archive deleted successfully"
    assert server.ask("HEAD", "/dance-archive").header("x-dura-meta-is-delete") == "true"
    server.time.pass_by(DELETION)
    assert server.ask("HEAD", "/dance-archive").status == 404
    assert "dance-archive" not in server.ask("GET", "/spaces").text


def test_a_deletion_that_gives_up_says_so_in_a_property(server: StandIn) -> None:
    server.switch_on("space-deletion-fails", requests=1)
    server.ask("DELETE", "/dance-archive")
    server.time.pass_by(DELETION)
    head = server.ask("HEAD", "/dance-archive")
    assert head.header("x-dura-meta-delete-error") == "Unable to delete all contents"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/campus-events", 405),
        ("GET", "/acl/campus-events", 405),
        ("PUT", "/task", 405),
        ("POST", "/spaces", 405),
        ("GET", "/nope", 404),
        ("HEAD", "/nope", 404),
        ("HEAD", "/acl/nope", 404),
        ("POST", "/acl/nope", 404),
        ("GET", "/campus-events?maxResults=two", 404),
        ("GET", "/campus-events?maxResults=-5", 200),
        ("GET", "/campus-events?maxResults=9223372036854775807", 200),
        ("GET", "/campus-events?maxResults=9223372036854775808", 404),
        ("GET", "/campus-events//double", 500),
        ("GET", "/campus-events/./dot", 500),
        ("GET", "/campus-events/%2E%2E/up", 500),
        ("GET", "/campus-events/line%0Abreak", 500),
        ("GET", "/campus-events/a%00b", 400),
        ("GET", "/campus-events/a%2Fb", 400),
        ("GET", "/campus-events/50%", 400),
        ("PUT", "/report", 404),
        ("PUT", "/manifest", 404),
        ("PUT", "/audit", 404),
        ("PUT", "/aux", 404),
        ("PUT", "/bit-integrity", 404),
        ("GET", "/report/nothing", 404),
        ("PUT", "/stores/nothing", 404),
        ("PUT", "/task/a/b", 404),
        ("PUT", "/acl/a/b", 404),
        ("PUT", "/bit-integrity/campus-events", 405),
        ("PATCH", "/task/noop", 403),
        ("OPTIONS", "/task", 403),
        ("OPTIONS", "/campus-events", 200),
        ("GET", "/campus-events/back%5Cslash", 400),
    ],
)
def test_paths_and_methods_that_no_resource_takes(untouched: StandIn, method: str, path: str, status: int) -> None:
    assert untouched.ask(method, path).status == status


def test_a_405_says_what_is_allowed(untouched: StandIn) -> None:
    assert untouched.ask("GET", "/acl/campus-events").header("Allow") == "HEAD,POST,OPTIONS"
    assert untouched.ask("GET", "/task/noop").header("Allow") == "POST,OPTIONS"
    assert untouched.ask("OPTIONS", "/spaces").header("Allow") == "HEAD,GET,OPTIONS"


@pytest.mark.parametrize("path", ["/spaces", "/campus-events"])
def test_only_xml_is_to_be_had_of_spaces(untouched: StandIn, path: str) -> None:
    assert untouched.ask("GET", path, headers=[("Accept", "application/json")]).status == 406
    assert untouched.ask("GET", path, headers=[("Accept", "text/html, application/*;q=0.8")]).status == 200


def test_an_error_without_a_declared_type_echoes_the_accept(untouched: StandIn) -> None:
    for accept, shown in (("application/json", "application/json"), ("*/*", "text/plain")):
        answer = untouched.ask("POST", "/task/nope", headers=[("Accept", accept)])
        assert (answer.status, answer.header("Content-Type")) == (400, shown)
    assert untouched.ask("POST", "/task/nope").header("Content-Type") == "text/plain"


def test_the_xml_endpoints_label_their_plain_errors_as_xml(untouched: StandIn) -> None:
    answer = untouched.ask("GET", "/nope")
    assert answer.header("Content-Type") == "application/xml"
    assert not answer.text.startswith("<")


@pytest.mark.parametrize(("wanted", "read"), [("", 1_000), ("?maxResults=10000", 1_000), ("?maxResults=7", 7)])
def test_no_page_is_longer_than_a_thousand(untouched: StandIn, wanted: str, read: int) -> None:
    assert untouched.ask("GET", f"/oral-histories-hls{wanted}").text.count("<item>") == read


def test_acls_are_replaced_as_a_whole_and_take_two_words_only(server: StandIn) -> None:
    sent = [("x-dura-meta-acl-amy", "READ"), ("x-dura-meta-acl-group-b", "WRITE")]
    assert (
        server.ask("POST", "/acl/campus-events", headers=sent).text == "Space campus-events ACLs updated successfully"
    )
    shown = server.ask("HEAD", "/acl/campus-events").headers
    assert [pair for pair in shown if pair[0].startswith("x-dura-meta")] == sent
    wrong = server.ask("POST", "/acl/campus-events", headers=[("x-dura-meta-acl-amy", "read")])
    assert (wrong.status, wrong.text) == (500, "No enum constant org.duracloud.common.model.AclType.read")
    server.ask("POST", "/acl/campus-events")
    assert not [name for name, _ in server.ask("HEAD", "/acl/campus-events").headers if name.startswith("x-dura")]


def test_a_plus_in_a_property_comes_back_as_an_at(server: StandIn) -> None:
    server.world().spaces("51").set_property("campus-events", "snapshot-id", "a+b")
    assert server.ask("HEAD", "/campus-events").header("x-dura-meta-snapshot-id") == "a@b"


def test_contents_that_were_given_an_end_are_gone_then_and_the_rule_stays(server: StandIn) -> None:
    spaces = server.world().spaces("51")
    spaces.set_expiry("campus-events", 86_400)
    server.time.pass_by(86_399)
    assert spaces.contents("campus-events").count() == 58
    server.time.pass_by(1)
    assert spaces.contents("campus-events").count() == 0
    server.ask("PUT", "/campus-events/later.txt", body="x")
    assert spaces.contents("campus-events").count() == 1
    server.time.pass_by(86_400)
    assert spaces.contents("campus-events").count() == 0


@pytest.mark.parametrize(
    ("wanted", "content_type", "first"),
    [
        ("", "text/tab-separated-values", "space-id\tcontent-id\tMD5"),
        ("TSV", "text/tab-separated-values", "space-id\tcontent-id\tMD5"),
        ("EXTENDED_TSV", "text/tab-separated-values", "space-id\tcontent-id\tMD5\tcontent-size\tmime-type"),
        ("BAGIT", "text/bagit", ""),
    ],
)
def test_a_manifest_has_a_row_for_each_item(server: StandIn, wanted: str, content_type: str, first: str) -> None:
    server.ask("PUT", "/empty-space/a.txt", body="x")
    checksum, query = "9dd4e461268c8034f5c8564e155c67a6", f"?format={wanted}" if wanted else ""
    answer = server.ask("GET", f"/manifest/empty-space{query}")
    row = {
        "EXTENDED_TSV": f"empty-space\ta.txt\t{checksum}\t1\tapplication/octet-stream",
        "BAGIT": f"{checksum}  empty-space/a.txt",
    }.get(wanted, f"empty-space\ta.txt\t{checksum}")
    assert (answer.status, answer.header("Content-Type")) == (200, content_type)
    assert answer.text == "".join(f"{line}\n" for line in (first, row) if line)


@pytest.mark.parametrize(
    ("query", "status", "text"),
    [
        (
            "/nope",
            404,
            "there is no manifest for space: nope where storeId = 51 : no such space exists.",
        ),
        (
            "/empty-space?format=csv",
            400,
            "Invalid manifest format: csv Allowable formats are: 'TSV', 'EXTENDED_TSV', 'BAGIT'",
        ),
        ("/empty-space?format=tsv", 500, "No enum constant org.duracloud.common.constant.ManifestFormat.tsv"),
        ("/empty-space?storeID=99", 400, "The storeId you supplied (99) is not associated with this domain."),
    ],
)
def test_a_manifest_that_there_is_not(untouched: StandIn, query: str, status: int, text: str) -> None:
    answer = untouched.ask("GET", f"/manifest{query}")
    assert (answer.status, answer.text) == (status, text)


def test_a_generated_manifest_lies_where_its_location_says(server: StandIn) -> None:
    server.ask("PUT", "/empty-space/a.txt", body="x")
    accepted = server.ask("POST", "/manifest/empty-space?format=tsv")
    address = accepted.header("Location") or ""
    assert accepted.status == 202
    assert address.endswith("/generated-manifests/manifest-empty-space_amazon_s3_2026-11-24-12-00-00.txt.gz")
    assert accepted.text.endswith(f"please poll the URI in the Location header of this response: ({address}).")
    file = server.ask("GET", address.partition("/durastore")[2])
    assert (file.status, file.header("Content-Encoding")) == (200, "gzip")
    assert gzip.decompress(file.body).decode().splitlines()[1].startswith("empty-space\ta.txt\t")
    assert server.ask("POST", "/manifest/empty-space?storeID=99").status == 500
    assert server.ask("POST", "/manifest/nope").status == 404


def test_an_empty_space_is_deleted_at_once_and_another_in_the_background(server: StandIn) -> None:
    server.ask("DELETE", "/empty-space")
    assert server.ask("HEAD", "/empty-space").status == 404
    server.ask("DELETE", "/dance-archive")
    assert server.ask("HEAD", "/dance-archive").header("x-dura-meta-is-delete") == "true"


def test_nothing_is_outside_the_worlds(untouched: StandIn) -> None:
    assert untouched.app.answer(Request("GET", "/elsewhere/stores")).status == 404
