"""XML from the network, without its bombs."""

import asyncio
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from durastore_tui.api.reply import Reply
from durastore_tui.api.words import is_html, words


async def parsed(reply: Reply, root: str) -> Element:
    """The document's element, which must be `root`, read beside the loop; raises Malformed."""
    return await asyncio.to_thread(_parsed, reply, root)


def _parsed(reply: Reply, root: str) -> Element:
    content_type = reply.headers.get("content-type", "")
    if is_html(content_type, reply.body):
        raise reply.malformed(f"a web page instead of data: {words(reply.status, content_type, reply.body)}")
    reply.check_cost(b"<=")  # elements and attributes
    try:
        element: Element = fromstring(reply.text, forbid_dtd=True)
    except ParseError as error:
        raise reply.malformed(f"not XML: {error}") from None
    except DefusedXmlException as error:
        raise reply.malformed(f"XML with forbidden parts: {type(error).__name__}") from None
    if element.tag != root:
        raise reply.malformed(f"the answer holds <{element.tag}> where <{root}> was expected")
    return element
