"""Word-native letters: the same facts, sandbox, strictness, escaping and check, at paragraph and text."""

import ast
import base64
import io
import json
import re
import sys
import time
from dataclasses import replace
from pathlib import Path

import docx
import made_letters as made
import pytest
from conftest import often, run_poa
from hostile_word import LAUGHS, bomb, relations, tree, with_doctype
from hypothesis import given, settings
from hypothesis import strategies as st
from made_letters import FILE, NAME, cells, context, letter, lines, parts, printed
from made_shells import line, text_box

import poa
from poa.build import appeal_papers
from poa.build.sampled import sampled
from poa.build.samples import sample_appeal
from poa.build.trying import troubles
from poa.build.word_looked import look_at
from poa.build.word_native import native_letter
from poa.cli.pack_folders import open_packs
from poa.errors import GateNotMet, PackFault
from poa.packs import open_pack, word_native
from poa.packs.checking import problems_of_files
from poa.packs.word_native import plain
from poa.writers.word_native import finished, looked_at, read_letter

BOMB = "{{ x"
ROWS = (
    ("Supplier", "Late"),
    ("{%tr for one in facts.suppliers %}",),
    ("{{ one.name | name }}", "{{ one.late | count }}"),
    ("{%tr endfor %}",),
)


def refusal(data, given=None):
    with pytest.raises(PackFault) as caught:
        printed(data, given)
    fault = caught.value
    assert fault.file == NAME
    assert fault.hint
    assert "\n" not in fault.message
    return fault


# --- what a letter says ------------------------------------------------------------------------------


def test_marks_become_words_wherever_they_stand():
    """Body, header, footer, table; cut over runs; with the look of the mark's first sign."""
    data = letter(
        "On {{ facts.as_of | day }} the rate was {{ facts.rate | percent(digits=1) }}.",
        "Seller: {{ seller | answer }}",
        header="{{ seller | answer }}, {{ facts.as_of | short_day }}",
        footer="As of {{ facts.as_of | day }}",
        rows=ROWS,
    )
    one = printed(data)
    assert lines(one)[:2] == ["On 31 October 2026 the rate was 6.3%.", "Seller: Bay"]
    assert cells(one) == [["Supplier", "Late"], *([name, str(late)] for name, late in made.SUPPLIERS)]
    section = made.opened(one).sections[0]
    assert [line.text for line in section.header.paragraphs] == ["DRAFT", "Bay, 2026-10-31"]
    assert section.footer.paragraphs[0].text == "As of 31 October 2026"
    cut = letter("On {{ facts.as_of | day }} the rate was {{ facts.rate | percent }}.", cut=True)
    assert lines(printed(cut)) == ["On 31 October 2026 the rate was 6.26%."]
    assert [run.bold for run in made.opened(printed(cut)).paragraphs[0].runs[:2]] == [True, False]


@pytest.mark.parametrize(
    ("language", "says", "draft"),
    [
        ("de", "Am 31. Oktober 2026 waren es 6,26\u00a0%.", "Entwurf"),
        ("ja", "Am 2026年10月31日 waren es 6.26%.", "下書き"),
    ],
)
def test_filters_speak_the_language_of_the_paper(language, says, draft):
    """Dates, numbers and the word for a draft."""
    one = printed(
        letter("Am {{ facts.as_of | day }} waren es {{ facts.rate | percent }}."), language=language
    )
    assert lines(one) == [says]
    assert made.opened(one).sections[0].header.paragraphs[0].text == draft


def test_conditions_and_loops_of_paragraphs_leave_nothing_behind():
    """``{%p`` takes its paragraph with it; ``{% %}`` stays inside one."""
    data = letter(
        "{%p if yes %}",
        "Kept {% if empty %}not{% else %}here{% endif %}.",
        "{%p else %}",
        "Gone",
        "{%p endif %}",
        "{%p for one in facts.suppliers %}",
        "{{ loop.index }}: {{ one.late | count }}{# a remark #}",
        "{%p endfor %}",
        "{%p set day = facts.as_of %}",
        "{{ day | day }}",
    )
    assert lines(printed(data)) == ["Kept here.", "1: 33", "2: 7", "3: 1", "31 October 2026"]


def test_quotes_as_word_types_them_are_quotes():
    """AutoCorrect makes them round, and spaces hard."""
    data = letter("{{\u00a0[seller.value, “b”] | join(“ & ”) }} {{ ‘x’ }}")
    assert lines(printed(data)) == ["Bay & b x"]


def test_phrases_lose_their_markdown_and_keep_their_words():
    """Bold, links and code are words; a figure in a phrase is still a figure."""
    words = 'bold = "**One** of [two](https://example.com) and `three`, {n} late"\n'
    acme = open_pack(
        "acme",
        {"pack.toml": made.MANIFEST, "lang/en.toml": words},
        default=made.DEFAULT,
        words={},
    )
    data = letter("{{ t.bold | say(n=facts.suppliers[0].late) }}.")
    one = printed(data, of=acme)
    assert lines(one) == ["One of two (https://example.com) and three, 33 late."]
    assert one.facts == ("suppliers.0.late",)


def test_what_is_printed_says_which_fact_it_is():
    """The ids of the facts, each once, from every part."""
    one = printed(
        letter("{{ facts.rate | percent }} {{ facts.rate | percent }}", header="{{ facts.as_of | day }}")
    )
    assert set(one.facts) == {"rate", "as_of"}
    text = b"".join(parts(one.data).values()).decode("utf-8", "replace")
    assert not re.search("[\ue000-\ue003]", text)


def test_a_missing_answer_is_the_question_and_nobody_overlooks_it():
    """Bold on yellow, in a run of its own, the words around it as they were."""
    one = printed(letter("Because {{ reason | answer }}, so."))
    assert lines(one) == ["Because [Why was it late?], so."]
    assert made.bold_and_yellow(one) == ["[Why was it late?]"]
    assert one.gaps == ("Why was it late?",)


def test_a_final_letter_has_no_draft_mark():
    """Neither line nor property."""
    one = printed(letter("{{ seller | answer }}", header="{{ seller | answer }}"), draft=False)
    assert [line.text for line in made.opened(one).sections[0].header.paragraphs] == ["Bay"]
    assert made.opened(one).core_properties.content_status == "Final"


def test_a_loop_without_a_round_leaves_a_whole_file():
    """No table without rows, no cell without a paragraph: Word would call it damaged."""
    rows = (("{%tr for one in empty %}",), ("{{ one }}",), ("{%tr endfor %}",))
    data = letter("{{ seller | answer }}", rows=rows)
    assert made.opened(printed(data)).tables == []
    inside = (
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>{%p if empty %}</w:t></w:r></w:p><w:p/>"
        "<w:p><w:r><w:t>{%p endif %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert cells(printed(made.in_xml(inside))) == [[""]]


def test_a_text_box_is_filled_in_both_its_forms():
    """Word writes it twice, for today's programs and for old ones."""
    body = text_box("<w:p><w:r><w:t>For {{ seller | answer }}</w:t></w:r></w:p>")
    xml = parts(printed(made.in_xml(body)).data)["word/document.xml"].decode()
    assert xml.count("For Bay") == 2


# --- values stay what they are -----------------------------------------------------------------------

STRANGE = st.text(
    st.one_of(
        st.sampled_from("<>&\"'{}%#_\\*`|[]\ud800\x00\x07\x0c\x0b\ufffe\ue000\ue002\u202e"), st.characters()
    ),
    min_size=1,
    max_size=30,
)


def shown(value):
    from poa.markdown import clean

    return clean(value)


@settings(max_examples=often(40))
@given(STRANGE)
def test_any_value_comes_out_as_it_went_in(value):
    """Signs of XML, of Jinja, of docxtpl and of Markdown are letters; what no paper holds is a U+FFFD."""
    one = printed(SMALL, {"value": value})
    assert made.words_of(one) == [f"({shown(value)})"]


LITERAL = letter("({{ value }})")
SMALL = made.in_xml(line("({{ value }})"))


@pytest.mark.parametrize(
    "value",
    [
        "{_{ x }_}",
        "{{ seller }}",
        "{% if %}",
        "{# a #}",
        "a\x07b\x0cc",
        "</w:t></w:r>",
        "A & B <3",
        "{{ x0 }}",
    ],
)
def test_what_docxtpl_rewrites_or_loses_stays(value):
    """Each of these is changed or lost by the library alone."""
    assert made.words_of(printed(SMALL, {"value": value})) == [f"({shown(value)})"]


def test_a_value_that_is_not_in_the_file_is_told():
    """Whatever loses it."""
    read = read_letter(LITERAL, name=NAME)
    stories = {"word/document.xml": read.parts["word/document.xml"].decode()}
    with pytest.raises(PackFault) as caught:
        finished(read, stories, {"word/document.xml": ["Bay"]}, made.paper())
    assert caught.value.code == "value_lost"
    assert "'Bay'" in caught.value.message


def test_what_comes_out_is_judged_once_more():
    """Whatever put a field, a part or a mark into it."""
    read = read_letter(SMALL, name=NAME)
    xml = read.parts["word/document.xml"].decode()
    field = xml.replace("<w:r>", '<w:fldSimple w:instr=" DDEAUTO x "/><w:r>', 1)
    assert field != xml
    with pytest.raises(PackFault) as caught:
        finished(read, {"word/document.xml": field}, {}, made.paper())
    assert caught.value.code == "field_code"
    with pytest.raises(PackFault) as caught:
        finished(read, {"word/document.xml": xml[:-9]}, {}, made.paper())
    assert caught.value.code == "template_failed"


@pytest.mark.parametrize("part", ["word/document.xml", "word/header9.xml"])
def test_a_mark_that_the_library_loses_is_told(part):
    """Each comes back once, and every part with marks is filled."""
    read = read_letter(SMALL, name=NAME)
    with pytest.raises(PackFault) as caught:
        word_native.letter(
            made.pack(SMALL),
            file=NAME,
            package=base64.b64encode(read.package()).decode(),
            marks=[*read.asked(), [7, part, "{{ value }}", "here"]],
            context={"value": "a"},
            language="en",
        )
    assert caught.value.code == "mark_lost"
    assert part in caught.value.message


# --- errors name paragraph and text ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("body", 'word/document.xml, paragraph 2 "By {{ facts.as_off | day }}"'),
        ("header", 'word/header1.xml, paragraph 1 "By {{ facts.as_off | day }}"'),
        ("footer", 'word/footer1.xml, paragraph 1 "By {{ facts.as_off | day }}"'),
        ("cell", 'word/document.xml, paragraph 4 "By {{ facts.as_off | day }}"'),
        ("runs", 'word/document.xml, paragraph 2 "By {{ facts.as_off | day }}"'),
    ],
)
def test_an_unknown_name_is_told_at_its_paragraph(where, place):
    """With the name that was meant."""
    wrong = "By {{ facts.as_off | day }}"
    data = {
        "body": lambda: letter("{{ seller | answer }}", wrong),
        "header": lambda: letter("{{ seller | answer }}", header=wrong),
        "footer": lambda: letter("{{ seller | answer }}", footer=wrong),
        "cell": lambda: letter("{{ seller | answer }}", rows=(("a", "b"), (wrong, "c"))),
        "runs": lambda: letter("{{ seller | answer }}", wrong, cut=True),
    }[where]()
    fault = refusal(data)
    assert fault.code == "unknown_name"
    assert fault.message == f"{place}: 'facts' has no 'as_off'; did you mean 'as_of'?"


@pytest.mark.every_third
@pytest.mark.parametrize(
    ("mark", "code", "says"),
    [
        ("{{ sellr | answer }}", "unknown_name", "did you mean 'seller'?"),
        ("{{ facts.as_of | dayy }}", "unknown_filter", "did you mean 'day'?"),
        ("{{ facts.as_of }}", "unformatted", "cannot be printed as it is"),
        ("{{ facts.rate | day }}", "wrong_filter", "not printed with day"),
        ("{{ facts.as_of | }}", "template_syntax", ""),
        ("{{ empty }}", "unformatted", "list"),
        ("{% fro one in empty %}x{% endfor %}", "template_syntax", "did you mean 'for'?"),
        ("{{ seller | answer", "broken_mark", "'{{' belongs to no whole mark"),
        ("{ seller }", "broken_mark", "belongs to no whole mark"),
        ("{{ }}", "broken_mark", "empty"),
        ("{{- seller | answer }}", "broken_mark", "begins or ends with -"),
        ("{% if yes %}x", "template_shape", "Nothing closes '{% if yes %}'"),
        ("x{% endif %}", "template_shape", "closes nothing"),
        ("{% if yes %}x{% endfor %}", "template_shape", "still open"),
        ("Words {%p if yes %}", "template_shape", "not alone in its paragraph"),
        ("{%tr if yes %}", "template_shape", "outside of a table"),
        ("{%tc for one in empty %}", "not_allowed", "not known here"),
        ("{%r if yes %}", "not_allowed", "not known here"),
        ("{% p if yes %}", "broken_mark", "a space before 'p'"),
        ("{{p seller }}", "not_allowed", "something other than words"),
        ("{% cellbg seller %}", "not_allowed", "cannot stand in a Word file"),
    ],
)
def test_every_wrong_mark_is_one_sentence_at_its_paragraph(mark, code, says):
    """Code, place, text, and what it is about."""
    fault = refusal(letter("{{ seller | answer }}", mark))
    assert fault.code == code
    assert fault.message.startswith('word/document.xml, paragraph 2 "')
    assert mark[:20] in fault.message
    assert says in fault.message


@pytest.mark.parametrize(
    "body",
    [
        letter("{% if yes %}x", "y{% endif %}"),
        letter("{%p if yes %}", "x{% endif %}"),
        letter("{%p if yes %}", rows=(("{%p endif %}",),)),
        letter(rows=(("{%tr for one in empty %}",), ("{%p endfor %}",))),
    ],
    # The bytes themselves hold the time of day, and no two processes would call the tests alike.
    ids=["over paragraphs", "half in words", "into a table", "row and paragraph"],
)
def test_marks_that_would_tear_the_file_are_refused(body):
    """What opens is closed beside it; the library would mend the torn file by losing words."""
    assert refusal(body).code == "template_shape"


def test_a_line_break_inside_a_mark_is_told():
    document = docx.Document()
    run = document.add_paragraph().add_run("{{ seller")
    run.add_break()
    run.add_text("| answer }}")
    assert refusal(made.saved(document)).code == "broken_mark"


# --- code of strangers -------------------------------------------------------------------------------

PAYLOADS = (
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum(5) }}",
    "{{ self.__init__ }}",
    "{{ seller | attr('__class__') }}",
    "{{ '%s' | format(seller) }}",
    "{{ '{0.__class__}'.format(seller) }}",
    "{{ '{0.__class__}'.format_map(seller) }}",
    "{{ seller.value | safe }}",
    "{{ seller.items() }}",
    "{{ facts.suppliers.clear() }}",
    "{% import 'os' as os %}",
    "{% from 'a' import b %}",
    "{% include '../../secret' %}",
    "{% extends 'default/plan-of-action.md.j2' %}",
    "{% macro m() %}x{% endmacro %}",
    "{% set x %}y{% endset %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% raw %}x{% endraw %}",
    "{% do seller.update(1) %}",
    "{{ 10 ** (10 ** 8) }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 'a' ~ 'b' }}",
    "{{ range(1000000000) }}",
    "{% for x in range(9) %}a{% endfor %}",
)


def refuse_code(data):
    fault = refusal(data)
    assert fault.code in {"not_allowed", "unknown_filter", "template_syntax", "broken_mark"}
    assert re.match(r'word/(document|header1|footer1)\.xml, paragraph [0-9]+ "', fault.message)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_reaches_for_more_than_facts_is_refused(payload):
    """With one sentence at its paragraph, whole and with every sign in a run of its own."""
    refuse_code(made.in_xml(line(payload)))
    refuse_code(made.in_xml(line(*payload)))


@pytest.mark.parametrize("payload", PAYLOADS[::7])
def test_nor_does_it_matter_where_that_stands(payload):
    """Header, footer, cell, text box."""
    refuse_code(letter("a", header=payload))
    refuse_code(letter("a", footer=payload))
    refuse_code(letter(rows=(("a", payload),)))
    refuse_code(made.in_xml(text_box(line(payload))))


def test_marks_in_properties_are_words():
    """The library fills the title and the author of a file, too; ours come from the paper."""
    document = docx.Document()
    document.core_properties.title = "{{ ''.__class__ }}"
    document.core_properties.author = "Jo Doe {{ 1 + 1 }}"
    document.add_paragraph("{{ seller | answer }}")
    core = made.opened(printed(made.saved(document))).core_properties
    assert (core.title, core.author) == ("Plan", "Bay")


def test_marks_in_attributes_are_refused():
    """The library would fill them."""
    box = text_box("<w:p><w:r><w:t>{{ seller | answer }}</w:t></w:r></w:p>")
    for sign in ("{{ 1 }}", "{% if 1 %}", "{# a #}"):
        data = made.in_xml(box.replace('name="Box"', f'name="{sign}"'))
        assert refusal(data).code == "mark_place"


def test_field_codes_are_refused():
    """A template's own, and none can be made by a value."""
    field = '<w:p><w:fldSimple w:instr=" DDEAUTO c:\\\\x "><w:r><w:t>{{ seller | answer }}</w:t></w:r></w:fldSimple></w:p>'
    assert refusal(made.in_xml(field)).code == "field_code"
    evil = "</w:t></w:r><w:fldSimple w:instr=' DDEAUTO '/>"
    assert b"<w:fldSimple" not in parts(printed(LITERAL, {"value": evil}).data)["word/document.xml"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: made.with_part(LITERAL, "word/vbaProject.bin", b"x"), "macro"),
        (
            lambda: made.with_part(
                LITERAL,
                "word/_rels/document.xml.rels",
                relations(("a", "attachedTemplate", "https://example.com/a.dotm")),
            ),
            "attached_template",
        ),
        (
            lambda: made.with_part(
                LITERAL,
                "word/_rels/document.xml.rels",
                relations(("a", "image", "https://example.com/a.png")),
            ),
            "external_relation",
        ),
        (
            lambda: made.replaced(
                LITERAL, "word/document.xml", b"<w:body>", b'<w:body><w:altChunk xmlns:r="r" r:id="a"/>'
            ),
            "alt_chunk",
        ),
        (
            lambda: made.replaced(
                LITERAL,
                "word/document.xml",
                b"<w:body>",
                b'<w:body><w:p><w:ins w:id="1" w:author="Jo"/></w:p>',
            ),
            "tracked_change",
        ),
        (
            lambda: made.with_part(
                LITERAL, "word/document.xml", parts(with_doctype(LAUGHS))["word/document.xml"]
            ),
            "dtd",
        ),
        (lambda: b"PK nothing", "damaged"),
        (lambda: b"{\\rtf1", "not_word"),
        (lambda: letter("Dear Amazon,"), "no_marks"),
    ],
    ids=[
        "macro",
        "attached template",
        "remote picture",
        "altChunk",
        "tracked",
        "DTD",
        "damaged",
        "RTF",
        "no marks",
    ],
)
def test_a_file_that_acts_or_tells_of_somebody_is_refused(data, code):
    """As a shell is, before the library sees it."""
    assert refusal(data()).code == code


def test_a_footnote_is_refused_at_its_paragraph():
    """Notes are not among the parts that a letter keeps."""
    note = '<w:p><w:r><w:t>Late</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    fault = refusal(made.in_xml(line("{{ seller | answer }}") + note, footnotes=line("{{ ''.__class__ }}")))
    assert fault.code == "notes"
    assert fault.message.startswith('word/document.xml, paragraph 2 "Late": ')


def test_comments_and_names_stay_behind():
    """Properties, people, custom parts; nothing that is not on the list is in the paper."""
    data = made.with_part(LITERAL, "docProps/custom.xml", b"<x>jo.doe</x>")
    data = made.with_part(
        data, "word/comments.xml", tree("comments", '<w:comment w:id="0" w:author="jo.doe"/>')
    )
    found = parts(printed(data, {"value": "a"}).data)
    assert not any(b"jo.doe" in part or b"python-docx" in part for part in found.values())
    assert "docProps/custom.xml" not in found
    assert "word/comments.xml" not in found


# --- what takes too much -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        lambda: letter(BOMB * 20_000),
        lambda: letter("{" * 100_000),
        lambda: letter("{{ seller | answer }}" * 3_000),
        lambda: bomb(
            "word/document.xml",
            b"<w:p/>",
            1_000_000,
            tree("document", "<w:body>").removesuffix("</w:document>").encode(),
            b"</w:body></w:document>",
        ),
    ],
    ids=["open marks", "braces", "marks", "paragraphs"],
)
def test_what_would_take_for_ever_ends_at_once(data):
    """The library alone takes 14 seconds for the first, more than 20 for the second."""
    given = data()
    begun = time.process_time()
    assert refusal(given).code in {"too_large", "broken_mark"}
    assert time.process_time() - begun < 3


def test_thousands_of_marks_are_filled_in_time():
    """As many as are let in take the child a fraction of its seconds."""
    data = letter(*["{{ seller | answer }} of {{ facts.as_of | day }}"] * 550)
    begun = time.process_time()
    assert lines(printed(data)) == ["Bay of 31 October 2026"] * 550
    assert time.process_time() - begun < 4


@pytest.mark.parametrize(
    "loop",
    ["{% for a in many %}{% for b in many %}{% for c in many %}x{% endfor %}{% endfor %}{% endfor %}"],
)
def test_loops_without_an_end_are_counted(loop):
    """The same count as for Markdown."""
    assert refusal(letter(loop), context(many=list(range(2000)))).code == "too_much_work"


# --- the pack ----------------------------------------------------------------------------------------

PLAN = letter(
    "Plan of {{ case.seller.name | answer }}",
    "{{ t.root_cause }}",
    rows=(
        ("Supplier", "Late"),
        ("{%tr for one in facts.late_by_supplier.suppliers %}",),
        ("{{ one.name | name }}", "{{ one.late | count }}"),
        ("{%tr endfor %}",),
    ),
)


def made_of(sample="normal", *, language="en", data=PLAN, document="plan-of-action", **words):
    one = sampled(document, sample=sample, pack=made.pack(data, **words), language=language)
    return one.word(one.paper())


@pytest.mark.parametrize(
    ("language", "cause", "draft"), [("en", "Root cause", "DRAFT"), ("de", "Ursache", "Entwurf")]
)
def test_a_pack_makes_its_letter_in_word(language, cause, draft):
    """In a process of its own, from the facts of a whole case, in two languages; the same bytes each time."""
    data = made_of(language=language)
    read = docx.Document(io.BytesIO(data))
    assert [line.text for line in read.paragraphs][:2] == ["Plan of Harbor & Pine Goods", cause]
    assert ["Alder Supply", "33"] in [[cell.text for cell in row.cells] for row in read.tables[0].rows]
    assert read.sections[0].header.paragraphs[0].text == draft
    assert made_of(language=language) == data


def test_every_figure_of_it_is_one_of_the_facts():
    """What the Word file prints stands among the evidence of ``facts.json``."""
    acme = made.pack(PLAN)
    one = sampled("plan-of-action", sample="normal", pack=acme, language="en")
    appeal = replace(sample_appeal("normal", pack=acme), formats=("docx",))
    evidence = json.loads(appeal_papers(appeal, tell=lambda _: None).files["internal/facts.json"])["evidence"]
    facts = one.native(one.paper()).facts
    assert "late_by_supplier.S1.late" in facts
    assert set(facts) <= set(evidence)


def test_a_word_file_of_a_language_wins():
    german = letter("Plan von {{ case.seller.name | answer }}")
    read = docx.Document(io.BytesIO(made_of(language="de", **{"letter.de": german})))
    assert read.paragraphs[0].text == "Plan von Harbor & Pine Goods"
    only = made.pack(None, **{"letter.de": german})
    one = sampled("plan-of-action", sample="normal", pack=only, language="en")
    assert one.native(one.paper()) is None


def test_other_papers_and_the_built_in_pack_are_made_of_markdown():
    one = sampled("root-cause-analysis", sample="normal", pack=made.pack(PLAN), language="en")
    assert one.native(one.paper()) is None


def test_an_appeal_writes_it_beside_its_twins_and_its_questions_are_asked():
    """Markdown and text come from the template; what only the Word file asks keeps the letter from being final."""
    asked = letter("{{ facts.as_of | day }}: {{ 'Who signs?' | ask }}")
    appeal = sample_appeal("normal", pack=made.pack(asked), language="en")
    papers = appeal_papers(replace(appeal, formats=("md", "docx", "txt")), tell=lambda _: None)
    assert "[Who signs?]" in docx.Document(io.BytesIO(papers.files["plan-of-action.docx"])).paragraphs[0].text
    assert b"Who signs?" not in papers.files["plan-of-action.md"]
    assert "plan-of-action.txt" in papers.files
    assert "Who signs?" in papers.questions
    assert "plan-of-action.docx" in {one.paper.name for one in papers.reviews}
    with pytest.raises(GateNotMet) as caught:
        appeal_papers(replace(appeal, final=True), tell=lambda _: None)
    assert "Who signs?" in caught.value.open_points


def test_a_figure_that_somebody_typed_is_found():
    """The letter rules read the Word file as any edited letter: a number that is no fact is told."""
    typed = letter("Plan of {{ case.seller.name | answer }}", "We shipped 4,711 orders late.")
    appeal = sample_appeal("normal", pack=made.pack(typed), language="en")
    papers = appeal_papers(replace(appeal, formats=("docx",)), tell=lambda _: None)
    (review,) = [one for one in papers.reviews if one.paper.name == "plan-of-action.docx"]
    assert any("4,711" in one.text and one.severity == "error" for one in review.findings)


def test_without_the_library_there_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(PackFault) as caught:
        made_of()
    assert caught.value.code == "no_docxtpl"
    assert 'pip install "poa[word]"' in caught.value.hint
    assert sampled(
        "plan-of-action",
        sample="normal",
        pack=made.pack(None, manifest=made.MANIFEST.partition("[")[0]),
        language="en",
    ).markdown


def test_one_room_knows_the_library():
    """Nothing else imports it, and nothing reads a Word template past its sandbox."""
    house = Path(poa.__file__).parent
    users = set()
    for path in house.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == "docxtpl" for name in names):
                users.add(path.relative_to(house).as_posix())
    assert users == {"packs/word_native.py"}
    text = (house / "packs" / "word_native.py").read_text(encoding="utf-8")
    assert re.findall(r"\.render\((.*)\)", text) == ["{}, jinja_env=house, autoescape=True"]
    assert "get_undeclared" not in text


def test_a_missing_word_file_and_one_for_the_cover_are_told():
    with pytest.raises(PackFault, match=r"'letter\.docx' for plan-of-action, but it is not in the pack"):
        made_of(data=None)
    cover = made.pack(PLAN, manifest=made.MANIFEST.replace("plan-of-action", "cover"))
    with pytest.raises(PackFault, match="'cover' is never made of a Word file"):
        appeal_papers(replace(sample_appeal("normal", pack=cover), formats=("md",)), tell=lambda _: None)


@pytest.mark.parametrize("name", ["../a.docx", "a/b.docx", "shell.docx", "a.docm", "", 3])
def test_the_manifest_names_a_word_file_of_the_folder(name):
    with pytest.raises(PackFault) as caught:
        made.pack(PLAN, manifest=made.MANIFEST.replace('"letter.docx"', repr(name).replace("'", '"')))
    assert caught.value.code == "bad_paper"
    assert caught.value.line == 4


def test_the_hash_of_a_pack_covers_its_word_files():
    assert made.pack(PLAN).sha256 != made.pack(LITERAL).sha256
    assert (
        made.pack(None).sha256 == open_pack("acme", {"pack.toml": made.MANIFEST}, default=made.DEFAULT).sha256
    )


def test_a_link_in_the_folder_is_no_word_file(tmp_path):
    (tmp_path / "secret.docx").write_bytes(PLAN)
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "pack.toml").write_text(made.MANIFEST)
    (folder / FILE).symlink_to(tmp_path / "secret.docx")
    (folder / "other.docx").mkdir()
    assert open_packs(folder).words == {}


# --- the check ---------------------------------------------------------------------------------------


def problems(data):
    """What the check says of a pack with this letter, before a paper is filled."""
    looked = look_at({FILE: data}, pack="acme")
    _, found = problems_of_files("acme", {"pack.toml": made.MANIFEST, **looked.sources}, default=made.DEFAULT)
    return [one for one in looked.placed(found) if one.file == NAME]


def test_a_good_letter_has_no_problem():
    assert problems(PLAN) == []


def test_every_problem_is_told_in_one_run_at_its_paragraph():
    """Names, filters and phrases as in a Markdown template, and what is wrong with the file."""
    data = letter(
        "{{ case.seler.name | answer }}",
        "{{ facts.as_of | dayy }} and {{ t.root_caus }}",
        header="{{ fcts.as_of | day }}",
        rows=(
            ("{%tr for one in facts.late_by_supplier.suppliers %}",),
            ("{{ one.nam | name }}",),
            ("{%tr endfor %}",),
        ),
    )
    found = {(one.code, one.inside, one.paragraph): one for one in problems(data)}
    assert set(found) == {
        ("unknown_name", "body, paragraph 1", 1),
        ("unknown_filter", "body, paragraph 2", 2),
        ("unknown_phrase", "body, paragraph 2", 2),
        ("unknown_name", "body, paragraph 4", 4),
        ("unknown_name", "header 1, paragraph 1", 1),
    }
    for one in found.values():
        assert "did you mean" in one.message
        assert one.remedy
        assert "{{" in one.source
        assert one.line is None
    shape = problems(letter("{% if yes %}x", "{{ case.seller.name | answer"))
    assert [one.code for one in shape] == ["template_shape", "broken_mark"] or {
        one.code for one in shape
    } == {
        "template_shape",
        "broken_mark",
    }


@pytest.mark.deep
def test_the_command_names_paragraph_and_text(tmp_path):
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "pack.toml").write_text(made.MANIFEST)
    (folder / FILE).write_bytes(letter("Plan", "Of {{ case.seler.name | answer }}"))
    (folder / "spare.docx").write_bytes(b"nothing")
    done = run_poa("packs", "check", "acme", "--fast", cwd=tmp_path, check=1)
    assert "acme/letter.docx: error: A group Case has no 'seler'; did you mean 'seller'?" in done.stdout
    assert 'body, paragraph 2: "Of {{ case.seler.name | answer }}"' in done.stdout
    assert "acme/spare.docx: warning: No paper is made of this Word file." in done.stdout


@pytest.mark.deep
def test_papers_are_tried_with_the_word_file():
    """What shows only when a case is printed: a figure that a case lacks."""
    data = letter("{{ case.letter_date.value }}: {{ case.seller.name | answer }}")
    found = troubles(made.pack(data), languages=("en", "de"), samples=("blank_case",))
    (one,) = [one for one in found if one.file == NAME]
    assert one.code == "unformatted"
    assert one.message.startswith('word/document.xml, paragraph 1 "')
    assert one.papers == ("plan-of-action (en, blank_case)", "plan-of-action (de, blank_case)")


# --- the parts by themselves -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        (r"a \& b \{\{", "a & b {{"),
        ("**a** _b_", "a b"),
        ("[a](https://b.de)", "a (https://b.de)"),
        ("[a@b.de](mailto:a@b.de)", "a@b.de"),
        ("1. a *b*", "1. a b"),
        (" a `b` ", " a b "),
    ],
)
def test_markdown_as_plain_words(markdown, words):
    assert plain(markdown) == words


def test_several_paragraphs_are_no_words():
    with pytest.raises(PackFault) as caught:
        plain("*a*\n\nb")
    assert caught.value.code == "not_plain"


def test_a_child_that_answers_rubbish_is_told(monkeypatch):
    monkeypatch.setattr("poa.build.word_native.apart", lambda *_, **__: {"stories": {"a": 1}, "values": {}})
    with pytest.raises(PackFault) as caught:
        native_letter(made.pack(PLAN), "plan-of-action", made.paper(), {}, language="en")
    assert caught.value.code == "child_rubbish"


def test_notes_say_what_a_maker_should_know():
    """Hidden words go out with every letter: a warning."""
    document = docx.Document()
    document.add_paragraph("{{ seller | answer }}")
    document.add_paragraph().add_run("hidden").font.hidden = True
    found, _ = looked_at(made.saved(document), name=NAME)
    assert [(one.code, one.severity, one.paragraph) for one in found] == [("hidden_text", "note", 2)]
