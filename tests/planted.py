"""Made-up Late Shipment Reports with planted causes and known truth: `plant(kind, seed)`.

A supplier spikes · B several causes · C carrier · D one SKU of a healthy supplier · E the mix moves to a supplier
that was always slow · F own confirmations lag for all · G quiet · H quiet, noisy, near 4 % · I as A without history ·
J small supplier · K as A or C in a messy file · L quiet without history.

First every order is drawn with the outcome it would have had anyway (`chance`), then each cause makes some of the
on-time orders of its group late. So "late orders caused" is exact: without the cause they would have been on time.
The same draw goes on for 40 days after the report, for the forecast.

    python tests/planted.py FOLDER KIND COUNT [FIRST_SEED]
"""

import csv
import datetime as dt
import io
import itertools
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

KINDS = "ABCDEFGHIJKL"
HEADER_LINE = (
    "order-id,order-item-id,sku,supplier,carrier,purchase-date,ship-by-date,"
    "ship-confirm-date,supplier-dispatch-date,carrier-first-scan-date"
)
HEADER = tuple(HEADER_LINE.split(","))
CONFIRM = "ship-confirm-date"
STAGES = ("supplier", "handover", "confirmation")
WINDOW, FUTURE, HOUR, DAY = 30, 40, 3600, 86_400
WEEKDAYS = np.array([1.27, 1.11, 1.03, 1.0, 1.08, 0.78, 0.73])  # Monday first

TREES = (
    "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ironbark Juniper Kauri Larch Maple Nutmeg Oak Pine Quince "
    "Rowan Spruce Teak Ulmo Viburnum Willow Yew Zelkova"
)
OTHERS = ("深圳市远航贸易有限公司", "义乌百顺商行", "Hangzhou Tools Co., Ltd.", "Baker, Finch & Sons")
CARRIERS = ("Northway", "Parcelio", "BlueVan", "SkyLine", "CityPost", "Harbor Express")

# The dimensions a kind's causes may be of; a cause's greatest extra chance of being late; the stages it may sit in.
SEVERAL = (
    "supplier carrier/supplier sku/carrier sku/supplier account/supplier supplier/"
    "supplier carrier sku/supplier supplier carrier/account supplier sku"
)
WANTED = dict.fromkeys("AIJ", "supplier") | {"B": SEVERAL, "C": "carrier", "D": "sku", "F": "account"}
WANTED["K"] = "supplier/carrier"
MOST = {"account": 0.2, "supplier": 0.75, "carrier": 0.35, "sku": 0.8}
WHERE = {"account": [2], "supplier": [0, 1, 2], "carrier": [1], "sku": [0, 0, 1]}
TOO_MUCH = {"G": 0.038, "H": 0.043, "L": 0.038}  # a quiet report's rate stays below

Rng = np.random.Generator
Array = np.ndarray


@dataclass(frozen=True, slots=True)
class Planted:
    """A report (texts as they stand in the CSV) and what was planted in it."""

    name: str
    header: tuple[str, ...]
    columns: dict[str, list[str]]
    truth: dict

    def csv(self) -> bytes:
        """The report as a UTF-8 file."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(zip(*self.columns.values(), strict=True))
        return out.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Cause:
    """Extra lateness of one group on some days, at one stage."""

    dimension: str
    element: int
    stage: int
    first: int
    last: int
    extra: float  # chance that an order that would have been on time is late


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of the file: order, item, SKU and supplier (-1: blank); then, by order, what the file hides."""

    order: Array
    item: Array
    sku: Array
    supplier: Array
    missing: dict[str, Array]
    plain: Array  # all its rows name its one supplier


class World:
    """A seller and all its orders, future ones too: groups by number, ship-by day, and what becomes of each.

    Day 0 is the report's first, day `days - 1` is as-of. Orders start with the outcome they have without a cause.
    `special` is the small (J) or slow (E) supplier, `moves` the day from which the order mix is another (E).
    """

    def __init__(self, rng: Rng, kind: str) -> None:
        self.kind = kind
        self.as_of = dt.date(2026, 10, 31) - dt.timedelta(days=int(rng.integers(0, 800)))
        self.history = 0 if kind in "IL" else 60 if kind in "EGH" else int(rng.choice([60, 60, 45, 30]))
        self.days = self.history + WINDOW
        count, per_day = int(rng.integers(8, 23)), rng.uniform(47, 108)
        volume, lateness = self._calendar(rng, per_day)
        self.day = np.repeat(np.arange(len(volume)), rng.poisson(volume))
        # groups
        share = np.arange(1, count + 1) ** -rng.uniform(0.6, 1.1) * rng.lognormal(0, 0.25, count)
        self.special = {"J": count - 1, "E": int(rng.integers(1, count))}.get(kind, -1)
        part = {"J": rng.uniform(14, 36) / WINDOW / per_day, "E": rng.uniform(0.03, 0.08)}.get(kind)
        share = _shares(share, self.special, part)
        self.moves = self.history + int(rng.integers(0, 10))
        moved = _shares(share, self.special, rng.uniform(0.2, 0.45) if kind == "E" else None)
        supplier = _draw(rng, (self.day >= self.moves).astype(int), [share, moved]) % count
        sizes = rng.integers(3, 15, count)
        carriers = list(CARRIERS[: rng.integers(3, 7)])
        carrier = _draw(rng, supplier, list(rng.dirichlet(np.ones(len(carriers)), count))) % len(carriers)
        sku = _draw(rng, supplier, [np.arange(1, n + 1) ** -rng.uniform(0.8, 1.3) for n in sizes])
        pool = [*(f"{tree} {rng.choice(['& Co', 'Supply'])}" for tree in TREES.split()), *OTHERS]
        suppliers = [pool[i] for i in rng.permutation(len(pool))[:count]]
        letters = [f"X{i:02d}" if name in OTHERS else name[:3].upper() for i, name in enumerate(suppliers)]
        skus = [f"{c}-{100 + i}" for c, n in zip(letters, sizes, strict=True) for i in range(n)]
        self.names = {"account": ["(all orders)"], "supplier": suppliers, "carrier": carriers, "sku": skus}
        self.codes = {"account": 0 * supplier, "supplier": supplier, "carrier": carrier, "sku": sku}
        self.owner = np.repeat(np.arange(count), sizes)  # the supplier of each SKU
        # what becomes of them
        self.spread = rng.uniform(0.1, 0.3) if kind == "H" else rng.uniform(0.35, 0.7)
        rates = rng.lognormal(0, self.spread, count).clip(0.2, 3)  # how much suppliers differ for good
        low, high = {"H": (0.031, 0.039), "E": (0.008, 0.022)}.get(kind, (0.008, 0.03))
        rates *= rng.uniform(low, high) / (rates @ share)
        if kind == "E":
            rates[self.special] = rng.uniform(0.08, 0.2)
        by_carrier = rng.lognormal(0, rng.choice([0, 0.15]) if self.history else 0, len(carriers))
        self.chance = (rates[supplier] * by_carrier[carrier] * lateness[self.day]).clip(0, 0.6)
        self.late = rng.random(len(supplier)) < self.chance
        self.stage = rng.choice(3, len(supplier), p=rng.dirichlet([11, 3, 6]))  # that makes it late, if it is
        self.by = np.full(len(supplier), -1)  # the number of the cause that made it late, -1: none

    def _calendar(self, rng: Rng, per_day: float) -> tuple[Array, Array]:
        """Expected orders and the factor of lateness, for each day of the report and the 40 after it."""
        days = np.arange(self.days + FUTURE)
        weekday = (self.as_of.weekday() + days - self.days + 1) % 7
        trend = 1 + rng.uniform(-0.2, 0.25) * np.minimum(days / self.days - 0.5, 0.5)
        volume = per_day * WEEKDAYS[weekday] * trend
        clustering = rng.uniform(0.1, 0.25) if self.kind == "H" else rng.choice([0.02, 0.1])
        lateness = rng.gamma(1 / clustering, clustering, len(days))
        if self.kind == "H":
            away = (days - self.history - rng.uniform(4, WINDOW - 4)) / rng.uniform(2, 4)
            volume *= 1 + rng.uniform(0.5, 1.3) * np.exp(-(away**2) / 2)
            bad = rng.random(len(days)) < rng.uniform(0.04, 0.1)
            lateness[bad] *= rng.uniform(1.6, 3, bad.sum())
            lateness /= lateness[: self.days].mean()
        return volume, lateness

    def date(self, day: int) -> str:
        return (self.as_of + dt.timedelta(days=day - self.days + 1)).isoformat()

    def window(self) -> Array:
        return (self.day >= self.history) & (self.day < self.days)


def _shares(share: Array, which: int, new: float | None) -> Array:
    """Shares that sum to 1; one supplier may get a given one, the others keep their proportions."""
    share = share / share.sum()
    others = share * (1 - (new or 0)) / (1 - share[which])
    return share if new is None else np.where(np.arange(len(share)) == which, new, others)


def plant(kind: str, seed: int) -> Planted:
    """The scenario of this kind and seed, always the same; draws again what does not come out as its kind asks."""
    for attempt in itertools.count():
        rng = np.random.Generator(np.random.PCG64([KINDS.index(kind), seed, attempt]))
        world = World(rng, kind)
        causes = _causes(rng, world)
        if causes is None:
            continue
        times = _times(rng, world)
        lines = _mess(rng, world, times)
        truth = {"scenario": f"{kind}-{seed:04d}", **_truth(world, causes, times, lines)}
        real = all(c.get("late_orders_caused", 3 * c["material"]) >= 3 for c in truth["causes"])
        if real and truth["window"]["late"] < TOO_MUCH.get(kind, 1) * truth["window"]["orders"]:
            return Planted(truth["scenario"], HEADER, _texts(world, times, lines, seed), truth)
    raise AssertionError


def _draw(rng: Rng, row: Array, weights: list[Array]) -> Array:
    """For each order a number drawn by the weights of its row; numbers go on from row to row."""
    steps = [i + np.append(np.cumsum(w)[:-1] / w.sum(), 1) for i, w in enumerate(weights)]
    return np.searchsorted(np.concatenate(steps), row + rng.random(len(row)), side="right")


def _causes(rng: Rng, world: World) -> list[Cause] | None:
    """The causes of this kind, once they have made their orders late; None if no group of this seller fits."""
    causes: list[Cause] = []
    for dimension in str(rng.choice(WANTED.get(world.kind, "").split("/"))).split():
        cause = _cause(rng, world, dimension, causes)
        if cause is None:
            return None
        _strike(rng, world, cause, len(causes))
        causes.append(cause)
    return causes


def _cause(rng: Rng, world: World, dimension: str, others: list[Cause]) -> Cause | None:
    """A cause in this dimension whose size is anywhere from barely material to huge."""
    codes, size = world.codes[dimension], len(world.names[dimension])
    first, last = _span(rng, world)
    usual = np.bincount(codes, world.chance * world.window(), size)
    running = np.bincount(codes[(world.day >= first) & (world.day <= last)], minlength=size)
    least, most = _must(world, usual, usual.sum()) / np.maximum(1, running), MOST[dimension]
    if world.kind == "J":
        least, most = np.maximum(least, np.where(np.arange(size) == world.special, 0.35, 9)), 0.85
    for element in rng.permutation(np.flatnonzero(least < 0.8 * most)).tolist():
        if _distinct(world, dimension, element, others):
            extra = float(least[element] * (most / least[element]) ** rng.random())
            return Cause(dimension, element, int(rng.choice(WHERE[dimension])), first, last, extra)
    return None


def _span(rng: Rng, world: World) -> tuple[int, int]:
    """First and last day of an incident of 5 to 30 days, still running in two of three cases."""
    end = world.days - 1
    if world.kind == "I" and rng.random() < 0.35:
        return 0, end  # slower than the others all along
    length = int(rng.integers(12 if world.kind == "J" else 5, 23 if world.kind == "I" else 31))
    end -= 0 if rng.random() < 0.67 else int(rng.integers(1, 11))
    return max(world.history, end - length + 1), end


def _must(world: World, usual: Array | float, total: float) -> Array | float:
    """The late orders a cause must have made to be material: 8, 6 % of all, clearly more than the group's usual.

    Fewer than 8 among some thousand orders are not asked for. Without history the usual is known from the
    other suppliers only, who differ.
    """
    doubt = usual + (0 if world.history else (world.spread * usual) ** 2)
    return np.maximum(np.maximum(8, 0.06 * total), np.maximum(0.5 * usual, 3 + 3 * np.sqrt(doubt)))


def _distinct(world: World, dimension: str, element: int, others: list[Cause]) -> bool:
    """Whether the group is not nearly the same orders as some other group, nor part of another cause's."""
    window = world.window()
    inside = window & (world.codes[dimension] == element)
    if world.kind == "J" and not 12 <= inside.sum() <= 40:
        return False
    for other in {"supplier", "carrier", "sku"} - {dimension} if dimension != "account" else ():
        common = np.bincount(world.codes[other][inside])
        either = inside.sum() + np.bincount(world.codes[other][window])[: len(common)] - common
        if (common / either).max() > (0.45 if (dimension, other) == ("sku", "supplier") else 0.65):
            return False
    pairs = [(dimension, element), *((c.dimension, c.element) for c in others)]
    owners = {("supplier", world.owner[e]) for d, e in pairs if d == "sku"}
    return len(set(pairs)) == len(pairs) and not owners & set(pairs)


def _strike(rng: Rng, world: World, cause: Cause, number: int) -> None:
    """Make orders late. After as-of a cause goes on, also one that has ended."""
    noise = rng.lognormal(0, rng.uniform(0, 0.4), world.days + FUTURE)
    running = (world.day >= cause.first) & ((world.day <= cause.last) | (world.day >= world.days))
    hit = running & (world.codes[cause.dimension] == cause.element) & ~world.late
    hit &= rng.random(len(hit)) < cause.extra * noise[world.day]
    world.late[hit], world.stage[hit], world.by[hit] = True, cause.stage, number


def _times(rng: Rng, world: World) -> dict[str, Array]:
    """Complete and consistent times, in seconds from day 0; a late order is late at its stage."""
    day = world.day[world.day < world.days]
    n = len(day)
    late, stage = world.late[:n], world.stage[:n]

    def hours(low: float, high: float) -> Array:
        return rng.uniform(low, high, n) * HOUR

    due = (day + 1) * DAY - 1
    bought = (day - rng.choice([1, 2, 3], n, p=[0.4, 0.4, 0.2]) + rng.random(n)) * DAY
    confirm = bought + (due - bought) * rng.beta(2, 2.2, n)
    dispatch = bought + (confirm - bought) * rng.uniform(0.55, 0.98, n)
    passed = due + np.minimum(1 + rng.gamma(1.2, 16.5, n), 120) * HOUR  # when the late stage was over
    ready = bought + (due - bought) * rng.uniform(0.4, 0.95, n)
    scan = ready + (due - ready) * rng.uniform(0.45, 0.95, n)
    unscanned = rng.random(n) < rng.uniform(0, 0.25)  # if confirmed late: scanned later still
    scans = [passed + hours(0.5, 10), passed, np.where(unscanned, passed + hours(1, 15), scan)]
    confirms = [passed + hours(0.1, 4), passed + hours(0.1, 3), passed]
    scan = np.where(late, np.choose(stage, scans), dispatch + hours(1, 20))
    dispatch = np.where(late, np.where(stage == 0, passed, ready), dispatch)
    confirm = np.where(late, np.choose(stage, confirms), confirm)
    values = (bought, due, confirm, dispatch, scan)
    return {column: value.astype(int) for column, value in zip(HEADER[5:], values, strict=True)}


def _mess(rng: Rng, world: World, times: dict[str, Array]) -> Lines:
    """The rows; in a messy file with blanks, several lines, copies and in no order."""
    n, messy, owner = len(times[CONFIRM]), world.kind == "K", world.owner
    order, sku = np.arange(n), world.codes["sku"][:n]
    rates = rng.uniform(0.1, 0.6, 2) if messy else np.full(2, rng.uniform(0.03, 0.3) * (rng.random() < 0.3))
    missing = dict(zip(HEADER[7:], rng.random((3, n)) < [[0], [rates[0]], [rates[1]]], strict=True))
    if not messy:
        return Lines(order, order, sku, owner[sku], missing, np.ones(n, bool))
    for column in HEADER[7:]:
        missing[column] |= times[column] >= world.days * DAY  # not yet known at as-of
    missing[CONFIRM] |= rng.random(n) < rng.uniform(0.002, 0.015)
    blank = rng.random(n) < rng.uniform(0.05, 0.25)
    extra = np.flatnonzero(rng.random(n) < rng.uniform(0.03, 0.15))
    second = _draw(rng, owner[sku[extra]], [np.ones(k) for k in np.bincount(owner)])
    foreign = rng.random(len(extra)) < 0.12  # the second line is from anyone
    second[foreign] = rng.integers(0, len(owner), foreign.sum())
    plain = ~blank
    plain[extra] &= owner[second] == owner[sku[extra]]
    order, sku = np.append(order, extra), np.append(sku, second)
    copies = rng.integers(0, len(order), int(len(order) * rng.uniform(0.003, 0.03)))
    item = rng.permutation(np.append(np.arange(len(order)), copies))
    supplier = np.where(blank[order], -1, owner[sku])
    return Lines(order[item], item, sku[item], supplier[item], missing, plain)


def _texts(world: World, times: dict[str, Array], lines: Lines, seed: int) -> dict[str, list[str]]:
    start, prefix = np.datetime64(world.date(0), "s"), 100 + seed % 900
    stamps = {c: np.datetime_as_string(start + t.astype("m8[s]"), timezone="UTC") for c, t in times.items()}
    for column, gone in lines.missing.items():
        stamps[column] = np.where(gone, "", stamps[column])
    columns = (
        [f"{prefix}-{1_000_001 + i:07d}-{7_000_013 + 13 * i:07d}" for i in lines.order.tolist()],
        [f"{90_000_000_000_001 + i}" for i in lines.item.tolist()],
        np.array(world.names["sku"])[lines.sku].tolist(),
        np.array([*world.names["supplier"], ""])[lines.supplier].tolist(),
        np.array(world.names["carrier"])[world.codes["carrier"][lines.order]].tolist(),
        *(stamp[lines.order].tolist() for stamp in stamps.values()),
    )
    return dict(zip(HEADER, columns, strict=True))


def _truth(world: World, causes: list[Cause], times: dict[str, Array], lines: Lines) -> dict:
    """What is to be found; counts are of confirmed orders, each once, by ship-by day."""
    n, known = len(lines.plain), ~lines.missing[CONFIRM]
    day, late = world.day[:n], world.late[:n]
    window, recent = known & (day >= world.history), known & (day >= world.days - 10)
    _, due, confirm, dispatch, scan = times.values()
    stage = np.select([dispatch > due, (scan > due) & (scan <= confirm)], [0, 1], 2)  # where it was when due
    stages = np.bincount(stage[window & late], minlength=3).tolist()
    told = [_told(world, number, cause, window, lines.plain) for number, cause in enumerate(causes)]
    if world.kind == "E":
        told = [{"dimension": "supplier", "element": world.names["supplier"][world.special], "stage": None}]
        breach = bool(100 * (window & late).sum() >= 4 * window.sum())
        told[0] |= {"kind": "mix", "material": breach, "first_day": world.date(world.moves)}
    counted = (None, world.late, world.late & (world.by < 0))
    future = np.stack([np.bincount(world.day, which, world.days + FUTURE) for which in counted], axis=1)
    return {
        "as_of": world.as_of.isoformat(),
        "window_days": WINDOW,
        "window_by": "ship-by-date",
        "history_days": world.history,
        "causes": told,
        "window": {"orders": int(window.sum()), "late": int((window & late).sum())},
        "last_10_days": {"orders": int(recent.sum()), "late": int((recent & late).sum())},
        "late_by_stage": dict(zip(STAGES, stages, strict=True)),
        "unconfirmed_lines": len(np.unique(lines.item[~known[lines.order]])),
        "future": future[world.days :].astype(int).tolist(),
    }


def _told(world: World, number: int, cause: Cause, window: Array, plain: Array) -> dict:
    """A cause as the truth file tells it.

    Of a supplier or SKU only orders count whose rows name it: the others cannot be laid to it.
    """
    n = len(window)
    member = window & (world.codes[cause.dimension][:n] == cause.element)
    if cause.dimension in ("supplier", "sku"):
        member &= plain
    caused, total = int((member & (world.by[:n] == number)).sum()), int((window & world.late[:n]).sum())
    return {
        "dimension": cause.dimension,
        "element": world.names[cause.dimension][cause.element],
        "stage": STAGES[cause.stage],
        "first_day": world.date(cause.first),
        "last_day": world.date(cause.last),
        "late_orders_caused": caused,
        "material": bool(caused >= _must(world, float(world.chance[:n][member].sum()), total)),
    }


def main(folder: str, kind: str, count: str, first: str = "1") -> None:
    """Write the scenarios as files."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    for seed in range(int(first), int(first) + int(count)):
        made = plant(kind, seed)
        Path(folder, f"{made.name}.report.csv").write_bytes(made.csv())
        Path(folder, f"{made.name}.truth.json").write_text(json.dumps(made.truth, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
