"""Accounts, reports and papers made for tests of papers."""

from counted_once import facts_and_late_orders_once

from poa.account import Account
from poa.build import Appeal, appeal_papers
from poa.case import Case, read_case
from poa.cli.pack_folders import open_packs
from poa.files import as_input
from poa.sample import sample_files

HEADER = "order-id,sku,supplier,ship-by-date,ship-confirm-date\n"


def account(text, **more):
    return Account(reports=(as_input("report.csv", text.encode()),), **more)


SAMPLE = sample_files()
SAMPLE_EVIDENCE = {
    name.removeprefix("evidence/"): data for name, data in SAMPLE.items() if name.startswith("evidence/")
}


def papers_of(one, *, case=None, final=False, formats=("md",), **more):
    data = case or b""
    facts, late_orders = facts_and_late_orders_once(one)
    appeal = Appeal(
        facts=facts,
        late_orders=late_orders,
        case=read_case(data, name="case.toml") if case else Case(),
        case_file=("case.toml", data),
        **{"evidence": SAMPLE_EVIDENCE if case == SAMPLE["case.toml"] else {}, **more},
        pack=open_packs(None),
        final=final,
        formats=formats,
    )
    return appeal_papers(appeal, tell=lambda _: None)


def report(orders):
    """A report of orders given as (supplier, day of October due, hours late or None)."""
    lines = []
    for number, (supplier, day, hours) in enumerate(orders):
        due = f"2026-10-{day:02d}T12:00:00Z"
        hour = None if hours is None else 12 + hours
        confirmed = "" if hour is None else f"2026-10-{day:02d}T{hour:02d}:00:00Z"
        name = supplier.replace('"', '""')
        lines.append(
            f'111-{1000000 + number}-{2000000 + number},SKU-{number % 3},"{name}",{due},{confirmed}\n'
        )
    return HEADER + "".join(lines)


def sample_account():
    return Account(
        reports=(as_input("late-shipment-report.csv", SAMPLE["late-shipment-report.csv"]),),
        suppliers=(as_input("suppliers.csv", SAMPLE["suppliers.csv"]),),
    )
