"""A paper is read back as it was written, whatever its format; what is no paper is refused in one sentence."""

import pytest
from conftest import often
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_reviews import sample_ground, sample_papers
from test_writers import PICTURES, papers, spoken

from poa.document import Document, Heading, Paragraph, Quote, words
from poa.errors import InputFault
from poa.paper import Line, paper_of
from poa.readers import read_paper
from poa.writers import docx, md, txt

LANGUAGES = ["en", "zh", "ja", "de"]


def refused(data, name="paper.docx"):
    with pytest.raises(InputFault) as caught:
        read_paper(data, name=name)
    return caught.value


# --- the law --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paper_of_the_sample_reads_back_as_it_was_printed(language):
    """Word and Markdown hold the lines that facts.json says were printed; the web form's text the same words."""
    files = sample_papers(language)
    read = 0
    for name, base in sample_ground(language).bases.items():
        for suffix in (".docx", ".md"):
            file = next((one for one in files if one.rpartition("/")[2] == f"{name}{suffix}"), None)
            file = f"{name}{suffix}" if f"{name}{suffix}" in files else file
            if file is not None:
                read += 1
                assert read_paper(files[file], name=file).lines == base.paper.lines
    assert read >= 8
    assert read_paper(files["plan-of-action.docx"], name="").language == language
    assert read_paper(files["plan-of-action.md"], name="plan-of-action.md").language is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_text_reads_back_the_same_words_and_items(language):
    """The letter has no table: line for line it is the same, but for the signs that a form cannot hold."""
    found = read_paper(sample_papers(language)["plan-of-action.txt"], name="plan-of-action.txt").lines
    printed = sample_ground(language).bases["plan-of-action"].paper.lines
    assert [(line.kind, line.level) for line in found] == [(line.kind, line.level) for line in printed]
    assert [letters(line.text) for line in found] == [letters(line.text) for line in printed]


def letters(text):
    return "".join(sign for sign in text if sign.isalnum())


def says_something(blocks):
    """Every paragraph has words: one without is not there for a reader."""
    return all(words(content).strip() for content in paragraphs_in(blocks))


def paragraphs_in(blocks):
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield content
            case Quote(content=inner):
                yield from paragraphs_in(inner)
            case _:
                for item in getattr(block, "items", ()):
                    yield from paragraphs_in(item)


def quotes_in_quotes(blocks, *, inside=False):
    """Word tells a quote in a list from a quote in a quote by how far it stands in, which is the same."""
    for block in blocks:
        if isinstance(block, Quote):
            if inside or quotes_in_quotes(block.content, inside=True):
                return True
        elif any(quotes_in_quotes(item, inside=inside) for item in getattr(block, "items", ())):
            return True
    return False


documents = st.builds(
    Document,
    blocks=papers,
    title=spoken,
    draft=st.booleans(),
    language=st.sampled_from(LANGUAGES),
)


@given(documents)
@settings(max_examples=often(80))
def test_word_reads_back_as_the_same_lines(document):
    """Kind, words, cells, level and number of every line; the mark of a draft and page numbers are no lines."""
    assume(says_something(document.blocks) and not quotes_in_quotes(document.blocks))
    data = docx.write(document, images=PICTURES)
    assert read_paper(data, name="a.docx") == paper_of(document, name="a.docx")


@given(documents)
@settings(max_examples=often(80))
def test_markdown_reads_back_as_the_same_lines(document):
    """The same for Markdown, which does not tell its language."""
    assume(says_something(document.blocks))
    data = md.write(document, images=PICTURES)
    assert read_paper(data, name="a.md").lines == paper_of(document, name="a.md").lines


@given(documents)
def test_plain_text_loses_no_letter(document):
    """Whatever is taken for a title or an item: only the signs and numbers before items are not read."""
    data = b"Title\n\n" + txt.write(document, images={})
    found = read_paper(data, name="a.txt").lines
    assert alphabetic("".join(line.text for line in found)) == alphabetic(data.decode())


def alphabetic(text):
    return "".join(sign for sign in text if sign.isalpha())


# --- text and Markdown ----------------------------------------------------------------------------


def kinds(text, name="a.txt"):
    return [(line.kind, line.text) for line in read_paper(text.encode(), name=name).lines]


def test_plain_text_is_read_as_a_web_form_has_it():
    """The title, a question with its answer below it, items with their signs, lines that belong together."""
    text = (
        "Plan of action\nHarbor & Pine - Amazon.com\n\nRoot cause\nNobody checked.\nWe do now.\n\n"
        "1) One.\n  more of it\n2) Two.\n- three\n\nA: 1; B: 2\n"
    )
    assert kinds(text) == [
        ("heading", "Plan of action"),
        ("paragraph", "Harbor & Pine - Amazon.com"),
        ("heading", "Root cause"),
        ("paragraph", "Nobody checked.\nWe do now."),
        ("item", "One."),
        ("item", "more of it"),
        ("item", "Two."),
        ("item", "three"),
        ("paragraph", "A: 1; B: 2"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We were late with 44 of 787 orders. This plan says\nwhat we have done about it.",
        "Since 14 October the supplier has sent his messages\nmore than a day after each order.",
        "Sehr geehrte Damen und Herren,\nwir waren zu spät.",
        "2) The second point\nbelow it",
    ],
)
def test_a_sentence_is_no_title(text):
    """A paragraph that somebody broke into rows keeps its first row."""
    assert "heading" not in [kind for kind, _ in kinds("Title\n\n" + text)[1:]]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffSpät: 注文".encode(),
        "Spät: 注文".encode(),
        b"\xff\xfe" + "Spät: 注文".encode("utf-16-le"),
        b"\xfe\xff" + "Spät: 注文".encode("utf-16-be"),
        "Spät: 注文\r\n".encode(),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.MD", "a.markdown", "a"])
def test_a_text_may_be_in_any_form_of_unicode(data, name):
    """Windows editors write a mark before UTF-8 or UTF-16."""
    (line,) = read_paper(data, name=name).lines
    assert line.text == "Spät: 注文"


EDITED = {
    "a <b>late</b> order": ["a <b>late</b> order"],
    "a ~~bad~~ word": ["a ~~bad~~ word"],
    "##### Cause\n\nNobody checked.": ["##### Cause", "Nobody checked."],
    "- one\n-\n- two": ["one -", "two"],
    "    set apart": ["set apart"],
    "```\ncode\n```": ["``` code ```"],
    "see [us](http://a.example)": ["see [us](http://a.example)"],
    "![a](https://a.example/b.png)": ["![a](https://a.example/b.png)"],
    "a\ue000b": ["a\ufffdb"],
    "<div>\na\n</div>": ["<div> a </div>"],
}


@pytest.mark.parametrize("text", EDITED)
def test_markdown_that_a_paper_cannot_hold_is_read_as_words(text):
    """A person may write what our own papers never have; the rest of the paper is read as ever."""
    found = read_paper(f"# Title\n\n{text}\n\nThe *end*".encode(), name="a.md").lines
    assert [line.text for line in found] == ["Title", *EDITED[text], "The end"]


def test_a_broken_table_is_told_by_its_line():
    """Whose words have no certain column; the sentence says what to do."""
    fault = refused(b"a\n\n| b | c |\n|---|---|\n| d |\n", name="a.md")
    assert (fault.code, fault.line, fault.file) == ("bad_markdown", 5, "a.md")
    assert fault.hint


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "- a\n" * 100_000, "<b>\n\n" * 20_000, "|a|\n|-|\n" + "|b\n" * 60_000]
)
def test_markdown_that_costs_the_parser_minutes_is_refused(text):
    """It is counted before it is parsed."""
    assert refused(text.encode(), name="a.md").code in {"too_large", "bad_markdown"}


@given(st.text(max_size=200) | st.text(st.sampled_from("# -*|`<>[]()!\n~_&;1.)ab"), max_size=80))
@settings(max_examples=often(100))
def test_any_text_is_a_paper_or_one_sentence(text):
    """Whatever somebody types, under either name."""
    for name in ("a.md", "a.txt"):
        try:
            paper = read_paper(text.encode("utf-8", "surrogatepass"), name=name)
        except InputFault as fault:
            assert str(fault).startswith("a.")
        else:
            assert all(
                isinstance(line, Line) and line.text.strip() for line in paper.lines if line.kind != "row"
            )
