"""The pages of the weeks told, and how they lie in their folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from poa.doing import Doing
from poa.errors import UsageFault

if TYPE_CHECKING:
    from poa.account.weeks import Told
    from poa.build.weekly import Week
    from poa.cli.ahead import Maker
    from poa.cli.case.folder import OpenCase
    from poa.doing import Tell
    from poa.facts.weekly import Charted
    from poa.made import WeekPapers


def pages(
    done: Sequence[Told], opened: OpenCase, values: dict[str, Any], *, papers: Maker, tell: Tell
) -> dict[str, WeekPapers]:
    """The files of each week, by its name; with an audience, those that one supplier may read."""
    from poa.facts.waiting import TOLD, most_urgent

    audience = values["audience"]
    found = {}
    for one in done:
        if audience is None:
            weekly = replace(one.weekly, waiting=most_urgent(one.weekly.waiting, TOLD))
            shown = {"weekly": weekly, "images": one.images}
            told = parts_of(one, opened, values) | shown
            found[one.weekly.week] = papers.made(papers_of, told, tell=tell)
        else:
            from poa.account.late_orders import late_orders
            from poa.build.supplier_week import supplier_week

            rows = late_orders(one.seen.joined, one.seen.facts)
            found[one.weekly.week] = supplier_week(week_of_papers(one, opened, values), audience, rows)
    return found


def audience_of(told: str | None) -> str | None:
    """The supplier that ``supplier:NAME`` names; UsageFault for any other audience."""
    if told is None:
        return None
    kind, mark, name = told.partition(":")
    if kind.strip().casefold() != "supplier" or not mark or not name.strip():
        raise UsageFault(
            "bad_audience",
            f"'{told}' is no audience.",
            hint='Write --audience "supplier:NAME" with its name in the files.',
        )
    return name.strip()


def drawn(charted: Charted, *, tell: Tell) -> dict[str, bytes]:
    """The charts of a week, wherever they are made."""
    from poa.build.weekly import charts_of

    tell(Doing("Drawing"))
    return charts_of(charted)


def papers_of(told: dict[str, Any], *, tell: Tell) -> WeekPapers:
    """The papers of a week by its parts, wherever they are made."""
    from poa.build.weekly import weekly_papers

    return weekly_papers(_week(told), tell=tell)


def week_of_papers(one: Told, opened: OpenCase, values: dict[str, Any]) -> Week:
    """What the papers of a told week are made of."""
    return _week(parts_of(one, opened, values))


def _week(told: dict[str, Any]) -> Week:
    """A week by its parts; no pack is the built-in one."""
    from poa.build.weekly import Week
    from poa.cli.pack_folders import built_in

    return Week(**{**told, "pack": told["pack"] or built_in()})


def parts_of(one: Told, opened: OpenCase, values: dict[str, Any]) -> dict[str, Any]:
    """What the papers of a told week are made of, by the names of :class:`poa.build.weekly.Week`."""
    from poa.cli.appeal import formats_of
    from poa.cli.pack_folders import open_packs

    folder = values["pack_folder"]
    return {
        "facts": one.seen.facts,
        "weekly": one.weekly,
        "case": opened.case,
        "case_file": (opened.name, opened.data),
        "pack": values.get("pack") or (open_packs(folder) if folder else None),
        "history": opened.root is not None,
        "language": values["language"],
        "formats": formats_of(values["formats"]),
    }


def laid_out(made: Mapping[str, WeekPapers]) -> dict[str, bytes]:
    """The files as they lie in the folder: of one week in it, of several in a folder for each."""
    if len(made) == 1:
        return dict(next(iter(made.values())).files)
    return {f"{week}/{name}": data for week, papers in made.items() for name, data in papers.files.items()}
