"""An account too large for the memory is worked through in parts on the disk, and says the same to the last byte."""

import json
import random
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import made_files as made
import pytest
from conftest import SAMPLES, often, run_poa
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import orders as several_lines
from strategies import report

from poa.account import Account, facts_and_late_orders
from poa.account.joined import joined, unjoined
from poa.build.samples import SAMPLES as CASES
from poa.build.samples import sample_account
from poa.errors import OutputFault
from poa.facts import plain_data
from poa.files import as_input
from poa.files.spilled import spill

SILENT = lambda _: None  # noqa: E731 - nobody listens


def said(account):
    facts, late = facts_and_late_orders(account, tell=SILENT)
    return json.dumps([plain_data(facts), [plain_data(one) for one in late]], default=str, indent=0).split(
        "\n"
    )


def said_in_parts(account, rows):
    with spill() as place:
        return said(replace(account, away=place, part_rows=rows))


def account_of(*, days=40, each=30, seed=1, **options):
    """Punctual orders of few SKUs, many a day, some late, open, cancelled, Amazon's, of another store, or of several lines."""
    draw = random.Random(seed)  # noqa: S311 - the same rows every time
    lines = []
    for number in range(days * each):
        due = made.end_of_day(2026, 9, 20) + timedelta(days=number // each)
        bought = due - timedelta(hours=draw.randrange(24, 96))
        kind = draw.choices(
            ("on time", "late", "open", "cancelled", "fba", "DE", "lines"), (80, 6, 3, 2, 4, 2, 3)
        )[0]
        left = bought + timedelta(hours=draw.randrange(1, 60))
        confirmed = None if kind in {"open", "cancelled"} else min(due, left + timedelta(hours=5))
        one = made.Order(
            number=number + 1,
            bought=bought,
            due=due,
            confirmed=due + timedelta(hours=draw.randrange(1, 40)) if kind == "late" else confirmed,
            sku=draw.choice(["A-1", "B-2", "00123", "夏装"]),
            supplier=draw.choice(["", "Alder Supply", "Birch & Sons"]),
            carrier=draw.choice(["Yanwen", "4PX"]),
            ordered=draw.choice([None, bought]),
            dispatched=left,
            scanned=draw.choice([None, left + timedelta(hours=draw.randrange(1, 70))]),
            status="Cancelled" if kind == "cancelled" else "",
            by_amazon=kind == "fba",
            store="DE" if kind == "DE" else "US",
            updated=due,
        )
        lines += [replace(one, item=f"{number}{item}") for item in range(2 if kind == "lines" else 1)]
    ours = [one for one in lines if one.store == "US" and not one.by_amazon and one.status != "Cancelled"]
    half = len(ours) // 2
    files = {
        "first.csv": made.plain(ours[: half + 40]),
        "second.csv": made.plain(ours[half:]),  # some orders are in both
        "all.txt": made.all_orders(lines),
    }
    return made.account(files, **options)


@pytest.mark.parametrize("rows", [150, 10_000])
def test_the_facts_of_many_files_are_the_same(rows):
    """Files that overlap, orders of several lines, open, cancelled, Amazon's and another store's: one piece or many."""
    account = account_of(marketplace="US")
    assert said_in_parts(account, rows) == said(account)


@pytest.mark.parametrize(
    "options",
    [
        {"window_by": "purchase"},
        {"window_by": "confirm", "complete": True},
        {"origin": "CN", "own_warehouse": ("Alder Supply",)},
        {"orders": 4000, "orders_10": 1000},
    ],
)
def test_whatever_the_seller_says_of_it(options):
    account = account_of(days=20, each=15, marketplace="US", **options)
    assert said_in_parts(account, 100) == said(account)


def test_the_store_that_the_rows_name_is_found_again():
    """Where most orders are of another store, the rows are read again in its zone, and put away again."""
    account = account_of(days=12, each=12)
    turned = replace(account, reports=account.reports[2:])
    assert said_in_parts(turned, 60) == said(turned)


@pytest.mark.parametrize("name", CASES)
def test_every_sample_case_is_the_same(name):
    account = sample_account(name)
    assert said_in_parts(account, 300) == said(account)


@settings(max_examples=often(15))
@given(several_lines(most=20), several_lines(most=6), st.integers(1, 12), st.booleans())
def test_any_rows_are_the_same(lines, more, rows, complete):
    """Two reports that may tell of the same orders, in parts of any size; what cannot be counted is refused alike."""
    account = Account(
        reports=(as_input("a.csv", report(lines).encode()), as_input("b.csv", report(more).encode())),
        complete=complete,
    )
    outcomes = []
    for told in (said, lambda one: said_in_parts(one, rows)):
        try:
            outcomes.append(told(account))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the same
            outcomes.append([type(error).__name__, str(error)])
    assert outcomes[0] == outcomes[1]


def test_suppliers_and_amazons_own_rate_come_along():
    account = account_of(days=30, each=20, marketplace="US")
    extra = made.handed(
        {
            "map.csv": made.supplier_map([("A-1", "Cedar"), ("B-2", "Alder Supply")]),
            "list.csv": made.supplier_sheet(
                [
                    made.Order(
                        number=number,
                        bought=made.end_of_day(2026, 10, 1),
                        due=made.end_of_day(2026, 10, 3),
                        dispatched=made.end_of_day(2026, 10, 2),
                    )
                    for number in (5, 50, 99)
                ],
                "order id",
                "dispatched at",
            ),
        }
    )
    account = replace(account, suppliers=extra)
    assert said_in_parts(account, 120) == said(account)


def test_orders_that_count_alike_are_one_row():
    """What makes it small: of 20 days with 250 punctual orders of one SKU each, far fewer rows are counted from."""
    lines = [
        made.Order(
            number=number,
            bought=made.end_of_day(2026, 9, 1 + number % 20) - timedelta(hours=30, seconds=number),
            due=made.end_of_day(2026, 9, 1 + number % 20),
            confirmed=made.end_of_day(2026, 9, 1 + number % 20) - timedelta(hours=2, seconds=number),
        )
        for number in range(5000)
    ]
    account = made.account({"a.csv": made.plain(lines)}, marketplace="US")
    with spill() as place:
        orders = joined(unjoined(replace(account, away=place, part_rows=700), tell=SILENT)).orders
        assert orders.condensed is not None
        assert orders.condensed.weight.sum() == 5000
        assert len(orders.table) < 60
    assert said_in_parts(account, 700) == said(account)


def test_the_papers_are_the_same(tmp_path):
    """``--part-rows`` changes no byte of an appeal and of a summary."""
    given = ["late-shipment-report.csv", "--suppliers", "suppliers.csv"]
    for name, more in (("whole", []), ("parts", ["--part-rows", "300"])):
        done = run_poa("appeal", *given, "--out", tmp_path / name, *more, cwd=SAMPLES)
        assert done.returncode == 0, done.stderr
    for path in sorted((tmp_path / "whole").rglob("*")):
        if path.is_file():
            assert (
                path.read_bytes() == (tmp_path / "parts" / path.relative_to(tmp_path / "whole")).read_bytes()
            )
    summaries = [
        run_poa("summary", *given, "--json", *more, cwd=SAMPLES) for more in ([], ["--part-rows", "300"])
    ]
    assert summaries[0].stdout == summaries[1].stdout


def stopped():
    with spill() as place:
        place.put("rows", [1, 2])
        raise RuntimeError("on the way")


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    """The private folder goes at the end, after a fault too, and what a killed run left goes with the next one."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / ".poa-parts.poa-killed"
    left.mkdir()
    (left / "0-orders-0").write_bytes(b"rows")
    said_in_parts(account_of(days=5, each=10, marketplace="US"), 10)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RuntimeError, match="on the way"):
        stopped()
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_another_run_stays(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with spill() as one:
        one.put("rows", "first")
        with spill() as other:
            other.put("rows", "second")
        assert list(one.taken("rows")) == ["first"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sets no such limit")
def test_hundreds_of_parts_need_no_hundreds_of_open_files():
    """Fifty million rows make some seventy parts of a dozen columns; a Mac allows 256 open files."""
    import resource

    account = account_of(days=3, each=10, marketplace="US")
    whole = said(account)
    most, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len([*Path("/dev/fd").iterdir()]) + 20, hard))
    try:
        assert said_in_parts(account, 1) == whole
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("poa.files.spilled.pickle.dump", full)
    with pytest.raises(OutputFault, match="No space left on device") as fault:
        stopped()
    assert "TMPDIR" in fault.value.hint
    assert list(tmp_path.iterdir()) == []
