"""``poa summary`` in other languages: no sentence stays English, no name is translated, and columns stand under each other."""

import json
import re
import string
from collections.abc import Mapping

import pytest
from conftest import ROOT, SAMPLES, mostly_deep, run_poa
from hypothesis import given
from hypothesis import strategies as st
from made_files import (
    Order,
    all_orders,
    end_of_day,
    late_list,
    on_time_delivery,
    performance_v2,
    plain,
    unshipped,
    valid_tracking,
    window,
)
from rich.cells import cell_len

from poa.cli.terminal import console
from poa.languages import SPOKEN

OTHERS = [language for language in SPOKEN if language != "en"]
FILES = ROOT / "tests" / "transcripts" / "files"
DUE = [end_of_day(2026, 10, day) for day in range(1, 31)]
DAY = DUE[1] - DUE[0]


def orders(of_each_day: int, *, late_from: int = 18) -> list[Order]:
    """Thirty days of three suppliers; from a day on every fifth order of Alder is late, and the last is not confirmed."""
    found = []
    for number in range(of_each_day * len(DUE)):
        due = DUE[number // of_each_day]
        late = number % 15 == 0 and number // of_each_day >= late_from
        confirmed = None if number > of_each_day * 30 - 3 else due + DAY / 2 * (1 if late else -1)
        supplier = ("Alder", "few", "None")[number % 3]
        found.append(
            Order(number=number, bought=due - 4 * DAY, due=due, confirmed=confirmed, supplier=supplier)
        )
    return found


MANY = orders(15)
BROKEN = plain(MANY).text.replace("2026-10-05", "2026-13-05").replace("\n111-", "\n11-", 3)
STATED = performance_v2(
    {"lateShipmentRate": window("2026-10-01", "2026-10-30", orderCount=450, lateShipmentCount=12)}
)
# Each case of the screen: its arguments, and the files that they name.
CASES: dict[str, tuple[tuple[str, ...], Mapping[str, object]]] = {
    "sample": (("late-shipment-report.csv", "--suppliers", "suppliers.csv", "--origin", "CN"), {}),
    "own": (
        ("late-shipment-report.csv", "--suppliers", "suppliers.csv", "--own-warehouse", "Alder Supply"),
        {},
    ),
    "early": (("late-shipment-report.csv", "--as-of", "2026-10-20", "--window-by", "purchase"), {}),
    "defects": (("defects.csv",), {}),
    "typed": (("defects.csv", "--orders", "400", "--orders-10", "120", "--as-of", "2026-10-31"), {}),
    "damaged": (("damaged.csv",), {}),
    "stated": (("o.csv", "--complete", "p.json"), {"o.csv": plain(MANY), "p.json": STATED}),
    "silent": (("all-orders.txt",), {}),
    "many": (("o.csv", "--complete"), {"o.csv": plain(MANY)}),
    "few": (("o.csv", "--complete"), {"o.csv": plain(MANY[:9])}),
    "refused": (("o.csv", "--complete"), {"o.csv": BROKEN}),
    "joined": (
        ("a.txt", "l.csv", "d.csv", "v.csv"),
        {
            "a.txt": all_orders(MANY),
            "l.csv": late_list(one for one in MANY if one.late),
            "d.csv": on_time_delivery(MANY),
            "v.csv": valid_tracking([(f"1Z{number}", number % 17 > 0) for number in range(200)]),
        },
    ),
    "open": (("--open", "open-orders.csv", "--complete"), {}),
    "written": (("--open", "open-orders.csv", "--complete", "--out", "ask"), {}),
    "nothing open": (("--open", "late-list.csv"), {}),
    "unshipped": (
        ("--open", "u.txt"),
        {"u.txt": unshipped([one for one in MANY if one.confirmed is None], reported=DUE[-1])},
    ),
}
# Words of the screen that are nobody's language: Amazon's, poa's own names of columns and kinds of files.
NOT_ENGLISH = re.compile(
    r"'[^']*'|[\w./-]+\.(?:csv|txt|json)|--[a-z-]+|\b[a-z]+(?:[_-][a-z]+)+\b|（[A-Za-z ]+）|America/Los_Angeles|[A-Z][\w-]*"
)
ENGLISH = re.compile(
    r"\b(?:the|of|is|are|were|it|its|has|have|had|not|no|with|by|to|from|at|and|that|which|they|their|or|one|this|these"
    r"|there|rows|order|orders|late|lists|file|files|says|may|if|since|before|after|met|missed|still|going|on|for|about|earlier|would|as|usual|stands|known|missing|target|days)\b"
)


def played(name, folder, *more):
    args, made = CASES[name]
    for source in (SAMPLES, FILES):
        for path in source.iterdir():
            if path.name in args:
                (folder / path.name).write_bytes(path.read_bytes())
    for file, content in made.items():
        data = content if isinstance(content, bytes) else getattr(content, "text", content).encode()
        (folder / file).write_bytes(data)
    return run_poa("summary", *args, *more, cwd=folder, check=0).stdout


@pytest.mark.every_third
@pytest.mark.parametrize("language", mostly_deep(OTHERS, "zh"))
@pytest.mark.parametrize("name", CASES)
def test_no_sentence_stays_english(name, language, tmp_path):
    """Every sentence and heading of every case is in the language; only names and Amazon's own words are not."""
    screen = played(name, tmp_path, "--ui-lang", language)
    assert ENGLISH.findall(NOT_ENGLISH.sub(" ", screen)) == []
    assert all(cell_len(line) <= 80 for line in screen.splitlines())


@pytest.mark.parametrize("language", OTHERS)
def test_names_numbers_and_days_stay(language, tmp_path):
    """What the files say is on the screen as it is, also a supplier whose name is a word of the screen."""
    screen = played("many", tmp_path, "--ui-lang", language)
    assert re.search(r"^few +\d+/\d+ ", screen, re.MULTILINE)
    assert re.search(r"^None +\d+/\d+ ", screen, re.MULTILINE)
    english = played("many", tmp_path)
    figures = re.compile(r"\d{4}-\d\d-\d\d|\d+/\d+")
    assert sorted(set(figures.findall(screen))) == sorted(set(figures.findall(english)))


@pytest.mark.parametrize("language", mostly_deep(SPOKEN, "en", "zh"))
@pytest.mark.parametrize("name", ["sample", "joined", "open"])
def test_columns_stand_under_each_other(name, language, tmp_path):
    """In every line of a table its days, or ids, begin at the same column, a wide character counting as two."""
    lines = played(name, tmp_path, "--ui-lang", language).splitlines()
    form = r"111-\d{7}-\d{7}  " if name == "open" else r"\d{4}-\d\d-\d\d  \d{4}-\d\d-\d\d  "
    found = [(line, re.search(form, line)) for line in lines]
    starts = {cell_len(line[: match.start()]) for line, match in found if match}
    assert len(starts) == 1
    assert sum(bool(match) for _, match in found) >= 2


def test_json_is_the_same_in_every_language(tmp_path):
    """--ui-lang changes no JSON."""
    english = played("sample", tmp_path, "--json")
    assert all(played("sample", tmp_path, "--json", "--ui-lang", one) == english for one in OTHERS)
    assert json.loads(english)


def test_the_case_names_the_language(tmp_path):
    """Without the option the case's language is spoken, and the option is above it."""
    (tmp_path / "case.toml").write_text('[seller]\nlanguage = "ja"\n', encoding="utf-8")
    assert played("defects", tmp_path, "--case", ".").startswith("出荷遅延率、")
    assert played("defects", tmp_path, "--case", ".", "--ui-lang", "de").startswith("Rate verspäteter")
    assert played("defects", tmp_path).startswith("Late shipment rate, ")


def test_help_names_the_option(tmp_path):
    """The help says which languages there are, and what is spoken without the option."""
    told = " ".join(run_poa("summary", "--help", cwd=tmp_path, check=0).stdout.split())
    assert "--ui-lang [en|zh|ja|de] Language of terminal and cover. [default: the case's, else en]" in told


signs = st.text("迟发订单供应商，。、（）" + string.digits + "-%", max_size=200)


@given(signs)
def test_no_number_is_broken(text):
    """Where a language has no blanks, a line ends before a number or an id and not in it, and begins with no stop."""
    screen = console(language="zh")
    with screen.capture() as shown:
        screen.say(text)
    lines = shown.get().splitlines()
    assert "".join(lines) == text
    numbers = [one for one in re.findall(r"[0-9%-]*[0-9][0-9%-]*", text) if len(one) < 70]
    assert all(any(one in line for line in lines) for one in numbers)
