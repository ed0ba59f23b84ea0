"""What no letter may say: shipments confirmed before the carrier has them, a retailer as supplier."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from poa.case import dated, read_case
from poa.errors import CaseFault
from poa.languages import SPOKEN
from poa.policy.causes import cause_codes
from poa.policy.forbidden import confirms_early, retailer_as_supplier
from poa.words import spoken

EARLY = {
    "en": [
        "We confirmed orders before handover",
        "We confirm each order before the carrier has it.",
        "Orders were confirmed as shipped prior to pickup.",
        "From now on we will confirm shipments ahead of the hand-over to the carrier",
        "Confirm every order in advance, so that none is late",
        "We confirm the order as soon as the label is printed",
        "All orders are confirmed when the label is created",
        "Pre-confirm orders on Friday for the weekend",
        "Staff confirms shipments early to keep the rate down",
        "Before the carrier picks up the parcels, we confirm all orders",
        "We mark orders as shipped before they leave the warehouse",
        "We upload the tracking number before the parcel is scanned",
        "Orders are confirmed without waiting for the carrier",
        "We do not wait for the carrier, we confirm orders before pickup",
        "The software confirms orders even before they are packed",
        "We confirmed the orders before our supplier shipped them",
        "We do not confirm late: we confirm orders before they ship",
        "Confirm orders at once, before the carrier collects them",
        "The shipment is confirmed upon purchase",
        "We confirm orders while they are still in our warehouse",
        "An employee confirmed orders that the supplier had not yet shipped",
        "Orders were confirmed although the carrier had not scanned them",
        "Confirm all orders by ten in the morning, before the truck comes",
    ],
    "zh": [
        "我们提前确认发货",
        "在承运人揽收之前，我们已确认发货。",
        "先确认发货，再交给承运人",
        "确认发货后再备货",
        "打印面单后立即确认发货",
        "收到订单后马上点击发货",
        "我们在交给物流前标记发货",
        "订单在实际发货前确认发货",
        "预先标记为已发货，避免迟发",
        "员工在出库前点击发货",
        "先标记发货，然后采购",
        "包裹还没揽收，就已经确认发货",
        "我们事先上传运单号以确认发货",
        "快递员取走包裹以前，我们就点击发货",
    ],
    "ja": [
        "引き渡し前に出荷通知を送信しました",
        "集荷前に出荷通知を行う",
        "事前に出荷通知を送信します。",
        "運送会社に引き渡す前に発送通知を送りました",
        "出荷する前に出荷通知を送信している",
        "出荷通知を前もって送信する",
        "ラベルを印刷した時点で出荷通知を送信する",
        "注文が入り次第、出荷通知を送信します",
        "集荷より前に出荷確認をしていた",
        "先に出荷通知を送り、翌日に発送します",
        "出荷通知を送信した後に商品を仕入れています",
        "梱包前に発送済みにしています",
        "送り状の発行と同時に発送通知を送信",
    ],
    "de": [
        "Wir bestätigten Bestellungen vor der Übergabe",
        "Wir bestätigen den Versand, bevor der Paketdienst die Ware hat.",
        "Der Versand wird vorab bestätigt",
        "Wir bestätigen Bestellungen im Voraus",
        "Vor der Abholung bestätigen wir alle Bestellungen",
        "Bevor das Paket abgeholt wird, bestätigen wir den Versand",
        "Sobald das Etikett gedruckt ist, bestätigen wir den Versand",
        "Wir bestätigen den Versand direkt nach Bestelleingang",
        "Die Versandbestätigung erfolgt noch vor dem ersten Scan",
        "Alle Bestellungen werden vorzeitig bestätigt",
        "Wir markieren Bestellungen als versandt, bevor sie das Lager verlassen; als versandt vor der Abholung",
        "Bestellungen wurden bestätigt, ehe der Lieferant sie verschickt hat",
        "Vorsorglich bestätigen wir freitags alle Sendungen",
    ],
}

NEAR = {
    "en": [
        "We confirm before the ship-by time",
        "Confirm nothing before the carrier has it",
        "we check before hand-over which orders are due",
        "Alert for each order handed over and not confirmed before its ship-by time",
        "We stopped confirming orders before the carrier had them",
        "Nobody confirms an order before the carrier has scanned it",
        "Orders are no longer confirmed before pickup",
        "Our software blocks any confirmation before the first scan",
        "Orders confirmed before the first carrier scan: 0 each week",
        "Confirm each order after hand-over, and always before the end of the day",
        "Compare open orders with confirmations twice a day, the second time before the last pickup",
        "The supplier confirms the dispatch time to us before it ships",
        "Before pickup, the warehouse lead counts the parcels",
        "We confirm the pickup time with the carrier before each shipping day",
        "Confirm with the supplier before the cut-off that the goods are there",
        "Confirm an order only when the carrier has it, never before hand-over",
        "Confirming an order before hand-over is forbidden",
        "A report lists each order that was confirmed before the carrier's first scan",
        "We check the stock of each order before we ship and confirm it",
        "The confirmation was entered some time after the hand-over",
        "We removed the setting that confirmed orders before pickup",
        "Parcels had left early in the day, and we confirmed them in the evening",
        "Ask the supplier to confirm stock before each order is shipped",
        "We compare confirmed orders with the carrier's hand-over list before the end of the day",
        "Train staff that a shipment is confirmed only after hand-over",
        "The alarm rings at 17:00 for orders confirmed without a carrier scan",
        "Our suppliers ship our orders, and we confirmed each one when its dispatch message reached us",
    ],
    "zh": [
        "我们在截止时间前确认发货",
        "承运人揽收后才确认发货",
        "我们已停止提前确认发货",
        "禁止在揽收前确认发货",
        "不得提前确认发货",
        "交给承运人之后，当天确认发货",
        "系统会拦截提前确认发货的订单",
        "检查是否有订单在揽收前确认发货",
        "每天出库前检查当天到期的订单",
        "揽收前确认发货的订单：每周0单",
        "我们不再先确认发货，再交给承运人",
        "供应商在发货前告知发货时间",
        "没有订单在揽收前确认发货",
        "对已交给承运人但在最晚发货时间之前尚未确认发货的订单发出提醒",
        "承运人截止时间前核对当天的订单",
    ],
    "ja": [
        "出荷期限の前に出荷通知を送信します",
        "集荷後に出荷通知を送信します",
        "引き渡し前には出荷通知を送信しません",
        "集荷前の出荷通知は禁止しました",
        "事前に出荷通知を送信することをやめました",
        "運送会社に引き渡した後にのみ出荷通知を送信します",
        "集荷前に、当日期限の注文を一覧で点検します",
        "集荷前に出荷通知が送信された注文がないか点検します",
        "引き渡し前の出荷通知を廃止しました",
        "集荷前に出荷通知された注文：毎週ゼロ",
        "出荷通知は引き渡しの当日に行います",
        "出荷前に在庫を確認します",
        "出荷通知が遅れた注文を毎日確認します",
    ],
    "de": [
        "Wir bestätigen vor Ablauf der Versandfrist",
        "Wir bestätigen den Versand nach der Übergabe an den Paketdienst",
        "Nichts wird bestätigt, bevor der Paketdienst es hat",
        "Wir bestätigen keine Bestellung vor der Abholung",
        "Das vorzeitige Bestätigen haben wir eingestellt",
        "Bestellungen werden nicht mehr vorab bestätigt",
        "Vor der Abholung prüfen wir, welche Bestellungen fällig sind",
        "Es ist verboten, Bestellungen vor der Übergabe zu bestätigen",
        "Vor der Übergabe bestätigte Bestellungen: 0 je Woche",
        "Der Versand wird erst nach dem ersten Scan bestätigt",
        "Die Übergabe wird am selben Tag bestätigt",
        "Eine Meldung zeigt jede Bestellung, die vor der Übergabe bestätigt wurde",
        "Das Paket war vor Ablauf der Frist übergeben, und wir bestätigten den Versand erst danach",
        "Die Software verhindert, dass Bestellungen vor der Abholung bestätigt werden",
    ],
}


def cases(texts):
    return [
        pytest.param(text, id=f"{language}-{number}")
        for language in texts
        for number, text in enumerate(texts[language])
    ]


@pytest.mark.parametrize("text", cases(EARLY))
def test_confirming_before_the_hand_over_is_refused(text):
    """Whoever says that shipments are confirmed before the carrier has them is stopped, in four languages."""
    assert confirms_early(text)
    assert confirms_early(f"We changed the work. {text}。 And more")


@pytest.mark.parametrize("text", cases(NEAR))
def test_what_only_sounds_like_it_is_not_refused(text):
    """A deadline, a check, a ban, and a practice that was stopped are no breach."""
    assert not confirms_early(text)


def sentences(value):
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from sentences(one)
        case dict():
            for one in value.values():
                yield from sentences(one)


@pytest.mark.parametrize("language", SPOKEN)
def test_nothing_that_poa_proposes_is_refused(language):
    """Every sentence of the taxonomy may stand in a case, in each language that poa speaks."""
    told = tomllib.loads(files("poa.policy").joinpath("causes.toml").read_text(encoding="utf-8"))
    told["cause"].pop("FRAUD_RISK_EARLY_CONFIRM")  # it names the breach, and is in no letter
    said = [spoken(one, language) for one in sentences(told)]
    assert [one for one in said if confirms_early(one) or retailer_as_supplier(one)] == []


@pytest.mark.parametrize("language", SPOKEN)
def test_the_breach_is_known_by_its_own_name(language):
    """The title of the breach is found in each language that poa speaks."""
    assert confirms_early(spoken(cause_codes()["FRAUD_RISK_EARLY_CONFIRM"].title, language))


RETAILERS = [
    ("Our supplier Walmart ships the orders", "Walmart"),
    ("Our suppliers are Walmart and Costco", "Walmart"),
    ("Walmart ships our orders to the buyer", "Walmart"),
    ("We order the goods from Home Depot after each sale", "Home Depot"),
    ("The goods are drop-shipped by Target", "Target"),
    ("We bought the items at Best Buy", "Best Buy"),
    ("Costco is our main supplier", "Costco"),
    ("Orders are fulfilled through aliexpress", "AliExpress"),
    ("我们从淘宝采购", "Taobao"),
    ("供应商是拼多多", "Pinduoduo"),
    ("楽天市場から仕入れています", "Rakuten Ichiba"),
    ("Wir bestellen die Ware bei Otto", "Otto"),
    ("We buy the goods from Amazon and send them on", "Amazon"),
    ("Unser Lieferant Zalando war zu spät", "Zalando"),
]

NO_RETAILERS = [
    "We do not buy from Walmart",
    "We stopped buying from Walmart",
    "Target: under 4 %",
    "share of the supplier's orders that left late, target under 4 %",
    "We agreed a supplier target of 24 hours",
    "Suppliers target a dispatch within one day",
    "Our supplier Target Packaging Ltd ships our orders",
    "Our supplier Alder Supply ships our orders",
    "We order from the factory on Monday",
    "Our supplier wishes to ship from Monday",
    "We purchase labels through Amazon Buy Shipping",
    "Amazon ships our orders from its fulfilment centres",
    "We source from two suppliers",
    "我们不从淘宝采购",
    "我们从义乌工厂采购",
    "楽天市場からは仕入れていません",
    "Wir bestellen nichts bei Otto",
    "Otto Meier leitet das Lager",
]


@pytest.mark.parametrize(("text", "retailer"), RETAILERS)
def test_a_retailer_named_as_a_supplier_is_refused(text, retailer):
    """A retailer that ships, supplies, or is bought from, is named."""
    assert retailer_as_supplier(text) == retailer


@pytest.mark.parametrize("text", NO_RETAILERS)
def test_a_word_that_is_also_a_store_is_no_retailer(text):
    """A target, a wish, a firm of another name, and what was stopped or denied are no purchase."""
    assert retailer_as_supplier(text) is None


# --- In a case file

HEAD = '[[cause]]\ncode = "SUP_DISPATCH"\n'


def fault_of(text):
    with pytest.raises(CaseFault) as caught:
        read_case(text.encode(), name="case.toml")
    return caught.value


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("statement = 'We confirmed orders before handover'", 3, "statement"),
        ("escape = 'Orders were confirmed in advance'", 3, "escape"),
        ("why = ['x',\n'We confirm in advance']", 3, "why"),
        ("[[corrective]]\naction = 'We confirm orders before pickup'", 4, "action"),
        ("[[evidence]]\ntitle = 'Orders that we confirmed before hand-over'", 4, "title"),
        ("[[preventive]]\ncontrol = 'x'\nmeasure = 'orders confirmed in advance, all'", 5, "measure"),
    ],
)
def test_every_statement_of_a_case_is_checked(text, line, column):
    """Wherever it is written, its line and key are told, and the reason."""
    fault = fault_of(HEAD + text)
    assert (fault.code, fault.line, fault.column) == ("early_confirmation", line, column)
    assert "closes accounts" in fault.message


def test_a_file_may_be_called_as_it_is():
    """The name of a file is no statement."""
    text = f"{HEAD}[[corrective]]\nevidence = 'orders confirmed before hand-over.csv'"
    assert read_case(text.encode(), name="case.toml")


@pytest.mark.parametrize(
    "shown", ["supplier: Walmart", "Supplier:walmart.com", "Walmart", "supplier: W\u0430lmart"]
)
def test_a_retailer_among_the_rows_is_refused(shown):
    """A cause that a retailer shows would tell Amazon of the breach."""
    fault = fault_of(f"{HEAD}shown_by = '{shown}'")
    assert (fault.code, fault.line, fault.column) == ("retailer_as_supplier", 3, "shown_by")
    assert "Walmart" in fault.message


@pytest.mark.parametrize(
    "shown", ["sku: Target", "step: confirmation", "supplier: Alder Supply", "carrier: Amazon"]
)
def test_other_rows_are_no_retailers(shown):
    """A SKU or a carrier may be called as it is."""
    assert read_case(f"{HEAD}shown_by = '{shown}'".encode(), name="case.toml")


def test_a_retailer_in_a_statement_is_refused():
    """Written in words, it is the same breach."""
    fault = fault_of(f"{HEAD}statement = 'Our supplier Walmart ships late.'")
    assert (fault.code, fault.line) == ("retailer_as_supplier", 3)


@pytest.mark.parametrize("code", ["FRAUD_RISK_EARLY_CONFIRM", "UNKNOWN"])
def test_a_code_that_is_no_cause_of_a_letter_is_refused(code):
    """What is told to the seller only cannot be the cause that a letter names."""
    fault = fault_of(f"[[cause]]\ncode = '{code}'")
    assert (fault.code, fault.line, fault.column) == ("no_cause_of_a_letter", 2, "code")


# --- Days

ACTED = "letter_date = 2026-11-02\n[notice]\ndate = 2026-10-30\n[[corrective]]\naction = 'x'\ndate = {day}\n"


def test_an_action_after_the_letter_is_refused_in_the_past_tense():
    """What is said to be done lies on or before the day of the letter."""
    done = read_case(ACTED.format(day="2026-11-02").encode(), name="case.toml")
    assert dated(done, None, name="case.toml").letter_date == date(2026, 11, 2)
    ahead = read_case(ACTED.format(day="2026-11-03").encode(), name="case.toml")
    with pytest.raises(CaseFault) as caught:
        dated(ahead, None, name="case.toml")
    assert caught.value.code == "action_in_future"
    assert "2026-11-03" in caught.value.message
    assert "preventive" in caught.value.hint


def test_an_action_may_lie_ahead_where_the_notice_asks_what_will_be_done():
    """The tense of the notice decides, and a letter before its notice stays refused."""
    ahead = read_case(ACTED.format(day="2026-11-03").encode(), name="case.toml")
    assert dated(ahead, None, name="case.toml", planned=True) == ahead
    early = read_case(ACTED.format(day="2026-10-01").replace("11-02", "10-02").encode(), name="case.toml")
    with pytest.raises(CaseFault) as caught:
        dated(early, None, name="case.toml", planned=True)
    assert caught.value.code == "letter_before_notice"


def test_a_day_without_a_letter_is_judged_by_the_day_that_is_given():
    """--today stands in for the letter's day, and never replaces it."""
    case = read_case(
        ACTED.format(day="2026-11-03").replace("letter_date = 2026-11-02\n", "").encode(), name="c"
    )
    assert dated(case, None, name="c").letter_date is None
    assert dated(case, date(2026, 11, 3), name="c").letter_date == date(2026, 11, 3)
    with pytest.raises(CaseFault):
        dated(case, date(2026, 11, 2), name="c")


@pytest.mark.parametrize(
    "text",
    [
        "No order is late because we confirm it before pickup",
        "Enter the tracking number when the label is bought",
        "Set the order status to Shipped at order import",
        "Orders are marked shipped when the supplier promises to dispatch",
        'We click "confirm shipment" first and hand the parcel to USPS the next morning',
        "We acknowledge shipment to Amazon prior to carrier collection",
        "订单一到就填单号",
        "発送済みにしてから梱包する",
        "Wir melden den Versand an Amazon, bevor das Paket abgeholt wird",
    ],
)
def test_what_a_stranger_got_past_is_refused_now(text):
    """Each of these was accepted once, in a final letter."""
    assert confirms_early(text)


@pytest.mark.parametrize(
    "text",
    [
        "Enter the tracking number when the carrier has scanned the parcel",
        "Orders are marked shipped when the carrier has them",
        "List each open order at noon, whether or not it has left",
        "We acknowledge the order to the supplier before pickup",
        "Melden, welche Bestellung vor der Abholung noch offen ist",
    ],
)
def test_what_only_sounds_like_it_passes(text):
    """A control over hand-overs is no early confirmation."""
    assert not confirms_early(text)


@pytest.mark.parametrize(
    "text", ["Second source: Temu", "Put 淘宝 under contract as second source", "We ship from Walmart"]
)
def test_a_retailer_as_source_is_refused_in_short_forms(text):
    """A note of two words names a supplier too."""
    assert retailer_as_supplier(text)
