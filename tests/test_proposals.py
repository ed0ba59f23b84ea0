"""What is proposed to the seller: questions that the rows support, in the seller's own numbers, and nothing beyond."""

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from strategies import facts
from test_remedies import surging
from test_standing import LAST, Book, spike

from poa.case.proposals import (
    proposed_causes,
    proposed_corrective,
    proposed_gaps,
    proposed_preventive,
    proposed_why,
    supports,
)
from poa.errors import UsageFault
from poa.facts import ClosedDays, Figure, Rows, figures
from poa.policy.causes import cause_codes, gap_codes
from poa.words import Said

ORDERED, LEFT, SCANNED = "supplier-order-date", "supplier-dispatch-date", "carrier-first-scan-date"


@cache
def told(step="dispatch", *, without=(), **more):
    """Alder is late since the 16th day before the as-of day, at this step."""
    return facts(spike(step=step).text(without=without), complete=True, **more)


def first(found):
    return proposed_causes(found)[0]


@cache
def account_wide():
    """Two suppliers late together since the 12th day before the as-of day."""
    book = Book()
    for name in ("Alder", "Birch"):
        book.add(name, per_day=10, late_per_day=0.2, first=90, last=12)
        book.add(name, per_day=10, late_per_day=4, first=12, step="confirmation")
    return facts(book.text(), complete=True)


@cache
def late_only():
    """A list of late orders, of which only the promise and the confirmation are known."""
    book = spike()
    book.rows = [row for row in book.rows if row[7] > row[6]]
    return facts(book.text(without=(ORDERED, LEFT, SCANNED)), complete=False)


# --- causes --------------------------------------------------------------------------------------


def test_a_supplier_that_had_the_order_in_time_is_asked_about_in_its_own_numbers():
    """The question holds the counts of the days that tell it apart, the reason the orders that were surely there."""
    found = told()
    cause, group = first(found), found.attribution.causes[0]
    assert [one.shown_by for one in proposed_causes(found)] == ["supplier: Alder"], (
        "its SKUs are explained by it"
    )
    assert (cause.codes, cause.shown_by) == (("SUP_DISPATCH",), "supplier: Alder")
    assert cause.question == (
        f"Alder, {group.span_late.value} of {group.span_orders.value} orders late "
        f"since about {group.from_.value}: confirm as a cause?"
    )
    assert f"at least {group.stages.dispatch[0].value} had reached the supplier before" in cause.reason


@pytest.mark.parametrize("without", [(ORDERED,), (ORDERED, SCANNED)])
def test_without_the_time_at_which_it_had_the_order_no_supplier_is_proposed(without):
    """Then the supplier's time and our own cannot be told apart, and the file that would tell is named."""
    cause = first(told(without=without))
    assert cause.codes == ()
    assert {"SUP_DISPATCH", "ROUTING_DELAY"} <= set(cause.open_codes)
    assert "No file tells when they reached the supplier" in cause.reason
    assert supports(told(without=without), "SUP_DISPATCH", "supplier: Alder").step_low is None


def test_without_any_time_only_what_is_missing_is_said():
    """Rows that tell no step propose no code."""
    cause = first(told(without=(ORDERED, LEFT, SCANNED)))
    assert cause.codes == ()
    assert "No file tells at which step" in cause.reason


def test_an_order_that_reached_the_supplier_late_is_our_own_routing():
    """Orders that were not with the supplier at their ship-by time are never laid to it."""
    book = spike()
    for row in book.rows:
        if row[3] == "Alder":
            row[8] = row[9]  # the supplier had the order only when the goods left
    cause = first(facts(book.text(), complete=True))
    assert cause.codes == ("ROUTING_DELAY",)
    assert "that step is your own" in cause.reason


@pytest.mark.parametrize(("step", "code"), [("confirmation", "LATE_CONFIRM"), ("handover", "PICKUP_MISSED")])
def test_a_supplier_whose_goods_left_in_time_is_not_the_cause(step, code):
    """What was confirmed late or scanned late is proposed as that."""
    cause = first(told(step))
    assert cause.codes == (code,)
    assert not {"SUP_DISPATCH", "SUP_STOCKOUT"} & {*cause.open_codes}


def test_a_step_that_holds_many_late_orders_is_proposed_whoever_shipped_them():
    """Late confirmations all over the account are a step, with counts of late orders."""
    found = account_wide()
    causes = proposed_causes(found)
    assert causes[0].shown_by == "all orders"
    assert causes[0].question.startswith("All orders, ")
    assert causes[0].codes == ("LATE_CONFIRM",)
    assert "STAFF" in causes[0].open_codes
    quiet = Book()
    for name in ("Alder", "Birch", "Cedar"):
        quiet.add(name, per_day=10, late_per_day=0.2, step="confirmation")
    (step,) = proposed_causes(facts(quiet.text(), complete=True))
    low, late = re.findall(r"\d+", step.question)
    assert (step.shown_by, step.codes) == ("step: confirmation", ("LATE_CONFIRM",))
    assert low == late == "18"


def test_a_carrier_is_never_proposed_as_a_supplier():
    """A carrier that stands out leads to pickups, whatever the supplier's times."""
    book = Book()
    for name in ("Birch", "Cedar"):
        book.add(name, per_day=10, late_per_day=0.2, carrier="UPS")
        book.add(name, per_day=5, late_per_day=0.1, first=90, last=16, carrier="USPS")
        book.add(name, per_day=5, late_per_day=2, first=16, carrier="USPS", step="handover")
    cause = first(facts(book.text(), complete=True))
    assert (cause.shown_by, cause.codes) == ("carrier: USPS", ("PICKUP_MISSED",))
    assert not [code for code in (*cause.codes, *cause.open_codes) if code.startswith("SUP_")]


def test_the_sellers_own_warehouse_is_no_supplier():
    """Own stock that left late is never laid to a supplier."""
    book = Book()
    for name in ("Birch", "Cedar"):
        book.add(name, per_day=10, late_per_day=0.2)
    book.add("own warehouse", per_day=5, late_per_day=0.1, first=90, last=16)
    cause = first(facts(book.add("own warehouse", per_day=5, late_per_day=2, first=16).text(), complete=True))
    assert cause.codes == ()
    assert "SUP_DISPATCH" not in cause.open_codes
    assert "supplier" not in cause.reason


def test_a_handling_time_that_is_too_short_throughout_is_proposed_for_its_sku():
    """A SKU that nobody explains, one order in five of which left after the ship-by time."""
    book = Book()
    for at in range(100):
        book.add(
            "Birch",
            per_day=1,
            late_per_day=1 if at % 5 == 0 else 0,
            first=30 - at % 30,
            last=29 - at % 30,
            sku="SLOW",
        )
    found = facts(book.text(), complete=True)
    slow = next(one for one in proposed_causes(found) if "HANDLING_SHORT" in one.codes)
    assert slow.shown_by == "sku: SLOW"
    support = supports(found, "HANDLING_SHORT", "sku: SLOW")
    assert (support.late.value, support.orders.value) == (20, 100)
    assert "20 of 100 orders handed over after the ship-by time" in slow.question


def test_nothing_is_proposed_where_nothing_is_known():
    """A list of late orders without times proposes no cause."""
    assert proposed_causes(late_only()) == ()


def test_every_proposal_asks_and_can_be_said_in_another_language():
    """A question ends in a question; question and reason know their pattern; codes exist and may stand in a letter."""
    for found in (told(), told("confirmation"), account_wide(), told(without=(ORDERED,))):
        for cause in proposed_causes(found):
            assert cause.question.endswith("confirm as a cause?")
            assert isinstance(cause.question, Said)
            assert isinstance(cause.reason, Said)
            assert "{" not in cause.question + cause.reason
            assert all(cause_codes()[code].in_letter for code in (*cause.codes, *cause.open_codes))
            assert supports(found, cause.codes[0] if cause.codes else "UNKNOWN", cause.shown_by)


def counts(name, value):
    return Figure(id=name, value=value, unit="orders", rows=Rows(rule="made up", orders=value))


def closed_days(over, clear):
    return ClosedDays(
        origin="China",
        store="US",
        days=(),
        provisional=False,
        over_closed=counts("over", over),
        on_open_days=counts("clear", clear),
    )


def test_closed_days_are_proposed_where_most_late_orders_met_them():
    """More of the late orders had a holiday at the origin before their deadline than had none."""
    days = {
        over: [
            one
            for one in proposed_causes(replace(told(), closed_days=closed_days(over, 15)))
            if "CALENDAR" in one.codes
        ]
        for over in (15, 16)
    }
    assert days[15] == []
    (one,) = days[16]
    assert one.shown_by == "closed days"
    assert "16 of 31 late orders" in one.question
    shown = supports(replace(told(), closed_days=closed_days(16, 15)), "CALENDAR", "closed days")
    assert shown.late.value == 16


def test_a_surge_is_proposed_where_lateness_rose_with_it():
    """Days far above the usual, with their late orders; not where they were handled as well as others."""
    rose = facts(surging(late_share=30).text(), complete=True, as_of=LAST)
    (one,) = [one for one in proposed_causes(rose) if "VOLUME_SPIKE" in one.codes]
    assert "30 of 70 orders late" in one.question or one.shown_by == "all orders"
    assert supports(rose, "VOLUME_SPIKE", one.shown_by).orders.value == 70
    calm = facts(surging(late_share=0).text(), complete=True, as_of=LAST)
    assert not [one for one in proposed_causes(calm) if "VOLUME_SPIKE" in one.codes]
    assert supports(calm, "VOLUME_SPIKE", "days with a surge") is None


# --- support -------------------------------------------------------------------------------------


def test_the_figures_behind_a_cause_are_those_of_the_facts():
    """Late, orders, first day and bounds of the step are figures that facts.json proves."""
    found = told()
    group = found.attribution.causes[0]
    support = supports(found, "SUP_DISPATCH", "supplier: alder")
    assert (support.late, support.orders, support.from_) == (group.late, group.orders, group.from_)
    assert support.step_low == group.stages.dispatch[0]
    proven = {figure.id for figure in figures(found)}
    assert {figure.id for figure in figures(support)} <= proven


@pytest.mark.parametrize(
    "shown_by",
    [
        "supplier: Nobody",
        "step: dispatching",
        "step: routing",
        "closed days",
        "days with a surge",
        "",
        "the moon",
    ],
)
def test_what_no_row_shows_has_no_support(shown_by):
    """A group that is not in the files, a step with no late order, days that do not stand out."""
    assert supports(told(), "SUP_DISPATCH", shown_by) is None


def test_a_group_that_does_not_stand_out_has_counts_and_no_first_day():
    """Its late orders are told; since when, nothing shows."""
    support = supports(told(), "SUP_DISPATCH", "supplier: Birch")
    assert support.late.value > 0
    assert support.from_ is None


def test_a_step_is_supported_by_the_orders_that_surely_were_at_it():
    """The lower bound, of the late orders of the window."""
    found = told("confirmation")
    support = supports(found, "LATE_CONFIRM", "step: confirmation")
    assert support.late == found.stages.confirmation.low
    assert support.orders == found.stages.late


# --- actions -------------------------------------------------------------------------------------


def sentences(found, code, shown_by, tense="past"):
    measures = proposed_preventive(code, found, shown_by)
    return [
        *proposed_corrective(code, found, shown_by, tense),
        *(
            part
            for one in measures
            for part in (one.control, one.role, one.frequency, one.measure, *one.notes)
        ),
        *(step for gap in proposed_gaps(code) for step in proposed_why(code, gap.code, found, shown_by)),
    ]


@pytest.mark.parametrize("code", cause_codes())
@pytest.mark.parametrize("shown_by", ["", "supplier: Alder", "all orders"])
def test_no_slot_is_left_open(code, shown_by):
    """Whatever the facts lack, no sentence reaches the seller with a hole or a number that no row holds."""
    for found in (told(), late_only(), None):
        for words in sentences(found, code, shown_by):
            assert words
            assert not re.search(r"[{}]|\bNone\b", words)
            assert "\n" not in words


def test_the_numbers_of_the_actions_are_the_suppliers_own():
    """The corrective action request counts its late orders, and the offers are those it alone ships."""
    late = supports(told(), "SUP_DISPATCH", "supplier: Alder").late.value
    words = proposed_corrective("SUP_DISPATCH", told(), "supplier: Alder")
    assert (
        f"We sent the supplier a written corrective action request with the list of its {late} late orders"
        in words
    )
    assert "We set the quantity of Alder-0, Alder-1 to zero until their orders leave in time again" in words
    plain = proposed_corrective("SUP_DISPATCH", told(), "")
    assert (
        "We sent the supplier a written corrective action request with the list of its late orders" in plain
    )
    assert not any("Alder" in one for one in plain)


def test_the_tense_is_that_which_was_asked_for():
    """Past: nothing that will be; future: nothing that was."""
    for code in cause_codes():
        assert not [
            one for one in proposed_corrective(code, told(), "", "past") if re.search(r"\bwill\b", one)
        ]
        assert all(one.startswith("We will ") for one in proposed_corrective(code, told(), "", "future"))


def test_open_orders_come_first_and_are_not_denied():
    """With open orders past due their number is offered; that there are none, only where the files list every order."""
    book = spike()
    book.order(LAST - timedelta(days=5), "Birch", late=False, confirmed=False)
    open_ = facts(book.text(), complete=True)
    assert "(number of orders: 1)" in proposed_corrective("LATE_CONFIRM", open_, "")[0]
    assert "found none past it" in proposed_corrective("LATE_CONFIRM", told(), "")[0]
    assert not any("found none" in one for one in proposed_corrective("LATE_CONFIRM", late_only(), ""))


def named(measures, word):
    return [one for one in measures if word in one.control]


def test_a_longer_handling_time_is_offered_only_where_the_rows_carry_it():
    """Alder's SKUs, whose 90 % point lies beyond the promise, with that point; no other supplier's."""
    (one,) = named(proposed_preventive("SUP_DISPATCH", told(), "supplier: Alder"), "handling time")
    assert one.skus == ("Alder-0", "Alder-1")
    assert any("hours at the 90 % point" in note for note in one.notes)
    assert any("June 2026" in note for note in one.notes), "the US rule on padded handling times"
    assert not named(proposed_preventive("SUP_DISPATCH", told(), "supplier: Birch"), "handling time")
    assert not named(proposed_preventive("LATE_CONFIRM", told(), "supplier: Alder"), "handling time")


def test_a_handling_time_that_is_not_longer_is_not_offered():
    """Where the days that were needed are those that are promised, there is nothing to raise."""
    found = told()
    same = tuple(replace(one, needed_days=one.promised_days) for one in found.remedies.handling)
    found = replace(found, remedies=replace(found.remedies, handling=same))
    assert not named(proposed_preventive("SUP_DISPATCH", found, "supplier: Alder"), "handling time")


def test_the_rule_on_padding_is_told_in_the_united_states_only():
    """No other store has it."""
    german = told(marketplace="DE")
    (one,) = named(proposed_preventive("SUP_DISPATCH", german, "supplier: Alder"), "handling time")
    assert not any("In the US" in note for note in one.notes)


def test_a_second_source_names_the_skus_that_have_one():
    """Those of the supplier; none where no SKU has a single one."""
    (one,) = named(proposed_preventive("SUP_DISPATCH", told(), "supplier: Alder"), "second source")
    assert (one.skus, one.kind) == (("Alder-0", "Alder-1"), "backup")
    both = Book()
    for name in ("Alder", "Birch"):
        both.add(name, per_day=5, late_per_day=1, sku="SAME")
    shared = facts(both.text(), complete=True)
    assert not named(proposed_preventive("SUP_DISPATCH", shared, "supplier: Alder"), "second source")


def test_amazons_warehouses_are_an_option_beside_others():
    """With orders and late orders of each SKU, marked as never the only measure, and last."""
    measures = proposed_preventive("SUP_DISPATCH", told(), "supplier: Alder")
    assert [one.never_alone for one in measures].index(True) == len(measures) - 1 > 1
    assert any(
        re.fullmatch(r"Alder-0: \d+ orders in 30 days, \d+ late\.", note) for note in measures[-1].notes
    )
    assert not named(proposed_preventive("SUP_STOCKOUT", late_only(), ""), "stock of")


def test_no_action_is_offered_for_what_must_not_stand_in_a_letter():
    """Confirming early and an unknown cause are told to the seller and offer nothing."""
    for code in ("FRAUD_RISK_EARLY_CONFIRM", "UNKNOWN"):
        assert proposed_corrective(code, told(), "") == ()
        assert proposed_preventive(code, told(), "") == ()
        assert proposed_gaps(code) == ()


def test_the_whys_end_in_what_the_seller_controls():
    """Every pair of cause and gap has four steps or more, from the numbers to our own rule."""
    for gap in gap_codes().values():
        for code in gap.fits:
            chain = proposed_why(code, gap.code, told(), "supplier: Alder")
            assert len(chain) >= 4
            assert chain[0].endswith("were confirmed after their ship-by time.")
            assert chain[-1] == gap.why[-1]
    assert proposed_why("STAFF", "NO_DEPUTY")[0] == "Orders were confirmed after their ship-by time."


def test_the_letter_does_not_name_a_supplier_by_itself():
    """Neither a why nor an action holds the supplier's name."""
    for words in sentences(told(), "SUP_DISPATCH", "supplier: Alder"):
        assert not re.search(r"\bAlder\b(?!-)", words)


def test_an_unknown_code_is_refused():
    """A slip of the pen is answered, in every function."""
    for call in (
        lambda: proposed_gaps("SUP_DISPACH"),
        lambda: proposed_why("SUP_DISPATCH", "NO_DEPUTEE"),
        lambda: proposed_corrective("SUP_DISPACH", told(), ""),
        lambda: proposed_preventive("SUP_DISPACH", told(), ""),
    ):
        with pytest.raises(UsageFault, match="did you mean"):
            call()
