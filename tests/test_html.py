"""A paper in a browser is the same paper, shut off from the network, and no name in it becomes a tag."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree
from lxml import html as lxml_html
from made_papers import SAMPLE_EVIDENCE, papers_of, sample_account
from test_writers import PICTURES, paper, papers, png, says

from poa.document import (
    BulletList,
    Cited,
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
    cited_at,
    leaves,
    words,
)
from poa.errors import PackFault
from poa.markdown import printable
from poa.sample import sample_files
from poa.writers import html

VOID = {"br", "hr", "img", "meta"}
TAGS = VOID | {
    "html",
    "head",
    "title",
    "style",
    "body",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "div",
    "span",
    "mark",
    "strong",
    "em",
    "code",
    "a",
}
LEAVES = ("h1", "h2", "h3", "h4", "p", "th", "td")
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
GOLDEN = Path(__file__).parent / "pages" / "plan-of-action.html"
HOSTILE = [
    "|*_<&",
    "</p><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    "&lt;b&gt; &amp;amp; &#60;",
    "<!-- --> <![CDATA[ ]]> <?x ?>",
    "</style></title></main>",
    "abc\u202egpj.exe",
    "\u200fעברית\u200e (RTL) مورد",
    "义乌恒泰 & Söhne",
    "{{ 7 * 7 }} {% x %}",
    "javascript:alert(1)",
]


def written(*blocks, **more) -> str:
    return html.write(paper(*blocks, **more), images=PICTURES).decode()


class Balance(HTMLParser):
    """Reads strictly: each tag is one of ours, and is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names))
        assert not any(name.startswith("on") or name == "style" for name in names)
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(data)

    def unknown_decl(self, data):
        raise AssertionError(data)

    def handle_pi(self, data):
        raise AssertionError(data)


def read(text: str) -> Balance:
    found = Balance()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


def said(text: str) -> list[str]:
    """The words of every heading, paragraph and cell as a browser has them, in order."""
    tree = lxml_html.document_fromstring(text)
    (main,) = tree.iter("main")
    found = []
    for element in main.iter(*LEAVES):
        if element.get("class") in {"draft", "picture"}:
            continue
        for line in element.iter("br"):
            line.tail = "\n" + (line.tail or "")
        found.append("".join(element.itertext()))
    return found


@given(papers)
def test_every_text_of_the_tree_is_there_once_and_in_order(blocks):
    """What the tree says is what a browser shows: not a word more, none less, each in a place of its own."""
    assert said(written(*blocks)) == [printed(content) for content in leaves(blocks)]


def printed(content) -> str:
    return "\n".join(map(printable, words(content).split("\n")))


@given(papers)
def test_every_page_is_well_formed(blocks):
    """Every tag is ours and closed where it stands; lxml, which mends pages, finds the same ones."""
    text = written(*blocks)
    tags = [tag for tag, _ in read(text).seen]
    tree = lxml_html.document_fromstring(text)
    assert [element.tag for element in tree.iter(etree.Element)] == tags


@given(papers)
def test_every_cited_fact_is_marked_and_every_question_is(blocks):
    """A program finds each figure by its fact, and a reader each gap."""
    seen = read(written(*blocks)).seen
    facts = [one.fact for content in leaves(blocks) for _, one in cited_at(content)]
    assert [told["data-fact"] for tag, told in seen if tag == "span"] == facts
    asked = sum(isinstance(one, Gap) for content in leaves(blocks) for one in flat(content))
    assert [tag for tag, _ in seen].count("mark") == asked


def flat(content):
    for item in content:
        yield item
        if isinstance(item, Strong | Emphasis | Link):
            yield from flat(item.content)


@given(papers)
def test_nothing_leads_out_but_links(blocks):
    """Pictures are inside, links are https or mailto, and nothing else has an address."""
    for tag, told in read(written(*blocks)).seen:
        assert not told.keys() & {"srcset", "action", "formaction", "background", "data", "srcdoc"}
        if "src" in told:
            assert tag == "img"
            assert told["src"].startswith("data:image/png;base64,")
        if "href" in told:
            assert tag == "a"
            assert told["href"].lower().startswith(("https://", "mailto:"))
            assert told["rel"] == "noopener noreferrer"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_words_wherever_it_stands(name):
    """Title, author, alternative text, fact, question, link: it is shown, and makes no tag."""
    inline = (
        Text(name),
        Cited(name, name),
        Strong((Text(name),)),
        Gap(name),
        Link((Text(name),), "https://a.example"),
    )
    text = written(
        Heading(1, (Text(name),)),
        Paragraph(inline),
        Table((inline,), ((inline,),), (None,)),
        BulletList(((Paragraph(inline),),)),
        Quote((Paragraph(inline),)),
        Image("a.png", name),
        title=name,
        author=name,
        subject=name,
    )
    seen = read(text).seen
    tags = [tag for tag, _ in seen]
    assert "script" not in tags
    assert tags.count("img") == 1
    assert tags.count("title") == tags.count("style") == tags.count("main") == 1
    told = lxml_html.document_fromstring(text)
    assert told.findtext(".//title") == printable(name)
    assert told.find(".//img").get("alt") == printable(name)
    assert {one.get("data-fact") for one in told.iter("span")} == {printable(name)}
    assert said(text)[1] == printable(name) * 3 + f"[{printable(name)}]" + printable(name)


def test_a_name_that_turns_the_writing_stays_in_its_place():
    """A fact and a question are set apart from the words around, whichever way their signs run."""
    text = written(Paragraph((Cited("\u202eabc", "a.b"), Text(" orders"))))
    assert "[data-fact] { unicode-bidi: isolate }" in text
    assert re.search(r"mark \{[^}]*unicode-bidi: isolate", text)


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "http://a.example", "data:text/html,x", "//a.example", "https:a"]
)
def test_a_link_of_another_kind_is_its_words(href):
    """The tree should hold none; where it does, nobody can follow it."""
    text = written(Paragraph((Link((Text("here"),), href),)))
    assert "<a " not in text
    assert said(text) == ["here"]


def test_a_link_inside_a_link_is_its_words():
    """HTML knows none; the outer one leads."""
    inner = Link((Text("b"),), "https://b.example")
    text = written(Paragraph((Link((Text("a"), inner), "https://a.example/?x=1&y=2"),)))
    assert [told["href"] for tag, told in read(text).seen if tag == "a"] == ["https://a.example/?x=1&y=2"]
    assert said(text) == ["ab"]


def test_the_page_shuts_itself_off():
    """Its policy stands before all that it could load, and it has no script."""
    text = written(says("a"))
    policy = re.search('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    assert policy is not None
    assert policy[1].startswith(POLICY)
    assert "script" not in text
    assert text.index("Content-Security-Policy") < text.index("<style>")
    assert "@import" not in text
    assert "url(" not in text


@pytest.mark.parametrize(
    ("language", "tag", "size", "font"),
    [
        ("en", "en", "letter", "Arial"),
        ("de", "de", "A4", "Arial"),
        ("zh", "zh-CN", "A4", "Microsoft YaHei"),
        ("ja", "ja", "A4", "Yu Gothic"),
    ],
)
def test_the_page_speaks_its_language(language, tag, size, font):
    """Language, paper and the first font of East Asian signs are those of the Word file."""
    text = written(says("直"), language=language)
    assert read(text).seen[0] == ("html", {"lang": tag})
    assert f"size: {size};" in text
    fonts = re.search("font-family: (.*?) }", text)
    assert fonts is not None
    asian = list(re.findall('"([^"]*)"', fonts[1]))
    assert fonts[1].startswith("Arial")
    assert asian[1] == (font if font != "Arial" else "Microsoft YaHei")


@pytest.mark.parametrize("language", ["en", "de", "zh", "ja"])
def test_a_draft_says_so_in_the_words_of_the_word_file(language):
    """A draft has its word above the first line and on each printed page, a final paper nowhere."""
    from poa.writers._html_look import draft_word

    draft, final = (written(says("a"), language=language, draft=draft) for draft in (True, False))
    word = draft_word(language)
    assert f'<p class="draft">{word}</p>' in draft
    assert f'@top-right {{ content: "{word}"' in draft
    assert word not in final


def test_tables_tell_a_screen_reader_their_heads():
    """Heads have a scope; a head without words is none; figures stand at the right."""
    table = Table((says("Supplier").content, ()), ((says("A").content, says("1").content),), (None, "right"))
    text = written(table)
    assert '<tr><th scope="col">Supplier</th><td class="right"></td></tr>' in text
    assert '<tr><td>A</td><td class="right">1</td></tr>' in text


def test_blocks_are_what_they_are():
    """Lists count from their start, a quote is a quote, a break is a break."""
    text = written(
        Heading(2, (Text("Why"),)),
        NumberedList(((says("a"),), (says("b"), BulletList(((says("c"),),)))), 4),
        Quote((says("d"),)),
        Rule(),
        PageBreak(),
        Paragraph((Text("e"), LineBreak(), Text("f"))),
        Heading(3, (Text("How"),)),
    )
    assert '<h2 id="s1">Why</h2>' in text
    assert '<h3 id="s2">How</h3>' in text
    assert (
        '<ol start="4">\n<li><p>a</p></li>\n<li><p>b</p>\n<ul>\n<li><p>c</p></li>\n</ul></li>\n</ol>' in text
    )
    assert (
        '<blockquote>\n<p>d</p>\n</blockquote>\n<hr>\n<div class="page-break"></div>\n<p>e<br>f</p>' in text
    )


def test_a_picture_is_inside_and_as_large_as_in_word():
    """The bytes are the picture's own; its size follows the dots in an inch that it tells."""
    text = written(Image("a.png", "forty dots"))
    (image,) = (told for tag, told in read(text).seen if tag == "img")
    assert base64.b64decode(image["src"].partition(",")[2]) == PICTURES["a.png"]
    assert (image["width"], image["height"], image["alt"]) == ("40", "20", "forty dots")
    plain = png(40, 20)
    dense = plain[:33] + b"\0\0\0\x09pHYs" + (7559).to_bytes(4) * 2 + b"\x01" + b"\0\0\0\0" + plain[33:]
    half = html.write(paper(Image("x", "")), images={"x": dense}).decode()
    assert 'width="20" height="10"' in half


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"<svg/>"])
def test_what_is_no_picture_is_refused(data):
    """Nothing but a PNG is put into a page."""
    with pytest.raises(PackFault) as caught:
        html.write(paper(Image("x.png", "")), images={"x.png": data})
    assert caught.value.code == "unreadable_picture"


def test_a_picture_that_is_missing_is_a_fault():
    """As in every format."""
    with pytest.raises(PackFault, match="did you mean 'late'"):
        html.write(paper(Image("lat", "")), images={"late": b""})


@given(papers)
def test_the_same_tree_gives_the_same_bytes(blocks):
    """No clock, no chance."""
    assert written(*blocks) == written(*blocks)


def test_the_letter_of_the_sample_is_the_golden_one(accept):
    """A change of the page is seen before it is shipped: ``pytest --accept`` renews it."""
    case = sample_files()["case.toml"]
    made = papers_of(sample_account(), case=case, evidence=SAMPLE_EVIDENCE, formats=("html", "md"))
    page = made.files["plan-of-action.html"]
    if accept:
        GOLDEN.write_bytes(page)
    assert page.decode() == GOLDEN.read_text(encoding="utf-8")
    read(page.decode())
    assert "root-cause-analysis.html" in made.files
    assert "internal/cover.html" in made.files
