"""A letter's Word file filled with the facts, by ``docxtpl`` in the template language as packs get it.

The one room that knows ``docxtpl``. It runs in a process of its own (``poa/packs/apart.py``), on a file that was
cleaned before, whose marks were put aside: what ``docxtpl`` sees is ``{{ x7 }}``.
"""

from __future__ import annotations

import base64
import io
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from importlib.util import find_spec
from typing import Any, NoReturn, assert_never

from jinja2 import Template, nodes, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from poa.document import (
    Cited,
    Code,
    Emphasis,
    Gap,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    Strong,
    Text,
    words,
)
from poa.errors import PackFault
from poa.facts import Plain
from poa.languages import Language
from poa.markdown import CLOSE, FACT_OPEN, FACT_SPLIT, GAP_OPEN, parse
from poa.packs.environment import PackEnvironment
from poa.packs.filling import all_names
from poa.packs.language import find_language
from poa.packs.pack import Pack
from poa.packs.placing import placed
from poa.packs.printing import literal

LETTER = f"{__name__}:letter"
_LIBRARY = "docxtpl"
_HOLDER = re.compile(r"\{([{%])\s*x([0-9]+)\s*[}%]\}")
_STORY = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*)\.xml", re.ASCII)
# The braces too: docxtpl makes marks of '{_{' and its like, also in a value.
_WRITTEN = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "{": "&#123;", "}": "&#125;"}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SIGNS = re.compile(r"[\\`*_\[\]<>&~|#!\n]")
_LEAD = "x "  # so that nothing at the beginning makes a list or a heading


def require_library(file: str) -> None:
    """Raise PackFault where the library that fills Word files is not installed; ``file`` is the one to be filled."""
    if find_spec(_LIBRARY) is None:
        raise PackFault(
            "no_docxtpl",
            f"The letter is a Word file with marks, which {_LIBRARY} fills, and that is not installed.",
            file=file,
            hint='Install it: pip install "poa[word]". Or take `word = …` out of pack.toml.',
        )


def letter(
    pack: Pack,
    *,
    file: str,
    package: str,
    marks: Sequence[Sequence[Any]],
    context: dict[str, Plain],
    language: str,
) -> dict[str, object]:
    """The filled parts of a Word file by name, and what was printed into each, in order.

    ``package`` is the file as base64, ``marks`` are number, part, words and place of each of its marks.
    Raises PackFault at the paragraph of the mark.
    """
    require_library(file)
    from docxtpl import DocxTemplate  # noqa: PLC0415 - an extra, for who has such letters

    names = all_names(pack, context, language=language)
    house = _WordEnvironment(
        pack, names, language=find_language(language, offered=pack.languages), marks=marks
    )
    made = io.BytesIO()
    try:
        template = DocxTemplate(io.BytesIO(base64.b64decode(package)))
        template.render({}, jinja_env=house, autoescape=True)
        template.save(made)
    except Exception as error:  # whatever a stranger's template brings about is told as its fault
        raise house.fault(placed(error, start=file, names=names), file) from error
    house.check_complete(file)
    with zipfile.ZipFile(made) as parts:
        stories = {name: parts.read(name).decode() for name in parts.namelist() if _STORY.fullmatch(name)}
    return {"stories": stories, "values": house.values}


class _WordEnvironment(PackEnvironment):
    """Jinja for the parts of one Word file: as for Markdown, but what is printed is escaped for Word's XML."""

    def __init__(
        self,
        pack: Pack,
        names: Mapping[str, object],
        *,
        language: Language,
        marks: Sequence[Sequence[Any]],
    ) -> None:
        super().__init__(pack, names, language=language)
        self.values: dict[str, list[str]] = {}
        self._marks = {int(number): (str(part), str(says), str(place)) for number, part, says, place in marks}
        self._lines: dict[str, list[int]] = {}
        self.trim_blocks = self.lstrip_blocks = False  # the spaces around a mark are the letter's own
        work = self.work

        @pass_context
        def finalize(context: Context, value: object) -> Markup:
            text = plain(literal(value))
            work.printed(text)
            self.values.setdefault(str(context.name), []).append(text)
            return Markup("".join(_WRITTEN.get(sign, sign) for sign in text))  # noqa: S704 - escaped, sign by sign

        self.finalize = finalize

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002, ARG002 - Jinja's name
        template_class: type[Template] | None = None,
    ) -> Template:
        """The template of one part, each mark back in its place and on a line of its own, so that errors find it."""
        numbers: list[int] = []

        def mark(holder: re.Match[str]) -> str:
            number = int(holder[2])
            numbers.append(number)
            says = self._marks[number][1]
            return f"{says[:2]}\n{says[2:]}"

        # A new line of docxtpl's own before each paragraph would be counted.
        text = _HOLDER.sub(mark, str(source).replace("\n", ""))
        part = self._marks[numbers[0]][0] if numbers else "properties"
        expected = sorted(number for number, (where, _, _) in self._marks.items() if where == part)
        if sorted(numbers) != expected:
            raise PackFault("mark_lost", f"Marks of {part} are lost or doubled.", hint=_SIMPLER)
        self._lines[part] = numbers
        tree = self.judged(self.parse(text, part), part)
        code = self.compile(tree, part, part)
        kind = template_class or self.template_class
        return kind.from_code(self, code, self.make_globals(None))

    def concat(self, pieces: Any) -> str:
        """The pieces of a part as one text, counted as they come."""
        return "".join(self.work.paced(iter(pieces)))

    def handle_exception(self, source: str | None = None) -> NoReturn:  # noqa: ARG002 - Jinja's name
        """Raise what happened as it is: Jinja would write the lines of the template into it."""
        error = sys.exc_info()[1]
        raise error or RuntimeError

    def fault(self, fault: PackFault, file: str) -> PackFault:
        """A fault with the paragraph of its mark in place of a line."""
        part, line = fault.file or "", fault.line
        numbers = self._lines.get(part, [])
        if part != file and part not in self._lines:
            return fault
        place = part if part != file else ""
        if line is not None and 0 <= line - 2 < len(numbers):
            place = self._marks[numbers[line - 2]][2]
        message = f"{place}: {fault.message}" if place else fault.message
        return PackFault(fault.code, message, file=file, hint=fault.hint)

    def check_complete(self, file: str) -> None:
        """Raise PackFault where a part with marks was never filled."""
        missing = {where for where, _, _ in self._marks.values()} - set(self._lines)
        if missing:
            raise PackFault(
                "mark_lost", f"{min(missing)} was not filled: no page shows it.", file=file, hint=_SIMPLER
            )


_SIMPLER = "Open the file in Word, save it again, and write the mark in plain words on a line of its own."


def plain(markdown: str) -> str:
    """The words that the Markdown says, on one line; facts and questions keep their marks.

    Raises PackFault where it is more than the words of one paragraph.
    """
    markdown = str(markdown)  # joining the pieces of what is marked as safe would escape them for HTML
    bare = _ESCAPED.sub("", markdown)
    if not _SIGNS.search(bare):  # nearly all values: nothing but words
        return _ESCAPED.sub(r"\1", markdown)
    try:
        blocks = parse(f"{_LEAD}{markdown.strip()}", name="")
    except PackFault as fault:
        raise PackFault(fault.code, fault.message, hint=fault.hint) from None
    match blocks:
        case (Paragraph(content=content),):
            before = " " if markdown[:1] == " " else ""
            after = " " if markdown.strip() and markdown[-1:] == " " else ""
            return f"{before}{_said(content)[len(_LEAD) :]}{after}"
        case _:
            raise PackFault(
                "not_plain",
                "This is more than words of one paragraph, and a Word letter prints words.",
                hint="Write it into the Word file, or say it in several phrases.",
            )


def _said(content: Iterable[Inline]) -> str:
    return "".join(_word(item) for item in content)


def _word(item: Inline) -> str:
    match item:
        case Text(text=text) | Code(text=text):
            return text
        case Cited(text=text, fact=fact):
            return f"{FACT_OPEN}{fact}{FACT_SPLIT}{text}{CLOSE}"
        case Gap(question=question):
            return f"{GAP_OPEN}{question}{CLOSE}"
        case Strong(content=content) | Emphasis(content=content):
            return _said(content)
        case Link(content=content, href=href):
            shown = words(content)
            address = href.removeprefix("mailto:")
            return _said(content) if shown == address else f"{_said(content)} ({address})"
        case LineBreak():
            return " "
        case _:
            assert_never(item)
