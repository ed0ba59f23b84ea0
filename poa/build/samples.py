"""Made-up cases of every kind that a pack must print: the sample, and what it grows into at its edges.

Nothing here reads the disk or the clock, and the same name gives the same appeal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from types import MappingProxyType

from poa.account import Account, facts_and_late_orders
from poa.build.asked import Appeal
from poa.case import Case, read_case
from poa.case.notices import due_on, notice_text, read_notice
from poa.case.triage import Answers
from poa.doing import silent
from poa.errors import UsageFault, did_you_mean
from poa.facts import Facts, LateOrder
from poa.files import as_input
from poa.packs import Pack
from poa.sample import CASE, EVIDENCE, MAKERS, NOTICE, REPORT, SUPPLIERS, sample_files

# By name, in the order in which they are worth looking at.
SAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "normal": "The sample: one supplier of six is late, every question answered",
        "one_supplier": "One supplier makes everything",
        "nothing_late": "No order is late",
        "no_suppliers": "No file names a supplier",
        "many_late": "Five thousand late orders in thirty days",
        "chinese_names": "Seller, suppliers and SKUs have Chinese names",
        "strange_names": "The signs |*_<& stand in every name, SKU and carrier",
        "blank_case": "No question is answered yet",
    }
)

_MADE_BY = "poa packs"
_ORDERS, _MANY = 28, 430  # a day
_SELLER, _CARRIERS = "Harbor & Pine Goods", ("USPS", "UPS")
_STRANGE = "|*_<&"
_CHINESE = {
    "Birch & Sons": "深圳市远航贸易有限公司",
    "Cedar Supply": "义乌百顺商行",
    "Alder Supply": "宁波恒泰日用品有限公司",
    "Dogwood Supply": "广州市白云区锦程皮具厂",
    "Elm Works": "佛山顺德五金制品厂",
    _SELLER: "杭州松港贸易有限公司",
}


def sample_appeal(name: str, *, pack: Pack, language: str = "en") -> Appeal:
    """The appeal of a sample case in a language, a draft; raises UsageFault for a name that is not in ``SAMPLES``.

    What is counted is counted once in a process, whatever the pack and the language.
    """
    if name not in SAMPLES:
        raise UsageFault(
            "no_such_sample",
            f"There is no sample case '{name}'{did_you_mean(name, SAMPLES)}",
            hint=f"Choose from {', '.join(SAMPLES)}.",
        )
    facts, late_orders = _counted("normal" if name == "blank_case" else name)
    if name == "blank_case":
        return Appeal(
            facts=facts,
            late_orders=late_orders,
            pack=pack,
            case=Case(),
            case_file=("", b""),
            language=language,
            ui_language=language,
            made_by=_MADE_BY,
        )
    files = _files(name, language=language, orders_a_day=0)  # its rows are counted already
    return appeal_of(files, facts, late_orders, pack=pack, language=language)


@lru_cache(maxsize=1)  # it is counted in two ways, one after the other
def sample_account(name: str) -> Account:
    """The rows of a sample case, to be counted in another way than its appeal counts them."""
    account = account_of(_files(name, orders_a_day=_MANY if name == "many_late" else _ORDERS))
    return replace(account, suppliers=()) if name == "no_suppliers" else account


def account_of(files: Mapping[str, bytes]) -> Account:
    """The rows of a sample's files, by the names that :mod:`poa.sample` gives them."""
    case = read_case(files[CASE], name=CASE)
    return Account(
        reports=(as_input(REPORT, files[REPORT]),),
        suppliers=(as_input(SUPPLIERS, files[SUPPLIERS]),),
        marketplace=case.seller.marketplace,
        letter_date=case.letter_date,
    )


def appeal_of(
    files: Mapping[str, bytes], facts: Facts, late_orders: Sequence[LateOrder], *, pack: Pack, language: str
) -> Appeal:
    """The appeal of a sample's files whose rows are counted, a draft."""
    case = read_case(files[CASE], name=CASE)
    notice = read_notice(notice_text(files[NOTICE], name=NOTICE))
    return Appeal(
        facts=facts,
        late_orders=late_orders,
        pack=pack,
        case=case,
        case_file=(CASE, files[CASE]),
        notice=notice,
        notice_file=(NOTICE, files[NOTICE]),
        answers=Answers(
            quiz_offered=case.notice.quiz_offered,
            appeal_button=case.notice.appeal_button,
            automated_handling_time=case.notice.automated_handling_time,
        ),
        deadline=due_on(notice, case.notice.date),
        evidence={one.removeprefix("evidence/"): files[one] for one in EVIDENCE},
        language=language,
        ui_language=language,
        made_by=_MADE_BY,
    )


@cache
def _counted(name: str) -> tuple[Facts, tuple[LateOrder, ...]]:
    return facts_and_late_orders(sample_account(name), tell=silent)


def _files(name: str, *, language: str = "en", orders_a_day: int) -> dict[str, bytes]:
    files = partial(sample_files, language=language, orders_a_day=orders_a_day)
    match name:
        case "one_supplier":
            (late,) = (maker for maker in MAKERS if maker.late_since)
            return files(makers=(replace(late, share=1.0),))
        case "nothing_late":
            return files(makers=[replace(maker, late=0.0, since=None) for maker in MAKERS])
        case "many_late":
            return files(makers=[replace(maker, late=0.4, since=None) for maker in MAKERS])
        case "chinese_names":
            return _renamed(files, lambda text: _CHINESE.get(text, f"型号{text}"))
        case "strange_names":
            return _renamed(files, lambda text: f"{text[:2]}{_STRANGE}{text[2:]}")
        case _:
            return files()


def _renamed(files: Callable[..., dict[str, bytes]], rename: Callable[[str], str]) -> dict[str, bytes]:
    """The sample with every supplier, SKU, carrier and the seller under another name, also in its case."""
    makers = [replace(one, name=rename(one.name), skus=tuple(map(rename, one.skus))) for one in MAKERS]
    found = files(makers=makers)
    case, report = found[CASE].decode(), found[REPORT].decode()
    for name in (_SELLER, *(told for one in MAKERS for told in (one.name, *one.skus))):
        case = case.replace(name, rename(name))
    for carrier in _CARRIERS:
        report = report.replace(f",{carrier},", f",{rename(carrier)},")
    return {**found, CASE: case.encode(), REPORT: report.encode()}
