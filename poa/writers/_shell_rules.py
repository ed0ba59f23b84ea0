"""What may stand in the parts of a shell: an allow-list of elements, attributes and field codes.

What is harmless and of no use is dropped, what could act or tells of somebody is refused by its name. The
same rules judge a finished paper once more.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from poa.writers._shell_fields import judge_fields
from poa.writers._shell_found import Found, Place, shown
from poa.writers._shell_kinds import RESAVE
from poa.writers._shell_package import Part
from poa.writers._shell_xml import MC, SPACES, W, name_of, said

_DELETE = "Delete it in Word, or put a picture of it in its place."
_ACCEPT = "In Word: Review > Accept > Accept All Changes and Stop Tracking, then save."

_PROPERTIES = {
    f"w:{name}" for name in ("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr", "tblGrid", "rubyPr")
}
_CONTENT = {
    *("w:body", "w:p", "w:r", "w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:softHyphen", "w:sym"),
    *("w:ptab", "w:pgNum", "w:hyperlink", "w:fldSimple", "w:fldChar", "w:instrText", "w:drawing", "w:pict"),
    *("w:tbl", "w:tr", "w:tc", "w:bookmarkStart", "w:bookmarkEnd", "w:txbxContent"),
    *("w:ruby", "w:rt", "w:rubyBase"),
}
_TEXTS = {"w:body", "w:tc", "w:txbxContent", "w:hdr", "w:ftr"}
_PARENTS = {
    "w:body": {"w:document"},
    "w:p": _TEXTS,
    "w:tbl": _TEXTS,
    "w:tr": {"w:tbl"},
    "w:tc": {"w:tr"},
    "w:r": {"w:p", "w:hyperlink", "w:fldSimple", "w:rt", "w:rubyBase"},
    "w:hyperlink": {"w:p", "w:fldSimple"},
    "w:fldSimple": {"w:p", "w:hyperlink", "w:fldSimple"},
    "w:t": {"w:r"},
    "w:instrText": {"w:r"},
    "w:fldChar": {"w:r"},
    "w:drawing": {"w:r"},
    "w:pict": {"w:r"},
}
_OPENED = {"w:sdt", "w:sdtContent", "w:smartTag", "w:customXml"}  # their content stays, they go
_DROPPED = {
    *("w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:proofErr", "w:permStart", "w:permEnd"),
    *("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference", "w:annotationRef", "w:background"),
    *(
        "w:lastRenderedPageBreak",
        "w:footnotePr",
        "w:endnotePr",
        "w:printerSettings",
        "w:rsid",
        "w:rsids",
        "w:fldData",
    ),
    *("w:numPicBullet", "w:lvlPicBulletId", "w:numIdMacAtCleanup", "w:embedRegular", "w:embedBold"),
    *(
        "w:embedItalic",
        "w:embedBoldItalic",
        "a:extLst",
        "pic:extLst",
        "wp:extLst",
        "wps:extLst",
        "wpg:extLst",
    ),
    *("a:hlinkHover", "o:idmap", "o:shapelayout", "o:shapedefaults"),
}
_ACTIVE = {
    "w:altChunk": ("alt_chunk", "another file inside"),
    "w:subDoc": ("alt_chunk", "another file inside"),
    "w:object": ("ole", "an embedded object (OLE)"),
    "o:OLEObject": ("ole", "an embedded object (OLE)"),
    "w:control": ("ole", "a control (ActiveX)"),
    "w:attachedTemplate": ("attached_template", "a template that Word fetches from elsewhere"),
    "w:mailMerge": ("mail_merge", "a mail merge"),
    "w:footnoteReference": ("notes", "a footnote"),
    "w:endnoteReference": ("notes", "an endnote"),
    "w:ffData": ("form", "a form field"),
}
_TRACKED = {
    f"w:{name}"
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "delText", "delInstrText", "cellIns", "cellDel", "cellMerge"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "numberingChange"),
        *(
            "pPrChange",
            "rPrChange",
            "tblPrChange",
            "tblPrExChange",
            "trPrChange",
            "tcPrChange",
            "sectPrChange",
        ),
        *("tblGridChange", "customXmlInsRangeStart", "customXmlDelRangeStart"),
    )
}
_WHOLE_SPACES = {"a", "pic", "wp", "wps", "wpg", "wpc", "wp14", "v", "w10"}  # drawings: nothing in them acts
_OFFICE_ART = {"o:lock", "o:extrusion", "o:skew", "o:callout", "o:complex"}
_ANYWHERE = {"mc:AlternateContent", "mc:Choice", "mc:Fallback", *_OFFICE_ART, *_PROPERTIES}
_RELATED = {
    ("w:hyperlink", "r:id"): "hyperlink",
    ("a:hlinkClick", "r:id"): "hyperlink",
    ("a:blip", "r:embed"): "image",
    ("v:imagedata", "r:id"): "image",
    ("v:fill", "r:id"): "image",
    ("w:headerReference", "r:id"): "header",
    ("w:footerReference", "r:id"): "footer",
}
_DRAWN = {SPACES[prefix] for prefix in ("pic", "wps", "wpg", "wpc")}  # what a drawing may be of
_CHOICES = {"wps", "wpg", "wpc", "wp14", "w14"}
_SAYING = {"descr", "title", "alt", "w:tooltip", "o:title"}  # attributes with somebody's words
_LEADING = {"href", "src", "o:href", "o:althref", "o:relid", "onmouseover", "onclick", "script"}
_SCRIPT = ("a:font", "script")  # which script a theme's font is for, as "Jpan"; every file of Word's has it
_KEPT_ELSEWHERE = {
    "xml:space",
    "xml:lang",
    "o:spid",
    "o:spt",
    "o:connecttype",
    "o:allowincell",
    "o:allowoverlap",
}
_ADDRESS = re.compile(
    r"://|^\s*(?:\\\\|//|(?:javascript|vbscript|data|file|mailto):)|^[A-Za-z]:\\", re.IGNORECASE
)


def judged(part: Part, found: Found) -> None:
    """Clean the tree of a part, and add a problem for each thing that may not stand in it."""
    part.places = {one: Place.of(at, said(one)) for at, one in enumerate(part.root.iter(f"{W}p"), 1)}
    judge = _Judge(part, found, in_look=part.kind in {"styles", "numbering", "fontTable", "theme"})
    judge.children(part.root, in_look=judge.in_look, place=None)
    if not judge.in_look:
        judge_fields(part, found)


class _Judge:
    """One part while it is judged."""

    def __init__(self, part: Part, found: Found, *, in_look: bool) -> None:
        self.part, self.found, self.in_look = part, found, in_look

    def children(self, element: Any, *, in_look: bool, place: Place | None) -> None:
        """What stands in an element; ``in_look`` where it is of a style or of properties, and no content."""
        queue = deque(element)
        while queue:
            child = queue.popleft()
            name = name_of(child.tag)
            here = self.part.places.get(child, place) if name == "w:p" else place
            if name in _DROPPED or (
                name.startswith("o:") and name not in _OFFICE_ART and name not in _ACTIVE
            ):
                element.remove(child)
            elif name in _OPENED or (name == "mc:AlternateContent" and not self._has_choice(child)):
                queue.extendleft(reversed(_put_in_its_place(child)))
            elif self._may_stand(name, in_look=in_look, place=here) and self._fits(element, name, here):
                self._attributes(child, name, here)
                self.children(child, in_look=in_look or name in _PROPERTIES, place=here)
            else:
                element.remove(child)

    def _may_stand(self, name: str, *, in_look: bool, place: Place | None) -> bool:
        prefix = name.partition(":")[0]
        if name in _TRACKED:
            self._add("tracked_change", f"It holds a tracked change (<{name}>).", _ACCEPT, place)
        elif name in _ACTIVE:
            code, what = _ACTIVE[name]
            self._add(code, f"It holds {what} (<{name}>).", _DELETE, place)
        elif (
            prefix in _WHOLE_SPACES
            or name in _ANYWHERE
            or (in_look and (prefix == "w14" or (prefix == "w" and name not in _CONTENT - {"w:tab"})))
            or (not in_look and name in _CONTENT)
        ):
            return True
        elif prefix != "?" or not in_look:  # newer Word's effects; who does not know them leaves them out
            self._add("unsupported_element", f"It holds something a shell cannot (<{name}>).", _DELETE, place)
        return False

    def _fits(self, parent: Any, name: str, place: Place | None) -> bool:
        """Whether content stands where Word puts it; a file in which it does not is one that Word repairs."""
        while (outer := name_of(parent.tag)).startswith("mc:"):
            parent = parent.getparent()
        if name not in _PARENTS or outer in _PARENTS[name]:
            return True
        self._add("damaged", f"<{name}> stands inside <{outer}>, where it cannot.", RESAVE, place)
        return False

    def _attributes(self, element: Any, name: str, place: Place | None) -> None:
        for key, value in element.attrib.items():
            title = name_of(key)
            if title.startswith("r:"):
                self._relation(name, title, value, place)
            elif title in _SAYING:
                if "{{" in value:
                    self._misplaced(title, value, place)
                if _ADDRESS.search(value):
                    element.set(key, "")
            elif (title in _LEADING and (name, title) != _SCRIPT) or (
                _ADDRESS.search(value) and not title.startswith("xml")
            ):
                self._address(name, title, value, place)
            elif "{{" in value and title != "w:instr":
                self._misplaced(title, value, place)
            elif _goes(name, title):
                del element.attrib[key]
        if name == "pic:cNvPr":
            element.set("name", "Picture")  # Word puts the name of the file here

    def _address(self, name: str, title: str, value: str, place: Place | None) -> None:
        if name == "a:graphicData" and title == "uri":
            if value not in _DRAWN:
                what = f"a drawing that is neither picture nor shape (<{name}>, {shown(value)})"
                self._add("unsupported_element", f"It holds {what}.", _DELETE, place)
        elif name in {"a:graphicData", "mc:Choice"} or title == "w:instr":
            return
        else:
            self._add(
                "external_relation",
                f"An attribute leads out of the file (<{name} {title}>, to '{shown(value)}').",
                "Delete it in Word; links to https:// and mailto: are made with Insert > Link.",
                place,
            )

    def _relation(self, name: str, title: str, value: str, place: Place | None) -> None:
        kind = _RELATED.get((name, title))
        known = self.part.relations.get(value)
        if kind is None:
            self._add("external_relation", f"It leads to another part (<{name} {title}>).", _DELETE, place)
        elif kind == "hyperlink" and value in self.part.told:
            return
        elif known is None or known.kind != kind:
            self._add("missing_part", f"The {kind} that <{name}> shows cannot be kept.", _DELETE, place)

    def _misplaced(self, title: str, value: str, place: Place | None) -> None:
        message = f"The mark in '{shown(value)}' is not filled: it stands in an attribute ({title}), not in the text."
        self._add("mark_place", message, "Put the mark into a paragraph or a text box.", place)

    def _has_choice(self, element: Any) -> bool:
        """Whether a choice is left after those that need what we do not know are gone."""
        known = {SPACES[prefix] for prefix in _CHOICES}
        for choice in element.findall(f"{{{MC}}}Choice"):
            needs = choice.get("Requires", "").split()
            spaces = {choice.nsmap.get(prefix) for prefix in needs}
            # Declared at the root, where it stays although no element may use it.
            same = spaces == {self.part.root.nsmap.get(prefix) for prefix in needs}
            if not (needs and same and spaces <= known):
                element.remove(choice)
        return element.find(f"{{{MC}}}Choice") is not None

    def _add(self, code: str, message: str, remedy: str, place: Place | None) -> None:
        self.found.add(code, message, remedy, part=self.part.name, at=place)


def _put_in_its_place(element: Any) -> list[Any]:
    """An element's children where it stood."""
    children = list(element)
    if name_of(element.tag) == "mc:AlternateContent":
        children = [child for fallback in children for child in fallback]
    for child in children:
        element.addprevious(child)
    element.getparent().remove(element)
    return children


def _goes(name: str, title: str) -> bool:
    """Whether an attribute is of no use to a paper: traces of editing, and what newer programs add."""
    if title.startswith("w:"):
        return title.startswith("w:rsid") or title in {"w:docLocation", "w:author", "w:date", "w:tgtFrame"}
    prefix, colon, _ = title.partition(":")
    if name.startswith("w:"):
        return not title.startswith("xml:")
    return bool(colon) and prefix != name.partition(":")[0] and title not in _KEPT_ELSEWHERE
