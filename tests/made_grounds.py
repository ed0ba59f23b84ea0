"""A small ground with round figures, made for tests that ask the review's parts directly."""

from collections import Counter
from dataclasses import replace

from made_reviews import draft_of, paper_in

from poa.review.around import Around
from poa.review.claims import claims
from poa.review.ground import Base, Ground, Printed
from poa.review.known import Known
from poa.review.marks import Names, tokens
from poa.review.new_sentences import NewSentences
from poa.review.scopes import mentions
from poa.review.sentences import Sentence
from poa.review.support import Support
from poa.words import spoken

_ROWS = {"orders": 0, "lines": []}

# Two windows, three suppliers (one without late orders), a carrier and a SKU.
FACTS = {
    "as_of": ("day", "2026-10-31"),
    "rows_read": ("rows", 2500),
    "late_shipment_rate.30.from": ("day", "2026-10-02"),
    "late_shipment_rate.30.to": ("day", "2026-10-31"),
    "late_shipment_rate.30.orders": ("orders", 800),
    "late_shipment_rate.30.late": ("orders", 40),
    "late_shipment_rate.30.rate": ("fraction", 0.05),
    "late_shipment_rate.30.low": ("fraction", 0.037),
    "late_shipment_rate.30.high": ("fraction", 0.067),
    "late_shipment_rate.30.target": ("fraction", 0.04),
    "late_shipment_rate.10.from": ("day", "2026-10-22"),
    "late_shipment_rate.10.to": ("day", "2026-10-31"),
    "late_shipment_rate.10.orders": ("orders", 250),
    "late_shipment_rate.10.late": ("orders", 22),
    "late_shipment_rate.10.rate": ("fraction", 0.088),
    "late_shipment_rate.10.target": ("fraction", 0.04),
    "late_by_account.A1.name": ("name", "(all orders)"),
    "late_by_account.A1.orders": ("orders", 800),
    "late_by_account.A1.late": ("orders", 40),
    "late_by_supplier.S1.name": ("name", "Alder Supply"),
    "late_by_supplier.S1.orders": ("orders", 120),
    "late_by_supplier.S1.late": ("orders", 30),
    "late_by_supplier.S1.rate": ("fraction", 0.25),
    "late_by_supplier.S1.share_of_orders": ("fraction", 0.15),
    "late_by_supplier.S1.share_of_late": ("fraction", 0.75),
    "late_by_supplier.S2.name": ("name", "Birch & Sons"),
    "late_by_supplier.S2.orders": ("orders", 300),
    "late_by_supplier.S2.late": ("orders", 0),
    "late_by_supplier.S2.rate": ("fraction", 0.0),
    "late_by_supplier.S3.name": ("name", "Cedar Supply"),
    "late_by_supplier.S3.orders": ("orders", 380),
    "late_by_supplier.S3.late": ("orders", 7),
    "late_by_supplier.S3.rate": ("fraction", 0.0184),
    "late_by_carrier.C1.name": ("name", "Heron Express"),
    "late_by_carrier.C1.orders": ("orders", 790),
    "late_by_carrier.C1.late": ("orders", 39),
    "late_by_sku.K1.name": ("name", "MUG-11"),
    "late_by_sku.K1.orders": ("orders", 25),
    "late_by_sku.K1.late": ("orders", 5),
    "attribution.supplier.S1.usual_low": ("orders", 2),
    "attribution.supplier.S1.usual_high": ("orders", 9),
    "attribution.supplier.S1.change.rate_orders": ("about", 18.46),
    "attribution.causes.0.late_caused": ("about", 24),
    "attribution.causes.1.late_caused": ("about", 13),
    "clocks.carrier_scan.late": ("orders", 41),
    "clocks.carrier_scan.told": ("orders", 780),
    "stages.dispatch.low": ("orders", 28),
    "budgets.30.allowed": ("orders", 31),
    "remedies.handling.H1.sku": ("name", "BOWL-6"),
    "remedies.handling.H1.over": ("orders", 11),
    "remedies.handling.H1.actual_p90": ("hours", 95.85),
    "remedies.handling.H1.gap": ("days", 3.25),
    "remedies.single_source.U1.sku": ("name", "BOWL-6"),
    "remedies.single_source.U1.supplier": ("name", "Alder Supply"),
    "remedies.single_source.U1.orders": ("orders", 38),
    "remedies.single_source_skus": ("groups", 18),
    "late_orders.in_dispatch.Alder Supply": ("orders", 21),
    "late_orders.111-1839303-3150322": ("name", "111-1839303-3150322"),
    "case.seller.name": ("statement", "Harbor Goods"),
    "case.letter_date": ("statement", "2026-11-04"),
    "case.cause.0.statement": (
        "statement",
        "We had 6 packers and 3 SKUs; we checked at 10:00 on 17 July 2026.",
    ),
    "case.preventive.0.measure": ("statement", "fewer than 1 in 90 orders, at most 2.5% of them"),
}


def made_ground(*, without=(), facts=None, **changes) -> Ground:
    """The small ground; ``without`` leaves out facts that begin so, ``facts`` puts others in as (unit, value)."""
    told = {key: one for key, one in FACTS.items() if not key.startswith(tuple(without))} | (facts or {})
    ground = Ground(
        facts={
            "facts": 1,
            "late_shipment_rate": [{"window_days": 30}, {"window_days": 10}, {"window_days": None}],
            "attribution": {
                "causes": [
                    {"dimension": "supplier", "name": "Alder Supply"},
                    {"dimension": "account", "name": "(all orders)"},
                ]
            },
        },
        evidence={key: {"unit": unit, "value": value, "rows": _ROWS} for key, (unit, value) in told.items()},
        bases={},
        enclosed=(
            {"number": 1, "file": "annex/late-orders.xlsx", "title": "List of 77 late orders", "date": None},
            {"number": 2, "file": "stock-2026-11-03.csv", "title": "Stock file", "date": "2026-11-03"},
        ),
        late_orders=frozenset({"111-1839303-3150322", "112-7654321-1234567"}),
        names=frozenset(
            {
                "Alder Supply",
                "Birch & Sons",
                "Cedar Supply",
                "Heron Express",
                "MUG-11",
                "BOWL-6",
                "Harbor Goods",
            }
        ),
    )
    return replace(ground, **changes)


def made_known(ground=None, *, language="en") -> Known:
    """What the small ground holds."""
    held = ground or made_ground()
    return Known(held, language, Names(held.names))


def figure(text, *, language="en", at=0):
    """The figure of a few words, or the one at a position."""
    return claims(text, language=language, names=Names(made_ground().names).with_digits)[at]


def judged_alone(text, *, ground=None, before=frozenset(), only=None):
    """What a new sentence has wrong, and how many figures have each verdict."""
    held = ground or made_ground()
    known = made_known(held)
    draft = draft_of("x", ground=held)
    counts = Counter()
    new = NewSentences(draft=draft, known=known, counts=counts)
    found = tokens(text, language="en", names=known.names)
    told = mentions(text, found, known, draft.lexicon)
    now = Sentence(line=3, start=100, text=text)
    return list(new.of(now, found, told, before=before, only=only)), dict(counts)


def printed_base(markdown, cited) -> Base:
    """A paper of a few lines as poa printed it; ``cited`` has the words that print a fact, and the fact."""
    paper = paper_in(markdown)
    found = {}
    for words, fact in cited:
        at = next(number for number, line in enumerate(paper.lines) if words in line.text)
        start = paper.lines[at].text.index(words)
        found.setdefault(at, []).append(Printed(start=start, text=words, fact=fact))
    return Base(paper=paper, cited={at: tuple(those) for at, those in found.items()})


def draft_with(now, before=None, cited=(), *, ground=None):
    """A paper that was ``before`` when poa printed it."""
    base = None if before is None else printed_base(before, cited)
    return draft_of(now, ground=ground or made_ground(), base=base)


def proof_of(now, before=None, cited=(), *, ground=None):
    """What is not proven in a paper that was ``before``, as (severity, message, expected, words); its counts."""
    proof = draft_with(now, before, cited, ground=ground).proof
    said = [(one.severity, spoken(one.message, "en"), one.expected, one.at.text) for one in proof.found]
    return said, {verdict: count for verdict, count in proof.counts.items() if count}


# --- what supports a figure ----------------------------------------------------------------------

SUPPORT = Support(made_known())
ALDER, BIRCH, CEDAR = "Alder Supply", "Birch & Sons", "Cedar Supply"
RATE = "late_shipment_rate.30.rate"
UNKNOWN = ("unknown", None)


def around(*groups, **more):
    return Around(groups=frozenset(groups), **more)


def of(text, *groups, ground=None, **more):
    support = SUPPORT if ground is None else Support(made_known(ground))
    return support.of(figure(text), around(*groups, **more))


def told(text, *groups, **more):
    one = of(text, *groups, **more)
    return one.verdict, one.fact
