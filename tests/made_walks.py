"""The files that strangers would hand in: the sample's rows in shapes of their own, weekly reports, a letterhead."""

import csv
import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from docx import Document

from poa.sample import sample_files

STORE = ZoneInfo("America/Los_Angeles")
FIRST = date(2026, 8, 3)  # the Monday on which the sample begins
OVERLAP = 3  # days of the week before in each weekly report


def make_walks(folder):
    """Write the files of all walks into a folder."""
    files = sample_files(seed=7, orders_a_day=28)
    rows = list(csv.DictReader(io.StringIO(files["late-shipment-report.csv"].decode())))
    _of_the_seller(folder, rows)
    _of_the_consultant(folder)
    _of_operations(folder, rows, files["suppliers.csv"])


def _written(path, header, rows, *, delimiter=",", encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=encoding) as handle:
        csv.writer(handle, delimiter=delimiter).writerows([header, *rows])


def _local(stamp):
    return datetime.fromisoformat(stamp).astimezone(STORE) if stamp else None


def _as(form, stamp):
    moment = _local(stamp)
    return moment.strftime(form) if moment else ""


def _of_the_seller(folder, rows):
    ours = ("order-id", "sku", "ship-by-date", "ship-confirm-date", "carrier")
    _written(
        folder / "bestellungen.csv",
        ("Bestell-Nr.", "Artikel", "Versand bis", "Versendet am", "Spediteur für Pakete"),
        [
            [_as("%d.%m.%Y %H:%M", row[name]) if "-date" in name else row[name] for name in ours]
            for row in rows
        ],
        delimiter=";",
        encoding="cp1252",
    )
    _written(
        folder / "迟发.csv",
        ("订单编号", "SKU", "最晚发货时间", "确认发货时间", "物流公司"),
        [
            [_as("%Y/%m/%d %H:%M", row[name]) if "-date" in name else row[name] for name in ours]
            for row in rows
        ],
        encoding="gb18030",
    )
    _written(
        folder / "turned.csv",
        ours[:4],
        [[_turned(row[name]) if "-date" in name else row[name] for name in ours[:4]] for row in rows],
    )
    _written(
        folder / "excel.csv",
        ours[:4],
        [
            [f"{int(row['order-id'].replace('-', '')):.5E}", *(row[name] for name in ours[1:4])]
            for row in rows
        ],
    )
    (folder / "通知.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "antworten.txt").write_text("\n".join(ANSWERS), encoding="utf-8")


def _turned(stamp):
    """As Excel leaves a date that was read in another country's order, and turned where it could be."""
    moment = _local(stamp)
    if moment is None:
        return ""
    return moment.strftime("%m/%d/%Y %H:%M" if moment.day <= 12 else "%d/%m/%Y %H:%M")


NOTICE = """\
尊敬的卖家：

您的亚马逊账户（Amazon.com）的迟发率高于我们的目标。卖家的迟发率在10天和30天内均须低于4%。

为避免您的自配送商品被停用，请在7天内提交一份行动计划，说明：

- 导致迟发的根本原因
- 您已采取的解决问题的措施
- 您为防止今后再次发生而采取的步骤

请前往卖家平台的“账户状况”页面，点击此通知旁边的申诉按钮提交。

（本通知为测试而编写。）
"""

# Who answers; the columns, at first wrong; the frame; Account Health; the causes; the kind, the gap, its words; then enough for today.
ANSWERS = (
    *("王经理", "y", "1", "1", "1", "1", "3", "3"),
    *("y", "1", "1", "2", "2", "1", "2", "1"),
    *("Harbor & Pine Goods", "2026-11-02", "2026-11-04", "n", "y", "n"),
    *("n", "n", "y", "4", "1", "y", "y", "y", "q", ""),
)


def _of_the_consultant(folder):
    shell = Document()
    shell.sections[0].header.paragraphs[0].text = "Acme Consulting for {{ sellr }}"
    shell.add_paragraph("{{ body }}")
    shell.save(folder / "slip.docx")
    shell.sections[0].header.paragraphs[0].text = "Acme Consulting for {{ seller }}"
    shell.save(folder / "shell.docx")
    (folder / "plan-of-action.md.j2").write_text(
        '{% extends "default/plan-of-action.md.j2" %}\n'
        "{% block closing %}\n{{ super() }}\n\n{{ t.own_closing }}\n{% endblock %}\n"
    )
    (folder / "en.toml").write_text('own_closing = "We look forward to your reply."\n')
    (folder / "ja.toml").write_text('own_closing = "ご回答をお待ちしております。"\n', encoding="utf-8")
    case = (folder / "case.toml").read_bytes()
    for name in ("acme", "bay"):
        home = folder / "clients" / name
        for one in ("late-shipment-report.csv", "suppliers.csv"):
            (home / "inputs").mkdir(parents=True, exist_ok=True)
            (home / "inputs" / one).write_bytes((folder / one).read_bytes())
        (home / "evidence").mkdir()
        for one in (folder / "evidence").iterdir():
            (home / "evidence" / one.name).write_bytes(one.read_bytes())
        (home / "notice.txt").write_bytes((folder / "notice.txt").read_bytes())
        (home / "case.toml").write_bytes(case)
    broken = case.replace(b'name = "Harbor & Pine Goods"', b'name = "Harbor & Pine Goods', 1)
    assert broken != case
    (folder / "clients" / "bay" / "case.toml").write_bytes(broken)


def _of_operations(folder, rows, suppliers):
    header = list(rows[0])
    for week in range(13):
        first = FIRST + timedelta(days=7 * week - OVERLAP)
        last = FIRST + timedelta(days=7 * week + 6)
        told = [row.values() for row in rows if first <= _local(row["ship-by-date"]).date() <= last]
        _written(folder / "weeks" / f"week-{week + 1:02d}.csv", header, told)
    inputs = folder / "shop" / "inputs"
    inputs.mkdir(parents=True)
    (inputs / "suppliers.csv").write_bytes(suppliers)
    (folder / "shop" / "case.toml").write_text(PROMISE)


PROMISE = """\
case = 1
letter_date = 2026-08-20

[seller]
name = "Harbor & Pine Goods"
marketplace = "US"
origin = "CN"

[[cause]]
code = "SUP_DISPATCH"
shown_by = "supplier: Alder Supply"
gap = "NO_EARLY_WARNING"
statement = "We did not look, before the ship-by time, which orders had not left."

[[preventive]]
id = "daily-list"
control = "List the orders due that day without a dispatch message"
role = "Operations lead"
start = 2026-08-17
kpi = "late_dispatched"
target = 1
weeks = 4
"""
