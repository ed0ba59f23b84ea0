"""A paper is the same paper in every format, and its Word file is one that Word need not repair."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT, often
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_package import WP, R, W, check_package, read_text

from poa.document import (
    Block,
    BulletList,
    Cited,
    Code,
    Document,
    Emphasis,
    Gap,
    Heading,
    Image,
    Inline,
    Inlines,
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
    normal,
    words,
)
from poa.document import (
    leaves as leaves_of,
)
from poa.errors import PackFault, UsageFault
from poa.markdown import parse, printable
from poa.packing import packed
from poa.writers import docx, formats, md, writer
from poa.writers._word_table import widths


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\x99" * width) * height)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURES = {"a.png": png(40, 20), "img/late days (1).png": png(3000, 20), "图.png": png(20, 3000)}


def paper(*blocks: Block, **more: Any) -> Document:
    return Document(blocks=blocks, **{"title": "A paper", **more})


def markdown(*blocks: Block) -> str:
    return md.write(paper(*blocks), images=PICTURES).decode()


def word(*blocks: Block, **more: Any) -> bytes:
    return docx.write(paper(*blocks, **more), images=PICTURES)


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def says(*said: str) -> Paragraph:
    return Paragraph(tuple(map(Text, said)))


# --- papers of every kind ------------------------------------------------------------------------

SIGNS = "*_`~[]()<>!|\\#-+=:&;.1 0aé中「：€\u00a0\u3000\"'/@^{}x"
SYNTAX = "1. a/- a/# a/&amp;/&#32;/---/===/| a |/|---|/[a](b)/[a]: b/![a](b)/<b>/**/a_b_c/_a_/    a/> a/```/~~~/\\/a@b.c/!"
spoken = st.text(st.sampled_from(SIGNS), min_size=1, max_size=8)
spoken |= st.text(min_size=1, max_size=6).map(printable) | st.sampled_from(SYNTAX.split("/"))
addresses = st.sampled_from(
    [
        "https://a.example",
        "mailto:a@b.example",
        "https://a.example/b_(c)?d&copy;=2&amp;e",
        "https://a.example/*_b_*%20",
    ]
)
leaves = (
    spoken.map(Text) | st.builds(Cited, spoken, st.just("a.b")) | st.builds(Gap, spoken) | spoken.map(Code)
)


def several(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=1, max_size=most).map(tuple)


def running(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    bold = st.recursive(
        leaf, lambda of: st.builds(Strong, several(of)) | st.builds(Emphasis, several(of)), max_leaves=5
    )
    linked = bold | st.builds(Link, several(bold), addresses)
    return several(linked | st.builds(Strong, several(linked)), 4).map(possible)


def possible(content: Iterable[Inline]) -> Inlines:
    """What the parser can make: no line break ends a paragraph or bold words, and no link is empty."""
    out: list[Inline] = []
    for item in content:
        match item:
            case Strong(content=inner) | Emphasis(content=inner):
                out.append(type(item)(possible(inner)))
            case Link(content=inner, href=href):
                out += [Link(possible(inner), href)] if words(possible(inner)).strip() else []
            case _:
                out.append(item)
    out = list(normal(out))
    while out and out[-1] == LineBreak():
        out.pop()
    return tuple(out)


one_line = running(leaves)
paragraphs = st.builds(Paragraph, running(leaves | st.just(LineBreak())).filter(words))
# Markdown has no line break in a heading or a cell.
headings = st.builds(Heading, st.integers(1, 4), one_line.filter(lambda content: words(content).strip()))
images = st.builds(Image, st.sampled_from(sorted(PICTURES)), spoken | st.just(""))


def tables(columns: int) -> st.SearchStrategy[Table]:
    row = st.tuples(*[one_line | st.just(())] * columns)
    sides = st.tuples(*[st.sampled_from([None, "left", "center", "right"])] * columns)
    return st.builds(Table, row, st.lists(row, max_size=2).map(tuple), sides)


def nested(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    items = several(several(of))
    numbered = st.builds(NumberedList, items, st.sampled_from([1, 0, 9, 999_999_998]))
    return st.builds(BulletList, items) | numbered | st.builds(Quote, several(of))


simple = (
    paragraphs
    | headings
    | images
    | st.just(Rule())
    | st.just(PageBreak())
    | st.integers(1, 3).flatmap(tables)
)
papers = several(st.recursive(simple, nested, max_leaves=6))


def seen(blocks: Iterable[Block]) -> Iterator[object]:
    """A paper as its reader sees it: the blocks, and in them every stretch of words with its look."""
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield type(block), getattr(block, "level", 0), looks(content)
            case BulletList(items=items) | NumberedList(items=items):
                yield type(block), getattr(block, "start", 0), [list(seen(item)) for item in items]
            case Table(header=header, rows=rows, align=align):
                yield Table, align, [[looks(cell) for cell in row] for row in (header, *rows)]
            case Quote(content=inner):
                yield Quote, list(seen(inner))
            case Image() | Rule() | PageBreak():
                yield block


def looks(content: Inlines) -> list[tuple[str, frozenset[str]]]:
    signs = [(sign, look) for said, look in stretches(content, frozenset()) for sign in said]
    return [("".join(s for s, _ in run), look) for look, run in groupby(signs, key=lambda pair: pair[1])]


def stretches(content: Inlines, look: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for item in content:
        match item:
            case Strong(content=inner) | Emphasis(content=inner):
                yield from stretches(inner, look | {type(item).__name__})
            case Link(content=inner, href=href):
                yield from stretches(inner, look | {href})
            case Gap():
                yield words((item,)), look | {"Strong"}
            case Code(text=said):
                yield said, look | {"Code"}
            case Text() | Cited() | LineBreak():
                yield words((item,)), look


# --- formats -------------------------------------------------------------------------------------


def test_a_format_is_a_file_of_the_folder_with_two_public_names() -> None:
    """Adding a format is adding a file; a caller needs its suffix and its ``write``, no more."""
    assert {"docx", "md"} <= set(formats())
    for name in formats():
        module: Any = writer(name)
        assert f".{name}" == module.SUFFIX
        own = {
            key for key, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__
        }
        assert {key for key in own if not key.startswith("_")} == {"write"}


KINDS = (
    Heading(2, (Text("A heading"),)),
    Paragraph(
        (
            Strong((Text("Strong"),)),
            Emphasis((Text(" words"),)),
            LineBreak(),
            Code("a|b"),
            Cited("44", "late"),
        )
    ),
    Paragraph((Gap("Who?"), Link((Text("here"),), "https://example.com/"))),
    BulletList(((Paragraph((Text("one"),)), NumberedList(((Paragraph((Text("inside"),)),),), 3)),)),
    Table(((Text("h"),),), (((Text("c | d"),),),), ("right",)),
    Quote((Paragraph((Text("said"),)),)),
    Image("late", "Late orders"),
    Rule(),
    PageBreak(),
)


@pytest.mark.parametrize("name", formats())
def test_every_format_writes_every_kind_of_block_alike_each_time(name: str) -> None:
    """None of them meets a paper that it cannot write, and no clock is in its bytes."""
    once, again = (writer(name).write(paper(*KINDS), images={"late": png(40, 20)}) for _ in range(2))
    assert once == again
    assert len(once) > 50


def test_the_format_of_the_recipe_works_as_it_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever copies the file out of ``docs/an-output-format.md`` has a format."""
    page = (ROOT / "docs" / "an-output-format.md").read_text(encoding="utf-8")
    made = ModuleType("poa.writers.adoc")
    monkeypatch.setitem(sys.modules, made.__name__, made)
    exec(page.split("```python\n")[1].split("```\n")[0], vars(made))  # noqa: S102 - our own page
    told = made.write(paper(*KINDS), images={"late": png(40, 20)}).decode()
    assert told.startswith("WARNING: Draft.\n\n== A heading\n\n**Strong**__ words__ +\n``a&#124;b``44\n")
    with pytest.raises(PackFault):
        made.write(paper(Image("lat", "")), images={})


def test_an_unknown_format_is_told_with_the_nearest_known() -> None:
    """A slip of the pen is met with the word that was meant."""
    with pytest.raises(UsageFault, match="did you mean 'docx'") as caught:
        writer("docs")
    assert caught.value.code == "unknown_format"
    with pytest.raises(UsageFault):
        writer("_package")


@pytest.mark.parametrize("name", ["md", "docx"])
def test_a_picture_that_is_not_there_is_a_fault(name: str) -> None:
    """No paper is sent that points at nothing."""
    with pytest.raises(PackFault, match="did you mean 'late'") as caught:
        writer(name).write(paper(Image("lat", "")), images={"late": b""})
    assert caught.value.code == "missing_picture"


# --- Markdown ------------------------------------------------------------------------------------


@given(papers)
@settings(max_examples=often(60))
def test_markdown_reads_back_as_the_same_paper(blocks: tuple[Block, ...]) -> None:
    """Whatever the words hold, the reader of the Markdown sees what the tree says."""
    assert list(seen(parse(markdown(*blocks), name=""))) == list(seen(blocks))


@given(st.builds(Paragraph, running(leaves | st.just(LineBreak())).filter(words)))
@settings(max_examples=often(200))
def test_markdown_of_words_is_settled_after_one_writing(block: Paragraph) -> None:
    """Read back and written again, the bytes are the same, and so is the tree."""
    once = markdown(block)
    tree = parse(once, name="")
    assert markdown(*tree) == once
    assert parse(markdown(*tree), name="") == tree


AS_WRITTEN = {
    "4.2 % of 2,410 orders (see A_B_C), 5 * 3 = 15": r"4.2 % of 2,410 orders (see A_B_C), 5 \* 3 = 15",
    "A & B <3, AT&T; [1] 50% [a](b)": r"A & B <3, AT&T; [1] 50% [a\](b)",
    "1. first": r"1\. first",
    "2026 was late": "2026 was late",
    "- a": r"\- a",
    "-5 %": "-5 %",
    "# a": r"\# a",
    "#1 of 3": "#1 of 3",
    "> a": r"\> a",
    "<b> &amp; _x_ `y` ~z~": r"\<b> \&amp; \_x\_ \`y\` \~z\~",
    r"C:\temp \* end" + "\\": r"C:\temp \\\* end" + "\\\\",
    "  spaces  ": "&#32; spaces &#32;",
    "[a]: b": r"[a\]: b",
    "<!-- pagebreak -->": r"\<!-- pagebreak -->",
    "wow!": "wow!",
}


@pytest.mark.parametrize("said", AS_WRITTEN)
def test_markdown_escapes_only_what_would_be_syntax(said: str) -> None:
    """A person who opens the file in an editor reads words, not backslashes."""
    assert markdown(says(said)) == AS_WRITTEN[said] + "\n"


@pytest.mark.parametrize(
    "start", ["|---|---|", "---|---", "===", "---", "> c", "- c", "+ c", "1. c", "2) c", "# c", "  c"]
)
def test_a_line_break_does_not_begin_a_block(start: str) -> None:
    """What follows a line break is words, even where it looks like a table's ruler or a list."""
    block = Paragraph((Text("a | b"), LineBreak(), Text(start)))
    assert parse(markdown(block), name="") == (block,)


def test_bold_words_end_where_markdown_sees_a_words_end() -> None:
    """In Chinese no space parts a bold word from the next; CommonMark then needs a numbered character."""
    bold = Strong((Text("原因："),))
    assert markdown(Paragraph((bold, Text("供")))) == "**原因：**&#20379;\n"
    assert markdown(Paragraph((Text("他说"), Strong((Text("好"),)), Text("的")))) == "他说**好**的\n"
    assert markdown(Paragraph((bold, Emphasis((Text("a"),)), Gap("q")))) == "**原因：**_a_**[q]**\n"
    assert markdown(Paragraph((Text("原因："), Gap("q"), Text("。")))) == "原因：**[q]**。\n"


def test_what_has_no_words_leaves_no_signs() -> None:
    """A fact that prints nothing, in bold, is not four stars."""
    nothing = Strong((Cited("", "a.b"), Emphasis((Text(""),))))
    assert markdown(Paragraph((Text("a"), nothing, Text("b")))) == "ab\n"


def test_a_title_keeps_the_signs_at_its_end() -> None:
    """Markdown drops number signs at the end of a title, unless they are escaped."""
    assert markdown(Heading(2, (Text("Order #"),))) == "## Order \\#\n"


def test_links_are_as_short_as_markdown_allows() -> None:
    """An address that stands for itself stands once, and no sign before a link makes it a picture."""
    bare = Link((Text("https://a.example/b-c"),), "https://a.example/b-c")
    mail = Link((Text("a@b.example"),), "mailto:a@b.example")
    named = Link((Text("a [b]"),), "https://c.example/d_(e)")
    assert (
        markdown(Paragraph((Text("See! "), bare, Text(" "), mail)))
        == "See! <https://a.example/b-c> <a@b.example>\n"
    )
    assert markdown(Paragraph((Text("See!"), named))) == "See\\![a \\[b\\]](<https://c.example/d_(e)>)\n"


def test_neighbouring_lists_stay_apart() -> None:
    """Two lists that follow each other are two: each numbered list begins again."""
    item = (says("a"),)
    bullets = BulletList((item,))
    blocks = (NumberedList((item,)), NumberedList((item, item)), bullets, bullets, bullets)
    assert markdown(*blocks) == "1. a\n\n1) a\n2) a\n\n- a\n\n* a\n\n- a\n"
    assert parse(markdown(*blocks), name="") == blocks


def test_nested_lists_stand_in_and_need_no_empty_lines() -> None:
    """A list of plain items is as tight as a person would write it."""
    inner = BulletList(((says("b"),), (says("c"),)))
    assert (
        markdown(NumberedList(((says("a"), inner), (says("d"),)), start=9)) == "9. a\n   - b\n   - c\n10. d\n"
    )
    assert markdown(BulletList(((says("a"), says("b")),))) == "- a\n\n  b\n"
    # Only a list that begins at one may follow words without an empty line.
    assert markdown(BulletList(((says("a"), NumberedList(((says("b"),),), 4)),))) == "- a\n\n  4. b\n"


def test_table_columns_line_up_in_an_editor() -> None:
    """A Chinese character is as wide as two Latin ones."""
    table = Table(
        ((Text("名"),), (Text("Orders"),)),
        (((Text("上海"),), (Text("7"),)), ((Text("A|B"),), ())),
        (None, "right"),
    )
    assert markdown(table).splitlines() == [
        "| 名   | Orders |",
        "| ---- | -----: |",
        "| 上海 |      7 |",
        r"| A\|B |        |",
    ]


# --- Word: words and package ---------------------------------------------------------------------


@given(
    st.builds(
        Document,
        blocks=papers,
        title=spoken,
        draft=st.booleans(),
        language=st.sampled_from(["en", "de", "zh", "ja", "fr"]),
    )
)
def test_word_holds_the_same_words_in_a_flawless_package(document: Document) -> None:
    """The words read back from Word are the paper's words, and a strict reader has no complaint."""
    data = docx.write(document, images=PICTURES)
    assert check_package(data) == []
    assert read_text(data) == "\n".join(map(words, leaves_of(document.blocks)))


def test_word_survives_characters_that_xml_cannot_hold() -> None:
    """Such characters are replaced where values come in; one that slips through does not break the file."""
    data = word(says("a\x00b\ud800"), Image("a.png", "\x07"), title="\x01" * 300, author="\uffff<&")
    assert check_package(data) == []
    assert read_text(data) == "a\ufffdb\ufffd"
    assert part(data, "docProps/core.xml")[0].text == "\ufffd" * 255  # Word keeps no longer title


def test_the_list_of_parts_comes_first_in_the_package() -> None:
    """Programs that read a package as a stream look for it there."""
    with zipfile.ZipFile(io.BytesIO(packed({"A": b"", "b": b"", "[Content_Types].xml": b""}))) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "A", "b"]


EVERYTHING = (
    Heading(1, (Text("A|B *Inc* <x> & 株式会社"),)),
    Paragraph(
        (Gap("who"), LineBreak(), Link((Strong((Text("policy"),)),), "https://a.example/?b=1&c"), Code("col"))
    ),
    NumberedList(((says("a"), BulletList(((says("b"),),))), (Table(((Text("c"),),), (), (None,)),))),
    NumberedList(((says("d"),), (NumberedList(((says("e"),),), 4),))),
    Image("a.png", 'What it "shows" & more'),
    Quote((says("f"),)),
    Rule(),
    PageBreak(),
    Table(((Text("g"),), (Text("h"),)), (((Cited("1", "x.y"),), ()),), ("right", None)),
)


def test_same_paper_same_bytes_in_every_process() -> None:
    """No clock, no chance, no order of a hash table reaches the file."""
    program = (
        "import sys; sys.path.insert(0, 'tests'); import hashlib, test_writers as t;"
        "print(hashlib.sha256(t.word(*t.EVERYTHING)).hexdigest())"
    )
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONUTF8": "1"}
    root = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program], env=env, cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(word(*EVERYTHING)).hexdigest()


def test_every_numbered_list_counts_for_itself() -> None:
    """Three lists, one of them nested: three numberings, each with its own start."""
    data = word(*EVERYTHING)
    used = [number.get(f"{W}val") for number in part(data).iter(f"{W}numId")]
    assert used == ["2", "1", "2", "3", "3", "4"]
    starts = part(data, "word/numbering.xml").iterfind(f"{W}num/{W}lvlOverride")
    assert [(o.get(f"{W}ilvl"), o[0].get(f"{W}val")) for o in starts] == [("0", "1"), ("0", "1"), ("1", "4")]


def test_a_table_repeats_its_header_and_keeps_its_rows_whole() -> None:
    """A table that runs over pages stays readable."""
    first, *rest = part(word(EVERYTHING[-1])).iter(f"{W}trPr")
    assert [child.tag for child in first] == [f"{W}cantSplit", f"{W}tblHeader"]
    assert [[child.tag for child in row] for row in rest] == [[f"{W}cantSplit"]]


def test_five_thousand_rows_are_written_at_once() -> None:
    """Built cell by cell, or moved between trees, such a table takes a minute and more."""
    row = tuple(
        (Text(said),) for said in ("111-1234567-1234567", "Alder Supply", "上海供应链", "2026-10-02", "66")
    )
    began = time.perf_counter()
    word(Table(row, (row,) * 5000, (None,) * 5))
    assert time.perf_counter() - began < 5


@given(st.lists(st.lists(spoken, min_size=1, max_size=3), min_size=1, max_size=12), st.integers(2000, 10000))
def test_columns_fill_the_width_exactly(columns: list[list[str]], total: int) -> None:
    """Together the columns are as wide as the text, and none has vanished."""
    shares = widths(columns, total=total)
    assert sum(shares) == total
    assert min(shares) > 0


def test_columns_are_as_wide_as_their_words_ask() -> None:
    """A long remark leaves an order id and a supplier's name on one line, and figures take little room."""
    columns = [["112-1234567-1234567"], ["Alder Supply & Co. GmbH"], ["4.2 %"], ["late " * 60]]
    order, supplier, rate, remark = widths(columns, total=9746)
    assert order > 19 * 100
    assert supplier > 23 * 100
    assert rate < 1000 < remark


def test_no_column_is_narrower_than_its_longest_word_in_a_broad_font() -> None:
    """In the narrow column of a shell with wide margins, in Verdana's bold letters, where the page has room."""
    columns = [
        ["If", "Alder Supply back at the usual rate"],
        ["Window", "30 days"],
        *([title, "2026-11-14"] for title in ("Likely from", "Earliest", "Latest")),
    ]
    shares = widths(columns, total=8504)  # A4 with margins of 3 cm
    assert shares[1] > 200 + 820  # "Window" in Verdana, bold, nine points
    assert min(shares[2:]) > 200 + 1190  # "2026-11-14"


# --- Word: look ----------------------------------------------------------------------------------


def test_a_picture_fits_the_page_and_says_what_it_shows() -> None:
    """Never wider or taller than the text, in its own proportions, and readable to those who cannot see."""
    data = word(Image("img/late days (1).png", "wide"), Image("图.png", 'tall "&"'), Image("a.png", ""))
    sizes = [(int(str(e.get("cx"))), int(str(e.get("cy")))) for e in part(data).iter(f"{WP}extent")]
    (wide, wide_tall), (tall_wide, tall), (small, small_tall) = sizes
    assert wide == (12240 - 2 * 1247) * 635
    assert wide / wide_tall == pytest.approx(150, rel=0.01)
    assert tall < (15840 - 2 * 1247) * 635
    assert tall / tall_wide == pytest.approx(150, rel=0.01)
    assert small == 2 * small_tall
    assert [e.get("descr") for e in part(data).iter(f"{WP}docPr")] == ["wide", 'tall "&"', ""]


def test_a_picture_that_is_none_is_a_fault() -> None:
    """Bytes that are no picture are told by the picture's name."""
    with pytest.raises(PackFault, match="'late'") as caught:
        docx.write(paper(Image("late", "")), images={"late": b"%PDF"})
    assert caught.value.code == "unreadable_picture"


@pytest.mark.parametrize(
    ("language", "mark", "tags", "size"),
    [
        ("en", "DRAFT", "en-US zh-CN", "12240"),
        ("de", "Entwurf", "de-DE zh-CN", "11906"),
        ("zh", "草稿", "en-US zh-CN", "11906"),
        ("ja", "下書き", "en-US ja-JP", "11906"),
        ("fr", "DRAFT", "fr zh-CN", "11906"),
    ],
)
def test_a_draft_says_so_in_its_own_language(language: str, mark: str, tags: str, size: str) -> None:
    """On every page of a draft; the language is also Word's, for its spelling, and sets the paper's size."""
    data = word(says("a"), language=language)
    assert "".join(part(data, "word/header1.xml").itertext()) == mark
    (lang,) = part(data, "word/styles.xml").iter(f"{W}lang")
    assert f"{lang.get(f'{W}val')} {lang.get(f'{W}eastAsia')}" == tags
    assert [e.get(f"{W}w") for e in part(data).iter(f"{W}pgSz")] == [size]


def test_a_final_paper_has_no_header() -> None:
    """What is sent does not say DRAFT anywhere."""
    data = word(says("a"), draft=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "header" in name]
        assert not [name for name in archive.namelist() if b"DRAFT" in archive.read(name)]


def test_the_files_properties_are_the_papers() -> None:
    """Title, author and day come from the paper: never from the library, the machine or the clock."""
    more = {"title": "Plan", "author": "Bay & Co", "subject": "Late", "dated": "2026-11-02", "language": "de"}
    core = part(word(says("a"), **more), "docProps/core.xml")
    assert [(etree.QName(e).localname, e.text) for e in core] == [
        ("title", "Plan"),
        ("subject", "Late"),
        ("creator", "Bay & Co"),
        ("language", "de"),
        ("lastModifiedBy", "Bay & Co"),
        ("revision", "1"),
        ("created", "2026-11-02T00:00:00Z"),
        ("modified", "2026-11-02T00:00:00Z"),
        ("contentStatus", "Draft"),
    ]


def test_a_question_cannot_be_overlooked() -> None:
    """A gap is bold on yellow; a cited fact looks like the words around it."""
    question, fact = part(word(Paragraph((Gap("who"), Cited("1", "a"))))).iter(f"{W}r")
    assert [e.tag for e in question[0]] == [f"{W}b", f"{W}bCs", f"{W}highlight"]
    assert [e.tag for e in fact] == [f"{W}t"]


def test_a_link_is_a_link() -> None:
    """It leads where the paper says, and looks like one."""
    data = word(EVERYTHING[1])
    (link,) = part(data).iter(f"{W}hyperlink")
    targets = {e.get("Id"): e.get("Target") for e in part(data, "word/_rels/document.xml.rels")}
    assert targets[link.get(f"{R}id")] == "https://a.example/?b=1&c"
    assert [e.get(f"{W}val") for e in link.iter(f"{W}rStyle")] == ["Hyperlink"]
    inside = Link((Link((Text("a"),), "https://inner.example"),), "https://outer.example")
    assert check_package(word(Paragraph((inside,)))) == []


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """Another program reads the file too, and counts its lists as we do."""
    (tmp_path / "paper.docx").write_bytes(word(*EVERYTHING))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "paper.docx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )
    lines = (tmp_path / "paper.txt").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "A|B *Inc* <x> & 株式会社"
    assert re.findall(r"^ *([0-9]+)\.", "\n".join(lines), flags=re.MULTILINE) == ["1", "2", "1", "2", "4"]


# --- the checker itself --------------------------------------------------------------------------

BROKEN = [
    (
        "word/document.xml",
        '<w:pStyle w:val="Heading1"/>',
        '<w:pStyle w:val="Nowhere"/>',
        "style Nowhere is not there",
    ),
    (
        "word/document.xml",
        '<w:pStyle w:val="Heading1"/>',
        '<w:pStyle w:val="Code"/>',
        "is no paragraph style",
    ),
    ("word/document.xml", "<w:b/><w:bCs/>", "<w:bCs/><w:b/>", "out of order"),
    ("word/document.xml", "<w:cantSplit/><w:tblHeader/>", "<w:tblHeader/><w:cantSplit/>", "out of order"),
    ("word/document.xml", '<w:numId w:val="3"/>', '<w:numId w:val="9"/>', "list 9 is not there"),
    ("word/document.xml", "<w:tc>", "<w:tc><w:foo/>", "foo inside tc"),
    ("word/document.xml", "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>", "does not end with a paragraph"),
    ("word/document.xml", '<w:gridCol w:w="', '<w:gridCol w:w="1', "do not add up"),
    ("word/document.xml", '<w:tcW w:w="', '<w:tcW w:w="1', "does not fit the grid"),
    ("word/document.xml", "</w:body>", "<w:p/></w:body>", "does not end with its section"),
    ("word/document.xml", "</w:body>", "", "not well-formed"),
    ("word/document.xml", ' r:embed="rId', ' r:embed="rId9', "is not there"),
    ("word/document.xml", "<w:t>a</w:t>", "<w:t>a </w:t>", "would be lost"),
    ("word/document.xml", "<w:t>a</w:t>", "<w:t>a\nb</w:t>", "new line inside words"),
    ("word/document.xml", '<wp:docPr id="1"', '<wp:docPr id="2"/><wp:docPr id="2"', "picture 2 twice"),
    ("word/numbering.xml", '<w:num w:numId="2"', '<w:num w:numId="3"', "num 3 twice"),
    ("word/numbering.xml", '<w:abstractNumId w:val="1"/>', '<w:abstractNumId w:val="7"/>', "definition 7"),
    (
        "word/settings.xml",
        "<w:defaultTabStop",
        '<w:listSeparator w:val=","/><w:defaultTabStop',
        "out of order",
    ),
    ("word/styles.xml", 'w:styleId="Quote"', 'w:styleId="Rule"', "style Rule twice"),
    ("word/_rels/document.xml.rels", "styles.xml", "nothing.xml", "which is not there"),
    ("word/_rels/document.xml.rels", "https://a.example", "http://a.example", "outside hyperlink"),
    (
        "word/_rels/document.xml.rels",
        "<Relationship ",
        '<Relationship Id="rId1" Type="x" Target="styles.xml"/><Relationship ',
        "twice",
    ),
    ("[Content_Types].xml", "</Types>", '<Override PartName="/x.xml" ContentType="y"/></Types>', "not there"),
    ("[Content_Types].xml", 'Extension="png"', 'Extension="jpg"', "no content type"),
    ("docProps/core.xml", "A paper", "python-docx", "names the library"),
    ("_rels/.rels", "docProps/app.xml", "docProps/core.xml", "no relation leads here"),
]


@pytest.mark.parametrize(("name", "old", "new", "complaint"), BROKEN)
def test_the_checker_sees_what_is_broken(name: str, old: str, new: str, complaint: str) -> None:
    """A check that cannot fail proves nothing: each fault put in on purpose is found."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(*EVERYTHING))) as good, zipfile.ZipFile(data, "w") as bad:
        for info in good.infolist():
            content = good.read(info).decode("utf-8", "surrogateescape")
            if info.filename == name:
                assert old in content
                content = content.replace(old, new, 1)
            bad.writestr(info, content.encode("utf-8", "surrogateescape"))
    assert [found for found in check_package(data.getvalue()) if complaint in found]


def test_the_checker_sees_a_clock() -> None:
    """A package with times, systems or parts in another order is not the same on every machine."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(says("a")))) as good, zipfile.ZipFile(data, "w") as bad:
        for name in reversed(good.namelist()):
            bad.writestr(name, good.read(name))
    complaints = check_package(data.getvalue())
    assert "zip: parts are not in order" in complaints
    assert "zip: word/document.xml carries a time or a system" in complaints
