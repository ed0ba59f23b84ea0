"""What Excel does to a file is called by its name: powers of ten, hidden columns, turned dates, lost zeros, a cut sheet."""

import pytest
from strategies import facts, order_id, problems, summary, text_of

from poa.errors import InputFault

HEADER = ["order-id", "order-item-id", "sku", "ship-by-date", "ship-confirm-date"]


def row(number, **cells):
    """An order in time, with some cells as Excel left them."""
    told = {
        "id": order_id(number),
        "item": f"60000000{number:06d}",
        "sku": "00123",
        "by": "2026-10-12T23:59:00Z",
        "confirmed": "2026-10-12T10:00:00Z",
    }
    return list((told | cells).values())


def made(*rows):
    return text_of([*rows], header=HEADER)


def words_of(found):
    return " ".join(found["source"]["assumptions"])


@pytest.mark.parametrize("spoilt", ["1.12E+16", "1,12E+16", "1E16"])
@pytest.mark.parametrize("mapping", [None, "complete = true\n"])
def test_an_order_id_that_became_a_power_of_ten_is_no_id(spoilt, mapping):
    """It is refused and said to be Excel's work, with a mapping file as without one."""
    options = {"mapping": mapping} if mapping else {}
    found = summary(made(row(1), row(2, id=spoilt)), complete=True, **options)
    assert problems(found) == {(3, "bad_order_id")}
    assert "changed by Excel" in found["source"]["problems"][0]["message"]


def test_an_order_id_without_its_hyphens_is_called_so():
    """Seventeen digits are told apart from any other text."""
    found = summary(made(row(1), row(2, id=order_id(2).replace("-", ""))), complete=True)
    assert "without its hyphens" in found["source"]["problems"][0]["message"]


@pytest.mark.parametrize("column", ["id", "by", "confirmed"])
def test_a_hidden_column_is_called_so(column):
    """A column of ##### stops the run in one sentence that names Excel; one such cell costs its row."""
    with pytest.raises(InputFault) as fault:
        facts(made(*(row(n, **{column: "########"}) for n in range(1, 4))))
    assert "hidden by Excel" in fault.value.message
    found = summary(made(row(1), row(2, **{column: "########"})), complete=True)
    assert "hidden by Excel" in found["source"]["problems"][0]["message"]


def test_item_ids_that_became_one_power_of_ten_do_not_become_one_line():
    """Two lines of one order whose item ids Excel made equal are two lines still, and it is said."""
    late = row(1, item="6.0E+13", sku="B", confirmed="2026-10-13T10:00:00Z")
    found = summary(made(row(1, item="6.0E+13", sku="A"), late), complete=True)
    rate = found["late_shipment_rate"][2]
    assert (rate["late"], rate["orders"], problems(found)) == (1, 1, set())
    assert "2 order-item-ids were changed by Excel" in words_of(found)


@pytest.mark.parametrize(
    ("in_map", "in_report"), [("123", "00123"), ("100000", "1E5"), ("1.00E+05", "100000")]
)
def test_skus_that_excel_changed_in_the_map_are_named_and_not_joined(in_map, in_report):
    """Zeros that are gone and powers of ten are named beside the SKU of the report; nothing is guessed."""
    found = summary(made(row(1, sku=in_report)), complete=True, suppliers=f"sku,supplier\n{in_map},Alder\n")
    assert f"SKU {in_report} of the report is not in the supplier map, but {in_map} is" in words_of(found)
    assert [one["name"] for one in found["late_by_supplier"]["suppliers"]] == ["(not stated)"]


def test_dates_that_were_turned_round_are_refused():
    """Opened under another country's dates, 10/03 became the third month and 10/25 stayed text: no reading is right."""
    turned = [
        f"2026-{day:02d}-10 23:59" for day in range(1, 10)
    ]  # 10 January to 10 September: once 1 to 9 October
    left = [f"10/{day}/2026 23:59" for day in range(13, 29)]
    rows = [row(n, by=day, confirmed="2026-10-30 10:00") for n, day in enumerate([*turned, *left], start=1)]
    with pytest.raises(InputFault) as fault:
        facts(made(*rows))
    assert (fault.value.code, fault.value.column) == ("ambiguous_dates", "ship-by-date")
    assert "turned round" in fault.value.message


def written(form, months):
    """The first 28 days of months, each written by a form."""
    return [form(day, month) for month in months for day in range(1, 29)]


def test_dates_of_one_form_that_were_turned_in_part_are_refused():
    """Turned on one computer and saved on another, 3 August became 8 March in the form of 13 August."""
    turned = written(lambda d, m: f"{m:02d}/{d:02d}/2026" if d <= 12 else f"{d:02d}/{m:02d}/2026", (8, 9, 10))
    rows = [row(n, by=day, confirmed="2026-10-30 10:00") for n, day in enumerate(turned, start=1)]
    with pytest.raises(InputFault) as fault:
        facts(made(*rows))
    assert type(fault.value) is InputFault  # nobody is asked which of two wrong readings is right
    assert (fault.value.code, fault.value.column) == ("ambiguous_dates", "ship-by-date")
    assert "turned round" in fault.value.message
    assert "Download the report again" in fault.value.hint


@pytest.mark.parametrize("months", [(8,), (8, 9, 10), (11, 12, 1), range(1, 13)])
@pytest.mark.parametrize("first", ["day", "month"])
def test_dates_of_one_form_that_nothing_turned_are_read(months, first):
    """Each month's first twelve days lie where its other days do, over the end of a year too."""
    form = {"day": "{d:02d}/{m:02d}/{y}", "month": "{m:02d}/{d:02d}/{y}"}[first]
    days = written(lambda d, m: form.format(d=d, m=m, y=2025 if m > 6 else 2026), months)
    rows = [row(n, by=day, confirmed="2025-01-30 10:00") for n, day in enumerate(days, start=1)]
    assert problems(summary(made(*rows), complete=True)) == set()


def test_ids_that_are_gone_are_asked_for_anew():
    """No mapping file brings back an id that Excel rounded: the remedy is the report as it was downloaded."""
    with pytest.raises(InputFault) as fault:
        facts(made(*(row(n, id="1.12E+16") for n in range(1, 4))))
    assert "Download the report again" in fault.value.hint


def test_dates_in_two_forms_that_nothing_turned_are_read():
    """ISO days beyond the twelfth show that Excel turned nothing."""
    rows = [row(n, by=f"2026-10-{n:02d} 23:59", confirmed="2026-10-01 10:00") for n in range(10, 25)]
    rows += [row(n, by=f"10/{n}/2026 23:59", confirmed="2026-10-01 10:00") for n in range(25, 30)]
    assert summary(made(*rows), complete=True)["late_shipment_rate"][2]["orders"] == 20


def test_texts_survive_as_they_are():
    """00123, NA, 1E5 and =cmd are names of SKUs, and stay them."""
    skus = ["00123", "NA", "1E5", "=cmd|' /C calc'!A0", "-1", "TRUE", "1/2"]
    found = facts(
        made(*(row(n, sku=sku) for n, sku in enumerate(skus, start=1))),
        complete=True,
        suppliers="sku,supplier\n" + "".join(f'"{sku}",of {sku}\n' for sku in skus),
    )
    assert {one.name.value for one in found.late_by_supplier.suppliers} == {f"of {sku}" for sku in skus}


@pytest.mark.deep
def test_a_sheet_that_is_full_to_its_last_row_lists_no_longer_every_order():
    """1,048,576 lines are all that a sheet holds: what was behind them is missing, and no rate is made of the rest."""
    text = "order-id,ship-by-date,ship-confirm-date\n" + "".join(
        f"111-{n:07d}-2000000,2026-10-12T23:59Z,2026-10-12T10:00Z\n" for n in range(1_048_575)
    )
    found = summary(text)
    assert "as many as an Excel sheet holds" in words_of(found)
    assert found["late_shipment_rate"][0]["orders"] is None
    one_less = summary(text[: text.rindex("111-")])
    assert one_less["late_shipment_rate"][0]["orders"] == 1_048_574


def test_the_end_of_a_day_in_the_store_is_that_day():
    """2025-09-26T06:59:59Z is the end of 25 September in the United States, and of the 26th in Germany no more."""
    text = made(row(1, by="2025-09-26T06:59:59+00:00", confirmed="2025-09-26T06:59:59+00:00"))
    for store, day in (("US", "2025-09-25"), ("DE", "2025-09-26"), ("JP", "2025-09-26")):
        found = summary(text, complete=True, marketplace=store)
        assert (found["as_of"], found["late_shipment_rate"][2]["late"]) == (day, 0)


def test_offsets_may_differ_within_one_row():
    """A deadline in Pacific time and a confirmation in China's are compared as moments."""
    for confirmed, late in (("2026-10-13T14:59:59+08:00", 0), ("2026-10-13T15:00:00+08:00", 1)):
        text = made(row(1, by="2026-10-12T23:59:59-07:00", confirmed=confirmed))
        assert summary(text, complete=True)["late_shipment_rate"][2]["late"] == late
