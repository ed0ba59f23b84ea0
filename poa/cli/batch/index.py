"""The index over all accounts, the most urgent first: ``batch.csv`` for a spreadsheet, ``batch.html`` for the eye."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from poa.annex.cells import escaped, one_line
from poa.cli.batch.asked import Asked, folder_of
from poa.cli.batch.outcome import Outcome, Window, by_urgency, counted
from poa.rounding import percent

CSV, HTML = "batch.csv", "batch.html"
_COLUMNS = (
    "account", "seller", "status", "deadline", "marketplace", "as_of", "orders_30", "late_30", "rate_30", "breach_30_in_days",
    "orders_10", "late_10", "rate_10", "breach_10_in_days", "target", "open_points", "alarms", "folder", "code", "reason",
    "remedy",
)  # fmt: skip
_OPENED_FIRST = {
    "appeal": ("internal/cover.docx", "internal/cover.md"),
    "weekly": ("weekly-summary.docx", "weekly-summary.md"),
    "summary": ("summary.json",),
}
_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem;color:#1b1b1b}
h1{font-size:1.3rem;margin:0 0 .2rem}p{margin:.2rem 0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ddd}
th{font-weight:600;border-bottom:2px solid #888}td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
td.d{white-space:nowrap}.missed{font-weight:600;color:#a3120a}.near{color:#8a5a00}.failed td{background:#fbeceb}small{color:#555}
@media (prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}th,td{border-color:#3a3a3a}.missed{color:#ff8b80}
.near{color:#e8b04a}.failed td{background:#3a1f1d}small{color:#aaa}a{color:#8ab4ff}}
"""


def as_csv(outcomes: Sequence[Outcome]) -> bytes:
    """One line an account, in UTF-8 with a signature so that Excel reads it; no cell runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for one in by_urgency(outcomes):
        writer.writerow([escaped(one_line("" if cell is None else str(cell))) for cell in _cells(one)])
    return out.getvalue().encode("utf-8-sig")


def _cells(one: Outcome) -> Iterator[object]:
    fault = one.fault or {}
    windows = {window.days: window for window in one.windows}
    yield from (one.account, one.seller, "failed" if one.failed else "done", one.deadline)
    yield from (one.marketplace, one.as_of)
    for days in (30, 10):
        window = windows.get(days)
        yield from (
            (window.orders, window.late, window.rate, window.breach_in)
            if window
            else (None, None, None, None)
        )
    yield next((window.target for window in one.windows), None)
    yield from (one.open_points, one.alarms, "" if one.failed else folder_of(one.account))
    points = fault.get("open_points") or ()
    yield from (
        fault.get("code"),
        " ".join([str(fault.get("message") or ""), *points]).strip(),
        fault.get("hint"),
    )


def as_html(asked: Asked, outcomes: Sequence[Outcome]) -> bytes:
    """A page that needs nothing else: no script, no picture, nothing from a network."""
    failed = sum(one.failed for one in outcomes)
    title = f"{asked.folder.name or 'accounts'}: {asked.job}"
    rows = "\n".join(_row(asked, one) for one in by_urgency(outcomes))
    page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>
<h1>{escape(title)}</h1>
<p>{counted(len(outcomes), "account")}: {len(outcomes) - failed:,} done, {failed:,} failed. The most urgent first: by deadline, then
by the days until a window misses its target if nothing changes.</p>
<table><thead><tr><th>Deadline</th><th>Account</th><th>Store</th><th>Data until</th><th>30 days</th><th>10 days</th>
<th>{"Open questions" if asked.job == "appeal" else "Promises in alarm" if asked.job == "weekly" else ""}</th><th>Papers</th></tr></thead>
<tbody>
{rows}
</tbody></table></body></html>
"""
    return page.encode("utf-8", "replace")


def _row(asked: Asked, one: Outcome) -> str:
    name = escape(one.account) + (f"<br><small>{escape(one.seller)}</small>" if one.seller else "")
    head = f'<td class="d">{one.deadline or "-"}</td><td>{name}</td>'
    if one.fault is not None:
        hint = one.fault.get("hint")
        told = escape(str(one.fault["message"])) + (f"<br><small>{escape(str(hint))}</small>" if hint else "")
        return f'<tr class="failed">{head}<td colspan="6">Failed: {told}</td></tr>'
    windows = {window.days: window for window in one.windows}
    rates = "".join(f'<td class="n">{_rate(windows.get(days))}</td>' for days in (30, 10))
    number = one.open_points if asked.job == "appeal" else one.alarms
    return (
        f'<tr>{head}<td>{escape(one.marketplace or "-")}</td><td class="d">{one.as_of or "-"}</td>{rates}'
        f'<td class="n">{"" if number is None else number}</td><td>{_link(asked, one)}</td></tr>'
    )


def _rate(window: Window | None) -> str:
    if window is None or window.rate is None:
        return "-"
    told = (
        f"{percent(window.rate, against=window.target)} <small>({window.late:,} of {window.orders:,})</small>"
    )
    if window.breach_in == 0:
        return f'<span class="missed">{told}<br>target missed</span>'
    if window.breach_in is not None:
        return f'<span class="near">{told}<br>missed in {counted(window.breach_in, "day")}</span>'
    return told


def _link(asked: Asked, one: Outcome) -> str:
    out = asked.out_of(one.account)
    first = next((name for name in _OPENED_FIRST[asked.job] if (out / name).is_file()), "")
    return f'<a href="{quote(f"{out.name}/{first}")}">{escape(first.rsplit("/", 1)[-1] or out.name)}</a>'
