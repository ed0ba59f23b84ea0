"""A stranger's XML as a tree: nothing outside is fetched, no entity is resolved, a document type is refused."""

from __future__ import annotations

from typing import Any


class NotXml(ValueError):
    """What cannot be a tree; ``line`` is where, if that is known, ``has_type`` that a document type (DTD) is why."""

    def __init__(self, message: str, *, line: int | None = None, has_type: bool = False) -> None:
        super().__init__(message)
        self.line, self.has_type = line, has_type


def xml_tree(xml: bytes) -> Any:
    """The root of a tree without comments and processing instructions; raises NotXml."""
    from lxml import etree  # noqa: PLC0415 - most runs read no XML

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise NotXml(str(getattr(error, "msg", error)), line=getattr(error, "lineno", None)) from None
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        raise NotXml("a document type (DTD) stands in it", has_type=True)
    return root
