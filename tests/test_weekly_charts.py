"""The pictures of the weekly page: numbers, dates and keys alone, the same bytes, nothing over anything else."""

import io
import re
from datetime import date, timedelta
from itertools import combinations

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axis import Tick
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from poa.analysis.control import control
from poa.charts import action_ledger, control_chart, since_notice, supplier_scorecards
from poa.charts.ledger_chart import row_keys
from poa.facts import Day, Figure, Rows
from poa.facts.ledger import Check, Entry, Ledger
from poa.facts.weekly import Scorecard, WeekCount

MONDAY = date(2026, 11, 2)
TARGET = 0.04
WEEKS = [
    *((3, 140), (2, 150), (4, 160), (3, 155), (0, 12), (5, 170), (4, 165), (2, 150)),
    *((3, 149), (6, 180), (19, 190), (5, 160), (4, 150)),
]
NUMBER_DATE_OR_KEY = re.compile(
    r"(< )?[0-9][0-9,]*(\.[0-9]+)?%?"  # 12, 1,234, 4.5%, < 4%
    r"|[0-9][0-9,]*/[0-9][0-9,]*"  # 28/30
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"  # 2026-11-02
    r"|([0-9]{4}-)?W[0-9]{2}"  # 2026-W44, W44
    r"|[A-Z]{1,3}-?[0-9]{1,4}"  # S1, P12, CA-3
)


def figure(value, unit="orders"):
    return Figure(id="made", value=value, unit=unit, rows=Rows(rule="made", orders=0))


def iso_week(day):
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def week_counts(counts, *, last=MONDAY):
    """Weeks up to the one that begins on ``last``, of (late, orders)."""
    found = []
    for back, (late, orders) in zip(range(len(counts) - 1, -1, -1), counts, strict=True):
        first = last - timedelta(weeks=back)
        found.append(
            WeekCount(
                week=iso_week(first),
                first=first,
                last=first + timedelta(days=6),
                orders=figure(orders),
                late=figure(late),
                rate=figure(late / orders if late is not None and orders else None, "fraction"),
                few=orders < 20,
                told=False,
            )
        )
    return found


def weekly(counts):
    """The control chart of (late, orders) a week, the last week not in its centre line."""
    return control_chart(week_counts(counts), control(counts, base=slice(0, -1)), target=TARGET)


def card(number, *, known=30, in_time=28, hours=(20.0, 36.0, 60.0), few=False, lead_from="supplier"):
    low, median, high = hours or (None, None, None)
    return Scorecard(
        key=f"S{number}",
        name=figure("a name that stays out of pictures", "name"),
        role="fulfilling",
        orders=figure(known),
        late=figure(0),
        rate=figure(0.0, "fraction"),
        dispatch_known=figure(known),
        in_time=figure(in_time),
        on_time=figure(in_time / known if known else None, "fraction"),
        lead_from=lead_from if hours else "",
        lead_time=figure(median, "hours"),
        lead_time_p90=figure(high, "hours"),
        spread=figure(None if high is None else high - low, "hours"),
        tracking_lag=figure(None, "hours"),
        orders_before=figure(100),
        late_before=figure(3),
        trend="unknown",
        few=few,
    )


CARDS = [
    card(1, known=128, in_time=126, hours=(12.0, 22.0, 40.0)),
    card(2, known=64, in_time=40, hours=(30.0, 71.0, 130.0)),
    card(3, known=41, in_time=41, hours=(20.0, 26.0, 47.0), lead_from="purchase"),
    card(4, known=7, in_time=5, hours=(20.0, 44.0, 90.0), few=True),
    card(5, known=0, in_time=None, hours=None),
    card(6, known=22, in_time=0, hours=(96.0, 96.0, 96.0)),
]


def entry(name, verdicts, *, own=False, last=MONDAY, heading="preventive"):
    """An action whose checks end in the week of ``last``, one letter a week: h, m or n."""
    words = {"h": "held", "m": "missed", "n": "not_told"}
    checks = tuple(
        Check(week=iso_week(last - timedelta(weeks=back)), verdict=words[one], measured=None, own=own)
        for back, one in zip(range(len(verdicts) - 1, -1, -1), verdicts, strict=True)
    )
    return Entry(
        id=name,
        heading=heading,
        at=0,
        due=None,
        status="planned",
        kpi=None,
        dimension="account",
        name="",
        target=None,
        weeks_needed=figure(4),
        weeks_held=figure(0),
        late_by=figure(None, "days"),
        closed_in=None,
        checks=checks,
    )


def ledger(*entries):
    none = figure(0)
    return Ledger(entries=entries, verified=none, broken=none, overdue=none, waiting=none)


def last_weeks(number):
    return [iso_week(MONDAY - timedelta(weeks=back)) for back in range(number - 1, -1, -1)]


LEDGER = ledger(
    entry("P2", "hhmhmm"),
    entry("C1", "nhhhhhhhhhhhh", heading="corrective"),
    entry("P1", "hhhnhhh"),
    entry("C2", "hm", own=True, heading="corrective"),
    entry("P3", ""),
)


def made_days(number, *, late=lambda at: at % 3, orders=lambda at: 18 + at % 7, last=MONDAY):
    return [
        Day(day=last - timedelta(days=number - 1 - at), orders=orders(at), late=min(late(at), orders(at)))
        for at in range(number)
    ]


def noticed(days, *, back):
    return since_notice(days, days[-1].day - timedelta(days=back), TARGET, lengths=(10, 30))


PICTURES = {
    "control-13": lambda: weekly(WEEKS),
    "control-one-week": lambda: weekly(WEEKS[:1]),
    "control-two-weeks": lambda: weekly(WEEKS[:2]),
    "control-53": lambda: weekly([(at * 7 % 5 + (12 if at in {20, 21, 44} else 0), 150) for at in range(53)]),
    "control-26": lambda: weekly([(2 + at % 3, 150 + at) for at in range(26)]),
    "control-all-late": lambda: weekly([(50, 50)] * 13),
    "control-none-late": lambda: weekly([(0, 50)] * 13),
    "control-new-year": lambda: control_chart(
        week_counts(WEEKS, last=date(2027, 1, 18)), control(WEEKS, base=12), target=TARGET
    ),
    "control-gap": lambda: weekly([*WEEKS[:5], (0, 0), *WEEKS[6:]]),
    "control-at-target": lambda: weekly([(at % 2 + 6, 165) for at in range(13)]),
    "control-all-outside": lambda: control_chart(
        week_counts([(2, 100)] * 8 + [(40, 100)] * 5), control([(2, 100)] * 8 + [(40, 100)] * 5, base=8), target=TARGET
    ),
    "control-high": lambda: weekly([(60 + at * 5 % 13, 300 + 9 * at) for at in range(12)] + [(20, 300)]),
    "control-few-late": lambda: weekly([*WEEKS[:12], (3, 6)]),
    "control-few-all": lambda: weekly([(at % 3, 9) for at in range(13)]),
    "control-53-few": lambda: weekly([(1, 3) if at % 10 == 5 else (2 + at % 4, 150) for at in range(53)]),
    "control-low": lambda: weekly([(90 + at % 3, 100) for at in range(12)] + [(2, 100)]),
    "control-last-outside": lambda: weekly([*WEEKS[:9], *[(3, 150)] * 3, (30, 150)]),
    "cards": lambda: supplier_scorecards(CARDS),
    "cards-one": lambda: supplier_scorecards(CARDS[:1]),
    "cards-30": lambda: supplier_scorecards(
        [card(at, known=1300, in_time=1234, hours=(9.0 * at, 10.0 * at, 11.0 * at)) for at in range(1, 31)]
    ),
    "cards-no-times": lambda: supplier_scorecards([card(1, hours=None), card(2, hours=None)]),
    "cards-times-only": lambda: supplier_scorecards([card(1, known=0, in_time=None), card(2, known=0, in_time=None)]),
    "cards-short": lambda: supplier_scorecards([card(1, hours=(1.0, 3.0, 5.0)), card(2, hours=(2.0, 8.0, 23.0))]),
    "cards-all-in-time": lambda: supplier_scorecards([card(1, known=12345, in_time=12345), card(2, known=3, in_time=0)]),
    "ledger": lambda: action_ledger(LEDGER, last_weeks(13)),
    "ledger-one-week": lambda: action_ledger(ledger(entry("C1", "h")), last_weeks(1)),
    "ledger-two-weeks": lambda: action_ledger(ledger(entry("C1", "hm"), entry("P1", "m")), last_weeks(2)),
    "ledger-53": lambda: action_ledger(ledger(*(entry(f"P{at}", "hmn" * 18) for at in range(1, 31))), last_weeks(53)),
    "ledger-words": lambda: action_ledger(ledger(entry("Call them daily", "h"), entry("每天", "m")), last_weeks(13)),
    "since": lambda: noticed(made_days(90, late=lambda at: 4 if 50 < at < 62 else at % 3 == 0), back=26),
    "since-today": lambda: noticed(made_days(60), back=0),
    "since-long-ago": lambda: noticed(made_days(120), back=118),
    "since-yesterday-first": lambda: noticed(made_days(2), back=1),
    "since-one-day": lambda: noticed(made_days(1), back=0),
    "since-all-late": lambda: noticed(made_days(70, late=lambda _: 99), back=20),
    "since-none-late": lambda: noticed(made_days(70, late=lambda _: 0), back=20),
    "since-sparse": lambda: noticed(made_days(70, orders=lambda at: 5 * (at % 9 == 0), late=lambda at: at % 2), back=20),
}  # fmt: skip


def seen(monkeypatch, draw):
    """What a picture says, and where: its texts as they were drawn, with their boxes, and the size of it."""
    drawn = []
    save = FigureCanvasAgg.print_png

    def watched(canvas, *args, **more):
        save(canvas, *args, **more)
        self = canvas.figure
        hidden = {
            label
            for tick in self.findobj(Tick)
            for label in (tick.label1, tick.label2)
            if not label.get_visible()
        }
        texts = [
            one for one in self.findobj(Text) if one.get_visible() and one.get_text() and one not in hidden
        ]
        drawn.append(([(one.get_text(), one.get_window_extent()) for one in texts], self.bbox))

    monkeypatch.setattr(FigureCanvasAgg, "print_png", watched)
    assert draw() is not None
    return drawn[0]


@pytest.mark.every_third
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_a_picture_is_a_png_of_the_same_bytes_each_time(draw):
    """Drawn twice, a picture is the same to the byte, bears no program's name, and is 6.5 inches wide."""
    first = draw()
    assert first == draw()
    assert first.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(first[16:20]) == 6.5 * 160
    assert b"Software" not in first


@pytest.mark.every_third
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_a_picture_says_numbers_dates_and_keys_alone(monkeypatch, draw):
    """No text in a picture is a word of any language, and no supplier's name is in it."""
    texts, _ = seen(monkeypatch, draw)
    assert texts
    assert [text for text, _ in texts if not NUMBER_DATE_OR_KEY.fullmatch(text)] == []


@pytest.mark.every_third
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_no_text_covers_another_or_leaves_the_picture(monkeypatch, draw):
    """Every text stands inside of the picture, and no two of them overlap."""
    texts, page = seen(monkeypatch, draw)
    cut = [
        text
        for text, box in texts
        if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < page.y0 - 1 or box.y1 > page.y1 + 1
    ]
    assert cut == []
    over = [(one, other) for (one, box), (other, rival) in combinations(texts, 2) if box.overlaps(rival)]
    assert over == []


def test_the_users_own_settings_do_not_change_a_picture():
    """Whatever a user's matplotlib is set to, the picture is the same."""
    import matplotlib as mpl

    plain = weekly(WEEKS)
    mpl.rcParams["lines.linewidth"] = 9
    mpl.rcParams["font.size"] = 20
    assert plain == weekly(WEEKS)


@pytest.mark.parametrize(
    "picture",
    [
        lambda: control_chart([], None, target=TARGET),
        lambda: weekly([(0, 0)] * 13),
        lambda: control_chart(week_counts([(None, 50)] * 3), None, target=TARGET),
        lambda: supplier_scorecards([]),
        lambda: supplier_scorecards([card(1, known=0, in_time=None, hours=None)]),
        lambda: action_ledger(ledger(), last_weeks(13)),
        lambda: action_ledger(ledger(entry("P1", "")), last_weeks(13)),
        lambda: action_ledger(ledger(entry("P1", "hh")), []),
        lambda: action_ledger(ledger(entry("P1", "hh", last=MONDAY - timedelta(weeks=13))), last_weeks(20)),
        lambda: since_notice([], MONDAY, TARGET, lengths=(10, 30)),
        lambda: noticed(made_days(50), back=-1),
        lambda: noticed(made_days(50), back=50),
        lambda: noticed(made_days(50, orders=lambda _: 0), back=10),
    ],
    ids=[
        *(
            "no-week",
            "no-orders",
            "no-confirmations",
            "no-supplier",
            "nothing-known",
            "no-action",
            "no-check",
        ),
        *("no-column", "older-checks", "no-days", "mark-after", "mark-before", "no-rate"),
    ],
)
def test_nothing_is_drawn_for_nothing(picture):
    """Where there is nothing to show there is no picture, not an empty one."""
    assert picture() is None


def test_a_week_outside_its_limits_bears_its_name_and_no_other_week_does(monkeypatch):
    """The week of 19 of 190 is outside; its name stands in the picture besides the marks of the axis."""
    quiet = [*WEEKS[:10], (6, 190), *WEEKS[11:]]
    loud = [text for text, _ in seen(monkeypatch, lambda: weekly(WEEKS))[0]]
    still = [text for text, _ in seen(monkeypatch, lambda: weekly(quiet))[0]]
    assert (loud.count("W43"), still.count("W43")) == (2, 1)


def test_weeks_are_named_in_full_at_both_ends(monkeypatch):
    """The first and the last week bear their year, of 13 weeks and of 53."""
    for counts in (WEEKS, [(3, 150)] * 53):
        named = [text for text, _ in seen(monkeypatch, lambda counts=counts: weekly(counts))[0]]
        assert [text for text in named if re.fullmatch(r"[0-9]{4}-W[0-9]{2}", text)] == [
            iso_week(MONDAY - timedelta(weeks=len(counts) - 1)),
            "2026-W45",
        ]


def test_a_centre_just_under_the_target_is_not_printed_as_the_target(monkeypatch):
    """3.99 % stays under 4 % in print, as everywhere."""
    counts = [(399, 10_000)] * 13
    texts = [text for text, _ in seen(monkeypatch, lambda: weekly(counts))[0]]
    assert "3.99%" in texts
    assert "4.0%" not in texts


def test_eight_suppliers_are_shown(monkeypatch):
    """Of 30 suppliers the first eight are in the picture."""
    texts = [text for text, _ in seen(monkeypatch, PICTURES["cards-30"])[0]]
    assert [text for text in texts if text.startswith("S")] == [f"S{at}" for at in range(1, 9)]


def test_ids_that_may_be_words_become_row_numbers():
    """Action ids stand in the picture only where each of them is a key; words of the seller never do."""
    assert row_keys([entry("P2", ""), entry("C1", "")]) == ["P2", "C1"]
    assert row_keys([entry("P2", ""), entry("check stock", "")]) == ["1", "2"]
    assert row_keys([entry("P2", ""), entry("P2", "")]) == ["1", "2"]


def test_the_sellers_own_word_does_not_look_like_the_rows():
    """A check that only the seller vouches for is drawn otherwise than one the rows measure."""
    rows, own = ledger(entry("P1", "hm")), ledger(entry("P1", "hm", own=True))
    assert action_ledger(rows, last_weeks(13)) != action_ledger(own, last_weeks(13))


def test_hours_from_the_purchase_do_not_look_like_hours_from_the_supplier():
    """Two clocks that begin at different times are drawn with different dots."""
    assert supplier_scorecards([card(1)]) != supplier_scorecards([card(1, lead_from="purchase")])


def test_days_long_before_the_mark_are_left_out():
    """A picture since a notice begins 30 days before it: older days change neither bars nor the windows shown."""
    days = made_days(100)
    older = [Day(day=day.day, orders=day.orders, late=day.orders) for day in days[:20]]
    # The mark is day 80; the 30-day window of day 50, the first shown, reaches back to day 21.
    assert noticed(days, back=19) == noticed([*older, *days[20:]], back=19)


@settings(max_examples=often(12))
@given(
    counts=st.lists(
        st.integers(0, 400).flatmap(lambda orders: st.tuples(st.integers(0, orders), st.just(orders))),
        min_size=1,
        max_size=60,
    )
)
def test_any_weeks_can_be_drawn(counts):
    """Whatever the counts, there is a picture exactly where a week has orders."""
    assert (weekly(counts) is not None) == any(orders for _, orders in counts)


def test_a_picture_can_be_read_back():
    """The bytes are a whole picture, not only a header."""
    from matplotlib import image

    assert image.imread(io.BytesIO(weekly(WEEKS))).shape[1] == 1040
