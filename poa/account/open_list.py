"""The open orders of an account one by one: what waits, who makes it, whether its tracking number is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from poa.account import counted_facts, joined_of
from poa.account.counted import counted
from poa.account.joined import Account, Joined
from poa.account.laid_over import keyed_like
from poa.account.listing import late_lists, listing
from poa.account.standing_out import coarse_clocks
from poa.analysis.other_rates import says_yes
from poa.analysis.rates import Counting
from poa.analysis.waiting import waiting, waiting_at
from poa.characters import shown_name_of_order
from poa.doing import Tell
from poa.facts import Facts
from poa.facts.waiting import Waiting
from poa.orders import NOT_STATED, SEVERAL, Mask
from poa.policy import auto_cancel_rule

# Why there is no rate, where it is because the files do not hold every order.
_MORE_ORDERS = {"some_orders", "late_orders_only", "unlisted_late_orders"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenList:
    """The facts of an account and its open orders.

    ``lines`` has, by order id, the SKU and the supplier of each line of the orders of several suppliers;
    ``asked_to_cancel`` are those of which a row says that the buyer asked for it;
    ``lists_all`` is false where there may be more open orders than these files tell.
    """

    facts: Facts
    waiting: Waiting
    lines: Mapping[str, tuple[tuple[str, str], ...]]
    asked_to_cancel: frozenset[str]
    lists_all: bool


def open_list(account: Account, *, tell: Tell) -> OpenList:
    """Read, join and count an account, and judge its open orders at ``account.now``, else at its latest stamp.

    Raises what :func:`poa.account.facts_of` raises.
    """
    joined = joined_of(account, tell=tell, tracking=True)
    found = counted(account, joined)
    facts = counted_facts(account, joined, found)
    return OpenList(
        facts=facts,
        waiting=waiting_of(joined, found.counting, now=found.now),
        lines=_lines_of_several(joined),
        asked_to_cancel=_asked_to_cancel(joined),
        lists_all=_lists_of_open(joined)
        or (_lists_all_with_state(joined) and facts.no_rate not in _MORE_ORDERS),
    )


def waiting_of(joined: Joined, counting: Counting, *, now: datetime) -> Waiting:
    """The open orders of a joined account at a moment; tracking numbers count where it was joined with them."""
    return waiting(
        counting,
        rows=joined.apart.pooled.rows,
        now=now,
        cancel=auto_cancel_rule(joined.store.code),
        tracking=tracked(joined),
        coarse=coarse_clocks(joined),
        lists_open=lists_open(joined),
    )


def lists_open(joined: Joined) -> bool:
    """Whether the files can tell of open orders at all: a list of late ones alone cannot."""
    return _lists_of_open(joined) or _lists_all_with_state(joined) or len(waiting_at(joined.orders)) > 0


def _lists_of_open(joined: Joined) -> bool:
    """Whether a file lists the open orders, as the unshipped report does."""
    reports = joined.gathered.reports("orders")
    return any(report.report.lists == "open_orders" and not report.goes_on for report in reports)


def _lists_all_with_state(joined: Joined) -> bool:
    """Whether a file lists every order and says which are shipped; most orders of a list of late ones are late."""
    reports = joined.gathered.reports("orders")
    late = late_lists(reports)
    return any(
        {"ship_confirmed", "status"} & set(report.columns)
        for report in listing(reports)
        if report.complete or not any(report is one for one in late)
    )


def tracked(joined: Joined) -> Mask | None:
    """Of which orders of the table a file holds a tracking number; None where no file has such a column."""
    sides = joined.gathered.reports("supplier", "upload", "packages")
    frames = [joined.apart.pooled.rows, *(keyed_like(side.rows, joined.pooled.ids) for side in sides)]
    told = [frame for frame in frames if "tracking_number" in frame and "key" in frame]
    if not told:
        return None
    keys = [frame["key"][frame["tracking_number"].fillna("").str.strip() != ""] for frame in told]
    return joined.orders.table["key"].isin(pd.concat(keys)).to_numpy()


def _lines_of_several(joined: Joined) -> dict[str, tuple[tuple[str, str], ...]]:
    """SKU and supplier of each line, of the open orders whose lines have several suppliers."""
    table = joined.orders.table.iloc[waiting_at(joined.orders)]
    keys = table["key"][(table["supplier"] == SEVERAL).to_numpy()]
    rows = joined.apart.pooled.rows
    mine = rows.loc[rows["key"].isin(keys).to_numpy(), ["key", "sku", "supplier"]]
    found: dict[int, dict[tuple[str, str], None]] = {}
    for key, sku, supplier in zip(*(mine[name].tolist() for name in mine), strict=True):
        found.setdefault(key, {})[str(sku or NOT_STATED), str(supplier or NOT_STATED)] = None
    return {shown_name_of_order(joined.orders.order_id(key)): tuple(lines) for key, lines in found.items()}


def _asked_to_cancel(joined: Joined) -> frozenset[str]:
    """The ids of the open orders that their buyers asked to cancel."""
    rows = joined.apart.pooled.rows
    if "buyer_cancelled" not in rows:
        return frozenset()
    waits = set(joined.orders.table["key"].iloc[waiting_at(joined.orders)].tolist())
    asked = set(rows["key"][says_yes(rows["buyer_cancelled"])].tolist()) & waits
    return frozenset(shown_name_of_order(joined.orders.order_id(key)) for key in asked)
