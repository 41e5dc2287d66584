"""What OPTIONS and `/application.wadl` answer: Jersey's description of the resources (protocol §1.1, §17)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from durastore_tui.sandbox.wire.messages import Response, text

WADL = "application/vnd.sun.wadl+xml"

_HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<application xmlns="http://wadl.dev.java.net/2009/02">
    <doc xmlns:jersey="http://jersey.java.net/" jersey:generatedBy="Jersey: 2.5.1 2014-01-02 13:43:00"/>
    <grammars/>
    <resources base={base}>
"""
_TAIL = """    </resources>
</application>
"""
_SCHEMA = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


@dataclass(frozen=True)
class Described:
    """A method of a resource: Java's name for it, its query parameters, and the type that it declares."""

    name: str
    parameters: tuple[str, ...] = ("storeID",)
    produces: str = "*/*"


@dataclass(frozen=True)
class Resource:
    path: str
    methods: Mapping[str, Described]


def description(base: str, resources: Iterable[Resource]) -> Response:
    """The WADL of these resources. `base` is the address of the context, with a slash at its end."""
    inner = "".join(_resource(one) for one in resources)
    return text(200, _HEAD.format(base=quoteattr(base)) + inner + _TAIL, WADL)


def _resource(one: Resource) -> str:
    lines = [f"        <resource path={quoteattr(one.path)}>"]
    for verb, method in one.methods.items():
        lines.append(f"            <method id={quoteattr(method.name)} name={quoteattr(verb)}>")
        if method.parameters:
            lines += [
                "                <request>",
                *(
                    f'                    <param {_SCHEMA} name={quoteattr(name)} style="query" type="xs:string"/>'
                    for name in method.parameters
                ),
                "                </request>",
            ]
        lines += [
            "                <response>",
            f"                    <representation mediaType={quoteattr(method.produces)}/>",
            "                </response>",
            "            </method>",
        ]
    return "\n".join([*lines, "        </resource>", ""])
