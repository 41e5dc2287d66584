"""Which resource answers which path and method: the first matching path decides (protocol §1.1, §1.7)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from durastore_tui.sandbox.resources import acls, aux, content, reports, spaces, stores, tasks
from durastore_tui.sandbox.resources.ask import Ask
from durastore_tui.sandbox.wire.messages import Response, decoded, empty
from durastore_tui.sandbox.wire.pages import page

Resource = Callable[..., Response]


@dataclass(frozen=True)
class Route:
    path: re.Pattern[str]
    methods: Mapping[str, Resource]


def _disabled(sentence: str) -> Resource:
    return lambda ask, **_: ask.answer(501, sentence)


def _no_report(_: Ask, **__: str) -> Response:
    return empty(204)


def _route(path: str, **methods: Resource) -> Route:
    return Route(re.compile(path), methods)


ROUTES = (
    _route(r"/stores/?", GET=stores.list_stores),
    _route(r"/spaces/?", GET=spaces.list_spaces),
    _route(r"/task/?", GET=tasks.list_tasks),
    _route(r"/task/(?P<task>[^/]+)/?", POST=tasks.run_task),
    _route(r"/acl/(?P<space>[^/]+)", HEAD=acls.head_acls, POST=acls.post_acls),
    _route(r"/aux/cookies", GET=aux.get_cookies),
    _route(
        r"/manifest/(?P<space>[^/]+)",
        **dict.fromkeys(("GET", "POST"), _disabled("This endpoint is currently disabled.")),
    ),
    _route(r"/audit/(?P<space>[^/]+)", GET=_disabled("This endpoint is currently disabled")),
    _route(r"/report/space/(?P<space>[^/]+)", GET=reports.space_report),
    _route(r"/report/store", GET=reports.store_report),
    _route(r"/report/store/(?P<moment>[^/]+)", GET=reports.store_on_day_report),
    _route(r"/bit-integrity/(?P<space>[^/]+)", GET=_no_report),
    _route(
        r"/(?P<space>[^/]+)/?",
        GET=spaces.get_space,
        HEAD=spaces.head_space,
        PUT=spaces.put_space,
        DELETE=spaces.delete_space,
    ),
    _route(
        r"/(?P<space>[^/]+)/(?P<content>.+)",
        GET=content.get_content,
        HEAD=content.head_content,
        PUT=content.put_content,
        POST=content.post_content,
        DELETE=content.delete_content,
    ),
)


def answer(ask: Ask) -> Response:
    """The resource's answer, or the container's page when there is none (404) or not for this method (405)."""
    for route in ROUTES:
        found = route.path.fullmatch(ask.request.path)
        if found is None:
            continue
        allowed = {**route.methods, "HEAD": route.methods.get("HEAD", route.methods.get("GET"))}
        resource = allowed.get(ask.request.method)
        if resource is None:
            names = ",".join(sorted([*(name for name, run in allowed.items() if run), "OPTIONS"]))
            if ask.request.method == "OPTIONS":
                return empty(200, ("Allow", names))
            return page(405, None, ("Allow", names))
        return resource(ask, **{name: decoded(value) for name, value in found.groupdict().items()})
    return page(404)
