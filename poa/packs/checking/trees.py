"""Templates as trees whose every part knows its column: Jinja's own parser, with tokens counted instead of lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from jinja2 import TemplateSyntaxError, nodes
from jinja2.environment import Environment
from jinja2.lexer import TokenStream
from jinja2.parser import Parser

from poa.packs.checking.problems import Place, nearest

_BLANK = {"whitespace", "linecomment", "linecomment_begin", "linecomment_end"}
_TAGS = (
    *("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "block", "endblock", "macro"),
    *("endmacro", "extends", "include", "import", "from", "with", "endwith"),
)
_REMEDIES = {
    "got '='": "Write == to compare.",
    "Missing end of comment": "Write #} at the end of the comment.",
    "'end of print statement', got": "Write one value in {{ … }}; a filter stands behind | and texts stand side by side.",
}
_CLOSED = {"if", "for", "block", "macro", "with"}
_ENDS = "Check the brackets and that every block, if and for has its end."


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """A parsed template by its real name. The line numbers of its nodes are positions among ``tokens``."""

    file: str
    root: nodes.Template
    tokens: tuple[_Token, ...]

    def place(self, node: nodes.Node) -> Place:
        """Where a part of the template stands: the name that it is about, where it has one."""
        at = min(node.lineno, len(self.tokens) - 1)
        match node:
            case nodes.Getattr(attr=str(name)) | nodes.Getitem(arg=nodes.Const(value=str(name))):
                return self._next(at, name)
            case (
                nodes.Test(name=name)
                | nodes.Filter(name=name)
                | nodes.Block(name=name)
                | nodes.Macro(name=name)
            ):
                return self._next(at, name)
            case nodes.Call(node=called):
                return self.place(called)
            case nodes.Import(template=named) | nodes.FromImport(template=named):
                return self.place(named)
            case nodes.Extends(template=named) | nodes.Include(template=named):
                return self.place(named)
            case _:
                return self.tokens[at].place

    def keyword(self, keyword: nodes.Keyword) -> Place:
        """Where the name of an option stands, which comes before its value."""
        at = min(keyword.value.lineno, len(self.tokens) - 1)
        for position in range(at, max(at - 40, -1), -1):
            if self.tokens[position].text == keyword.key:
                return self.tokens[position].place
        return self.tokens[at].place

    def _next(self, at: int, name: str) -> Place:
        for token in self.tokens[at : at + 12]:
            if token.text.strip("\"'") == name:
                return token.place
        return self.tokens[at].place


class Unparsed(Exception):
    """A template that cannot be parsed: the sentence, the remedy, and the place."""

    def __init__(self, message: str, remedy: str, place: Place) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.place = place


def parsed(environment: Environment, text: str, *, file: str) -> Tree:
    """The tree of a template; raises Unparsed."""
    text = "\n".join(re.split(r"\r\n|\r|\n", text))
    try:
        raw = [*environment.lexer.tokeniter(text, file)]
    except TemplateSyntaxError as error:
        raise _unparsed(error, _in_text(error, text)) from None
    tokens = tuple(_placed(text, raw))
    try:
        counted = [(at, kind, value) for at, (_, kind, value) in enumerate(raw)]
        parser = Parser(environment, "", file)
        parser.stream = TokenStream(environment.lexer.wrap(iter(counted), file), file, None)
        root = parser.parse()
    except TemplateSyntaxError as error:
        at = min(error.lineno, len(tokens) - 1)
        while at > 0 and tokens[at].kind in _BLANK:
            at -= 1
        opened = _unclosed(tokens[: at + 1])
        if opened is not None and "Unexpected end of template" in (error.message or ""):
            at = tokens.index(opened)
        raise _unparsed(error, tokens[at].place if tokens else Place(1), opened=opened) from None
    return Tree(file, root, tokens or (_Token("data", "", Place(1)),))


def _unclosed(tokens: tuple[_Token, ...]) -> _Token | None:
    """The word that opens the innermost block that nothing closes."""
    opened: list[_Token] = []
    shown = [token for token in tokens if token.kind not in _BLANK]
    for before, token in pairwise(shown):
        if before.kind == "block_begin" and token.text in _CLOSED:
            opened.append(token)
        elif before.kind == "block_begin" and opened and token.text == f"end{opened[-1].text}":
            opened.pop()
    return opened[-1] if opened else None


def _placed(text: str, raw: list[tuple[int, str, str]]) -> Iterator[_Token]:
    """Each token with its place: they come in the order of the text, from which only blanks are left out."""
    cursor, line, start = 0, 1, 0  # start: where the line of the cursor begins
    for _, kind, value in raw:
        found = text.find(value, cursor) if value else -1
        if found >= 0:
            breaks = text.count("\n", cursor, found)
            if breaks:
                line, start = line + breaks, text.rfind("\n", cursor, found) + 1
            cursor = found
        yield _Token(kind, value, Place(line, cursor - start + 1, max(1, len(value.split("\n")[0]))))
        if found >= 0:
            breaks = value.count("\n")
            cursor += len(value)
            if breaks:
                line, start = line + breaks, text.rfind("\n", found, cursor) + 1


def _in_text(error: TemplateSyntaxError, text: str) -> Place:
    """The place of what the lexer stopped at, which names the position in the whole text, or the line only."""
    position = re.search(r" at (\d+)$", error.message or "")
    if position and "unexpected char" in (error.message or ""):
        at = int(position[1])
        return Place(text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)
    lines = text.split("\n")
    line = min(error.lineno, len(lines))
    opened = re.search(r"\{[{%#]", lines[line - 1])
    return Place(line, opened.start() + 1 if opened else 1, 2 if opened else 1)


def _unparsed(error: TemplateSyntaxError, place: Place, *, opened: _Token | None = None) -> Unparsed:
    message = re.sub(r" at \d+$", "", error.message or "this cannot be read").partition(". ")[0].rstrip(".")
    remedy = next((told for sign, told in _REMEDIES.items() if sign in message), _ENDS)
    tag = re.search(r"unknown tag '(\w+)'", message)
    if opened is not None and "end of template" in message:
        message = f"Nothing closes this '{opened.text}'"
        remedy = f"Write {{% end{opened.text} %}} where the {opened.text} ends."
    elif tag and tag[1] not in _TAGS:
        near = nearest(tag[1], _TAGS)
        message = f"There is no tag '{tag[1]}'{f'; did you mean {near!r}?' if near else ''}"
        remedy = f"Write {near}." if near else f"The tags are: {', '.join(_TAGS)}."
    elif tag and opened is not None:
        message = (
            f"'{tag[1]}' cannot stand here: the '{opened.text}' of line {opened.place.line} is still open"
        )
        remedy = f"Write {{% end{opened.text} %}} before it, or take '{tag[1]}' away."
    elif tag:
        message = f"'{tag[1]}' cannot stand here: nothing that it belongs to is open"
        remedy = f"Take '{tag[1]}' away, or write before it what it belongs to."
    return Unparsed(
        f"{message[:1].upper()}{message[1:]}{'' if message.endswith('?') else '.'}", remedy, place
    )
