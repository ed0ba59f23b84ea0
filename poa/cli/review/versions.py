"""Two versions of a paper, OLD and NEW: which belong together, and what changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from poa.cli.review.held_against import Grounds, Held, language_of
from poa.cli.review.quoting import marked, turned
from poa.cli.review.saying import INDENT, Say
from poa.cli.review.showing import Places
from poa.cli.terminal import print_json, progress
from poa.doing import Doing
from poa.errors import UsageFault
from poa.review import Ground
from poa.review.comparing import Comparison, Difference, Place, compare, comparison_data
from poa.review.kinds import kind_of
from poa.words import Said, counted, said, spoken

if TYPE_CHECKING:
    from poa.cli.case.folder import OpenCase
    from poa.cli.review.running import Draft

_GROUPS = {
    "facts": "Facts",
    "causes": "Root cause",
    "actions": "Actions and controls",
    "evidence": "Evidence",
    "wording": "Wording",
}
_TOGETHER = {"annotate": "--annotate", "against": "--against", "strict_warnings": "--strict"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One paper in two versions, each with what it is held against where there is something."""

    old: Draft
    new: Draft
    held_old: Held | None
    held_new: Held | None


def pairs_of(old: Sequence[Draft], new: Sequence[Draft], grounds: Grounds) -> tuple[Pair, ...]:
    """The papers that are of one kind, each with its other version; none where the two are of different kinds."""
    before = {_kind(one, held): (one, held) for one in old for held in [grounds.beside(one.path)]}
    found = []
    for one in new:
        held = grounds.of(one.path, one.paper)
        if was := before.get(_kind(one, held)):
            found.append(Pair(old=was[0], new=one, held_old=was[1], held_new=held))
    return tuple(found)


def compare_versions(pairs: Sequence[Pair], opened: OpenCase, values: dict[str, Any]) -> int:
    """Say what changed from each old version to the new one; raises UsageFault for options of a review."""
    for name, option in _TOGETHER.items():
        if values[name]:
            raise UsageFault(
                "compared",
                f"Two papers of one kind are compared, and {option} is about a review.",
                hint="Add --each to review the two, or name one paper.",
            )
    with progress() as tell:
        tell(Doing("Comparing"))
        found = [
            compare(
                one.old.paper,
                one.new.paper,
                old_ground=one.held_old.ground if one.held_old else None,
                new_ground=one.held_new.ground if one.held_new else None,
            )
            for one in pairs
        ]
    held = next((held for one in pairs for held in (one.held_new, one.held_old) if held), None)
    chosen = values["ui_language"]
    language = language_of(opened, held.ground, chosen) if held else opened.reads(chosen)
    if values["as_json"]:
        data = [comparison_data(one, language=language) for one in found]
        same = all(one["same"] for one in data)
        print_json(data[0] if len(data) == 1 else {"compared": 1, "same": same, "papers": data})
        return 0
    say = Say(language)
    for number, (pair, comparison) in enumerate(zip(pairs, found, strict=True)):
        if number:
            say("")
        _show(pair, comparison, say)
    return 0


def _show(pair: Pair, comparison: Comparison, say: Say) -> None:
    """Print one comparison: how much differs, then each difference in its group."""
    old, new = str(pair.old.path), str(pair.new.path)
    if not comparison.differences:
        say(said("{new} says the same as {old}.", new=new, old=old), style="bold")
        return
    say(
        counted(
            len(comparison.differences),
            "From {old} to {new}: 1 difference.",
            "From {old} to {new}: {number} differences.",
            old=old,
            new=new,
        ),
        style="bold",
    )
    if pair.held_old is None or pair.held_new is None:
        say(said("Only the words are compared: of one of them, no facts are at hand."))
    group = None
    places = Places(comparison.old), Places(comparison.new)
    for one in comparison.differences:
        if one.group != group:
            group = one.group
            say("")
            say(said(_GROUPS[group]), style="bold")
        _show_difference(one, places, say)


def _show_difference(one: Difference, places: tuple[Places, Places], say: Say) -> None:
    """Print one difference: of what, where, and the words unless they were told already."""
    place = _place(one.new, places[1]) if one.new else _place(one.old, places[0])
    say(
        said("{message} In: {place}", message=one.message, place=place) if place else one.message, lead=INDENT
    )
    if one.before in one.message and one.after in one.message:
        return
    was, now = turned(one.before, one.after) if one.before and one.after else (None, None)
    if one.before:
        say(was or marked(one.before, 0, 0), lead=f"{INDENT * 2}{spoken(said('Was:'), say.language)} ")
    if one.after:
        say(now or marked(one.after, 0, 0), lead=f"{INDENT * 2}{spoken(said('Now:'), say.language)} ")


def _place(place: Place | None, places: Places) -> Said | None:
    if place is None:
        return None
    where = places.of(place.line)
    return said('"{heading}", {place}', heading=place.heading, place=where) if place.heading else where


def _kind(draft: Draft, held: Held | None) -> str:
    return kind_of(draft.paper, held.ground if held else Ground(facts={}, evidence={}, bases={}))[0]
