"""What ``poa weekly`` does: read once, tell each week, write its page, keep the history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poa.errors import UsageFault

if TYPE_CHECKING:
    from poa.account import Account
    from poa.account.weeks import AccountWeeks, Draw, Told
    from poa.analysis.windows import Window
    from poa.cli.ahead import Ahead, Maker
    from poa.cli.case.folder import OpenCase
    from poa.doing import Tell
    from poa.facts.history import WeekRecord
    from poa.made import WeekPapers

_MOST_WEEKS = 106  # of one run: two years


def run(values: dict[str, Any], papers: Maker) -> None:
    """Read the account's files, write the pages, and say what was told."""
    from poa.cli.appeal import check_out, formats_of
    from poa.cli.asking import answered
    from poa.cli.case.folder import open_case
    from poa.cli.options import open_account
    from poa.cli.pack_folders import open_packs
    from poa.cli.saving import say_kept
    from poa.cli.terminal import print_json
    from poa.cli.weekly.pages import audience_of, laid_out
    from poa.cli.weekly.told import said_out, show

    opened = open_case(values["case_folder"])
    if values["out"] is not None:
        check_out(values)
    formats_of(values["formats"])
    if values["pack_folder"] is not None:  # the built-in one is opened where papers are made of it
        values["pack"] = open_packs(values["pack_folder"])
    values["audience"] = audience_of(values["audience"])
    account = open_account(opened, values)
    done, made, out, kept = answered(
        account, lambda one, tell: write_weeks(one, opened, values, papers=papers, tell=tell)
    )
    if values["audience"] is not None:
        said_out("supplier-week", made[done[-1].weekly.week], out, kept=kept, opened=opened, values=values)
    elif values["as_json"]:
        from poa.facts import plain_data, summary_data

        print_json(
            {
                "out": str(out),
                "weeks": [{**summary_data(one.seen.facts), "weekly": plain_data(one.weekly)} for one in done],
                "files": sorted(laid_out(made)),
                "kept": list(kept),
            }
        )
    else:
        show(done, out, made, language=opened.reads(values["ui_language"]))
        say_kept(kept, out)


def write_weeks(
    account: Account, opened: OpenCase, values: dict[str, Any], *, papers: Maker, tell: Tell
) -> tuple[tuple[Told, ...], dict[str, WeekPapers], Path, tuple[str, ...]]:
    """Read, tell each week, write its page, then the history: a page that could not be written is not told."""
    from poa.account.weeks import open_weeks
    from poa.cli.saving import save
    from poa.cli.weekly.history import keep_history
    from poa.cli.weekly.pages import drawn, laid_out, pages

    weeks = open_weeks(account, tell=papers.beside(tell))
    done = told_weeks(
        weeks, opened, values, tell=tell, draw=lambda told: papers.begun(drawn, told, tell=tell)
    )
    made = pages(done, opened, values, papers=papers, tell=tell)
    out = values["out"] or default_folder(opened, [one.weekly.week for one in done])
    kept = save(laid_out(made), out, replace=values["overwrite"], staging=values.get("staging"))
    keep_history(opened.root, {week: record for one in done for week, record in one.fresh.items()})
    return done, made, out, kept


def ahead_of(values: dict[str, Any]) -> Ahead | None:
    """What to have ready for the page while its files are being read; a page for one supplier is made right here."""
    from poa.cli.ahead import Ahead

    if values["audience"] is not None:
        return None
    documents = ("weekly-summary", "weekly-charts")
    return Ahead(language=values["language"], documents=documents, room="poa.build.weekly")


def told_weeks(
    weeks: AccountWeeks, opened: OpenCase, values: dict[str, Any], *, tell: Tell, draw: Draw | None = None
) -> tuple[Told, ...]:
    """Each week as its own end knew it, the earlier ones in the history of the later; its charts are drawn by ``draw``."""
    from poa.account.weeks import Promised, tell_week
    from poa.cli.weekly.history import read_history

    records: dict[str, WeekRecord] = read_history(opened.root)
    promised = Promised(
        case=opened.case, evidence=frozenset(opened.evidence), history=opened.root is not None
    )
    told = []
    for week in chosen_weeks(weeks, values["week_name"]):
        one = tell_week(weeks, week, promised=promised, records=records, tell=tell, draw=draw)
        records |= one.fresh
        told.append(one)
    return tuple(told)


def chosen_weeks(weeks: AccountWeeks, name: str | None) -> Iterator[Window]:
    """The week, or the weeks from one to another; UsageFault for none that the rows tell of."""
    from poa.analysis.weeks import iso_week, weeks_between

    if name is None:
        yield weeks.newest
        return
    first, between, last = name.partition("..")
    start, end = weeks.chosen(first), weeks.chosen(last) if between else weeks.chosen(first)
    span = weeks_between(start.first, end.last)
    if not span:
        raise UsageFault("bad_week", f"{last} is before {first}.", hint="Write the earlier week first.")
    if len(span) > 1 and (weeks.account.orders or weeks.account.orders_10):
        raise UsageFault(
            "usage",
            "--orders is the number of one week's windows and cannot be that of several.",
            hint="Run poa once for each week.",
        )
    if len(span) > _MOST_WEEKS:
        raise UsageFault(
            "too_many_weeks",
            f"{iso_week(start.first)} to {iso_week(end.first)} are {len(span)} weeks; one run writes at most {_MOST_WEEKS}.",
        )
    yield from span


def default_folder(opened: OpenCase, weeks: list[str]) -> Path:
    """Where pages go where nobody says: named after seller and week."""
    from poa.files import safe_name

    seller = opened.case.seller.name
    name = weeks[0] if len(weeks) == 1 else f"{weeks[0]}-to-{weeks[-1]}"
    return Path(f"poa-{safe_name(seller) if seller else 'weekly'}-{name}")
