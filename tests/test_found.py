"""What fuzzing found stays mended: each input ends in a result or in one sentence, and the laws of its door hold.

An input that ``bench/fuzz.py`` finds is cut down and put under its target here, with what was wrong. The second
test spoils the seeds anew, the same way in every run.
"""

import json

import pytest
from conftest import often
from fuzz_seeds import mutated, seeds
from fuzz_targets import RS, TARGETS, outcome
from hypothesis import given, settings
from hypothesis import strategies as st

from poa.reports import json_records

WEEK = (
    b'history = 1\nweek = "2026-W44"\ncut_off = "2026-11-02T00:00:00-08:00"\nlate = 0\n'
    b"days = [[0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0], [0, 0]]\n"
)
FACTS = b'{"facts": 1, %s}'
NAMELESS = RS + b"\nx"  # a zip whose one part has no name, of which zipfile cannot say whether it is a folder
SHELL = seeds("shell")[0]

FOUND: dict[str, dict[str, bytes]] = {
    "report": {
        "a part without a name": NAMELESS,
        "a line end in what the parser says": b'<?xml version="1.0"?><sellerPerformanceReports>\n\x00',
    },
    "notice": {"a part without a name": NAMELESS},
    "pack": {"a part without a name": NAMELESS},
    "template": {
        "what stands before extends": b'{{ options.x }}{% extends "default/plan-of-action.md.j2" %}',
        "a name of several lines": b'{% include "a\n\nb" %}',
        "two extends": b'{% extends "default/plan-of-action.md.j2" %}\n' * 2,
        "what is asked behind it": b'{% extends "default/plan-of-action.md.j2" %}{% if options.x %}{% endif %}',
    },
    "docx": {"a part without a name": NAMELESS},
    "shell": {
        "a part without a name": NAMELESS,
        "a style without an id that others rest on": SHELL.replace(b'w:styleId="Standard"', b""),
        "a style that rests on one that is not there": SHELL.replace(
            b'w:basedOn w:val="', b'w:basedOn w:val="x'
        ),
    },
    "history": {
        "a number that no float holds": WEEK + b'measures = [["late_shipment_rate", %d, 1, 1, 1]]' % 10**400,
        "no number": WEEK + b'measures = [["late_shipment_rate", nan, nan, 1, 1]]',
    },
    "markdown": {
        "a line with nothing but a space that must not break": b"a\n\n\xc2\xa0\n\nb",
        "the same in a quote": b"> \xc2\xa0",
        "the same above the words of an item": b"- \xc2\xa0\n\n  a",
    },
    "facts": {
        "a window without its first day": FACTS % b'"late_shipment_rate": [{"window_days": 30}]',
        "a figure without its unit": FACTS
        % b'"late_shipment_rate": [], "evidence": {"a.name": {"value": "x"}}',
        "a figure without its value": FACTS
        % b'"late_shipment_rate": [], "evidence": {"a": {"unit": "fraction", "rows": {}}}',
        "a group without a name": FACTS
        % b'"late_shipment_rate": [], "late_by_supplier": {"suppliers": [{}]}',
    },
    "names": {
        "nothing": b"",
        "a device behind a line end of another script": "\u2028con".encode(),
        "a device with an ending": b"aux.txt",
        "a device with an ending that is made": "con\uff0etxt".encode(),
        "a device with a space": b"con .a.txt",
    },
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(name, data, id=f"{name}: {what}")
        for name, found in FOUND.items()
        for what, data in found.items()
    ],
)
def test_what_was_found_stays_mended(name, data):
    """No exception but a refusal in one sentence, and no law of the target broken."""
    outcome(name, data)


@pytest.mark.parametrize("name", TARGETS)
def test_sound_files_are_read(name):
    """The seeds are what they seem: at least one of each target is read, so that the tests below get past the door."""
    assert "read" in {outcome(name, seed) for seed in seeds(name)[:3]}


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
@settings(max_examples=often(15))
def test_spoilt_files_end_in_a_result_or_in_one_sentence(name, data):
    """Sound files changed somewhere, and any bytes at all."""
    sound = data.draw(st.sampled_from(seeds(name)))
    rolled = data.draw(st.randoms(use_true_random=False))
    outcome(name, data.draw(st.binary(max_size=60) | st.just(mutated(sound, rolled, other=seeds(name)[0]))))


def test_an_order_that_stands_nowhere_costs_no_walk_through_the_file(monkeypatch):
    """Ids that are numbers have no line; half a million of them were looked for among half a million others."""
    compared = 0

    class Counted(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other):
            nonlocal compared
            compared += 1
            return str.__eq__(self, other)

    usual = json_records._places
    monkeypatch.setattr(
        json_records, "_places", lambda *given: ((Counted(value), line) for value, line in usual(*given))
    )
    orders = [{"orderId": number, "orderItems": []} for number in range(300)]
    orders += [{"orderId": f"111-{number:07d}-0000000", "orderItems": []} for number in range(300)]
    outcome("report", json.dumps({"orders": orders}).encode())
    assert 300 <= compared <= 3_000
