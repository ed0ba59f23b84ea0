"""The file of one week: a record of plain numbers as TOML, one line a thing, the same bytes from the same week."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from math import isfinite
from typing import Any, TypeVar

from poa.errors import CaseFault
from poa.facts.history import ToldBefore, ToldIncident, ToldMeasure, ToldRate, WeekRecord
from poa.orders import ALL_ORDERS
from poa.toml import line_of, read_toml, text_value

FOLDER = "history"
VERSION = 1
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")
_HEAD = "# One week as poa weekly told it. Made by poa: it makes this file again from the same reports.\n"
_ACCOUNT = "account"
_Told = TypeVar("_Told", ToldRate, ToldIncident, ToldBefore)


def record_name(week: str) -> str:
    """Where the record of a week lies in the case folder: ``history/2026-W44.toml``."""
    return f"{FOLDER}/{week}.toml"


def record_bytes(record: WeekRecord) -> bytes:
    """The record as a file."""
    return (_HEAD + "\n".join(_lines(record)) + "\n").encode()


def _lines(record: WeekRecord) -> Iterator[str]:
    yield f"history = {VERSION}"
    yield f"week = {text_value(record.week)}"
    yield f"cut_off = {text_value(record.cut_off)}"
    if record.orders is not None:
        yield f"orders = {record.orders}"
    yield f"late = {record.late}"
    yield f"days = [{', '.join(f'[{orders}, {late}]' for orders, late in record.days)}]"
    for name in ("rates", "incidents", "before"):
        yield from _listed(name, (_inline(one) for one in getattr(record, name)))
    yield from _listed("measures", (_measure(one) for one in record.measures))


def _listed(name: str, items: Iterable[str]) -> Iterator[str]:
    """A list with one line an item, so that two versions of it merge line by line."""
    lines = [f"  {item}," for item in items]
    if lines:
        yield from (f"{name} = [", *lines, "]")


def _measure(one: ToldMeasure) -> str:
    """A control figure as a short list: there are many, and a year of them is to stay small."""
    group = [] if one.dimension == _ACCOUNT else [text_value(one.dimension), text_value(one.name)]
    bounds = ['""' if bound is None else _value(bound) for bound in (one.low, one.high)]
    return f"[{', '.join([text_value(one.kpi), *group, *bounds, str(one.of), str(one.due)])}]"


def _inline(one: ToldRate | ToldIncident | ToldBefore) -> str:
    told = {part.name: getattr(one, part.name) for part in fields(one)}
    return (
        "{ "
        + ", ".join(f"{key} = {_value(value)}" for key, value in told.items() if value is not None)
        + " }"
    )


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return f"{value:.6f}".rstrip("0").rstrip(".")
        case _:
            return text_value(str(value))


def read_record(data: bytes, *, name: str) -> WeekRecord:
    """The record of a file; raises CaseFault with the place for one that poa did not write."""
    told = read_toml(data, name=name, fault=CaseFault)
    if told.get("history") != VERSION:
        newer = isinstance(told.get("history"), int)
        raise CaseFault(
            "bad_history",
            f"{name} is of another version of poa." if newer else f"{name} is no week of poa's history.",
            file=name,
            line=line_of(data, "history"),
            hint="Run the newer poa, or delete the file: it is made again from the reports.",
        )
    try:
        record = _record(told)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        key = str(error.args[0]) if isinstance(error, KeyError) else ""
        raise CaseFault(
            "bad_history",
            f"{name} was changed by hand, or only half of it is there.",
            file=name,
            line=line_of(data, key) if key else None,
            hint="Delete the file: it is made again from the reports.",
        ) from None
    if name != record_name(record.week):
        raise CaseFault(
            "bad_history",
            f"{name} holds the week {record.week}, which its name does not say.",
            file=name,
            line=line_of(data, "week"),
            hint="Delete the file: it is made again from the reports.",
        )
    return record


def _record(told: Mapping[str, Any]) -> WeekRecord:
    record = WeekRecord(
        week=str(told["week"]),
        cut_off=str(told["cut_off"]),
        orders=None if told.get("orders") is None else _whole(told["orders"]),
        late=_whole(told["late"]),
        days=tuple((_whole(orders), _whole(late)) for orders, late in told["days"]),
        rates=_parts(ToldRate, told.get("rates", ())),
        incidents=_parts(ToldIncident, told.get("incidents", ())),
        measures=tuple(
            _told_measure(one) for one in told["measures"]
        ),  # the last of the file: half of it lacks them
        before=_parts(ToldBefore, told.get("before", ())),
    )
    _check(record)
    return record


def _check(record: WeekRecord) -> None:
    """Raise ValueError for what poa never writes: no week, no instant, no day, or days that do not add up."""
    weeks = (
        record.week,
        *(one.first_week for one in record.incidents),
        *(one.seen_in for one in record.before),
    )
    for week in weeks:
        if not _WEEK.fullmatch(week):
            raise ValueError(week)
    for one in record.incidents:
        if not date.fromisoformat(one.first) <= date.fromisoformat(one.last):
            raise ValueError(one.first)
    if datetime.fromisoformat(record.cut_off).tzinfo is None:
        raise ValueError(record.cut_off)
    orders, late = (sum(numbers) for numbers in zip(*record.days, strict=True))
    if len(record.days) != 7 or (orders, late) != (record.orders or 0, record.late):
        raise ValueError(record.days)


def _told_measure(told: Sequence[Any]) -> ToldMeasure:
    kpi, *group, low, high, of, due = told
    dimension, name = group or (_ACCOUNT, ALL_ORDERS)
    return ToldMeasure(
        kpi=_typed(kpi, "str"),
        dimension=_typed(dimension, "str"),
        name=_typed(name, "str"),
        low=None if low == "" else _typed(low, "float"),
        high=None if high == "" else _typed(high, "float"),
        of=_whole(of),
        due=_whole(due),
    )


def _parts(kind: type[_Told], items: Sequence[Mapping[str, Any]]) -> tuple[_Told, ...]:
    optional = {"orders"}
    return tuple(
        kind(
            **{
                part.name: _typed(
                    item.get(part.name) if part.name in optional else item[part.name], str(part.type)
                )
                for part in fields(kind)
            }
        )
        for item in items
    )


def _typed(value: Any, kind: str) -> Any:
    """A value of the type that its field declares; TypeError for another one, ValueError for no finite number."""
    kinds: dict[str, tuple[type, ...]] = {
        "int": (int,),
        "str": (str,),
        "bool": (bool,),
        "float": (int, float),
    }
    wanted = kinds[kind.removesuffix(" | None")]
    if value is None and kind.endswith("| None"):
        return None
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind != "bool"):
        raise TypeError(value)
    if kind.startswith("float") and isinstance(value, int | float):
        value = float(value)
        if not isfinite(value):
            raise ValueError(value)
    return value


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise TypeError(value)
    return value
