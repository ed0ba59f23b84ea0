"""A mapping file: the seller's own words about a file, checked to the last key."""

import pytest
from strategies import facts, order_id, problems, summary, text_of

from poa.errors import InputFault

COLUMNS = '[columns]\norder_id = "Nr"\nship_by = "Bis"\nship_confirmed = "Am"\n'
HEADER = ["Nr", "Bis", "Am", "Artikel"]
ROWS = [
    ["7", "31.10.2026 20:00", "31.10.2026 19:00", "A"],
    ["8", "31.10.2026 20:00", "31.10.2026 21:00", "B"],
]
TEXT = text_of(ROWS, header=HEADER)


def fault_of(text, mapping):
    with pytest.raises(InputFault) as caught:
        facts(text, mapping=mapping)
    assert caught.value.hint
    return caught.value


def test_columns_are_where_the_mapping_says():
    """A file that nobody has seen is read with its columns named, and the choice is told."""
    found = summary(TEXT, mapping="complete = true\n" + COLUMNS + 'sku = "artikel"\n')
    assert found["late_shipment_rate"][2]["orders"] == 2
    assert found["late_shipment_rate"][2]["late"] == 1
    columns = {"order_id": "Nr", "ship_by": "Bis", "ship_confirmed": "Am", "sku": "Artikel"}
    assert found["source"]["files"][0]["columns"] == columns
    assert (found["source"]["files"][1]["name"], found["source"]["files"][1]["report"]) == (
        "map.toml",
        "column_mapping",
    )


def test_columns_that_the_mapping_does_not_name_are_recognised_as_usual():
    """One odd column is enough to say; the others go by their titles."""
    text = text_of(
        [[order_id(1), "2026-10-12", "2026-10-14"]], header=["order-id", "Bis", "ship-confirm-date"]
    )
    found = summary(text, mapping='complete = true\n[columns]\nship_by = "Bis"\n')
    assert found["late_shipment_rate"][2]["late"] == 1


def test_the_mapping_wins_over_a_title():
    """Where two titles could be one column, the mapping chooses."""
    header = ["order-id", "Expected ship date", "Promised Ship Date", "ship-confirm-date"]
    text = text_of([[order_id(1), "2026-10-12", "2026-10-20", "2026-10-14"]], header=header)
    for title, late in (("Expected ship date", 1), ("Promised Ship Date", 0)):
        found = summary(text, mapping=f'complete = true\n[columns]\nship_by = "{title}"\n')
        assert found["late_shipment_rate"][2]["late"] == late


def test_a_title_is_found_letter_by_letter_first():
    """Of titles that differ in punctuation only, the one written as in the mapping is meant."""
    header = ["Nr", "nr!", "Bis", "Am"]
    text = text_of([["7", "8", "2026-10-12", "2026-10-12"]], header=header)
    found = summary(text, mapping="complete = true\n" + COLUMNS)
    assert found["source"]["files"][0]["columns"]["order_id"] == "Nr"
    fault = fault_of(text_of([], header=["NR", "nr!", "Bis", "Am"]), COLUMNS)
    assert (fault.code, fault.file, fault.column) == ("ambiguous_column", "report.csv", "Nr")


def test_a_title_of_signs_alone_is_itself():
    """A column called # is that column, and no other without letters."""
    text = text_of([["7", "x", "2026-10-12", "2026-10-12"]], header=["#", "", "Bis", "Am"])
    found = summary(text, mapping=COLUMNS.replace('"Nr"', '"#"'))
    assert found["source"]["files"][0]["columns"]["order_id"] == "#"
    assert (
        fault_of(text_of([], header=["%", "", "Bis", "Am"]), COLUMNS.replace('"Nr"', '"#"')).code
        == "unknown_header"
    )


def test_a_title_that_is_not_there_is_named_with_the_nearest():
    """The fault names the mapping's title, the nearest one of the file, and all of them."""
    fault = fault_of(TEXT, COLUMNS.replace('"Bis"', '"Biss"'))
    assert (fault.code, fault.file, fault.line, fault.column) == ("unknown_header", "report.csv", 1, "Biss")
    assert "did you mean 'Bis'?" in fault.message
    assert "Artikel" in fault.hint


def test_a_needed_column_that_is_still_missing_is_a_fault():
    """A mapping that leaves a needed column open gets the rest of it as a proposal."""
    fault = fault_of(TEXT, '[columns]\norder_id = "Nr"\nship_by = "Bis"\n')
    assert fault.code == "unknown_header"
    assert 'order_id = "Nr"' in fault.hint
    assert "ship_confirmed = " in fault.hint


def test_the_zone_moves_days():
    """Times without an offset are of the mapping's zone, and so are the days of the windows."""
    for zone, day in (("Europe/Berlin", "2026-10-31"), ("Asia/Tokyo", "2026-10-31"), ("UTC", "2026-10-31")):
        found = summary(TEXT, mapping=f'complete = true\nzone = "{zone}"\n' + COLUMNS)
        assert (found["time_zone"], found["as_of"]) == (zone, day)
    stamped = text_of([["7", "2026-10-31T20:00:00Z", "2026-10-31T19:00:00Z"]], header=HEADER[:3])
    for zone, day in (("Asia/Tokyo", "2026-11-01"), ("America/Los_Angeles", "2026-10-31")):
        assert summary(stamped, mapping=f'zone = "{zone}"\n' + COLUMNS)["as_of"] == day


def test_a_stated_format_refuses_other_forms_by_row():
    """Under a stated format, a date of another form is a bad one of its row, not another reading."""
    rows = [["7", "03/04/2026", "03/04/2026"], ["8", "2026-04-03", "03/04/2026"]]
    text = text_of(rows, header=HEADER[:3])
    found = summary(text, mapping='complete = true\ndate_format = "%d/%m/%Y"\n' + COLUMNS)
    assert problems(found) == {(3, "bad_date")}
    assert found["as_of"] == "2026-04-03"


@pytest.mark.parametrize(("order", "day"), [("day-first", "2026-04-03"), ("month-first", "2026-03-04")])
def test_a_stated_order_settles_what_the_column_does_not(order, day):
    """The user's word on day and month is enough."""
    text = text_of([["7", "03/04/2026", "03/04/2026"]], header=HEADER[:3])
    assert summary(text, mapping=f'date_format = "{order}"\n' + COLUMNS)["as_of"] == day


@pytest.mark.parametrize(
    ("statement", "key", "words"),
    [
        ("colums = 1", "colums", "did you mean 'columns'?"),
        ('zon = "UTC"', "zon", "did you mean 'zone'?"),
        ("complete = 1", "complete", "true"),
        ('complete = "yes"', "complete", "true"),
        ("zone = 5", "zone", "in quotes"),
        ('zone = "America/Los_Angles"', "zone", "no time zone"),
        ('zone = ""', "zone", "no time zone"),
        ('zone = "../UTC"', "zone", "no time zone"),
        ('zone = "America"', "zone", "no time zone"),
        ("date_format = 1", "date_format", "in quotes"),
        ('date_format = ""', "date_format", "year, month and day"),
        ('date_format = "%d/%m"', "date_format", "year, month and day"),
        ('date_format = "%d %d"', "date_format", "year, month and day"),
        ('date_format = "%q"', "date_format", "year, month and day"),
        ('date_format = "%Y-%m-%d %H:%M %Z"', "date_format", "%z"),
        ("order_id_pattern = 1", "order_id_pattern", "in quotes"),
        ('order_id_pattern = "("', "order_id_pattern", "regular expression"),
        ('order_id_pattern = "a{99999999999999}"', "order_id_pattern", "regular expression"),
        (f'order_id_pattern = "{"(" * 900}{")" * 900}"', "order_id_pattern", "regular expression"),
        ("columns = 1", "columns", "a table"),
        ('[columns]\norder_idd = "Nr"', "order_idd", "did you mean 'order_id'?"),
        ("[columns]\norder_id = 1", "order_id", "in quotes"),
        ('[columns]\norder_id = "Nr"\nship_by = "nr"', "ship_by", "two of our columns"),
    ],
)
def test_a_wrong_statement_is_named_by_line_and_key(statement, key, words):
    """Each statement that cannot be is told with its line, its key, and what it should be."""
    fault = fault_of(TEXT, f"# a note\n\n{statement}\n")
    line = 3 + statement.count("\n")
    assert (fault.code, fault.file, fault.line, fault.column) == ("bad_mapping", "map.toml", line, key)
    assert words in fault.message


@pytest.mark.parametrize(
    ("mapping", "code", "line"),
    [
        ("zone = UTC\n", "bad_toml", 1),
        ("\n\n[columns\n", "bad_toml", 3),
        ("a = 1\na = 2\n", "bad_toml", None),
        (b"\n\xff = 1\n", "not_utf8", 2),
        ("x" * 3000, "too_large", 1),
        ("# x\n" * 20_000, "too_large", None),
        ("a = " + "[" * 2000, "bad_toml", None),
    ],
)
def test_what_is_no_small_toml_is_a_sentence(mapping, code, line):
    """A mapping file that cannot be read is told with its line, whatever it is."""
    with pytest.raises(InputFault) as fault:
        facts(TEXT, mapping=mapping)
    assert (fault.value.code, fault.value.file) == (code, "map.toml")
    assert line is None or fault.value.line == line
