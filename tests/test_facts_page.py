"""The page about ``facts.json`` is true: what runs write is what it says, and it says all of it."""

import json

import pack_contexts
import pytest
from conftest import ROOT
from declared import leaves_of, misfits, values_at
from facts_page import bare_values, of_appeal, of_summary, of_week, page
from made_papers import sample_account
from pack_contexts import Kept

from poa.account import facts_and_late_orders
from poa.facts import summary_data

PAGE = ROOT / "docs" / "facts.md"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """What the templates of the sample's letter and of a few weeks were given, and the ``facts.json`` of each run."""
    folder = tmp_path_factory.mktemp("facts")
    with pytest.MonkeyPatch.context() as patch:
        kept = Kept(patch)
        made = pack_contexts.sample()
        pack_contexts.weeks(folder)
    found = [json.loads(path.read_bytes()) for path in sorted(folder.glob("w*/**/internal/facts.json"))]
    return {
        "contexts": kept.contexts,
        "poa appeal": [json.loads(made.files["internal/facts.json"])],
        "poa weekly": [one for one in found if "weekly" in one],
        "poa summary": [summary_data(facts_and_late_orders(sample_account(), tell=lambda _: None)[0])],
    }


@pytest.mark.parametrize(
    ("command", "declared"), [("poa appeal", of_appeal), ("poa weekly", of_week), ("poa summary", of_summary)]
)
def test_what_a_run_writes_is_what_the_page_declares(run, command, declared):
    """No name is missing from the page, and no value is of another type than it says."""
    assert run[command]
    for data in run[command]:
        assert [*misfits(data, bare_values(declared()))] == []


def test_a_name_that_is_not_declared_is_found(run):
    """The comparison above is able to fail."""
    data = run["poa appeal"][0] | {"rows_read": "many", "more": 1}
    assert [one.partition(":")[0] for one in misfits(data, bare_values(of_appeal()))] == [
        ".more",
        ".rows_read",
    ]


def test_every_name_says_what_it_means():
    for declared in (of_appeal(), of_week()):
        assert [path for path, one in leaves_of(declared) if not one.meaning.strip()] == []


def test_every_id_on_the_page_leads_to_rows(run):
    """Whoever follows an id of the last column finds it among the evidence."""
    ids, evidence = ids_of(run["contexts"]), run["poa appeal"][0]["evidence"]
    assert {one for path, one in ids.items() if not path.startswith("weekly.")} <= evidence.keys()
    assert ids["late_shipment_rate[].late"] == "late_shipment_rate.30.late"


def test_the_page_in_docs_is_current(run, accept):
    """``--accept`` makes it again."""
    now = page(ids_of(run["contexts"]))
    if accept:
        PAGE.write_text(now, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == now


def ids_of(contexts):
    """The first id that stands at each path of a figure."""
    found = {}
    for path, _ in leaves_of(of_week()):
        document, begin = ("weekly-summary", ()) if path[0] == "weekly" else ("plan-of-action", ("facts",))
        for context in contexts[document]:
            for value in values_at(context, (*begin, *path)):
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, dict) and one.keys() == {"fact", "value", "unit"}:
                        found.setdefault(".".join(path).replace(".[]", "[]"), one["fact"])
    return found
