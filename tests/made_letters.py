"""Letters as consultants make them in Word: built with python-docx, filled with small facts, read back."""

import base64
import io
import re
import sys
import zipfile

import docx
from docx.oxml.ns import qn
from hostile_word import tree, zipped
from lxml import etree

from poa.document import Document, Paragraph, Text
from poa.files import bundled, read_folder
from poa.packs import open_pack, word_native
from poa.writers.word_native import finished, read_letter

FILE, NAME = "letter.docx", "acme/letter.docx"
MANIFEST = 'id = "acme"\nversion = "1"\nfacts = 1\n[papers.plan-of-action]\nword = "letter.docx"\n'
DEFAULT = read_folder(bundled("templates") / "default")
SUPPLIERS = (("Alder & Söhne <GmbH>", 33), ("Birch", 7), ("{{ case }} {% if %} {_{ x }_}", 1))


def figure(fact, value, unit):
    return {"fact": fact, "value": value, "unit": unit}


def context(**more):
    """Facts of three suppliers, an answer, and one that nobody gave."""
    return {
        "facts": {
            "as_of": figure("as_of", "2026-10-31", "day"),
            "rate": figure("rate", 0.0626, "fraction"),
            "suppliers": [
                {
                    "name": figure(f"suppliers.{at}.name", name, "name"),
                    "late": figure(f"suppliers.{at}.late", late, "orders"),
                }
                for at, (name, late) in enumerate(SUPPLIERS)
            ],
        },
        "seller": {"fact": "case.seller", "value": "Bay", "question": "What is your name?", "kind": "text"},
        "reason": {"fact": "case.reason", "value": None, "question": "Why was it late?", "kind": "text"},
        "empty": [],
        "yes": True,
        **more,
    }


def pack(data=None, *, manifest=MANIFEST, name="acme", **words):
    named = {FILE: data, **{f"{stem}.docx": one for stem, one in words.items()}}
    kept = {file: one for file, one in named.items() if one is not None}
    return open_pack(name, {"pack.toml": manifest}, default=DEFAULT, words=kept)


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def letter(*paragraphs, header="", footer="", rows=(), cut=False):
    """A Word file; ``rows`` are those of a table at its end, ``cut`` gives every sign a run of its own."""
    made = docx.Document()
    said = [(made.add_paragraph(), text) for text in paragraphs]
    table = made.add_table(rows=0, cols=max(map(len, rows), default=1)) if rows else None
    for cells in rows:
        row = table.add_row()
        said += [(row.cells[at].paragraphs[0], text) for at, text in enumerate(cells)]
    section = made.sections[0]
    said += [(section.header.paragraphs[0], header)] if header else []
    said += [(section.footer.paragraphs[0], footer)] if footer else []
    for paragraph, text in said:
        for at, run in enumerate(text if cut else [text]):
            paragraph.add_run(run).bold = cut and at % 2 == 0
    return saved(made)


def in_xml(body, **parts):
    """A Word file written by hand."""
    from hostile_word import parts_of_word

    return zipped(parts_of_word(body, **parts))


def paper(*, draft=True, language="en"):
    return Document(
        blocks=(Paragraph((Text("x"),)),), title="Plan", language=language, draft=draft, author="Bay"
    )


def printed(data, given=None, *, language="en", draft=True, of=None):
    """The letter made in this process, as the child makes it."""
    read = read_letter(data, name=NAME)
    answer = word_native.letter(
        of or pack(data),
        file=NAME,
        package=base64.b64encode(read.package()).decode(),
        marks=read.asked(),
        context=given or context(),
        language=language,
    )
    return finished(read, answer["stories"], answer["values"], paper(draft=draft, language=language))


def opened(made):
    return docx.Document(io.BytesIO(made.data))


def lines(made):
    """What each paragraph of the body says, tables left out."""
    return [one.text for one in opened(made).paragraphs]


def words_of(made):
    """The same of a file that lacks what python-docx looks for."""
    root = etree.fromstring(parts(made.data)["word/document.xml"])
    return ["".join(one.itertext(qn("w:t"))) for one in root.iter(qn("w:p"))]


def cells(made, table=0):
    return [[cell.text for cell in row.cells] for row in opened(made).tables[table].rows]


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data, name, part):
    """The file with a part more, or another one in its place."""
    return zipped({**parts(data), name: part})


def replaced(data, name, before, after):
    xml = parts(data)[name]
    assert before in xml
    return with_part(data, name, xml.replace(before, after))


def bold_and_yellow(made):
    """The words that are both: questions."""
    root = etree.fromstring(parts(made.data)["word/document.xml"])
    runs = (one for one in root.iter(qn("w:r")) if one.find(f"{qn('w:rPr')}/{qn('w:highlight')}") is not None)
    return ["".join(run.itertext(qn("w:t"))) for run in runs]


def without(library):
    """``sys.modules`` as where a library is not installed."""
    return {library: None, **{name: None for name in sys.modules if re.match(rf"{library}\.", name)}}


__all__ = [name for name in dir() if not name.startswith("_")] + ["tree"]
