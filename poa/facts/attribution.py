"""Who, where, since when: groups against what is usual for them, the causes that stand out, the steps of delay.

Counts, shares, excess and change are arithmetic: anybody can do them again from the same rows. Usual
ranges, verdicts and causes are judgement: association in the seller's own records, never proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from poa.facts.figures import Figure

Verdict: TypeAlias = Literal["cause", "not_cause", "unclear", "too_few"]
Kind: TypeAlias = Literal["", "changed", "above_target_throughout", "mix"]
Role: TypeAlias = Literal["", "own_warehouse", "not_stated", "several", "unknown"]
Between: TypeAlias = tuple[Figure, Figure]  # lower and upper bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One supplier, carrier or SKU in one window. ``key`` (S1, C1, K1 …) stands for the name in pictures.

    ``few`` is as in :class:`Rate`. The shares of all groups of a dimension add up to one.
    """

    key: str
    name: Figure
    orders: Figure
    late: Figure
    rate: Figure
    low: Figure
    high: Figure
    share_of_orders: Figure
    share_of_late: Figure
    few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Share):
    """A share beside what is usual.

    ``role`` tells what is no supplier: ``own_warehouse``, ``not_stated``, ``several``, ``unknown``.
    ``usual_low`` to ``usual_high`` is the 95 % range of late orders without a cause of its own; what the
    named causes add is counted in. ``excess`` is late orders less those that the baseline rate gives:
    the group's own history of 50 orders or more, else the account's, or without history the others'.
    ``kind`` is that of a cause. ``explained_by`` names the causes that half of its late orders, or what is unusual of them, belong to. ``rate_part`` and
    ``mix_part`` are what the group adds to the change of the account's rate (suppliers only).
    """

    role: Role
    orders_before: Figure
    late_before: Figure
    usual_low: Figure
    usual_high: Figure
    excess: Figure
    verdict: Verdict
    kind: Kind
    explained_by: tuple[str, ...]
    rate_part: Figure
    mix_part: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimensions:
    """Every group of the window, by dimension; empty where no row states one."""

    account: tuple[Group, ...]
    supplier: tuple[Group, ...]
    carrier: tuple[Group, ...]
    sku: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Several groups in one line: how many they are, their orders, how many of them late."""

    groups: Figure
    orders: Figure
    late: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The groups of a dimension as a table holds them: the first ones, then the rest and the small ones in a line each.

    ``few`` have fewer than 30 orders and no verdict: they are counted, not ranked. ``blank`` are orders
    without a name or with several.
    """

    dimension: str
    top: tuple[Group, ...]
    rest: Together | None
    few: Together | None
    blank: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseStages:
    """The late orders of a cause by step, each as lower and upper bound."""

    dispatch: Between
    handover: Between
    confirmation: Between


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another group that has nearly the same orders, so that the two cannot be told apart."""

    dimension: str
    name: Figure
    shared: Figure
    orders: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A group that stands out; strongest first.

    ``kind``: its rate changed, it was above the target throughout, or the mix moved to it.
    ``late_caused`` is the 95 % range of late orders beyond the usual; ``rate_without`` the account's rate
    less the excess; ``own_baseline`` is true where that is measured by its own history. ``from`` to ``to`` are the days that tell it apart best, None with few late orders;
    the true first day lies between ``from_earliest`` and ``from_latest``, or before all data where
    ``or_before``; ``span_late`` of ``span_orders`` are late in these days.
    """

    dimension: str
    key: str
    name: Figure
    role: Role
    kind: Literal["changed", "above_target_throughout", "mix"]
    orders: Figure
    late: Figure
    rate: Figure
    usual_low: Figure
    usual_high: Figure
    late_caused: Between
    excess: Figure
    own_baseline: bool
    usual_rate: Figure
    rate_without: Figure
    orders_before: Figure
    late_before: Figure
    share_of_orders: Figure
    share_before: Figure
    from_: Figure
    from_earliest: Figure
    from_latest: Figure
    to: Figure
    running: bool
    or_before: bool
    span_orders: Figure
    span_late: Figure
    stages: CauseStages
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LateLines:
    """Late orders of several suppliers whose latest line is of this one; the name is blank where no row states it."""

    name: Figure
    late: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The days that were compared with, and their orders."""

    from_: Figure
    to: Figure
    orders: Figure
    late: Figure
    rate: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The window's rate less the history's, split exactly over suppliers: rates got worse, or the mix moved.

    ``rate_orders`` and ``mix_orders`` say the same in late orders of the window. ``mix_matters`` is true
    where the mix did a third of it or more, or worked against the rates; ``no_rate_rose`` where no
    supplier got worse although the account did. Without suppliers (``by_supplier`` false) all of it is rate.
    """

    total: Figure
    rate_part: Figure
    mix_part: Figure
    rate_orders: Figure
    mix_orders: Figure
    by_supplier: bool
    mix_matters: bool
    no_rate_rose: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who stands out in the longest window; no cause is a proper answer.

    ``compared_with``: ``own_history``, or without it ``others`` or ``first_days`` of the window, which
    are ``history`` then. ``nameless`` are groups without a name on which late orders gather: whose they are
    no file says. ``several_late`` are the late orders with lines of several suppliers, by the supplier of the
    line that was latest. ``overlap`` is true where causes share orders, so that their numbers must not be added.
    ``stated_share`` is the share of late orders whose supplier is stated; ``mostly_stated``
    is false under four in five, ``suppliers_named`` where it is too small to name one. ``too_few`` is true
    where the window has so few orders that nobody is judged.
    """

    compared_with: Literal["own_history", "others", "first_days"]
    history: History | None
    dimensions: Dimensions
    rankings: tuple[Ranking, ...]
    causes: tuple[Cause, ...]
    nameless: tuple[Group, ...]
    several_late: tuple[LateLines, ...]
    overlap: bool
    change: Change | None
    stated_share: Figure
    mostly_stated: bool
    suppliers_named: bool
    too_few: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StageBounds:
    """Late orders that surely were in a step at their deadline, and that may have been."""

    low: Figure
    high: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """Late orders of the longest window by the step that they were in at their deadline.

    ``dispatch`` holds our own routing and the supplier; ``routing`` and ``supplier`` split it where
    an order time at the supplier is known. ``unattributed`` orders may have been in any step, of them
    ``contradicting`` have times that cannot be. Hours are the time past the deadline spent in each step;
    ``undivided_hours`` belong to no single one; None where times are bare days.
    """

    late: Figure
    dispatch: StageBounds
    routing: StageBounds | None
    supplier: StageBounds | None
    handover: StageBounds
    confirmation: StageBounds
    unattributed: Figure
    contradicting: Figure
    dispatch_hours: Figure
    handover_hours: Figure
    confirmation_hours: Figure
    undivided_hours: Figure
