"""Markdown becomes a tree or a refusal by line, and a value never becomes syntax."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poa.document import (
    BulletList,
    Cited,
    Code,
    Emphasis,
    Gap,
    Heading,
    Image,
    Inline,
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
)
from poa.errors import PackFault
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN, clean, escape, parse, printable

SIGNS = "*_`~[]()<>!|\\#-+=:&;.1 0aé中「：€\u00a0\u3000\t\n\r\x00\x1b\x85\u2028\ud800\uffff\ue000\ue001\ue002\ue003"
texts = st.text(max_size=30) | st.text(st.sampled_from(SIGNS), max_size=30)


def paragraph(source: str) -> tuple[Inline, ...]:
    (block,) = parse(source, name="paper.md")
    assert isinstance(block, Paragraph)
    return block.content


def refusal(source: str) -> PackFault | None:
    try:
        parse(source, name="paper.md")
    except PackFault as fault:
        return fault
    return None


def cite(fact: str, said: str) -> str:
    return f"{FACT_OPEN}{fact}{FACT_SPLIT}{said}{CLOSE}"


def plain(text: str) -> tuple[Paragraph]:
    return (Paragraph((Text(text),)),)


# --- values ------------------------------------------------------------------------------------


@given(texts)
def test_an_escaped_value_is_words_wherever_words_may_stand(text: str) -> None:
    """In a paragraph, list item, heading, quote, bold and table, the words are the cleaned value."""
    value, said = f"x {escape(text)} y", f"x {clean(text)} y"
    assert parse(value, name="") == plain(said)
    assert parse(f"- {value}", name="") == (BulletList((plain(said),)),)
    assert parse(f"1. {value}", name="") == (NumberedList((plain(said),)),)
    assert parse(f"## {value}", name="") == (Heading(2, (Text(said),)),)
    assert parse(f"> {value}", name="") == (Quote(plain(said)),)
    assert parse(f"**{value}**", name="") == (Paragraph((Strong((Text(said),)),)),)
    assert parse(f"| {value} |\n| --- |\n| {value} |", name="") == (
        Table(((Text(said),),), (((Text(said),),),), (None,)),
    )


@given(texts.filter(clean))
def test_an_escaped_value_may_stand_alone(text: str) -> None:
    """Nothing needs to stand before or after a value: not even a value like ``# 1.`` is syntax."""
    value, said = escape(text), (Text(clean(text)),)
    assert paragraph(value) == said
    assert parse(f"- {value}", name="") == (BulletList(((Paragraph(said),),)),)
    assert parse(f"# {value}", name="") == (Heading(1, said),)
    assert parse(f"| {value} | a |\n|---|---|\n| b | {value} |", name="") == (
        Table((said, (Text("a"),)), (((Text("b"),), said),), (None, None)),
    )


@given(texts)
def test_a_cleaned_value_is_clean(text: str) -> None:
    """Cleaning twice is cleaning once, and what is clean is on one line and can be printed."""
    once = clean(text)
    assert clean(once) == once
    assert printable(once) == once
    assert not set(once) & set("\n\t\x00\ue000")
    assert "  " not in once


def test_cleaning_keeps_the_spaces_that_mean_something() -> None:
    """A space that must not break, as in German figures, and a Japanese one stay inside a value."""
    assert clean(" 4\u00a0% \n 株式会社\u3000東 ") == "4\u00a0% 株式会社\u3000東"
    assert clean("a\x00b\x1bc\ud800d\uffff\ue000") == "a\ufffdb\ufffdc\ufffdd\ufffd\ufffd"


# --- marks -------------------------------------------------------------------------------------

ids = st.from_regex(r"[a-z0-9_-]+(\.[a-z0-9_-]+){0,3}", fullmatch=True)


@given(ids, texts)
@example("a._b_.c", "1")
def test_a_marked_fact_is_cited_by_its_own_id(fact: str, text: str) -> None:
    """Whatever the id's underscores and the value's signs, in words, bold and table cells."""
    cited = Cited(clean(text), fact)
    for marked in (cite(fact, escape(text)), cite(escape(fact), escape(text))):
        assert paragraph(f"a {marked}b") == (Text("a "), cited, Text("b"))
        assert paragraph(f"**{marked}** *{marked}*") == (Strong((cited,)), Text(" "), Emphasis((cited,)))
        assert parse(f"|{marked}|\n|-|", name="") == (Table(((cited,),), (), (None,)),)


@given(texts)
def test_a_marked_question_is_a_gap(text: str) -> None:
    """A question to the seller keeps its words and stays apart from those around it."""
    assert paragraph(f"中**{GAP_OPEN}{escape(text)}{CLOSE}**中") == (
        Text("中"),
        Strong((Gap(clean(text)),)),
        Text("中"),
    )


def test_a_mark_may_run_over_a_line() -> None:
    """Template authors wrap their lines; the words of a phrase are joined again."""
    assert paragraph(cite("a.b", "two\nlines\\, one") + " end") == (
        Cited("two lines, one", "a.b"),
        Text(" end"),
    )


@given(texts)
def test_no_value_can_forge_a_mark(text: str) -> None:
    """A seller's file that holds our marks cannot make a figure look proven."""
    assert all(isinstance(item, Text) for item in paragraph(f"x {escape(cite('a.b', text))}"))


@pytest.mark.parametrize(
    "source",
    [f"a{FACT_OPEN}b", cite("a.b", "*x*"), f"a {CLOSE}", f"**{FACT_OPEN}a{FACT_SPLIT}b**{CLOSE}", "&#xE000;"],
)
def test_a_mark_cut_in_two_is_refused(source: str) -> None:
    """A fact half inside bold words would be cited half."""
    with pytest.raises(PackFault, match="cut in two"):
        parse(source, name="paper.md")


# --- what the tree holds -----------------------------------------------------------------------


def test_a_whole_paper_becomes_its_tree() -> None:
    """Every kind of block and of words has its Markdown."""
    source = """\
# Title

One *two* **three** `four` [five](https://a.example/b) <https://c.example> <d@e.example>\\
six
seven

> quote
>
> 3. three
> 4. four

- a

  b
- c
  - d

***

<!-- pagebreak -->

![What it *shows*](img/late%20days.png)

| L | C | R | - |
|:--|:-:|--:|---|
| a | b | c |   |
"""
    text = {
        word: (Text(word),) for word in ["a", "b", "c", "d", "L", "C", "R", "-", "quote", "three", "four"]
    }
    one = {word: Paragraph(content) for word, content in text.items()}
    assert parse(source, name="paper.md") == (
        Heading(1, (Text("Title"),)),
        Paragraph(
            (
                Text("One "),
                Emphasis((Text("two"),)),
                Text(" "),
                Strong(text["three"]),
                Text(" "),
                Code("four"),
                Text(" "),
                Link((Text("five"),), "https://a.example/b"),
                Text(" "),
                Link((Text("https://c.example"),), "https://c.example"),
                Text(" "),
                Link((Text("d@e.example"),), "mailto:d@e.example"),
                LineBreak(),
                Text("six seven"),
            )
        ),
        Quote((one["quote"], NumberedList(((one["three"],), (one["four"],)), 3))),
        BulletList(((one["a"], one["b"]), (one["c"], BulletList(((one["d"],),))))),
        Rule(),
        PageBreak(),
        Image("img/late days.png", "What it shows"),
        Table(
            (text["L"], text["C"], text["R"], text["-"]),
            ((text["a"], text["b"], text["c"], ()),),
            ("left", "center", "right", None),
        ),
    )


def test_tight_and_loose_lists_are_one_tree() -> None:
    """Empty lines between items are the author's taste, not structure."""
    assert parse("- a\n- b", name="") == parse("- a\n\n- b", name="")


def test_windows_line_ends_change_nothing() -> None:
    """A pack edited on Windows gives the same paper."""
    source = "# a\n\nb\\\nc\n\n| d |\n|---|\n| e |\n"
    assert parse(source.replace("\n", "\r\n"), name="") == parse(source, name="")


REFUSED = {
    "a\n\n<div>x</div>": (3, "raw HTML"),
    "a\nb <b>c</b>": (2, "raw HTML"),
    "**a\nb** <br> c": (2, "raw HTML"),
    "<!-- note -->": (1, "raw HTML"),
    "<!-- pagebreak --> a": (1, "raw HTML"),
    "```\na\n```": (1, "program code"),
    "a\n\n    b": (3, "indented"),
    "~~a~~": (1, "struck-out"),
    "a ![b](c.png)": (1, "picture inside"),
    "[![b](c.png)](https://a.example)": (1, "picture inside"),
    "![b](https://a.example/c.png)": (1, "picture from elsewhere"),
    "![b](../c.png)": (1, "picture from elsewhere"),
    "![b](/c.png)": (1, "picture from elsewhere"),
    "![b](c.png 'title')": (1, "picture from elsewhere"),
    "##### a": (1, "below level 4"),
    "a\n\n#": (3, "heading without words"),
    "a\\\nb\n===": (1, "line break"),
    "- a\n-": (2, "item without words"),
    "[a](javascript:b)": (1, "link"),
    "[a](http://b.example)": (1, "link"),
    "[a]\n\n[a]: data:b": (1, "link"),
    "<ftp://a.example>": (1, "link"),
    "[a](https://b.example 'title')": (1, "link"),
    "[](https://b.example)": (1, "link"),
    f"[a](https://{cite('a.b', 'c')}.example)": (1, "link"),
    f"`{cite('a.b', 'c')}`": (1, "backticks"),
    "a\n**原因：**供应商": (2, "'**'"),
    "| a | b |\n|---|---|\n| c |": (3, "table row"),
    "> | a | b |\n> |---|---|\n> | c | d | e |": (3, "table row"),
    "| a | b |\n|---|---|\n| c | d |\ne": (4, "table row"),
    ">" * 21 + " a": (1, "deep"),
    "".join(f"{'  ' * depth}- a\n" for depth in range(10)): (10, "deep"),
}


@pytest.mark.parametrize("source", REFUSED)
def test_what_a_paper_cannot_hold_is_refused_by_line(source: str) -> None:
    """Nothing is dropped or printed as signs: the author reads the line, what it is, and what to do."""
    line, what = REFUSED[source]
    with pytest.raises(PackFault) as caught:
        parse(source, name="plan-of-action.md")
    fault = caught.value
    assert (fault.code, fault.file, fault.line) == ("markdown_refused", "plan-of-action.md", line)
    assert what in fault.message
    assert fault.hint


def test_nine_lists_may_stand_inside_each_other() -> None:
    """As many as Word has levels."""
    parse("".join(f"{'  ' * depth}- a\n" for depth in range(9)), name="")


@given(
    st.text(
        st.sampled_from("ab 1.)*_`~[]()<>!|\\#-+=:&;\n\t>é中。「\ue000\ue001\ue002\ue003\ud800\u00a0\x00/"),
        max_size=60,
    )
)
def test_any_source_is_a_tree_or_a_refusal(source: str) -> None:
    """No source breaks the reader, and every refusal names its file and a line of it."""
    fault = refusal(source)
    if fault:
        assert fault.file == "paper.md"
        assert fault.line in range(1, source.count("\n") + 2)
