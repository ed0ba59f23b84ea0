"""The numbers of an account on the terminal: rates, what stands out, and what each file was taken for and can prove."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from poa.account.assumptions import tells_of_missing_days
from poa.cli.course import show_course, show_verdict
from poa.cli.groups import show_groups
from poa.cli.standing import show_standing
from poa.cli.terminal import line, section, table
from poa.facts import Facts, OtherRate, Rate, Share, SourceFile, StatedRate
from poa.rounding import percent

_LISTS = (
    "Add a report that lists every order (All Orders, or the orders report), Amazon's performance report (V2), or"
    " --orders N. Where your own list holds every order, say so with --complete."
)
_LATE = "Add the Late Shipment Report of Account Health, or a list of every order with its confirmation."
_WHY_NOT = {
    "": "it takes orders of these days.",
    "no_confirmations": f"no file says when orders were confirmed. {_LATE}",
    "some_orders": f"these files tell of some orders only, so there may be more late ones. {_LATE}",
    "late_orders_only": f"nothing says how many orders there were. {_LISTS}",
    "unlisted_late_orders": "late orders are missing in the list of every order. Add a list that covers all days.",
    "refused_late_rows": "late orders are among the rows that could not be used. Mend them, or download again.",
    "unknown_confirmations": f"of some orders no file says whether they were confirmed in time. {_LATE}",
}
_PROBLEMS_SHOWN = 10
_ORDERS_SHOWN = 10
_RATES = {
    "cancellation_rate": "Cancellation rate",
    "valid_tracking_rate": "Valid tracking rate",
    "on_time_delivery_rate": "On-time delivery rate",
}
_CLOCKS = {
    "ship_confirmation": "confirmed after the ship-by time (Amazon's clock)",
    "carrier_scan": "first scanned by the carrier after the ship-by time (the hand-over)",
    "delivery": "delivered after the deliver-by time",
}


def show(facts: Facts, out: Console) -> None:
    """Print the facts: rates, suppliers, what else the files tell, problems, assumptions."""
    out.print(line(f"Late shipment rate, {facts.marketplace_name}, as of {facts.as_of.value}", "bold"))
    out.print(_rates(facts))
    show_verdict(facts, out)
    for sentence in _remarks(facts):
        out.print(line(sentence))
    out.print()
    if facts.attribution is None:
        _show_counts(facts, out)
    show_standing(facts, out)
    show_course(facts, out)
    show_groups(facts, out)
    _show_beside(facts, out)
    _show_sources(facts, out)


def _show_counts(facts: Facts, out: Console) -> None:
    """Late orders by supplier, where nothing says how many orders each had."""
    out.print(line("Where the late orders are (a count, not a cause)", "bold"))
    if facts.late_by_supplier.known:
        out.print(_suppliers(facts))
    elif facts.late_shipment_rate[0].late.value is None:
        out.print(line("Not known: no file says which orders were late."))
    else:
        out.print(
            line("No supplier is known. It takes a list with the columns sku and supplier beside the report.")
        )
    out.print()


def _rates(facts: Facts) -> Table:
    rows = [
        _rate_row(rate)
        for rate in facts.late_shipment_rate
        if rate.window_days is not None or not facts.confirmations_inferred
    ]
    target = float(facts.late_shipment_rate[0].target.value or 0)
    header = ("Window", "From", "To", "Late / orders", "Rate", "95% range", f"< {target:.0%}")
    return table(header, rows, right=(1, 2, 3, 4, 5))


def _rate_row(rate: Rate) -> tuple[str | Text, ...]:
    name = "all days" if rate.window_days is None else f"{rate.window_days} days"
    orders = "?" if rate.orders.value is None else f"{rate.orders.value:,}"
    late = "?" if rate.late.value is None else f"{rate.late.value:,}{'' if rate.all_late_known else '+'}"
    days = (str(rate.from_.value), str(rate.to.value))
    if rate.meets_target is None:
        return (name, *days, f"{late} / {orders}", "-", "-", "-")
    target = float(rate.target.value or 0)
    verdict = Text("met", "green") if rate.meets_target else Text("missed", "bold red")
    return (
        name,
        *days,
        f"{late} / {orders}",
        "few" if rate.few else percent(float(rate.rate.value or 0), against=target),
        "-" if rate.few else f"{float(rate.low.value or 0):.1%}-{float(rate.high.value or 0):.1%}",
        verdict if rate.window_days is not None else "",
    )


def _remarks(facts: Facts) -> list[str]:
    said = []
    longest = facts.late_shipment_rate[0]
    if longest.rate.value is None and longest.orders.value is None:
        said.append(f"No rate: {_WHY_NOT[facts.no_rate]}")
    overdue = facts.unconfirmed_past_due.rows.orders
    if overdue:
        are, their, they = ("is", "its", "it") if overdue == 1 else ("are", "their", "they")
        said.append(
            f"{overdue:,} {'order' if overdue == 1 else 'orders'} {are} past {their} ship-by time and not confirmed;"
            f" {they} {are} not in the rate yet."
        )
        if longest.unconfirmed.value and longest.at_least.value is not None and not longest.few:
            shown = percent(float(longest.at_least.value), against=float(longest.target.value or 0))
            said.append(
                f"Once those of the {longest.window_days} days are confirmed, their rate is at least {shown}."
            )
    if facts.rows_refused.value:
        said.append(
            f"{facts.rows_refused.value:,} of {facts.rows_read.value:,} rows could not be used; they are listed below."
        )
    said.extend(one for one in facts.source.assumptions if tells_of_missing_days(one))
    if any(rate.few and rate.rate.value is not None for rate in facts.late_shipment_rate):
        said.append("few: under 20 orders, where a percentage would mislead.")
    return said


def _suppliers(facts: Facts) -> Table:
    found = facts.late_by_supplier
    rows = [_supplier_row(share, str(share.name.value)) for share in found.top]
    if found.rest:
        rows.append(_supplier_row(found.rest, f"{found.rest_count.value:,} others together"))
    header = (f"Supplier ({found.window_days} days)", "Late / orders", "Rate", "Of orders", "Of late")
    return table(header, rows, right=(1, 2, 3, 4))


def _supplier_row(share: Share, name: str) -> tuple[str, ...]:
    def told(value: object) -> str:
        return "-" if value is None else f"{float(str(value)):.1%}"

    orders = "?" if share.orders.value is None else f"{share.orders.value:,}"
    rate = "few" if share.few else told(share.rate.value)
    return (
        name,
        f"{share.late.value:,} / {orders}",
        rate,
        told(share.share_of_orders.value),
        told(share.share_of_late.value),
    )


def _show_beside(facts: Facts, out: Console) -> None:
    """Print each part that the files tell something of."""
    section(out, "Beside Amazon's own figures", map(_stated, facts.stated_by_amazon))
    days = facts.late_shipment_rate[0].window_days
    clocks = facts.clocks if len(facts.clocks) > 1 else ()
    told = (f"{one.late.value:,} of {one.told.value:,} orders {_CLOCKS[one.name]}" for one in clocks)
    section(out, f"By clock, last {days} days", told)
    section(out, "Not in the rate", _set_aside(facts))
    section(out, "Late and not confirmed", _in_danger(facts))
    missing = [
        f"{_RATES[one.metric]}: not in these files; it takes {one.gives}" for one in facts.other_rates_missing
    ]
    section(out, "Other rates", [*map(_other, facts.other_rates), *missing])


def _stated(stated: StatedRate) -> str:
    of = "" if stated.orders.value is None else f" of {stated.orders.value:,} orders"
    said = f"Amazon: {stated.late.value:,} late{of} from {stated.from_.value} to {stated.to.value}"
    said += f", status {stated.status}." if stated.status else "."
    if stated.own_late is None or stated.own_orders is None:
        return said
    own = "" if stated.own_orders.value is None else f" of {stated.own_orders.value:,} orders"
    said += f" These files: {stated.own_late.value:,} late{own}."
    same = stated.orders.value is None or stated.own_orders.value in {None, stated.orders.value}
    if same and stated.own_late.value == stated.late.value:
        return f"{said} They agree."
    reasons = "; ".join(stated.gap) or "nothing in the files explains it"
    return f"{said} Why they differ: {reasons}."


def _set_aside(facts: Facts) -> Iterator[str]:
    for one in facts.set_aside:
        orders = "order" if one.orders.value == 1 else "orders"
        what = f"of {one.name}" if one.kind == "other_store" else one.name
        yield f"{one.orders.value:,} {orders} {what}"


def _in_danger(facts: Facts) -> Iterator[str]:
    """Orders past their ship-by time, those first that Amazon would cancel first."""
    waiting = sorted(facts.past_due, key=lambda order: (order.cancelled_after, order.order_id))
    for order in waiting[:_ORDERS_SHOWN]:
        yield f"{order.order_id}, due {order.due}, may be cancelled by Amazon after {order.cancelled_after}"
    if facts.unconfirmed_past_due.rows.orders > _ORDERS_SHOWN:
        yield f"{facts.unconfirmed_past_due.rows.orders - _ORDERS_SHOWN:,} more; --json lists the first 50"
    if waiting:
        yield f"Amazon cancels an order that is not confirmed {facts.auto_cancel}."


def _other(rate: OtherRate) -> str:
    target = float(rate.target.value or 0)
    asked = f"under {target:.1%}" if rate.condition == "less_than" else f"{target:.0%} or more"
    shown = "none" if rate.rate.value is None else percent(float(rate.rate.value), against=target)
    days = (
        "all days of the file"
        if rate.from_ is None or rate.to is None
        else f"{rate.from_.value} to {rate.to.value}"
    )
    verdict = {True: "met", False: "missed", None: ""}[rate.meets_target]
    status = f"status {rate.status}" if rate.status else verdict
    parts = [
        f"{rate.count.value:,} of {rate.of.value:,} {rate.unit}, {shown}, target {asked}",
        status,
        rate.remark,
    ]
    return f"{_RATES[rate.metric]}, {days}: {'; '.join(part for part in parts if part)}"


def _show_sources(facts: Facts, out: Console) -> None:
    """Print the files, the rows that need a look, and what was assumed."""
    out.print(line("Files", "bold"))
    rows = [
        (
            file.name,
            file.report,
            file.encoding,
            f"{file.rows_read:,}",
            f"{file.rows_used:,}",
            f"{file.rows_refused:,}",
        )
        for file in facts.source.files
    ]
    out.print(table(("File", "Read as", "Encoding", "Rows", "Used", "Refused"), rows, right=(3, 4, 5)))
    for file in facts.source.files:
        out.print(line(f"{file.name}: {file.title}{_proves(file)}"))
        if file.columns:
            taken = ", ".join(f"{ours} = '{theirs}'" for ours, theirs in file.columns.items())
            out.print(line(f"  by {taken}", "dim"))
    _show_problems(facts, out)
    out.print()
    out.print(line("Assumed", "bold"))
    for sentence in facts.source.assumptions:
        out.print(line(f"- {sentence}"))


def _proves(file: SourceFile) -> str:
    """What a file has and has not, as the end of a sentence."""
    parts = [f"has {', '.join(file.has)}"] if file.has else []
    parts += [", ".join(file.lacks)] if file.lacks else []
    return f"; {'; '.join(parts)}" if parts else ""


def _show_problems(facts: Facts, out: Console) -> None:
    problems = facts.source.problems
    if not problems:
        return
    out.print()
    out.print(line("Rows that need a look", "bold"))
    shown = [
        (
            row.file if row.line is None else f"{row.file}:{row.line}",
            f"{row.message} ({row.value})" if row.value else row.message,
        )
        for row in sorted(problems, key=lambda row: not row.refused)[:_PROBLEMS_SHOWN]
    ]
    out.print(table(("Where", "What"), shown))
    if len(problems) > _PROBLEMS_SHOWN:
        out.print(line(f"... and {len(problems) - _PROBLEMS_SHOWN:,} more; --json lists every one."))
