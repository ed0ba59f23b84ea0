"""``poa weekly --since-notice``: how the rate went since Amazon's notice, as an annex of a letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from poa.account import Account
    from poa.cli.case.folder import OpenCase
    from poa.doing import Tell
    from poa.made import WeekPapers


def since_notice(values: dict[str, Any]) -> None:
    """Write the annex; UsageFault where nobody says when the notice came."""
    from poa.cli.appeal import check_out
    from poa.cli.asking import answered
    from poa.cli.case.folder import open_case
    from poa.cli.options import open_account
    from poa.cli.saving import save
    from poa.cli.weekly.told import said_out
    from poa.errors import UsageFault

    opened = open_case(values["case_folder"])
    mark = opened.case.notice.date
    if mark is None:
        raise UsageFault(
            "no_notice_day",
            "Nobody says on which day Amazon's notice came.",
            hint="Write it as date under [notice] in the case file, and name its folder with --case.",
        )
    if values["out"] is not None:
        check_out(values)
    made = answered(
        open_account(opened, values), lambda account, tell: _made(account, opened, values, tell=tell)
    )
    out = values["out"] or Path(f"poa-since-{mark.isoformat()}")
    kept = save(made.files, out, replace=values["overwrite"])
    said_out("since-notice", made, out, kept=kept, opened=opened, values=values)


def _made(account: Account, opened: OpenCase, values: dict[str, Any], *, tell: Tell) -> WeekPapers:
    from poa.account.weeks import open_weeks, since
    from poa.build.since import since_papers
    from poa.cli.weekly.pages import week_of_papers
    from poa.cli.weekly.running import told_weeks

    weeks = open_weeks(account, tell=tell)
    one = told_weeks(
        weeks, opened, {**values, "week_name": values["week_name"] or weeks.latest_week}, tell=tell
    )[-1]
    mark = opened.case.notice.date
    if mark is None:
        raise ValueError(mark)
    return since_papers(week_of_papers(one, opened, values), since(weeks, one.seen, mark))
