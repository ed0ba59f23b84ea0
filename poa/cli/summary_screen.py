"""The numbers of an account on the terminal: rates, what stands out, and what each file was taken for and can prove."""

from __future__ import annotations

from collections.abc import Iterator

from poa.account.assumptions import tells_of_missing_days
from poa.cli.course import show_course, show_verdict
from poa.cli.groups import show_groups
from poa.cli.standing import show_standing, shown
from poa.cli.terminal import Cell, Screen, section
from poa.facts import Facts, OtherRate, Rate, Share, SourceFile, StatedRate
from poa.rounding import percent, pointed
from poa.words import counted, said, strung

_ADD = {
    "lists": "Add a report that lists every order (All Orders, or the orders report), Amazon's performance report (V2), or --orders N. Where your own list holds every order, say so with --complete.",
    "late": "Add the Late Shipment Report of Account Health, or a list of every order with its confirmation.",
}
_WHY_NOT = {
    "": "No rate: it takes orders of these days.",
    "no_confirmations": "No rate: no file says when orders were confirmed. {late}",
    "some_orders": "No rate: these files tell of some orders only, so there may be more late ones. {late}",
    "late_orders_only": "No rate: nothing says how many orders there were. {lists}",
    "unlisted_late_orders": "No rate: late orders are missing in the list of every order. Add a list that covers all days.",
    "refused_late_rows": "No rate: late orders are among the rows that could not be used. Mend them, or download again.",
    "unknown_confirmations": "No rate: of some orders no file says whether they were confirmed in time. {late}",
}
_SAYS = {
    "title": "Late shipment rate, {store}, as of {day}",
    "no_supplier": "No supplier is known. It takes a list with the columns sku and supplier beside the report.",
    "one_overdue": "{number} order is past its ship-by time and not confirmed; it is not in the rate yet.",
    "overdue": "{number} orders are past their ship-by time and not confirmed; they are not in the rate yet.",
    "least": "Once those of the {days} days are confirmed, their rate is at least {rate}.",
    "refused": "{refused} of {rows} rows could not be used; they are listed below.",
    "missing": "{rate}: not in these files; it takes {file}",
    "stated": "Amazon: {late} from {first} to {last}.",
    "stated_status": "Amazon: {late} from {first} to {last}, status {status}.",
    "danger": "{order}, due {due}, may be cancelled by Amazon after {day}",
    "more_danger": "{number} more; --json lists the first 50",
    "more_problems": "... and {number} more; --json lists every one.",
}
_ASIDE = {
    "amazon_fulfilled": "{orders} shipped by Amazon (FBA)",
    "cancelled": "{orders} cancelled",
    "other_store": "{orders} of {store}",
}
_WINDOWS = (said("Window"), said("From"), said("To"), said("Late / orders"), said("Rate"), said("95% range"))
_PROBLEMS_SHOWN = 10
_ORDERS_SHOWN = 10
_RATES = {
    "cancellation_rate": "Cancellation rate",
    "valid_tracking_rate": "Valid tracking rate",
    "on_time_delivery_rate": "On-time delivery rate",
}
_CLOCKS = {
    "ship_confirmation": "{late} of {told} orders confirmed after the ship-by time (Amazon's clock)",
    "carrier_scan": "{late} of {told} orders first scanned by the carrier after the ship-by time (the hand-over)",
    "delivery": "{late} of {told} orders delivered after the deliver-by time",
}
_OF = {
    "orders": "{count} of {of} orders",
    "packages": "{count} of {of} packages",
    "units": "{count} of {of} units",
}


def show(facts: Facts, out: Screen) -> None:
    """Print the facts: rates, suppliers, what else the files tell, problems, assumptions."""
    title = said(_SAYS["title"], store=facts.marketplace_name, day=str(facts.as_of.value))
    out.say(title, style="bold")
    _show_rates(facts, out)
    show_verdict(facts, out)
    out.say(*_remarks(facts))
    out.print()
    if facts.attribution is None:
        _show_counts(facts, out)
    show_standing(facts, out)
    show_course(facts, out)
    show_groups(facts, out)
    _show_beside(facts, out)
    _show_sources(facts, out)


def _show_counts(facts: Facts, out: Screen) -> None:
    """Late orders by supplier, where nothing says how many orders each had."""
    out.say(said("Where the late orders are (a count, not a cause)"), style="bold")
    if facts.late_by_supplier.known:
        _show_suppliers(facts, out)
    elif facts.late_shipment_rate[0].late.value is None:
        out.say(said("Not known: no file says which orders were late."))
    else:
        out.say(said(_SAYS["no_supplier"]))
    out.print()


def _show_rates(facts: Facts, out: Screen) -> None:
    rows = [
        _rate_row(rate)
        for rate in facts.late_shipment_rate
        if rate.window_days is not None or not facts.confirmations_inferred
    ]
    target = float(facts.late_shipment_rate[0].target.value or 0)
    out.table((*_WINDOWS, f"< {target:.0%}"), rows, right=(1, 2, 3, 4, 5))


def _rate_row(rate: Rate) -> tuple[Cell, ...]:
    name = said("all days") if rate.window_days is None else said("{number} days", number=rate.window_days)
    late = rate.late.value
    if late is not None and not rate.all_late_known:
        late = said("{number}+", number=late)
    count = _late_of_all(late, rate.orders.value)
    days = (str(rate.from_.value), str(rate.to.value))
    if rate.meets_target is None:
        return (name, *days, count, "-", "-", "-")
    target = float(rate.target.value or 0)
    verdict = (said("met"), "green") if rate.meets_target else (said("missed"), "bold red")
    low, high = (pointed(f"{float(one.value or 0):.1%}") for one in (rate.low, rate.high))
    return (
        name,
        *days,
        count,
        said("few") if rate.few else pointed(percent(float(rate.rate.value or 0), against=target)),
        "-" if rate.few else said("{low}-{high}", low=low, high=high),
        verdict if rate.window_days is not None else "",
    )


def _late_of_all(late: object, orders: object) -> str:
    late, orders = ("?" if one is None else one for one in (late, orders))
    return said("{late} / {orders}", late=late, orders=orders)


def _remarks(facts: Facts) -> Iterator[str]:
    longest = facts.late_shipment_rate[0]
    if longest.rate.value is None and longest.orders.value is None:
        yield said(_WHY_NOT[facts.no_rate], lists=said(_ADD["lists"]), late=said(_ADD["late"]))
    overdue = facts.unconfirmed_past_due.rows.orders
    if overdue:
        yield counted(overdue, _SAYS["one_overdue"], _SAYS["overdue"])
        if longest.unconfirmed.value and longest.at_least.value is not None and not longest.few:
            least = percent(float(longest.at_least.value), against=float(longest.target.value or 0))
            yield said(_SAYS["least"], days=longest.window_days, rate=pointed(least))
    if facts.rows_refused.value:
        yield said(_SAYS["refused"], refused=facts.rows_refused.value, rows=facts.rows_read.value)
    yield from (one for one in facts.source.assumptions if tells_of_missing_days(one))
    if any(rate.few and rate.rate.value is not None for rate in facts.late_shipment_rate):
        yield said("few: under 20 orders, where a percentage would mislead.")


def _show_suppliers(facts: Facts, out: Screen) -> None:
    found = facts.late_by_supplier
    rows = [_supplier_row(share, shown(share.name.value)) for share in found.top]
    if found.rest:
        name = said("{number} others together", number=found.rest_count.value)
        rows.append(_supplier_row(found.rest, name))
    first = said("Supplier ({days} days)", days=found.window_days)
    header = (first, said("Late / orders"), said("Rate"), said("Of orders"), said("Of late"))
    out.table(header, rows, right=(1, 2, 3, 4))


def _supplier_row(share: Share, name: str) -> tuple[str, ...]:
    def told(value: object) -> str:
        return "-" if value is None else pointed(f"{float(str(value)):.1%}")

    return (
        name,
        _late_of_all(share.late.value, share.orders.value),
        said("few") if share.few else told(share.rate.value),
        told(share.share_of_orders.value),
        told(share.share_of_late.value),
    )


def _show_beside(facts: Facts, out: Screen) -> None:
    """Print each part that the files tell something of."""
    stated = (strung("{one} {other}", _stated(one)) for one in facts.stated_by_amazon)
    section(out, said("Beside Amazon's own figures"), stated)
    clocks = facts.clocks if len(facts.clocks) > 1 else ()
    told = (said(_CLOCKS[one.name], late=one.late.value, told=one.told.value) for one in clocks)
    section(out, said("By clock, last {days} days", days=facts.late_shipment_rate[0].window_days), told)
    section(out, said("Not in the rate"), _set_aside(facts))
    section(out, said("Late and not confirmed"), _in_danger(facts))
    needed = ((said(_RATES[one.metric]), one.gives) for one in facts.other_rates_missing)
    missing = (said(_SAYS["missing"], rate=rate, file=file) for rate, file in needed)
    section(out, said("Other rates"), [*map(_other, facts.other_rates), *missing])


def _stated(stated: StatedRate) -> Iterator[str]:
    days = {"first": str(stated.from_.value), "last": str(stated.to.value), "status": stated.status}
    late = _late_of(stated.late.value, stated.orders.value)
    yield said(_SAYS["stated_status" if stated.status else "stated"], late=late, **days)
    if stated.own_late is None or stated.own_orders is None:
        return
    yield said("These files: {late}.", late=_late_of(stated.own_late.value, stated.own_orders.value))
    same = stated.orders.value is None or stated.own_orders.value in {None, stated.orders.value}
    if same and stated.own_late.value == stated.late.value:
        yield said("They agree.")
        return
    reasons = strung("{one}; {other}", stated.gap) or said("nothing in the files explains it")
    yield said("Why they differ: {reasons}.", reasons=reasons)


def _late_of(late: object, orders: object) -> str:
    if orders is None:
        return said("{number} late", number=late)
    return said("{late} late of {orders} orders", late=late, orders=orders)


def _set_aside(facts: Facts) -> Iterator[str]:
    for one in facts.set_aside:
        orders = counted(int(str(one.orders.value)), "{number} order", "{number} orders")
        yield said(_ASIDE[one.kind], orders=orders, store=one.name)


def _in_danger(facts: Facts) -> Iterator[str]:
    """Orders past their ship-by time, those first that Amazon would cancel first."""
    waiting = sorted(facts.past_due, key=lambda order: (order.cancelled_after, order.order_id))
    for order in waiting[:_ORDERS_SHOWN]:
        yield said(_SAYS["danger"], order=order.order_id, due=order.due, day=order.cancelled_after)
    if (more := facts.unconfirmed_past_due.rows.orders - _ORDERS_SHOWN) > 0:
        yield said(_SAYS["more_danger"], number=more)
    if waiting:
        yield said("Amazon cancels an order that is not confirmed {when}.", when=facts.auto_cancel)


def _other(rate: OtherRate) -> str:
    target = float(rate.target.value or 0)
    verdict = {True: said("met"), False: said("missed"), None: ""}[rate.meets_target]
    share = rate.rate.value
    value = said("none") if share is None else pointed(percent(float(share), against=target))
    under = rate.condition == "less_than"
    goal = pointed(f"{target:.1%}") if under else f"{target:.0%}"
    asked = said("target under {target}" if under else "target {target} or more", target=goal)
    counts = said(_OF[rate.unit], count=rate.count.value, of=rate.of.value)
    status = said("status {status}", status=rate.status) if rate.status else verdict
    judged = (strung("{one}, {other}", (counts, value, asked)), status, rate.remark)
    days = said("all days of the file")
    if rate.from_ is not None and rate.to is not None:
        days = said("{first} to {last}", first=str(rate.from_.value), last=str(rate.to.value))
    told = strung("{one}; {other}", filter(None, judged))
    return said("{rate}, {days}: {told}", rate=said(_RATES[rate.metric]), days=days, told=told)


def _show_sources(facts: Facts, out: Screen) -> None:
    out.say(said("Files"), style="bold")
    rows = []
    for file in facts.source.files:
        numbers = (file.rows_read, file.rows_used, file.rows_refused)
        told = (said("{number}", number=number) for number in numbers)
        rows.append((file.name, file.report, file.encoding, *told))
    header = (said("File"), said("Read as"), said("Encoding"), said("Rows"), said("Used"), said("Refused"))
    out.table(header, rows, right=(3, 4, 5))
    for file in facts.source.files:
        out.say(said("{file}: {what}", file=file.name, what=_proves(file)))
        if file.columns:
            taken = (f"{ours} = '{theirs}'" for ours, theirs in file.columns.items())
            out.say(said("by {columns}", columns=strung("{one}, {other}", taken)), style="dim", lead="  ")
    _show_problems(facts, out)
    out.print()
    out.say(said("Assumed"), style="bold")
    out.say(*facts.source.assumptions, lead="- ")


def _proves(file: SourceFile) -> str:
    """What a file is, and what it has and has not."""
    parts = [file.title]
    if file.has:
        parts.append(said("has {list}", list=strung("{one}, {other}", file.has)))
    if file.lacks:
        parts.append(strung("{one}, {other}", file.lacks))
    return strung("{one}; {other}", parts)


def _show_problems(facts: Facts, out: Screen) -> None:
    problems = facts.source.problems
    if not problems:
        return
    out.print()
    out.say(said("Rows that need a look"), style="bold")
    rows = [
        (
            row.file if row.line is None else f"{row.file}:{row.line}",
            said("{message} ({value})", message=row.message, value=row.value) if row.value else row.message,
        )
        for row in sorted(problems, key=lambda row: not row.refused)[:_PROBLEMS_SHOWN]
    ]
    out.table((said("Where"), said("What")), rows)
    if len(problems) > _PROBLEMS_SHOWN:
        out.say(said(_SAYS["more_problems"], number=len(problems) - _PROBLEMS_SHOWN))
