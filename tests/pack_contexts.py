"""What the papers really hand to their templates: every context of a run, kept while it is filled."""

import contextlib
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import made_files
import pytest
from click.testing import CliRunner
from made_papers import HEADER, SAMPLE_EVIDENCE, account, report, sample_account
from made_year import account_of, csv_of
from strategies import order_id

import poa.build as appeals
from poa.account import facts_and_late_orders
from poa.build import Appeal, appeal_papers, open_orders_request, weekly
from poa.case import Case, read_case
from poa.case.journal import Reply, Sent
from poa.case.notices import due_on, notice_text, read_notice
from poa.case.resubmission import Earlier
from poa.cli import summary
from poa.cli import weekly as weekly_command
from poa.cli.pack_folders import open_packs
from poa.files import as_input
from poa.packs import given
from poa.sample import NOTICE, sample_files

CASE = """
case = 1
letter_date = 2026-09-30
[seller]
name = "Harbor & Pine"
marketplace = "US"
origin = "CN"
[notice]
date = 2026-08-31
[[cause]]
code = "SUP_DISPATCH"
shown_by = "supplier: Alder Supply"
[[corrective]]
action = "Stopped the offers of Alder Supply"
date = 2026-09-02
kpi = "late_dispatched"
target = 2
weeks = 2
[[preventive]]
control = "Call Cedar each noon about what is due"
role = "Operations"
start = 2026-09-07
kpi = "late_dispatched"
target = 9
weeks = 2
[[preventive]]
control = "Ask for the lead time"
role = "Operations"
start = 2026-12-07
[[preventive]]
control = "Count what leaves in time"
role = "Operations"
start = 2026-08-07
kpi = "late_orders"
target = 1
weeks = 2
"""


class Kept:
    """Contexts by document, as plain data; filled like before."""

    def __init__(self, monkeypatch):
        self.contexts: dict[str, list[dict[str, object]]] = {}
        for module in (appeals, weekly, open_orders_request):
            monkeypatch.setattr(module, "filled", self._keeping(module.filled))
        monkeypatch.setattr(appeals, "CHARTS", dict.fromkeys(appeals.CHARTS, lambda _: None))
        monkeypatch.setattr(weekly, "charts_of", lambda _: {"img/control.png": b""})

    def _keeping(self, fill):
        def keep(pack, document, context, *, language):
            plain = json.loads(json.dumps(given(context, language=language)))
            self.contexts.setdefault(document, []).append(plain)
            return fill(pack, document, context, language=language)

        return keep


def sample():
    """The papers of the sample account with everything told."""
    files = sample_files()
    case = read_case(files["case.toml"], name="case.toml")
    notice = read_notice(notice_text(files[NOTICE], name=NOTICE))
    facts, late_orders = facts_and_late_orders(sample_account(), tell=_silent)
    more = {"facts": facts, "late_orders": late_orders, "pack": open_packs(None), "formats": ("md", "txt")}
    told = Appeal(
        case=case,
        case_file=("case.toml", files["case.toml"]),
        notice=notice,
        notice_file=(NOTICE, files[NOTICE]),
        deadline=due_on(notice, case.notice.date),
        evidence=SAMPLE_EVIDENCE,
        **more,
    )
    return appeal_papers(told, tell=_silent)


def told_sample(_):
    """The papers of the sample account, for :func:`handed`."""
    sample()


def blank(account_, **more):
    """The papers of an account, without a case where none is given."""
    facts, late_orders = facts_and_late_orders(account_, tell=_silent)
    told = {"case": Case(), "case_file": ("", b""), "pack": open_packs(None), "formats": ("md",), **more}
    appeal_papers(Appeal(facts=facts, late_orders=late_orders, **told), tell=_silent)


def everything_told(_):
    """The sample account with an origin, Amazon's own figures, a row that is refused, and a submission before."""
    files = sample_files()
    case = read_case(files["case.toml"], name="case.toml")
    head, *lines = files["late-shipment-report.csv"].decode().splitlines()
    bad = lines[0].split(",")
    rows = "\n".join([head, ",".join([*bad[:6], "soon", *bad[7:]]), *lines, ""])
    window = made_files.window("2026-10-02", "2026-10-31", orderCount=900, lateShipmentCount=50)
    account_ = replace(
        sample_account(),
        reports=(as_input("late-shipment-report.csv", rows.encode()),),
        performance=as_input("p.json", made_files.performance_v2({"lateShipmentRate": window})),
        origin="CN",
        now=datetime(2026, 11, 2, 12, tzinfo=UTC),
    )
    before = Earlier(
        sent=Sent(day=date(2026, 11, 3), number=1, files={}, kept="sent/1"),
        case=replace_first_cause(case),
        reply=Reply(day=date(2026, 11, 5), file="r.txt", sha256="0", lines=[("root_cause", "Say why.")]),
    )
    blank(
        account_,
        case=case,
        case_file=("case.toml", files["case.toml"]),
        evidence={**SAMPLE_EVIDENCE, "more.pdf": b""},
        earlier=before,
        form_limit=900,
    )


def replace_first_cause(case):
    """The same case with another statement."""
    cause = case.cause[0].model_copy(update={"statement": "Nobody looked."})
    return case.model_copy(update={"cause": (cause, *case.cause[1:])})


def accounts():
    """Accounts that leave much untold: none late, no supplier, late ones only, few, none confirmed."""
    yield "nothing late", account(report([("Alder", day % 28 + 1, 0) for day in range(90)]), complete=True)
    yield "no supplier", account(report([("", day % 28 + 1, day % 9) for day in range(90)]), complete=True)
    yield "late only", account(report([("Alder", day % 28 + 1, 3) for day in range(40)]))
    yield "few", account(report([("Alder", 3, 3), ("Birch", 4, None), ("Birch", 28, -2)]), complete=True)
    yield (
        "many suppliers",
        account(
            report([(f"S{at % 40}", at % 28 + 1, 3 if at % 5 == 0 else 0) for at in range(400)]),
            complete=True,
        ),
    )
    yield (
        "past due",
        account(
            report([("Alder", 3 + day % 20, None if day % 5 else 0) for day in range(40)]),
            complete=True,
            now=datetime(2026, 10, 29, tzinfo=UTC),
        ),
    )
    yield "open", account(report([("Alder", 3 + day % 20, None) for day in range(9)]), complete=True)
    yield (
        "stated",
        account(report([("Alder", day % 28 + 1, 3) for day in range(40)]), orders=900, orders_10=300),
    )
    yield (
        "one supplier",
        account(
            report([("Alder", day % 28 + 1, 5 if day > 150 and day % 2 else 0) for day in range(250)]),
            complete=True,
        ),
    )
    yield (
        "bare",
        account(
            HEADER + "".join(f"{order_id(at)},S,,2026-10-{at % 28 + 1:02d},2026-10-30\n" for at in range(60)),
            complete=True,
        ),
    )


def weeks(folder):
    """The pages of one account: each week, for a supplier, since the notice."""
    (folder / "my-case" / "inputs").mkdir(parents=True)
    (folder / "my-case" / "case.toml").write_text(CASE, encoding="utf-8")
    lines = account_of(date(2026, 7, 6), 14, per_day=30, late_of=_late_in_september, seed=1)
    (folder / "my-case" / "inputs" / "orders.csv").write_bytes(csv_of(lines))
    for number, more in enumerate(
        (
            ("--complete", "--week", "2026-W36..2026-W39"),
            ("--complete", "--audience", "supplier:alder supply", "--week", "2026-W37"),
            ("--complete", "--since-notice"),
            ("--week", "2026-W37"),
        )
    ):
        done = CliRunner().invoke(
            weekly_command.command,
            ["--case", str(folder / "my-case"), "--format", "md", "--out", str(folder / f"w{number}"), *more],
            standalone_mode=False,
        )
        assert done.exception is None, (more, done.exception)


def open_orders(folder):
    """What suppliers are asked about their open orders."""
    rows = [
        f"{order_id(at)},MUG-{at % 3},Alder,2026-10-08T09:00:00Z,{due}T23:59:59-08:00,{sent},{track}"
        for at, (due, sent, track) in enumerate(
            [
                ("2026-10-20", "", ""),
                ("2026-11-02", "", "T2"),
                ("2026-11-04", "2026-11-02T20:00:00Z", ""),
                ("2026-11-09", "", ""),
            ]
        )
    ]
    header = "order-id,sku,supplier,purchase-date,ship-by-date,supplier-dispatch-date,tracking-number,ship-confirm-date"
    path = folder / "open.csv"
    path.write_text("\n".join([header, *(f"{row}," for row in rows)]) + "\n", encoding="utf-8")
    done = CliRunner().invoke(
        summary.command,
        [str(path), "--complete", "--now", "2026-11-03T12:00:00-08:00", "--open", "--out", str(folder / "o")],
        standalone_mode=False,
    )
    assert done.exception is None, done.exception


def any_account(_):
    """The papers of accounts without a case, the sample's first."""
    blank(sample_account())
    for _, one in accounts():
        blank(one)


def handed(folder, *makers):
    """The contexts of some of these, by document; each is made once in a run of the tests, whichever process asks."""
    found = {}
    for make in makers:
        for document, contexts in _handed(folder, make).items():
            found.setdefault(document, []).extend(contexts)
    return found


def everything(folder):
    """All of it."""
    return handed(folder, told_sample, everything_told, any_account, weeks, open_orders)


def _handed(folder, make):
    kept = Path(os.environ["POA_TESTS_SHARED"]) / f"handed-{make.__name__}.json"
    with contextlib.suppress(FileNotFoundError):
        return json.loads(kept.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        contexts = Kept(patch).contexts
        make(folder)
    whole = kept.with_suffix(f".{os.getpid()}")
    whole.write_text(json.dumps(contexts), encoding="utf-8")
    whole.replace(kept)
    return contexts


def _late_in_september(supplier, due):
    return 0.4 if supplier == "Alder Supply" and date(2026, 9, 16) <= due < date(2026, 9, 28) else 0.02


def _silent(_):
    return None
