"""The small wrongs of ``mutants.py``: what is changed in a module, one thing at a time.

Comparisons (their bound, their sense), signs and operators, ``and``, ``or``, ``not``, conditions turned round, whole
numbers one more and one less, truth values, ``min`` for ``max`` and the like, values returned, statements left out,
defaults of arguments, and of a pattern each alternative and each look around. Left alone: annotations, decorators,
texts, sizes written as shifts, and arguments that only guard (``strict=True``) or keep memory (``copy=False``).
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

Put = Callable[[Any], None]

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
}
_NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "startswith": "endswith",
    "endswith": "startswith",
}
_WORDS = {"left": "right", "right": "left", "first": "last", "last": "first"}
_GUARDS = {
    "strict",
    "copy",
    "zero_copy_only",
    "ensure_ascii",
    "missing_ok",
    "parents",
    "exist_ok",
    "observed",
}


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One change: its place, the statement it lies in, and whether the module must be loaded anew for it."""

    module: str
    number: int
    line: int
    statement: int
    fresh: bool
    what: str
    key: str

    def made(self, tree: ast.Module) -> ast.Module:
        """The tree of the module with this change."""
        for number, edit in enumerate(_edits(tree)):
            if number == self.number:
                edit.apply()
                return ast.fix_missing_locations(tree)
        raise ValueError(self.key)


@dataclass(frozen=True, kw_only=True)
class _Edit:
    line: int
    statement: int
    fresh: bool
    what: str
    apply: Callable[[], None]


@dataclass(frozen=True, kw_only=True)
class _Place:
    statement: int = 0
    fresh: bool = True


def mutants_of(module: str, text: str) -> Iterator[Mutant]:
    """Every change of a module, in the order of its text."""
    seen: Counter[tuple[int, str]] = Counter()
    for number, one in enumerate(_edits(ast.parse(text))):
        seen[one.line, one.what] += 1
        nth = seen[one.line, one.what]
        yield Mutant(
            module=module,
            number=number,
            line=one.line,
            statement=one.statement,
            fresh=one.fresh,
            what=one.what,
            key=f"{module}:{one.line} {one.what}" + (f" ({nth})" if nth > 1 else ""),
        )


def statements(tree: ast.Module, module: str) -> ast.Module:
    """The tree with a call of ``hit__`` before each statement of its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            _count(node, module)
    return ast.fix_missing_locations(tree)


def _count(node: ast.AST, module: str) -> None:
    """Blocks of a function; those of a function in it are counted when the walk comes to it."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        inner = getattr(node, block, None)
        if not isinstance(inner, list):
            continue
        made: list[ast.AST] = []
        for one in inner:
            if isinstance(one, ast.stmt):
                words = f"hit__({module!r}, {one.lineno})"
                made.append(ast.copy_location(ast.parse(words).body[0], one))
            made.append(one)
            if not isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                _count(one, module)
        inner[:] = made


def _edits(tree: ast.Module) -> Iterator[_Edit]:
    for number, one in enumerate(tree.body):
        yield from _statement(one, _putter(tree.body, number), _Place())


def _putter(found: list[Any], number: int) -> Put:
    def put(new: Any) -> None:
        found[number] = new

    return put


def _setter(node: ast.AST, name: str) -> Put:
    def put(new: Any) -> None:
        setattr(node, name, new)

    return put


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST, Put]]:
    for name, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield name, value, _setter(node, name)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield name, one, _putter(value, number)


def _statement(node: ast.AST, put: Put, at: _Place) -> Iterator[_Edit]:
    """Changes of one statement and of what stands in it."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass) or _only_types(node):
        return
    at = _Place(statement=getattr(node, "lineno", at.statement), fresh=at.fresh)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        outer = _Place(statement=at.statement, fresh=True) if at.fresh else at
        for name, child, put_child in _children(node.args):
            if name in {"defaults", "kw_defaults"}:
                yield from _expression(child, put_child, outer)
        for number, one in enumerate(node.body):
            yield from _statement(one, _putter(node.body, number), _Place(statement=one.lineno, fresh=False))
        return
    yield from _left_out(node, put, at)
    if isinstance(node, ast.If | ast.While):
        yield from _turned(node, at)
    for name, child, put_child in _children(node):
        if name in {"annotation", "decorator_list", "bases", "targets", "target"} and not isinstance(
            child, ast.Subscript
        ):
            continue
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _statement(child, put_child, at)
        else:
            yield from _expression(child, put_child, at)


def _only_types(node: ast.AST) -> bool:
    match node:
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case _:
            return False


def _left_out(node: ast.AST, put: Put, at: _Place) -> Iterator[_Edit]:
    def edit(what: str, new: Callable[[], ast.stmt]) -> _Edit:
        def apply() -> None:
            put(ast.copy_location(new(), node))

        return _Edit(line=at.statement, statement=at.statement, fresh=at.fresh, what=what, apply=apply)

    match node:
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield edit("returns None", lambda: ast.Return(value=ast.Constant(None)))
        case (
            ast.Expr()
            | ast.AugAssign()
            | ast.Raise()
            | ast.Break()
            | ast.Delete()
            | ast.Assign(targets=[ast.Subscript() | ast.Attribute()])
        ):
            yield edit("left out", ast.Pass)
        case ast.Continue():
            yield edit("left out", ast.Pass)
            yield edit("continue → break", ast.Break)


def _turned(node: ast.If | ast.While | ast.IfExp, at: _Place) -> Iterator[_Edit]:
    """A condition turned round, where no other change does it."""
    test = node.test
    if isinstance(test, ast.Compare | ast.BoolOp) or (
        isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
    ):
        return

    def apply() -> None:
        node.test = ast.copy_location(ast.UnaryOp(op=ast.Not(), operand=test), test)

    yield _Edit(
        line=test.lineno, statement=at.statement, fresh=at.fresh, what="condition turned round", apply=apply
    )


def _expression(node: ast.AST, put: Put, at: _Place) -> Iterator[_Edit]:
    """Changes of one expression and of what stands in it."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.LShift):
        return
    line = getattr(node, "lineno", at.statement)
    for what, apply in _changes(node, put):
        yield _Edit(line=line, statement=at.statement, fresh=at.fresh, what=what, apply=apply)
    if isinstance(node, ast.IfExp):
        yield from _turned(node, at)
    for name, child, put_child in _children(node):
        if name in {"annotation", "returns"} or (isinstance(child, ast.keyword) and child.arg in _GUARDS):
            continue
        yield from _expression(child, put_child, at)


def _changes(node: ast.AST, put: Put) -> Iterator[tuple[str, Callable[[], None]]]:
    """What can be changed of an expression itself, in words, and how."""
    match node:
        case ast.Compare():
            for number, op in enumerate(node.ops):
                for other in _COMPARED[type(op)]:
                    yield f"{_name(type(op))} → {_name(other)}", partial(_putter(node.ops, number), other())
        case ast.BinOp() | ast.BoolOp() | ast.UnaryOp():
            yield from _of_operator(node, put)
        case ast.comprehension():
            for number in range(len(node.ifs)):
                yield "every one", partial(_putter(node.ifs, number), ast.Constant(value=True))
        case _:
            yield from _of_words(node, put)


def _of_words(node: ast.AST, put: Put) -> Iterator[tuple[str, Callable[[], None]]]:
    match node:
        case ast.Name(id=name) if name in _NAMES:
            yield f"{name} → {_NAMES[name]}", partial(_setter(node, "id"), _NAMES[name])
        case ast.Attribute(attr=name) if name in _NAMES:
            yield f"{name} → {_NAMES[name]}", partial(_setter(node, "attr"), _NAMES[name])
        case ast.Constant(value=value):
            for new in _values(value):
                yield f"{value!r} → {new!r}", partial(put, ast.copy_location(ast.Constant(new), node))  # type: ignore[arg-type]
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="re")),
            args=[ast.Constant(value=str() as pattern) as told, *_],
        ):
            for what, without in patterns(pattern):
                yield f"pattern without {what}", partial(_setter(told, "value"), without)


def _of_operator(
    node: ast.BinOp | ast.BoolOp | ast.UnaryOp, put: Put
) -> Iterator[tuple[str, Callable[[], None]]]:
    match node:
        case ast.BinOp() if type(node.op) in _OPERATORS and not (_is_text(node.left) or _is_text(node.right)):
            other = _OPERATORS[type(node.op)]
            yield f"{_name(type(node.op))} → {_name(other)}", partial(_setter(node, "op"), other())
        case ast.BoolOp(values=[_, _]):
            turned = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield f"{_name(type(node.op))} → {_name(turned)}", partial(_setter(node, "op"), turned())
        case ast.BoolOp():
            for number in range(len(node.values)):
                yield f"part {number + 1} left out", partial(node.values.__delitem__, number)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield f"{_name(type(node.op))} left out", partial(put, node.operand)


def _name(kind: type[ast.AST]) -> str:
    return kind.__name__


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


def _values(value: object) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield value + 1
        if value >= 1:
            yield value - 1
    elif isinstance(value, str) and value in _WORDS:
        yield _WORDS[value]


_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\\[()|]+", re.DOTALL)


def patterns(pattern: str) -> Iterator[tuple[str, str]]:
    """The pattern without one of its alternatives, or without one look around, and what went."""
    opened: list[list[int]] = [[0]]  # for each open group where its alternatives begin
    ends: list[tuple[int, int, bool]] = []  # what can go, and whether it is a look around
    for token in _TOKEN.finditer(pattern):
        if token[0] == "(":
            opened.append([token.end()])
        elif token[0] == "|":
            opened[-1].append(token.end())
        elif token[0] == ")":
            starts = opened.pop()
            ends += _alternatives(pattern, starts, token.start())
            if re.match(r"\?<?[=!]", pattern[starts[0] :]):
                ends.append((starts[0] - 1, token.end(), True))
    ends += _alternatives(pattern, opened[0], len(pattern))
    for start, end, _ in sorted(set(ends)):
        new = pattern[:start] + pattern[end:]
        try:
            re.compile(new)
        except re.error:
            continue
        yield pattern[start:end].strip("|"), new


def _alternatives(pattern: str, starts: list[int], end: int) -> Iterator[tuple[int, int, bool]]:
    if len(starts) < 2:
        return
    head = re.match(r"\?(?::|<?[=!]|P<\w+>)", pattern[starts[0] :]) if starts[0] else None
    first = starts[0] + (head.end() if head else 0)
    begins = [first, *starts[1:]]
    for number, begin in enumerate(begins):
        if number + 1 < len(begins):
            yield begin, begins[number + 1], False  # with the stroke behind it
        else:
            yield begin - 1, end, False  # with the stroke before it
