"""What the maker of a shell should know although it works: styles made for it, words nobody sees, odd links."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from poa.writers._shell_found import Found, Place, shown
from poa.writers._shell_package import Part
from poa.writers._shell_styles import Styles
from poa.writers._shell_xml import R, W, said

_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?:[/:?#]|$)", re.IGNORECASE)
_STYLES = "word/styles.xml"
_WHITE = {"FFFFFF", "FEFEFE"}


def note_styles(styles: Styles, found: Found) -> None:
    """The styles that the shell lacks, all in one note, and those that it calls otherwise."""
    lacking = [f"'{one}'" for one in styles.made if one not in styles.of_another_kind]
    if lacking:
        message = f"It has no style for {', '.join(lacking)}: the papers take the built-in look there."
        remedy = (
            "That works. To choose the look of one, make a style of that name, use it once, and save: "
            "Code and Hyperlink for characters, Figures for tables, the others for paragraphs."
        )
        found.add("style_made", message, remedy, part=_STYLES, note=True)
    for style, kind in styles.of_another_kind.items():
        message = (
            f"The style '{style}' is of another type than the papers need: they take the built-in look there."
        )
        remedy = f"Delete it, and make a {kind} style of that name."
        found.add("style_made", message, remedy, part=_STYLES, note=True)
    for style, other in styles.others.items():
        message = f"The style '{shown(other)}' is taken for '{style}', as LibreOffice and old files call it."
        remedy = f"That works. A style of the name '{style}', where there is one, comes before it."
        found.add("style_named", message, remedy, part=_STYLES, note=True)


def note_spacing(root: Any, styles: Styles, found: Found) -> None:
    """A style of plain words without room between paragraphs: they would run together."""
    known = {one.get(f"{W}styleId"): one for one in root.iterfind(f"{W}style")}
    style, seen, spaces = known.get(styles.ids["Normal"]), set[str](), list[Any]()
    while style is not None and style.get(f"{W}styleId") not in seen:
        seen.add(style.get(f"{W}styleId"))
        spaces += style.findall(f"{W}pPr/{W}spacing")
        above = style.find(f"{W}basedOn")
        style = None if above is None else known.get(above.get(f"{W}val"))
    spaces += root.findall(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}spacing")
    if any(_space(spaces, side) for side in ("before", "after")):
        return
    message = "Its plain style ('Normal') has no space between paragraphs: those of the papers run together."
    remedy = "In Word: Modify the style 'Normal' > Format > Paragraph > Spacing > After: 6 pt, then save."
    found.add("no_spacing", message, remedy, part=_STYLES, note=True)


def _space(spaces: list[Any], side: str) -> bool:
    """Whether the first that speaks of a side keeps room there."""
    for one in spaces:
        if one.get(f"{W}{side}Autospacing") in {"1", "true", "on"}:
            return True
        said = next(
            (value for name in (side, f"{side}Lines") if (value := one.get(f"{W}{name}")) is not None), None
        )
        if said is not None:
            return said.strip("0.") not in {"", "pt"}
    return False


def note_words(part: Part, found: Found) -> None:
    """Words that are hidden or white, and links that lead elsewhere than they say."""
    for paragraph in part.root.iter(f"{W}p"):
        place = part.places[paragraph]
        for run in paragraph.iterfind(f".//{W}r"):
            _note_unseen(run, part, found, place)
        for link in paragraph.iterfind(f"{W}hyperlink"):
            _note_link(link, part, found, place)


def _note_unseen(run: Any, part: Part, found: Found, place: Place) -> None:
    text = said(run)
    look = run.find(f"{W}rPr")
    if look is None or not text.strip():
        return
    colour = look.find(f"{W}color")
    if look.find(f"{W}vanish") is not None:
        message = f"Hidden words go out with every paper: '{shown(text)}'."
        remedy = "Delete them in Word (Home > ¶ shows them)."
        found.add("hidden_text", message, remedy, part=part.name, at=place, note=True)
    elif colour is not None and colour.get(f"{W}val", "").upper() in _WHITE and not _has_ground(run):
        message = f"White words on white paper go out with every paper: '{shown(text)}'."
        found.add(
            "hidden_text", message, "Give them a colour, or delete them.", part=part.name, at=place, note=True
        )


def _has_ground(run: Any) -> bool:
    """Whether something coloured may lie behind a run: a shade, a cell, a text box."""
    around = [run, *run.iterancestors(f"{W}p", f"{W}tc")]
    boxed = next(run.iterancestors(f"{W}txbxContent"), None) is not None
    return boxed or any(
        one.find(f"{W}{name}/{W}shd") is not None for one in around for name in ("rPr", "pPr", "tcPr")
    )


def _note_link(link: Any, part: Part, found: Found, place: Place) -> None:
    relation = part.relations.get(link.get(f"{R}id", ""))
    says = _HOST.match(said(link).strip())
    if relation is None or says is None or not relation.target.casefold().startswith("https:"):
        return
    leads = (urlsplit(relation.target).hostname or "").removeprefix("www.")
    if says[1].casefold().removeprefix("www.") != leads:
        message = f"The link says '{shown(says[1])}' and leads to '{shown(leads)}'."
        found.add("link_text", message, "Let it say where it leads.", part=part.name, at=place, note=True)
