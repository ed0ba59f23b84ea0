"""The look of Word papers as a consultant makes it in Word: what the rooms above need of it.

``read_shell`` gives the look of a file for ``docx.write``, ``problems`` all that is wrong with it as data,
``starter_shell`` one to begin with; ``FIELDS`` are the marks that it may hold, ``in_word`` says the place of a fault as Word shows it. No format of its own.
"""

from __future__ import annotations

from lxml import etree

from poa.document import Document
from poa.packing import packed
from poa.writers._shell import Shell, problems, read_shell
from poa.writers._shell_found import ShellProblem, in_word
from poa.writers._shell_marks import FIELDS
from poa.writers._shell_xml import W, written
from poa.writers._word_shell import HEAD, MARGIN, ROOT, blank_parts, page

__all__ = ["FIELDS", "Shell", "ShellProblem", "in_word", "problems", "read_shell", "starter_shell"]

_GREY = '<w:rPr><w:color w:val="6B7280"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
_TAB = "<w:r><w:tab/></w:r>"
_STRONG = "<w:rPr><w:b/><w:bCs/></w:rPr>"
_LINE = '<w:{} w:val="single" w:sz="6" w:space="4" w:color="BFC4CA"/>'

_TOP = 1_701  # 3 cm in twentieths of a point


def starter_shell(language: str, *, name: str) -> bytes:
    """The shell of a new pack of a name, for papers of a language; the same bytes on every day.

    At the top stand ``{{ seller }}`` and ``{{ letter_date }}``, at the foot the title and the page, and all
    styles that a paper uses are in it.
    """
    document = Document(blocks=(), title=name, language=language, draft=True)
    room = page(language)[0] - 2 * MARGIN
    parts = blank_parts(document)
    parts["word/header1.xml"] = _story(
        "hdr",
        "Header",
        "bottom",
        room,
        f"{_run('{{ seller }}', _STRONG)}{_TAB}{_run('{{ letter_date }}', _GREY)}",
    )
    pages = f"{_field('PAGE')}{_run(' / ', _GREY)}{_field('NUMPAGES')}"
    parts["word/footer1.xml"] = _story(
        "ftr", "Footer", "top", room, f"{_run('{{ title }}', _GREY)}{_TAB}{pages}"
    )
    body = f"<w:body><w:p>{_run('{{ body }}', '')}</w:p>"
    page_xml = parts["word/document.xml"].replace("<w:body>", body, 1)
    # Room below the letterhead, also for the line that a draft has more.
    parts["word/document.xml"] = page_xml.replace(f'w:top="{MARGIN}"', f'w:top="{_TOP}"', 1)
    whole = {part: f"{HEAD}{xml}".encode() for part, xml in parts.items()}
    whole["word/styles.xml"] = _sober(whole["word/styles.xml"])
    return packed(whole)


def _story(root: str, style: str, edge: str, room: int, runs: str) -> str:
    return (
        f'<w:{root} {ROOT}><w:p><w:pPr><w:pStyle w:val="{style}"/><w:pBdr>{_LINE.format(edge)}</w:pBdr>'
        f'<w:tabs><w:tab w:val="right" w:pos="{room}"/></w:tabs></w:pPr>{runs}</w:p></w:{root}>'
    )


def _run(text: str, look: str) -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} ">{_run("1", _GREY)}</w:fldSimple>'


def _sober(xml: bytes) -> bytes:
    """The styles with a header that is none of a draft, and a footer from the left."""
    root = etree.fromstring(xml)
    for style in root.iterfind(f"{W}style"):
        if style.get(f"{W}styleId") in {"Header", "Footer"}:
            style.remove(style.find(f"{W}rPr"))
            style.find(f"{W}pPr").remove(style.find(f"{W}pPr/{W}jc"))
    return written(root)
