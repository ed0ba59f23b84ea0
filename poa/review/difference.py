"""What a comparison of two versions of a paper finds: one difference, where it stands, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from poa.paper import Paper
from poa.words import Said, said

Group: TypeAlias = Literal["facts", "causes", "actions", "evidence", "wording"]
GROUPS: tuple[Group, ...] = ("facts", "causes", "actions", "evidence", "wording")
What: TypeAlias = Literal["added", "gone", "reworded", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: ``line`` is its position in the paper, ``paragraph`` as ``facts.json`` counts."""

    line: int
    heading: str | None
    paragraph: int
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not as it was. ``name`` says of what, ``before`` and ``after`` are as it stood and stands.

    A value that is another one is ``changed``, a text ``reworded``. ``old`` and ``new`` are the places in the
    two papers, None where it stands in none.
    """

    group: Group
    what: What
    name: str
    before: str = ""
    after: str = ""
    old: Place | None = None
    new: Place | None = None

    @property
    def message(self) -> Said:
        """The difference in one sentence, without the words of a text: those stand in ``before`` and ``after``."""
        match self.what:
            case "added":
                return said("{name}: added.", name=self.name)
            case "gone":
                return said("{name}: gone.", name=self.name)
            case "reworded":
                return said("{name}: worded otherwise.", name=self.name)
            case "changed" if self.group == "facts" and self.new is not None:
                return said("{name}: other figures.", name=self.name)
            case "changed":
                return said(
                    "{name}: {before}, now {after}.",
                    name=self.name,
                    before=self.before or _NOTHING,
                    after=self.after or _NOTHING,
                )


def differing(group: Group, name: str, before: str, after: str, *, text: bool = False) -> list[Difference]:
    """A value or text that was, that is, or both: nothing where they are the same."""
    if before == after:
        return []
    what: What = "added" if not before else "gone" if not after else "reworded" if text else "changed"
    return [Difference(group=group, what=what, name=name, before=before, after=after)]


def place_of(paper: Paper, line: int) -> Place:
    """The place of a line."""
    one = paper.lines[line]
    return Place(line=line, heading=paper.heading(line), paragraph=one.paragraph, page=one.page)


_NOTHING = said("nothing")
