"""Every sample case is what its name says, and the built-in pack prints each of its documents in each language."""

from __future__ import annotations

import re

import pytest
from conftest import mostly_deep

from poa.build import appeal_papers
from poa.build.sampled import sampled
from poa.build.samples import SAMPLES, sample_appeal
from poa.cli.pack_folders import open_packs
from poa.doing import silent
from poa.errors import UsageFault
from poa.sample import REPORT, sample_files
from poa.writers import writer

PACK = open_packs(None)
LANGUAGES = ("en", "zh", "ja", "de")
# Papers about a supplier, and where nothing is known of one there are none.
NOTHING = {
    "one_supplier": {"supplier-statement", "corrective-action-request"},
    "nothing_late": {"supplier-statement", "corrective-action-request"},
    "no_suppliers": {
        "supplier-statement",
        "corrective-action-request",
        "open-orders-request",
        "supplier-week",
    },
}
ASKED = {"one_supplier": 0, "nothing_late": 1, "no_suppliers": 1, "blank_case": 6}


def late(name):
    return sample_appeal(name, pack=PACK).facts.late_shipment_rate[0].late.value


@pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param(
            name,
            language,
            marks=[pytest.mark.deep]
            if name not in {"normal", "nothing_late", "chinese_names"}
            or (language != "en" and name != "normal")
            else [],
        )
        for name in SAMPLES
        for language in LANGUAGES
        if name != "many_late" or language == "en"
    ],
)
def test_every_document_of_every_sample_case_is_made(name, language):
    """In four languages, as a page; a document that cannot be about anything says so."""
    none = set()
    for document in PACK.documents:
        try:
            made = sampled(document, sample=name, pack=PACK, language=language)
        except UsageFault as fault:
            assert fault.code == "nothing_to_tell"
            none.add(document)
            continue
        paper = made.paper()
        assert paper.language == language
        assert writer("html").write(paper, images=made.images)
    assert none == NOTHING.get(name, set())


@pytest.mark.every_third
@pytest.mark.parametrize("name", mostly_deep(SAMPLES, *({*SAMPLES} - {"many_late"})))
def test_a_sample_case_makes_the_papers_that_an_appeal_makes(name):
    """What preview and check show is what the whole run writes, word for word."""
    appeal = sample_appeal(name, pack=PACK)
    papers = appeal_papers(appeal, tell=silent)
    for document in ("plan-of-action", "root-cause-analysis"):
        made = sampled(document, sample=name, pack=PACK, language="en")
        assert writer("md").write(made.paper(), images=made.images) == papers.files[f"{document}.md"]
    cover = sampled("cover", sample=name, pack=PACK, language="en").paper()
    assert writer("md").write(cover, images={}) == papers.files["internal/cover.md"]
    assert len(papers.questions) == ASKED.get(name, 0)


def test_the_sample_cases_are_what_they_are_called():
    """Counted, not believed."""
    suppliers = {
        name: {one.name.value for one in sample_appeal(name, pack=PACK).facts.late_by_supplier.suppliers}
        for name in SAMPLES
    }
    assert late("nothing_late") == 0
    assert late("many_late") >= 5000
    assert len(suppliers["one_supplier"]) == 1
    assert not any(
        re.search("[A-Za-z]{3}", str(name)) for name in suppliers["no_suppliers"] if "not" not in str(name)
    )
    assert all("|*_<&" in name for name in suppliers["strange_names"])
    assert all(re.search("[\u4e00-\u9fff]", name) for name in suppliers["chinese_names"])
    strange = sample_appeal("strange_names", pack=PACK)
    assert "|*_<&" in (strange.case.seller.name or "")
    assert all("|*_<&" in sku for one in strange.late_orders for sku in one.skus)
    assert late("strange_names") == late("chinese_names") == late("normal") > 0


def test_a_strange_name_is_printed_as_it_is():
    """No sign of it becomes Markdown or HTML."""
    made = sampled("plan-of-action", sample="strange_names", pack=PACK, language="en")
    page = writer("html").write(made.paper(), images=made.images).decode()
    assert "|*_&lt;&amp;" in page
    assert "|*_<&" not in page


def test_the_normal_sample_is_that_of_the_demo():
    """The same bytes, and so the same facts."""
    appeal = sample_appeal("normal", pack=PACK)
    (report, _) = appeal.facts.source.files
    from poa.files import as_input

    assert report.sha256 == as_input(REPORT, sample_files()[REPORT]).sha256


def test_an_unknown_sample_case_is_told_with_the_nearest():
    """As every name that is wrong."""
    with pytest.raises(UsageFault, match="did you mean 'normal'"):
        sample_appeal("normall", pack=PACK)
    with pytest.raises(UsageFault):
        sampled("cover", sample="", pack=PACK, language="en")
