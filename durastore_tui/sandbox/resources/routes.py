"""Which resource answers which path and method: the first matching path decides (protocol §1.1, §1.7)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from durastore_tui.sandbox.resources import acls, content, manifests, reports, spaces, tasks, wadl
from durastore_tui.sandbox.resources.ask import Ask, NoSuchStore
from durastore_tui.sandbox.resources.wadl import Described
from durastore_tui.sandbox.spaces import NoSuchSpace, StorageDown
from durastore_tui.sandbox.wire.coercions import hashed
from durastore_tui.sandbox.wire.messages import Response, decoded, empty
from durastore_tui.sandbox.wire.pages import page

Run = Callable[..., Response]
Method = tuple[Run, Described]

XML, JSON, TEXT = "application/xml", "application/json", "text/plain"


@dataclass(frozen=True)
class Route:
    """`template` is the path as the resource's annotation has it."""

    path: re.Pattern[str]
    template: str
    methods: Mapping[str, Method]

    @property
    def is_head_by_get(self) -> bool:
        """Whether HEAD is answered by what GET would say."""
        return "GET" in self.methods and "HEAD" not in self.methods

    def run(self, method: str) -> Run | None:
        found = self.methods.get("GET" if method == "HEAD" and self.is_head_by_get else method)
        return None if found is None else found[0]

    def described(self, path: str) -> wadl.Resource:
        return wadl.Resource(path, {verb: described for verb, (_, described) in self.methods.items()})


def _get_audit(ask: Ask, space: str) -> Response:
    try:
        ask.spaces.find(space)
    except NoSuchSpace as missing:
        return ask.answer(404, str(missing))
    # no world has the space that the logs are kept in, and the real server says so too (protocol §17)
    return ask.answer(
        500, "org.duracloud.storage.error.NotFoundException: Error: Space does not exist: x-duracloud-audit"
    )


def _get_bit_integrity(ask: Ask, space: str) -> Response:
    if not ask.spaces.exists(space):
        return ask.answer(404, f"Space with ID {space} does not exist")
    return empty(204, ("Content-Type", TEXT))


def _get_wadl(ask: Ask) -> Response:
    return wadl.description(ask.base_url, (route.described(route.template) for route in ROUTES if route.methods))


def _route(path: str, template: str, **methods: Method) -> Route:
    return Route(re.compile(path), template, methods)


_LISTING = ("storeID", "prefix", "maxResults", "marker")
_SERIES = ("storeID", "start", "end", "groupBy")

ROUTES = (
    _route(r"/stores/?", "stores", GET=(spaces.list_stores, Described("getStores", (), XML))),
    _route(r"/spaces/?", "spaces", GET=(spaces.list_spaces, Described("getSpaces", produces=XML))),
    _route(r"/task/?", "task", GET=(tasks.list_tasks, Described("getSupportedTasks"))),
    _route(r"/task/(?P<task>[^/]+)/?", "task/{taskName}", POST=(tasks.run_task, Described("performTask"))),
    _route(
        r"/acl/(?P<space>[^/]+)/?",
        "acl/{spaceID}",
        HEAD=(acls.head_acls, Described("getSpaceACLs")),
        POST=(acls.post_acls, Described("updateSpaceACLs")),
    ),
    _route(
        r"/aux/cookies/?", "aux/cookies", GET=(reports.get_cookies, Described("getCookies", ("token",), "text/html"))
    ),
    _route(
        r"/manifest/(?P<space>[^/]+)/?",
        "manifest/{spaceId}",
        GET=(manifests.get_manifest, Described("getManifest", ("format", "storeID"))),
        POST=(manifests.post_manifest, Described("generateManifest", ("format", "storeID"))),
    ),
    _route(r"/audit/(?P<space>[^/]+)/?", "audit/{spaceId}", GET=(_get_audit, Described("getAuditLog"))),
    _route(
        r"/report/space/(?P<space>[^/]+)/?",
        "report/space/{spaceID}",
        GET=(reports.space_report, Described("getSpaceStatsOverTime", _SERIES, JSON)),
    ),
    _route(
        r"/report/store/?",
        "report/store",
        GET=(reports.store_report, Described("getStorageProviderStatsOverTime", _SERIES, JSON)),
    ),
    _route(
        r"/report/store/(?P<moment>[^/]+)/?",
        "report/store/{date}",
        GET=(reports.store_on_day_report, Described("getStorageProviderStatsByDay", produces=JSON)),
    ),
    _route(
        r"/bit-integrity/(?P<space>[^/]+)/?",
        "bit-integrity/{spaceId}",
        GET=(_get_bit_integrity, Described("getReport")),
        HEAD=(_get_bit_integrity, Described("getReportHead")),
    ),
    _route(r"/application\.wadl", "application.wadl", GET=(_get_wadl, Described("getWadl", (), wadl.WADL))),
    # names of other resources are no spaces, and there is nothing else below them (protocol §17)
    _route(r"/(stores|task|report|manifest|audit|aux|bit-integrity)(/.*)?|/acl/[^/]+/.+", ""),
    _route(
        r"/(?P<space>[^/]+)/?",
        "{spaceID}",
        GET=(spaces.get_space, Described("getSpace", _LISTING, XML)),
        HEAD=(spaces.head_space, Described("getSpaceProperties")),
        PUT=(spaces.put_space, Described("putSpace")),
        DELETE=(spaces.delete_space, Described("deleteSpace")),
    ),
    _route(
        r"/(?P<space>[^/]+)/(?P<content>.+)",
        "{spaceID}/{contentID: [^?]+}",
        GET=(content.get_content, Described("getContent", ("storeID", "attachment"))),
        HEAD=(content.head_content, Described("getContentProperties")),
        PUT=(content.put_content, Described("putContent")),
        POST=(content.post_content, Described("updateContentProperties")),
        DELETE=(content.delete_content, Described("deleteContent")),
    ),
)


def answer(ask: Ask) -> Response:
    """The resource's answer, or the container's page when there is none (404) or not for this method (405)."""
    for route in ROUTES:
        found = route.path.fullmatch(ask.request.path)
        if found is not None:
            named = {name: decoded(value) for name, value in found.groupdict().items()}
            return _by_route(ask, route, named)
    return page(404)


def _by_route(ask: Ask, route: Route, named: dict[str, str]) -> Response:
    method = ask.request.method
    if not route.methods:
        return page(404)
    run = route.run(method)
    if run is not None:
        try:
            return run(ask, **named)
        except NoSuchStore as missing:
            return ask.answer(404, str(missing))
        except StorageDown as down:
            return ask.answer(500, str(down), down.delay)
    if method == "OPTIONS":
        allowed = {*route.methods, "OPTIONS", *(("HEAD",) if route.is_head_by_get else ())}
        described = route.described(ask.request.path.strip("/"))
        return wadl.description(ask.base_url, [described]).with_headers(("Allow", _in_order(allowed)))
    return page(405, None, ("Allow", _in_order({*route.methods, "OPTIONS"})))


def _in_order(methods: set[str]) -> str:
    return ",".join(hashed(dict.fromkeys(sorted(methods))))
