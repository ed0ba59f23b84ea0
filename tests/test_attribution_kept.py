"""What the same orders are laid to stays what it is: figures of many made-up accounts, kept, and renewed with --accept.

The worked examples and the laws stand in ``test_causes.py``. Here a number that moves anywhere in the attribution is seen.
"""

import json
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from planted import plant
from strategies import facts
from test_causes import Plan, causes, figures, world

from poa.analysis.causes.cells import DIMENSIONS
from poa.analysis.causes.standing import Extra, Group, standing
from poa.facts import summary_data

SOME = 8  # groups of each dimension, those with most late orders first
KEPT = Path(__file__).parent / "attribution.json"
CLOSE = {"rel": 1e-6, "abs": 1e-9}


def plans():
    """Quiet accounts and planted causes, strong and weak, few orders and many, with a history and without."""
    kinds = product(("", "supplier", "carrier", "account"), (0.06, 0.12, 0.4), (True, False))
    for seed, (cause, extra, history) in enumerate(kinds):
        plan = Plan(
            seed=seed,
            cause=cause,
            extra=extra,
            rate=0.01 + 0.004 * (seed % 6),
            daily=12 + seed % 9,
            suppliers=2 + seed % 4,
            carriers=2,
        )
        yield (
            f"{cause or 'quiet'} {extra} {'with' if history else 'without'} history",
            plan.world(history=history),
        )
    rng = np.random.default_rng(5)
    for rate, grown in product((0.033, 0.036, 0.05), (1, 2, 4)):
        rows = []
        for day in range(70):
            for name, orders, late in (
                ("slow", 4 * (grown if day >= 40 else 1), rate * 2),
                ("good", 12, rate / 2),
                ("", 3, rate),
            ):
                rows += [(day, bool(rng.random() < late), name, f"c{day % 2}") for _ in range(orders)]
        made = world(rows, window=40, end=69, dimensions=("supplier", "carrier"))
        yield f"slow at {rate}, {grown} times as many", made
        yield f"slow at {rate}, {grown} times as many, without history", made.alone()
    yield "two causes", both()


def both():
    """A supplier and a carrier in days that overlap, and late orders under no name."""
    one = Plan(seed=77, cause="supplier", extra=0.3, rate=0.02, daily=25, suppliers=4, carriers=3).world()
    rng = np.random.default_rng(78)
    carrier = np.array([name == "carrier-1" for name in one.names["carrier"]])
    late = one.late | (carrier & (one.day >= 55) & (rng.random(len(one.day)) < 0.35))
    names = {**one.names, "sku": ["" if name == "sku-0" else name for name in one.names["sku"]]}
    late |= np.array([not name for name in names["sku"]]) & (one.day >= 50) & (rng.random(len(one.day)) < 0.3)
    return replace(one, late=late, names=names)


PLANS = dict(plans())


def told(made):
    """The causes of an account with all their figures, and where each group stands beside them."""
    named = made.named()
    yardstick, cells = named.yardstick, named.yardstick.cells
    whole = Extra(0, yardstick.orders.shape[1] - 1)
    groups = []
    for dimension, names in cells.names.items():
        for number, name in enumerate(names):
            group = Group(DIMENSIONS.index(dimension), number)
            try:
                one = standing(yardstick, group, {group: whole, **named.extras})
            except ValueError:  # beside others, who is the only one has nobody to be compared with
                groups.append([dimension, name, "alone"])
                continue
            groups.append([dimension, name, one.orders, one.late, one.usual, one.low, one.high, one.chance])
    return {
        "compared": [named.compared, named.first, named.last],
        "causes": [list(one) for one in causes(named)],
        "figures": figures(named),
        "nameless": [[one.group.rank, one.group.number, one.usual, one.chance] for one in named.nameless],
        "groups": groups,
        "spread": {name: float(value) for name, value in yardstick.spread.items()},
    }


@cache
def summary(kind):
    """What the summary of a planted report says of its attribution."""
    found = summary_data(facts(plant(kind, 1).csv()))
    attribution = found["attribution"]
    first = {name: groups[:SOME] for name, groups in attribution["dimensions"].items()}
    return {"attribution": {**attribution, "dimensions": first}, "incidents": found["incidents"]}


def flat(value):
    """Words and numbers one after the other."""
    if isinstance(value, dict):
        value = [part for pair in sorted(value.items()) for part in pair]
    if isinstance(value, list | tuple):
        return [part for one in value for part in flat(one)]
    return ["none" if value is None else value.item() if isinstance(value, np.generic) else value]


@pytest.mark.parametrize("kind", "ABDEHIJL")
def test_the_same_report_says_the_same_of_who_stands_out(kind, accept):
    """Causes in words of the summary, each group with its verdict, shares, and the change in its parts."""
    compared(f"report {kind}", json.loads(json.dumps(summary(kind))), accept=accept)


@pytest.mark.parametrize("name", PLANS)
def test_the_same_orders_are_laid_to_the_same(name, accept):
    """Names, kinds, days, and every figure to six digits."""
    compared(name, json.loads(json.dumps(told(PLANS[name]), default=lambda one: one.item())), accept=accept)


def compared(name, found, *, accept):
    """What is found is what was kept under this name; with --accept it is kept."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    if accept:
        text = json.dumps({**kept, name: found}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        KEPT.write_text(text.replace('},"', '},\n"') + "\n", encoding="utf-8")
        return
    mine, theirs = flat(found), flat(kept[name])
    assert [one for one in mine if isinstance(one, str)] == [one for one in theirs if isinstance(one, str)]
    assert [one for one in mine if not isinstance(one, str)] == pytest.approx(
        [one for one in theirs if not isinstance(one, str)], **CLOSE
    )
