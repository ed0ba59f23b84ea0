"""Orders that the rate is not about: what Amazon ships itself, what was cancelled, what other stores sold.

The rate is of seller-fulfilled orders of one marketplace (Amazon Seller Central help G200285190).
Cancelled orders are left out unless they were confirmed, which Amazon does not state: it is assumed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from poa.facts import Figure, Lines, Rows, SetAside
from poa.joining import Pooled
from poa.orders import ORDER_LIMIT, Mask, places
from poa.policy import marketplace, store_named
from poa.words import said

_OPEN = {"pending", "unshipped", "partiallyshipped", "pendingavailability", "shipping"}
_CANCELLED = {"cancelled", "canceled"}
_AMAZON = {"amazon", "afn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Rows with what was set aside taken out, and what those that stay say of being shipped.

    ``opens`` and ``ships`` are marks of the rows that stay. ``stores`` are the stores of the
    seller-fulfilled rows, most orders first. ``cancelled`` are the rows of cancelled orders.
    """

    pooled: Pooled
    cancelled: pd.DataFrame
    opens: Mask
    ships: Mask
    set_aside: tuple[SetAside, ...]
    stores: tuple[str, ...]


def set_apart(pooled: Pooled, *, store: str) -> Apart:
    """Take out the orders that the rate of this store is not about; each is counted and can be found."""
    rows = pooled.rows
    none = np.zeros(len(rows), dtype=bool)
    amazon = _says(rows, "channel", lambda word: _folded(word) in _AMAZON)
    opens = _says(rows, "status", is_open)
    ships = _says(rows, "status", lambda word: _folded(word).startswith(("shipped", "delivered")))
    cancelled = _says(rows, "status", is_cancelled)
    if not (amazon.any() or cancelled.any() or "store" in rows):
        return Apart(
            pooled=pooled, cancelled=rows.iloc[:0], opens=opens, ships=ships, set_aside=(), stores=()
        )
    keys = rows["key"]
    # A confirmation keeps an order that another row calls cancelled; so does "shipped", unless it is older.
    kept = keys[(rows["ship_confirmed"].notna() | (ships & ~_older(rows, cancelled)))]
    gone = keys.isin(keys[cancelled]).to_numpy() & ~keys.isin(kept).to_numpy()
    by_amazon = keys.isin(keys[amazon]).to_numpy()
    found: list[tuple[str, str, Mask]] = [("amazon_fulfilled", said("shipped by Amazon (FBA)"), by_amazon)]
    away, elsewhere = none, list(_elsewhere(rows, store, ~by_amazon))
    for name, mask in elsewhere:
        found.append(("other_store", name, mask))
        away = away | mask
    found.append(("cancelled", said("cancelled"), gone & ~by_amazon & ~away))
    stay = ~(by_amazon | away | gone)
    return Apart(
        pooled=replace(pooled, rows=rows[stay].reset_index(drop=True)),
        cancelled=rows[gone & ~by_amazon & ~away],
        opens=opens[stay],
        ships=ships[stay],
        set_aside=tuple(_counted(pooled, kind, name, mask) for kind, name, mask in found if mask.any()),
        stores=_stores(rows[~by_amazon & ~gone]),
    )


def is_open(status: str) -> bool:
    """Whether a word says that an order is not shipped yet."""
    return _folded(status) in _OPEN


def is_cancelled(status: str) -> bool:
    """Whether a word says that an order was cancelled."""
    return _folded(status) in _CANCELLED


def _says(rows: pd.DataFrame, column: str, meant: Callable[[str], bool]) -> Mask:
    if column not in rows:
        return np.zeros(len(rows), dtype=bool)
    words = rows[column].cat
    marks = np.array([meant(str(word)) for word in words.categories], dtype=bool)
    return marks[words.codes.to_numpy()]


def _older(rows: pd.DataFrame, marked: Mask) -> Mask:
    """Which rows were updated before a marked row of the same order."""
    if "updated" not in rows or not marked.any():
        return np.zeros(len(rows), dtype=bool)
    last = rows["updated"][marked].groupby(rows["key"][marked]).max()
    return np.asarray(rows["updated"] < rows["key"].map(last))


def _folded(word: str) -> str:
    return re.sub(r"[\W_]+", "", word.casefold())


def _elsewhere(rows: pd.DataFrame, store: str, ours: Mask) -> Iterator[tuple[str, Mask]]:
    """The orders of each other store; an order that any row gives to this store is this store's."""
    if "store" not in rows:
        return
    here = _says(rows, "store", lambda word: store_named(word) == store)
    others = _says(rows, "store", lambda word: bool(word) and store_named(word) != store)
    keys = rows["key"]
    names = rows["store"].astype(object).map(_shown)
    lost = ours & keys.isin(keys[others]).to_numpy() & ~keys.isin(keys[here]).to_numpy()
    first = names[others].groupby(keys[others]).first()
    of_row = keys.map(first).where(pd.Series(lost))
    for name in sorted({str(name) for name in of_row.dropna()}):
        yield name, (of_row == name).to_numpy()


def _shown(word: object) -> str:
    """A store as people know it; a word that names none of Amazon's stays as it is."""
    code = store_named(str(word))
    return marketplace(code).name if code else str(word)


def _stores(rows: pd.DataFrame) -> tuple[str, ...]:
    if "store" not in rows:
        return ()
    counts: Counter[str] = Counter()
    once = rows.drop_duplicates(["key", "store"])
    numbers = once["store"].value_counts()
    if "weight" in once:
        numbers = once.groupby("store", observed=True)["weight"].sum()
    for name, number in numbers.items():
        code = store_named(str(name))
        if code and number:
            counts[code] += int(number)
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def _places(pooled: Pooled, rows: pd.DataFrame) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int32]]:
    """Where rows stand, and the orders that they stand for."""
    files, lines = rows["file"].to_numpy(), rows["line"].to_numpy()
    if pooled.members is None:
        return files, lines
    group = rows["group"].to_numpy()
    more_files, more_lines = pooled.members.places(group[group >= 0])
    alone = group < 0
    return np.concatenate([files[alone], more_files]), np.concatenate([lines[alone], more_lines])


def _counted(pooled: Pooled, kind: str, name: str, mask: Mask) -> SetAside:
    rows = pooled.rows[mask]
    orders = int(
        rows["key"].nunique() if pooled.members is None else rows.groupby("key")["weight"].max().sum()
    )
    names = tuple(file.name for file in pooled.files)
    listed: tuple[Lines, ...] = ()
    if orders <= ORDER_LIMIT:
        listed = places(*_places(pooled, rows), names)
    what = f"of the store {name}" if kind == "other_store" else name
    figure = Figure(
        id=f"set_aside.{kind}.{name}" if kind == "other_store" else f"set_aside.{kind}",
        value=orders,
        unit="orders",
        rows=Rows(rule=f"orders {what}, not counted in the rate", orders=orders, lines=listed),
    )
    return SetAside(kind=kind, name=name, orders=figure)
