"""The styles and list signs of a shell, with those of ours that it lacks: what it has stays as it was made.

A style is known by its name, not by its id: Word and LibreOffice write the names of built-in styles in
English ("heading 1"), whatever language they speak, and the ids in their own ("berschrift1").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from poa.writers._shell_xml import W, ours, own
from poa.writers._word_styles import BULLETS, NUMBERING, NUMBERS, WordLanguage, styles

# Other names of built-in styles, as LibreOffice and older files have them.
_ALSO = {
    "quote": ("quotations", "block text"),
    "hyperlink": ("internet link",),
    "code": ("source text", "html code"),
    "list paragraph": ("list contents",),
}
_DEFAULTS = {"normal": "paragraph", "default paragraph font": "character", "normal table": "table"}
_LEADS = {f"{W}basedOn", f"{W}next", f"{W}link"}
_LOOK = styles(WordLanguage("en-US"))
_UNSEEN = {"no list", *_DEFAULTS}  # not told of: nobody would miss them


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """What became of our styles: the shell's id for each of ours, and the names of those that were made.

    ``others`` are the shell's names of styles that it calls otherwise, ``of_another_kind`` those of its styles
    that are named as ours and are of another kind: what ours is for (``paragraph``, ``character``, ``table``).
    """

    ids: Mapping[str, str]
    present: tuple[str, ...]
    made: tuple[str, ...]
    others: Mapping[str, str]
    of_another_kind: Mapping[str, str]


def merged(root: Any) -> Styles:
    """Add to a shell's styles those of ours that it lacks; ``root`` is changed."""
    theirs = list(root.iterfind(f"{W}style"))
    taken = {one.get(f"{W}styleId", "") for one in theirs}
    _without_loose_ends(theirs, taken)
    names = {_named(one).casefold() for one in theirs}
    ids: dict[str, str] = {}
    present, made, new = [], [], []
    others: dict[str, str] = {}
    of_another_kind: dict[str, str] = {}
    for style in (one for one in ours(_LOOK) if one.tag == f"{W}style"):
        name, kind, identity = _named(style), style.get(f"{W}type"), style.get(f"{W}styleId", "")
        match = _match(name.casefold(), kind, theirs)
        if match is not None:
            if not match.get(f"{W}styleId"):  # their default, which Word takes without an id
                match.set(f"{W}styleId", _free(identity, taken))
                taken.add(match.get(f"{W}styleId"))
            ids[identity] = match.get(f"{W}styleId")
            present.append(name)
            if _named(match).casefold() in _ALSO.get(name.casefold(), ()):
                others[name] = _named(match)
            continue
        ids[identity] = identity if identity not in taken else _free(identity, taken)
        taken.add(ids[identity])
        style.set(f"{W}styleId", ids[identity])
        if name.casefold() in names:
            style.find(f"{W}name").set(f"{W}val", f"poa {name}")  # theirs of the name is of another kind
            of_another_kind[name] = str(kind)
        if name.casefold() not in _UNSEEN:
            made.append(name)
        new.append(style)
    for style in new:
        for element in style.iterfind("*"):
            if element.tag in _LEADS:
                element.set(f"{W}val", ids[element.get(f"{W}val")])
        root.append(style)
    return Styles(
        ids=ids, present=tuple(present), made=tuple(made), others=others, of_another_kind=of_another_kind
    )


def _without_loose_ends(theirs: list[Any], ids: Collection[str]) -> None:
    """Take away what their styles rest on and is not there: Word passes over it, and not every program does."""
    for style in theirs:
        for element in [*style.iterfind("*")]:
            if element.tag in _LEADS and element.get(f"{W}val") not in ids:
                style.remove(element)


def no_styles() -> Any:
    """A part of styles with no style in it yet, for a shell that has none: how plain words look."""
    root = own("styles")
    root.extend(one for one in ours(_LOOK) if one.tag == f"{W}docDefaults")
    return root


def _match(name: str, kind: str | None, theirs: list[Any]) -> Any | None:
    """Their style of a name and kind; for the three that all others rest on, their default comes first."""
    if kind == _DEFAULTS.get(name):
        for one in theirs:
            if one.get(f"{W}type") == kind and one.get(f"{W}default") in {"1", "true", "on"}:
                return one
    for wanted in (name, *_ALSO.get(name, ())):
        for one in theirs:
            if one.get(f"{W}type") == kind and _named(one).casefold() == wanted and one.get(f"{W}styleId"):
                return one
    return None


def _named(style: Any) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else str(name.get(f"{W}val", "")).strip()


def _free(identity: str, taken: set[str]) -> str:
    return next(new for i in range(len(taken) + 1) if (new := f"Poa{identity}{i or ''}") not in taken)


def numbered(root: Any) -> tuple[int, int]:
    """Add our list signs to a shell's numberings: the numbers of our bullets and of our counted definition."""
    definitions, numberings = root.findall(f"{W}abstractNum"), root.findall(f"{W}num")
    first = 1 + max((_number(one, "abstractNumId") for one in definitions), default=-1)
    bullets = 1 + max((_number(one, "numId") for one in numberings), default=0)
    bullet, counted, numbering = ours(NUMBERING)
    bullet.set(f"{W}abstractNumId", str(first))
    counted.set(f"{W}abstractNumId", str(first + NUMBERS))
    numbering.set(f"{W}numId", str(bullets - 1 + BULLETS))
    numbering.find(f"{W}abstractNumId").set(f"{W}val", str(first))
    for element in definitions:  # Word wants all definitions before all numberings
        root.append(element)
    root.extend([bullet, counted, *numberings, numbering])
    return bullets, first + NUMBERS


def _number(element: Any, attribute: str) -> int:
    value = element.get(f"{W}{attribute}", "")
    return int(value) if re.fullmatch("[0-9]{1,6}", value) else 0
