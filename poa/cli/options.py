"""The options that the commands share, declared once, and the account that they describe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from poa.errors import UsageFault
from poa.languages import SPOKEN

if TYPE_CHECKING:
    from poa.account import Account
    from poa.cli.case.folder import OpenCase

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day, as ``2026-10-31``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or click's own complaint."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no day; write it as 2026-10-31.", param, ctx)


class _Instant(click.ParamType[datetime]):
    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            stamp = datetime.fromisoformat(value)
            if stamp.tzinfo is None:
                self.fail(f"'{value}' has no offset; add one, such as -07:00 or Z.", param, ctx)
            return stamp.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"'{value}' is no instant; write it as 2026-10-31T18:00:00-07:00.", param, ctx)


_FILE = click.Path(path_type=Path)

_ACCOUNT = (
    click.argument("reports", metavar="REPORT...", nargs=-1, type=_FILE),
    click.option(
        "--suppliers",
        metavar="FILE",
        multiple=True,
        type=_FILE,
        help="Which supplier makes which SKU (CSV or workbook).",
    ),
    click.option(
        "--performance", metavar="FILE", type=_FILE, help="Amazon's seller performance report (V2 JSON)."
    ),
    click.option(
        "--orders",
        metavar="N",
        type=click.IntRange(min=1),
        help="Orders of the 30 days, where no file lists them.",
    ),
    click.option(
        "--orders-10", metavar="N", type=click.IntRange(min=1), help="Orders of the 10 days, likewise."
    ),
    click.option("--complete", is_flag=True, help="The report lists every order, not only late ones."),
    click.option("--marketplace", metavar="CODE", help="US, UK, DE, JP ...  [default: the case's, else US]"),
    click.option(
        "--as-of", metavar="DATE", type=Day(), help="Last day of the windows.  [default: last day covered]"
    ),
    click.option(
        "--now", metavar="INSTANT", type=_Instant(), help="Judges open orders.  [default: latest stamp]"
    ),
    click.option(
        "--window-by",
        type=click.Choice(["ship-by", "purchase", "confirm"]),
        help="Which date puts an order into a window.  [default: ship-by]",
    ),
    click.option(
        "--map",
        "mappings",
        metavar="FILE",
        multiple=True,
        type=_FILE,
        help="Which column is which, in a file poa does not know.",
    ),
    click.option(
        "--origin", metavar="CODE", help="Country the goods come from, such as CN, for its holidays."
    ),
    click.option(
        "--own-warehouse",
        metavar="NAME",
        multiple=True,
        help="A supplier's name that is your own stock.",
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of the files, where they are not UTF-8."),
    click.option(
        "--case",
        "case_folder",
        metavar="FOLDER",
        type=_FILE,
        help="Your case folder; without REPORT, its inputs are read.",
    ),
    click.option("--strict", is_flag=True, help="Refuse the run when any row is refused."),
    click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors."),
    click.option("--debug", is_flag=True, help="Show the traceback of a fault."),
)
_AS_GIVEN = {
    *("as_of", "now", "window_by", "orders", "orders_10"),
    *("encoding", "complete", "strict", "part_rows"),
}

ui_language_option = click.option(
    "--ui-lang",
    "ui_language",
    type=click.Choice(SPOKEN),
    help="Language of terminal and cover.  [default: the case's, else en]",
)


paper_language_option = click.option(
    "--lang", "language", metavar="CODE", default="en", show_default=True, help="Language of the papers."
)
pack_option = click.option(
    "--pack",
    "pack_folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Your own templates, laid over the built-in ones; or a pack that comes with poa: 8d.",
)


def account_options(command: _Command) -> _Command:
    """The files of an account and how to read them."""
    for option in reversed(_ACCOUNT):
        command = option(command)
    return command


def open_account(opened: OpenCase, values: dict[str, Any]) -> Account:
    """The account that the options describe, its files read; the case may name the marketplace.

    Without reports, those in the case's folder are taken; UsageFault where there are none.
    """
    from poa.account import Account
    from poa.files import open_input, open_inputs

    def one(path: Path | None) -> Any:
        return open_input(path) if path else None

    case = opened.case
    reports = values["reports"] or opened.inputs
    if not reports:
        raise UsageFault(
            "usage",
            "Missing argument 'REPORT...'."
            if opened.root is None
            else f"There is no report in {opened.root / 'inputs'}.",
            hint=f"'{click.get_current_context().command_path} --help' shows the way."
            if opened.root is None
            else "Put the account's reports there, or name them in the command.",
        )
    return Account(
        reports=tuple(file for path in reports for file in open_inputs(path)),
        suppliers=tuple(file for path in values["suppliers"] for file in open_inputs(path)),
        performance=one(values["performance"]),
        mappings=tuple(one(path) for path in (*values["mappings"], *opened.mappings)),
        marketplace=values["marketplace"] or case.seller.marketplace or None,
        letter_date=case.letter_date,
        origin=values["origin"] or case.seller.origin or None,
        own_warehouse=(*values["own_warehouse"], *case.seller.own_warehouse),
        **{name: values[name] for name in _AS_GIVEN & values.keys()},
    )
