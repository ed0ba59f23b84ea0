"""Small report files of every type that poa reads, each made from the same orders under its real header.

An Order is what happened to one line of an order. Each function below tells the part of it that its
report tells, in that report's own titles and cells, with a buyer's name where the report has one.
"""

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from strategies import order_id, text_of, workbook

from poa.account import Account
from poa.files import InputFile, as_input

BUYER = "Erika Mustermann"
# Code of a store: its web address, Amazon's id of it, the zone of its days.
STORES = {
    "US": ("Amazon.com", "ATVPDKIKX0DER", "America/Los_Angeles"),
    "CA": ("Amazon.ca", "A2EUQ1WTGCTBG2", "America/Los_Angeles"),
    "DE": ("Amazon.de", "A1PA6795UKMFR9", "Europe/Berlin"),
    "JP": ("Amazon.co.jp", "A1VC38T7YXB528", "Asia/Tokyo"),
}


@dataclass(frozen=True, kw_only=True)
class Order:
    """One line of an order, as it happened; ``None`` and "" are what nobody knows of it.

    ``status`` is Shipped or Unshipped by ``confirmed`` unless it is given.
    """

    number: int
    bought: datetime
    due: datetime
    confirmed: datetime | None = None
    item: str = ""
    sku: str = "A-1"
    units: int = 1
    status: str = ""
    by_amazon: bool = False
    store: str = "US"
    buyer_cancelled: bool = False
    supplier: str = ""
    ordered: datetime | None = None
    dispatched: datetime | None = None
    scanned: datetime | None = None
    deliver_by: datetime | None = None
    delivered: datetime | None = None
    carrier: str = ""
    tracking: str = ""
    title: str = "Garden chair, green"
    updated: datetime | None = None

    @property
    def id(self) -> str:
        return order_id(self.number)

    @property
    def item_id(self) -> str:
        return self.item or f"{68_828_574_000_000 + self.number}"

    @property
    def state(self) -> str:
        return self.status or ("Shipped" if self.confirmed else "Unshipped")

    @property
    def late(self) -> bool:
        return self.confirmed is not None and self.confirmed > self.due

    @property
    def last_word(self) -> datetime:
        """When Amazon last changed the order."""
        return self.updated or self.confirmed or self.bought


@dataclass(frozen=True)
class Sheet:
    """A delimited file: titles, rows of cells, the sign between them."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    delimiter: str = ","

    @property
    def text(self) -> str:
        return text_of(self.rows, header=self.header, delimiter=self.delimiter)

    def data(self, encoding: str = "utf-8", end: str = "\n") -> bytes:
        return self.text.replace("\n", end).encode(encoding)

    def mixed(self, chance: random.Random) -> "Sheet":
        """The same with its rows and its columns in another order."""
        places = chance.sample(range(len(self.header)), len(self.header))
        rows = chance.sample(list(self.rows), len(self.rows))
        return replace(
            self,
            header=[self.header[at] for at in places],
            rows=[[row[at] for at in places] for row in rows],
        )

    def only(self, *titles: str) -> "Sheet":
        """The same with these columns alone, in the order given."""
        places = [list(self.header).index(title) for title in titles]
        return replace(self, header=list(titles), rows=[[row[at] for at in places] for row in self.rows])

    def titled(self, names: Mapping[str, str]) -> "Sheet":
        """The same with other titles."""
        return replace(self, header=[names.get(title, title) for title in self.header])

    @property
    def xlsx(self) -> bytes:
        """A workbook of text cells; columns with nothing in them are left out, as a person would."""
        filled = [title for at, title in enumerate(self.header) if any(row[at] for row in self.rows)]
        kept = self.only(*filled)
        return workbook([list(kept.header), *map(list, kept.rows)])


def sheet(titles: Iterable[str], rows: Iterable[Mapping[str, object]], *, delimiter: str = ",") -> Sheet:
    """Rows that tell some of the titles; what a row does not tell stays empty."""
    header = list(titles)
    told = list(rows)
    assert all(title in header for row in told for title in row), "a cell under no title"
    return Sheet(header, [[str(row.get(title, "")) for title in header] for row in told], delimiter)


def handed(files: Mapping[str, Sheet | bytes | str]) -> tuple[InputFile, ...]:
    """Files by name, as the command line hands them in."""
    found = []
    for name, file in files.items():
        text = file.text if isinstance(file, Sheet) else file
        found.append(as_input(name, text.encode() if isinstance(text, str) else text))
    return tuple(found)


def account(files: Mapping[str, Sheet | bytes | str], **options: Any) -> Account:
    """An account of these files."""
    return Account(reports=handed(files), **options)


# --- Moments as reports write them


def iso(moment: datetime | None) -> str:
    """``2026-10-08T23:36:26+00:00``, as in the order reports."""
    return "" if moment is None else moment.astimezone(UTC).isoformat(timespec="seconds")


def zulu(moment: datetime | None) -> str | None:
    """``2026-10-08T23:36:26Z``, as in Amazon's APIs."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def gmt(moment: datetime | None) -> str:
    """``2026-10-08 23:36:26 GMT``."""
    return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S GMT")


def gmt_and_pacific(moment: datetime | None) -> str:
    """``2026-10-08 23:36:26 GMT (2026-10-08 16:36:26 PDT)``, as the help page of the defect report says."""
    if moment is None:
        return ""
    return f"{gmt(moment)} ({moment.astimezone(ZoneInfo('America/Los_Angeles')):%Y-%m-%d %H:%M:%S %Z})"


def wall(zone: str) -> Callable[[datetime | None], str]:
    """``2026-10-08 16:36:26``, the clock on the wall of a zone."""
    clock = ZoneInfo(zone)
    return lambda moment: "" if moment is None else f"{moment.astimezone(clock):%Y-%m-%d %H:%M:%S}"


pacific = wall("America/Los_Angeles")


def bare_day(zone: str) -> Callable[[datetime | None], str]:
    """``2026-10-08``, the day of a zone."""
    clock = ZoneInfo(zone)
    return lambda moment: "" if moment is None else f"{moment.astimezone(clock):%Y-%m-%d}"


def end_of_day(year: int, month: int, day: int, *, store: str = "US") -> datetime:
    """The last second of a day of a store, when Amazon's ship-by times end."""
    return datetime(year, month, day, 23, 59, 59, tzinfo=ZoneInfo(STORES[store][2])).astimezone(UTC)


# --- Account Health


def late_list(orders: Iterable[Order], *, written: Callable[[datetime | None], str] = iso) -> Sheet:
    """The download of the Late Shipment Rate tab, under the titles that third parties describe.

    It has the orders that it is given: late ones, or all of them in the variant that lists every order.
    """
    titles = ("Order ID", "Order date", "Expected ship date", "Ship date", "Ship confirmation date")
    return sheet(
        (*titles, "Affects account health"),
        (
            {
                "Order ID": order.id,
                "Order date": written(order.bought),
                "Expected ship date": written(order.due),
                "Ship date": written(order.confirmed),
                "Ship confirmation date": written(order.confirmed),
                "Affects account health": "Yes" if order.late else "No",
            }
            for order in orders
        ),
    )


PLAIN = (
    *("order-id", "order-item-id", "sku", "supplier", "carrier", "tracking-number", "purchase-date"),
    *("ship-by-date", "ship-confirm-date", "supplier-order-date", "supplier-dispatch-date"),
    "carrier-first-scan-date",
)


def plain(
    orders: Iterable[Order], *, items: bool = True, written: Callable[[datetime | None], str] = iso
) -> Sheet:
    """The plain header of the samples: the seller's own list of all orders, or of some."""
    return sheet(
        PLAIN,
        (
            {
                "order-id": order.id,
                "order-item-id": order.item_id if items else "",
                "sku": order.sku,
                "supplier": order.supplier,
                "carrier": order.carrier,
                "tracking-number": order.tracking,
                "purchase-date": written(order.bought),
                "ship-by-date": written(order.due),
                "ship-confirm-date": written(order.confirmed),
                "supplier-order-date": written(order.ordered),
                "supplier-dispatch-date": written(order.dispatched),
                "carrier-first-scan-date": written(order.scanned),
            }
            for order in orders
        ),
    )


OTDR = (
    *("Order ID", "SKU", "Unit count", "Order Date", "Promised Ship Date", "Ship Confirmation Date"),
    *("Carrier First Scan Date", "Promised Delivery Date (without promise extension)"),
    *("Promised Delivery Date (with promise extension)", "Actual Delivery Date"),
    *("Delivered After Promised Date Without Extension", "Carrier Name", "Ship Method", "Tracking ID"),
)


def on_time_delivery(orders: Iterable[Order], *, written: Callable[[datetime | None], str] = gmt) -> Sheet:
    """The on-time delivery defect report: a row a SKU, with ship confirmation, first scan and delivery."""
    return sheet(
        OTDR,
        (
            {
                "Order ID": order.id,
                "SKU": order.sku,
                "Unit count": order.units,
                "Order Date": written(order.bought),
                "Promised Ship Date": written(order.due),
                "Ship Confirmation Date": written(order.confirmed),
                "Carrier First Scan Date": written(order.scanned),
                "Promised Delivery Date (without promise extension)": written(order.deliver_by),
                "Promised Delivery Date (with promise extension)": written(order.deliver_by),
                "Actual Delivery Date": written(order.delivered),
                "Delivered After Promised Date Without Extension": "Yes",
                "Carrier Name": order.carrier,
                "Ship Method": "Ground",
                "Tracking ID": order.tracking,
            }
            for order in orders
        ),
    )


def valid_tracking(packages: Iterable[tuple[str, bool]]) -> Sheet:
    """The valid tracking report: a row a package, its tracking number and whether that counts as valid."""
    titles = ("Tracking ID", "Has valid tracking", "Has tracking ID", "Package value")
    return sheet(
        (*titles, "Any physical scan from carrier", "Delivery scan or attempt", "Origin country"),
        (
            {
                "Tracking ID": number,
                "Has valid tracking": "Yes" if valid else "No",
                "Has tracking ID": "Yes" if number else "No",
                "Package value": "19.99",
                "Any physical scan from carrier": "Yes" if valid else "No",
                "Delivery scan or attempt": "Yes" if valid else "No",
                "Origin country": "US",
            }
            for number, valid in packages
        ),
    )


def invalid_tracking_de(packages: Iterable[tuple[str, bool]]) -> Sheet:
    """The older German layout, which marks with X what is not valid."""
    return sheet(
        ("Sendungsverfolgungsnummer", "Keine gültige Sendungsverfolgungsnummer"),
        (
            {
                "Sendungsverfolgungsnummer": number,
                "Keine gültige Sendungsverfolgungsnummer": "" if valid else "X",
            }
            for number, valid in packages
        ),
    )


# --- Order reports


def all_orders(orders: Iterable[Order], *, items: bool = True) -> Sheet:
    """All Orders: every order of the account, whoever ships it and in whatever store it was sold."""
    titles = (
        *("amazon-order-id", "merchant-order-id", "purchase-date", "last-updated-date", "order-status"),
        *("fulfillment-channel", "sales-channel", "order-channel", "ship-service-level", "product-name"),
        *("sku", "asin", "item-status", "quantity", "currency", "item-price", "item-tax", "shipping-price"),
        *("shipping-tax", "gift-wrap-price", "gift-wrap-tax", "item-promotion-discount"),
        *("ship-promotion-discount", "ship-city", "ship-state", "ship-postal-code", "ship-country"),
        *("promotion-ids", "cpf", "is-business-order", "purchase-order-number", "price-designation"),
        "signature-confirmation-recommended",
    )
    return sheet(
        (*titles, "order-item-id") if items else titles,
        (
            {
                "amazon-order-id": order.id,
                "purchase-date": iso(order.bought),
                "last-updated-date": iso(order.last_word),
                "order-status": order.state,
                "fulfillment-channel": "Amazon" if order.by_amazon else "Merchant",
                "sales-channel": STORES[order.store][0],
                "ship-service-level": "Standard",
                "product-name": order.title,
                "sku": order.sku,
                "asin": "B000000001",
                "item-status": order.state,
                "quantity": order.units,
                "currency": "USD",
                "item-price": "19.99",
                "ship-city": "Berlin",
                "ship-country": "DE",
                "is-business-order": "false",
                **({"order-item-id": order.item_id} if items else {}),
            }
            for order in orders
        ),
        delimiter="\t",
    )


def orders_report(orders: Iterable[Order]) -> Sheet:
    """The orders report (shipping, invoicing): the ship-by time of every order, no confirmation."""
    titles = (
        *("order-id", "order-item-id", "purchase-date", "payments-date", "buyer-email", "buyer-name"),
        *("buyer-phone-number", "sku", "product-name", "quantity-purchased", "currency", "item-price"),
        *("item-tax", "shipping-price", "shipping-tax", "ship-service-level", "ship-service-name"),
        *("recipient-name", "ship-address-1", "ship-address-2", "ship-address-3", "address-type"),
        *("ship-city", "ship-state", "ship-postal-code", "ship-country", "ship-phone-number"),
        *("item-promotion-discount", "item-promotion-id", "ship-promotion-discount", "ship-promotion-id"),
        *("delivery-start-date", "delivery-end-date", "delivery-time-zone", "delivery-Instructions"),
        *("earliest-ship-date", "latest-ship-date", "earliest-delivery-date", "latest-delivery-date"),
        *("is-business-order", "purchase-order-number", "price-designation", "is-prime"),
        *("signature-confirmation-recommended", "sales-channel", "is-buyer-requested-cancellation"),
        "verge-of-lateShipment",
    )
    return sheet(
        titles,
        (
            {
                "order-id": order.id,
                "order-item-id": order.item_id,
                "purchase-date": iso(order.bought),
                "payments-date": iso(order.bought),
                "buyer-email": "x1@marketplace.amazon.com",
                "buyer-name": BUYER,
                "buyer-phone-number": "030 1234567",
                "sku": order.sku,
                "product-name": order.title,
                "quantity-purchased": order.units,
                "ship-service-level": "Standard",
                "recipient-name": BUYER,
                "ship-address-1": "1 Main Street",
                "ship-city": "Berlin",
                "latest-ship-date": iso(order.due),
                "latest-delivery-date": iso(order.deliver_by),
                "is-business-order": "false",
                "sales-channel": STORES[order.store][0],
                "is-buyer-requested-cancellation": "true" if order.buyer_cancelled else "false",
            }
            for order in orders
        ),
        delimiter="\t",
    )


def unshipped(orders: Iterable[Order], *, reported: datetime) -> Sheet:
    """The unshipped orders report of one moment: what waits, and until when."""
    titles = (
        *("order-id", "order-item-id", "purchase-date", "payments-date", "reporting-date", "promise-date"),
        *("days-past-promise", "buyer-email", "buyer-name", "buyer-phone-number", "sku", "product-name"),
        *("quantity-purchased", "quantity-shipped", "quantity-to-ship", "ship-service-level"),
        *("recipient-name", "ship-address-1", "ship-address-2", "ship-address-3", "ship-city"),
        *("ship-state", "ship-postal-code", "ship-country", "is-business-order", "purchase-order-number"),
        *("price-designation", "sales-channel"),
    )
    return sheet(
        titles,
        (
            {
                "order-id": order.id,
                "order-item-id": order.item_id,
                "purchase-date": iso(order.bought),
                "payments-date": iso(order.bought),
                "reporting-date": iso(reported),
                "promise-date": iso(order.due),
                "days-past-promise": (reported - order.due).days,
                "buyer-name": BUYER,
                "sku": order.sku,
                "quantity-purchased": order.units,
                "quantity-shipped": 0,
                "quantity-to-ship": order.units,
                "recipient-name": BUYER,
                "sales-channel": STORES[order.store][0],
            }
            for order in orders
        ),
        delimiter="\t",
    )


def upload(orders: Iterable[Order]) -> Sheet:
    """The shipping confirmation file that the seller uploads: ship dates as typed, and tracking."""
    titles = ("order-id", "order-item-id", "quantity", "ship-date", "carrier-code", "carrier-name")
    day = bare_day("America/Los_Angeles")
    return sheet(
        (*titles, "tracking-number", "ship-method"),
        (
            {
                "order-id": order.id,
                "order-item-id": order.item_id,
                "quantity": order.units,
                "ship-date": day(order.dispatched or order.confirmed),
                "carrier-code": order.carrier,
                "tracking-number": order.tracking,
            }
            for order in orders
        ),
        delimiter="\t",
    )


# --- Amazon's own counts


def window(first: str, last: str, **counts: object) -> dict[str, object]:
    """One window of a performance report, days both included."""
    return {
        "reportingDateRange": {
            "reportingDateFrom": f"{first}T00:00:00Z",
            "reportingDateTo": f"{last}T23:59:59Z",
        },
        **counts,
        "status": "GOOD",
        "rate": 0.01,
        "targetValue": 0.04,
        "targetCondition": "LESS_THAN",
    }


def performance_v2(*metrics: Mapping[str, object]) -> bytes:
    """The V2 seller performance report: a metric for each store (``marketplaceId``), as live answers are."""
    told: list[dict[str, object]] = [{"marketplaceId": STORES["US"][1]} | dict(one) for one in metrics]
    return as_json(
        {
            "accountStatuses": [{"marketplaceId": one["marketplaceId"], "status": "NORMAL"} for one in told],
            "performanceMetrics": told,
        }
    )


def performance_v1(*frames: tuple[str, str, int]) -> bytes:
    """The V1 report (XML) with the late shipments of time frames: first day, last day, count."""
    found = "".join(
        "<customerExperienceMetrics>"
        f"<timeFrame><start>{first}T00:00:00Z</start><end>{last}T23:59:59Z</end></timeFrame>"
        f"<lateShipment><count>{late}</count><rate>0.02</rate></lateShipment>"
        "<preFulfillmentCancellation><count>1</count><rate>0.01</rate></preFulfillmentCancellation>"
        "</customerExperienceMetrics>"
        for first, last, late in frames
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<sellerPerformanceReports xmlns="http://developer.amazonservices.com/"><sellerPerformanceReport>'
        "<performanceChecklist><lateShipmentRate><status>Good</status></lateShipmentRate></performanceChecklist>"
        f"<customerExperience>{found}</customerExperience>"
        "</sellerPerformanceReport></sellerPerformanceReports>\n"
    ).encode()


# --- SP-API


def as_json(tree: object) -> bytes:
    return json.dumps(tree, indent=1).encode()


def _by_number(orders: Iterable[Order]) -> list[list[Order]]:
    """The lines of each order."""
    found: dict[int, list[Order]] = {}
    for order in orders:
        found.setdefault(order.number, []).append(order)
    return list(found.values())


_V0 = {"Cancelled": "Canceled"}


def api_v0(orders: Iterable[Order], *, items: bool = False, next_page: str = "") -> bytes:
    """The answer of getOrders (v0), with the items of getOrderItems laid in where asked for."""
    told = []
    for lines in _by_number(orders):
        one = lines[0]
        own: dict[str, Any] = {
            "AmazonOrderId": one.id,
            "PurchaseDate": zulu(one.bought),
            "LastUpdateDate": zulu(one.last_word),
            "OrderStatus": _V0.get(one.state, one.state),
            "FulfillmentChannel": "AFN" if one.by_amazon else "MFN",
            "MarketplaceId": STORES[one.store][1],
            "SalesChannel": STORES[one.store][0],
            "EarliestShipDate": zulu(one.bought),
            "LatestShipDate": zulu(one.due),
            "LatestDeliveryDate": zulu(one.deliver_by),
            "IsPrime": False,
            "BuyerInfo": {"BuyerName": BUYER},
        }
        if items:
            own["OrderItems"] = [
                {
                    "OrderItemId": line.item_id,
                    "SellerSKU": line.sku,
                    "QuantityOrdered": line.units,
                    "BuyerRequestedCancel": {"IsBuyerRequestedCancel": str(line.buyer_cancelled).lower()},
                }
                for line in lines
            ]
        told.append({key: value for key, value in own.items() if value is not None})
    return as_json({"payload": ({"NextToken": next_page} if next_page else {}) | {"Orders": told}})


_API_STATES = {"Cancelled": "CANCELLED", "Shipped": "SHIPPED", "Unshipped": "UNSHIPPED", "Pending": "PENDING"}


def api_2026(orders: Iterable[Order], *, packages: bool = True) -> bytes:
    """The answer of searchOrders (2026-01-01): deadlines, items, and the packages of what was shipped."""
    told = []
    for lines in _by_number(orders):
        one = lines[0]
        own: dict[str, Any] = {
            "orderId": one.id,
            "createdTime": zulu(one.bought),
            "lastUpdatedTime": zulu(one.last_word),
            "salesChannel": {
                "channelName": "AMAZON",
                "marketplaceId": STORES[one.store][1],
                "marketplaceName": STORES[one.store][0],
            },
            "buyer": {"buyerName": BUYER},
            "fulfillment": {
                "fulfillmentStatus": _API_STATES.get(one.state, one.state),
                "fulfilledBy": "AMAZON" if one.by_amazon else "MERCHANT",
                "shipByWindow": {
                    "earliestDateTime": zulu(one.bought),
                    "latestDateTime": zulu(one.due),
                },
                "deliverByWindow": {"latestDateTime": zulu(one.deliver_by)} if one.deliver_by else {},
            },
            "orderItems": [
                {
                    "orderItemId": line.item_id,
                    "quantityOrdered": line.units,
                    "product": {"asin": "B000000001", "sellerSku": line.sku},
                }
                for line in lines
            ],
        }
        if packages:
            own["packages"] = [
                {
                    "packageReferenceId": f"P-{line.item_id}",
                    "createdTime": zulu(line.confirmed),
                    "shipTime": zulu(line.dispatched or line.confirmed),
                    "carrier": line.carrier,
                    "trackingNumber": line.tracking,
                    "packageItems": [{"orderItemId": line.item_id, "quantity": line.units}],
                }
                for line in lines
                if line.confirmed
            ]
        told.append(own)
    return as_json({"orders": told, "pagination": {}})


# --- Suppliers

# The columns that a supplier's own sheet may have, in the words of the seller.
SUPPLIER_SHEET = (
    *("supplier", "sku", "order id", "ordered at", "dispatched at", "tracking", "carrier"),
    "first scan",
)


def supplier_sheet(orders: Iterable[Order], *titles: str) -> Sheet:
    """A supplier's plain sheet with these columns, by default the seven that suppliers send."""
    rows = [
        {
            "supplier": order.supplier,
            "sku": order.sku,
            "order id": order.id,
            "ordered at": iso(order.ordered),
            "dispatched at": iso(order.dispatched),
            "tracking": order.tracking,
            "carrier": order.carrier,
            "first scan": iso(order.scanned),
            "order-item-id": order.item_id,
        }
        for order in orders
    ]
    chosen = titles or SUPPLIER_SHEET[:7]
    return sheet(chosen, ({title: row[title] for title in chosen} for row in rows))


def supplier_map(pairs: Iterable[tuple[str, str]]) -> Sheet:
    """Which supplier makes which SKU."""
    return sheet(("sku", "supplier"), ({"sku": sku, "supplier": supplier} for sku, supplier in pairs))


def zendrop(orders: Iterable[Order]) -> Sheet:
    """Zendrop's order export."""
    titles = ("Order number", "Order id", "Store order ID", "Order Date", "Order Fulfillment Date")
    return sheet(
        (
            *titles,
            *("Customer name", "Customer payment", "Zendrop payment", "Shipping", "Order status"),
            "Supplier names",
        ),
        (
            {
                "Order number": f"#{1000 + order.number}",
                "Order id": f"{55_000 + order.number}",
                "Store order ID": order.id,
                "Order Date": iso(order.ordered),
                "Order Fulfillment Date": iso(order.dispatched),
                "Customer name": BUYER,
                "Order status": "Fulfilled",
                "Supplier names": order.supplier,
            }
            for order in orders
        ),
    )


def mabang(orders: Iterable[Order], *, written: Callable[[datetime | None], str] = pacific) -> Sheet:
    """Mabang's order report, titles in Chinese."""
    titles = (
        *("订单编号", "交易号", "店铺名称", "站点", "库存sku", "平台sku*数量", "商品名称", "付款日期"),
        *("发货日期", "创建时间", "仓库", "物流公司", "物流渠道", "买家自选物流", "货运单号", "内部单号"),
        *("是否重发订单", "是否FBA订单"),
    )
    return sheet(
        titles,
        (
            {
                "订单编号": order.id,
                "店铺名称": "义乌一店",
                "站点": "美国",
                "库存sku": f"KC-{order.sku}",
                "平台sku*数量": f"{order.sku}*{order.units}",
                "商品名称": order.title,
                "发货日期": written(order.dispatched),
                "创建时间": written(order.ordered or order.bought),
                "物流公司": order.carrier,
                "货运单号": order.tracking,
                "是否重发订单": "否",
                "是否FBA订单": "否",
            }
            for order in orders
        ),
    )


def tongtool(orders: Iterable[Order], *, written: Callable[[datetime | None], str] = pacific) -> Sheet:
    """Tongtool's orders, by the names of its API."""
    titles = (
        *("salesRecordNumber", "orderIdCode", "saleTime", "paidTime", "downloadTime"),
        *("assignstockCompleteTime", "printCompleteTime", "despatchCompleteTime", "shippingLimiteDate"),
        *("carrier", "dispathTypeName", "trackingNumber", "trackingNumberTime", "warehouseName"),
    )
    return sheet(
        titles,
        (
            {
                "salesRecordNumber": order.id,
                "orderIdCode": f"TT{order.number:06d}",
                "saleTime": written(order.bought),
                "despatchCompleteTime": written(order.dispatched),
                "shippingLimiteDate": written(order.due - timedelta(days=1)),
                "carrier": order.carrier,
                "trackingNumber": order.tracking,
            }
            for order in orders
        ),
    )


def lingxing(orders: Iterable[Order]) -> Sheet:
    """Lingxing's seller-fulfilled orders, by the names of its API."""
    titles = (
        *("order_number", "platform_list", "platform_order_id", "purchase_time"),
        *("logistics_provider_name", "logistics_type_name", "tracking_number", "warehouse_name", "MSKU"),
        *("sku", "supplier_name"),
    )
    return sheet(
        titles,
        (
            {
                "order_number": f"LX{order.number:06d}",
                "platform_order_id": order.id,
                "purchase_time": pacific(order.bought),
                "logistics_provider_name": order.carrier,
                "tracking_number": order.tracking,
                "MSKU": order.sku,
                "sku": f"KC-{order.sku}",
                "supplier_name": order.supplier,
            }
            for order in orders
        ),
    )
