"""The paper for Amazon's form is plain: every word, one block a question, nothing that a form could mangle."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_writers import paper, papers, spoken

from poa.document import (
    BulletList,
    Cited,
    Code,
    Emphasis,
    Gap,
    Heading,
    Image,
    LineBreak,
    Link,
    NumberedList,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Strong,
    Table,
    Text,
    leaves,
    words,
)
from poa.writers import txt

GLYPHS = re.compile("[•‣◦▪■●–—―‐‑−“”„‟‘’‚‛«»‹›…→≤≥×\u00a0\u200b\u202f\u2028\ufeff\u3000\t\r\0\x1b]")
MARKS = "*_`#|~>\\!<"  # a list begins with "- " or "1) ", and a table has names: only these would be Markdown


def p(*said: str) -> Paragraph:
    return Paragraph(tuple(Text(one) for one in said))


def written(*blocks, **more) -> str:
    return txt.write(paper(*blocks, **more), images={}).decode()


PLAN = (
    Heading(1, (Text("Plan of action"),)),
    Paragraph(
        (Strong((Text("Lantern Home"),)), Text(" · United States · "), Cited("1 November 2026", "day"))
    ),
    Heading(2, (Text("Root cause"),)),
    Paragraph((Text("Alder – our “main” supplier — was late…"), LineBreak(), Text("Since 14 October."))),
    NumberedList(
        (
            (p("First"),),
            (p("Second"), BulletList(((p("a"),), (p("b"), p("c"))))),
        ),
        start=3,
    ),
    Heading(3, (Text("Figures"),)),
    Table(
        ((Text("Window"),), (Text("Late"),), ()),
        (((Text("30 days"),), (Text("151"),), (Text("up"),)), ((Text("10 days"),), (), ())),
        (None, None, None),
    ),
    Image("img/a.png", "never said"),
    p("Chart 1: late orders a day"),
    PageBreak(),
    Rule(),
    Heading(2, (Text("Corrective action"),)),
    Quote((p("Greater detail"),)),
    Paragraph(
        (
            Gap("Who confirms?"),
            Text(" "),
            Code("ship-by-date"),
            Text(" "),
            Emphasis((Link((Text("help"),), "https://a.example/x"),)),
            Text(" "),
            Link((Text("a@b.example"),), "mailto:a@b.example"),
        )
    ),
)

FILE = """\
Plan of action
Lantern Home - United States - 1 November 2026

Root cause
Alder - our "main" supplier - was late...
Since 14 October.

3) First
4) Second
  - a
  - b
    c

Figures

Window: 30 days; Late: 151; up
Window: 10 days; Late: -

Chart 1: late orders a day

Corrective action
  Greater detail

[Who confirms?] ship-by-date help (https://a.example/x) a@b.example
"""


def test_a_plan_is_one_plain_block_a_question():
    """Title and seller come first, each question has its answer below it, and all layout is gone."""
    assert written(*PLAN) == FILE
    assert [one.heading for one in txt.blocks(paper(*PLAN))] == [
        "Plan of action",
        "Root cause",
        "Corrective action",
    ]


def test_words_before_any_heading_are_a_block_of_their_own():
    """Nothing is lost where a paper has no title, and a heading without an answer stays."""
    found = txt.blocks(paper(p("Dear team"), Heading(2, (Text("Asked"),))))
    assert [(one.heading, one.text) for one in found] == [("", "Dear team"), ("Asked", "Asked")]
    assert written(Rule()) == "\n"


def test_a_block_is_measured_as_a_form_counts():
    """A new line is one character, a sign beyond the basic plane two."""
    (one,) = txt.blocks(paper(Heading(2, (Text("Ab"),)), p("京🙂"), p("x")))
    assert one.text == "Ab\n京🙂\n\nx"
    assert one.length == 2 + 1 + 3 + 2 + 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", 'He said "so" - it\'s 5-9 -> x...'),
        ("zh", "He said “so” — it’s 5-9 -> x…"),
    ],
)
def test_quotes_are_ascii_where_the_language_writes_them_so(language, said):
    """Chinese and Japanese have no ASCII form of their quotes; arrows and range dashes are ASCII everywhere."""
    assert written(p("He said “so” — it’s 5–9 → x…"), language=language) == f"{said}\n"


def test_a_dot_inside_a_name_is_spelling():
    """The sign between parts of a line becomes a dash, the one inside a Chinese name stays."""
    assert written(p("约翰·史密斯 · US"), language="zh") == "约翰·史密斯 - US\n"


@given(papers)
def test_blocks_are_the_file_and_hold_every_word(blocks):
    """The file is its blocks with an empty line between; no word of the paper is missing or out of order."""
    document = paper(*blocks)
    found = txt.blocks(document)
    said = txt.write(document, images={}).decode()
    assert said == "\n\n".join(one.text for one in found) + "\n"
    assert all(one.text.startswith(one.heading) for one in found)
    tables = [block for block in _all(blocks) if isinstance(block, Table)]
    cells = {id(cell) for table in tables for row in (table.header, *table.rows) for cell in row}
    rest = said
    for content in leaves(blocks):
        for word in _spoken(content):
            if id(content) in cells:  # a head stands before each of its cells
                assert word in said
            else:
                _, found_it, rest = rest.partition(word)
                assert found_it, word


@given(papers)
def test_no_sign_of_markdown_is_added(blocks):
    """Of the signs that make Markdown there are as many as in the words, in addresses and in arrows of the words."""
    said = written(*blocks)
    own = Counter(_arrows("".join(words(content) for content in leaves(blocks))))
    for address in (item.href for item in _links(blocks)):
        own += Counter(address)
    repeated = Counter()  # a table says its head before each of its rows
    for table in (block for block in _all(blocks) if isinstance(block, Table)):
        repeated += Counter(_arrows("".join(words(cell) for cell in table.header) * len(table.rows)))
    told = Counter(said)
    assert all(told[mark] <= own[mark] + repeated[mark] for mark in MARKS)
    assert not re.search(r"[ ]\n|\n\n\n\n", said)


@given(st.lists(spoken | st.text(max_size=8) | st.sampled_from(["•", "—", "„x“", "a\u200bb", "\u2028"])))
def test_no_special_glyph_leaves(said):
    """Whatever a seller writes, no bullet, typographic sign, odd space or control character is left."""
    assert not GLYPHS.search(written(*(p(one) for one in said)))


def _spoken(content) -> list[str]:
    """Letters and digits as they stand together; the address of a link stands behind its words."""
    said = "".join(words((item,)) + " " * isinstance(item, Link) for item in _plain(content))
    return re.findall(r"[^\W_]+", said)


def _plain(content):
    for item in content:
        match item:
            case Strong(content=inner) | Emphasis(content=inner):
                yield from _plain(inner)
            case _:
                yield item


def _arrows(text: str) -> str:
    for sign, plain in (("→⇒≥", ">"), ("←≤", "<"), ("≠", "!"), ("≈", "~")):
        text = re.sub(f"[{sign}]", plain, text)
    return text


def _all(blocks):
    for block in blocks:
        yield block
        match block:
            case BulletList(items=items) | NumberedList(items=items):
                for item in items:
                    yield from _all(item)
            case Quote(content=content):
                yield from _all(content)


def _links(blocks):
    def inside(content):
        for item in content:
            match item:
                case Link(content=inner):
                    yield item
                    yield from inside(inner)
                case Strong(content=inner) | Emphasis(content=inner):
                    yield from inside(inner)

    # A table's head is said before each row, its links with it.
    for table in (block for block in _all(blocks) if isinstance(block, Table)):
        for cell in table.header:
            yield from list(inside(cell)) * len(table.rows)
    for content in leaves(blocks):
        yield from inside(content)
