"""The template language as packs get it: sandboxed, strict, escaped for Markdown, plain data only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from functools import partial
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, nodes, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from markupsafe import Markup

from poa.errors import PackFault
from poa.languages import Language
from poa.packs import allowed
from poa.packs.context import kind_of, path_of
from poa.packs.filters import filters_of, listed
from poa.packs.pack import BUILT_IN, Pack
from poa.packs.placing import UnknownName, unknown_name
from poa.packs.printing import literal
from poa.packs.work import Work

_TESTS = ("none", "true", "false", "odd", "even", "eq", "equalto", "ne", "gt", "ge", "lt", "le")
_LOOP = ("index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem")
_EACH = " each"  # stands behind the list of every loop; a name with a space cannot be written in a template


class PackEnvironment(ImmutableSandboxedEnvironment):
    """Jinja for one paper of one pack in one language.

    ``names`` are all that a template sees; they are globals, so an imported macro sees them too.
    """

    intercepted_binops = frozenset({"+", "-"})

    def __init__(self, pack: Pack, names: Mapping[str, object], *, language: Language) -> None:
        self.pack = pack
        self.work = work = Work()

        # Given the context, finalize cannot run while compiling, where a text in quotes would be
        # escaped for HTML; for the same reason there is no optimizer.
        @pass_context
        def finalize(_: Context, value: object) -> Markup:
            text = literal(value)
            work.printed(text)
            return text

        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=True,
            optimized=False,
            auto_reload=False,
            undefined=_Unknown,
            finalize=finalize,
            loader=_CheckedLoader(),
        )
        self.globals = dict(names)
        filters = filters_of(language, work=work)

        def each(items: object, body: int) -> list[Any]:
            rounds = listed(items, "a loop")
            work.looped(rounds, body)
            return rounds

        self.filters = {**filters, _EACH: each}
        self.tests = {name: TESTS[name] for name in _TESTS}
        files = {*pack.sources, *pack.default, *(f"{BUILT_IN}/{file}" for file in pack.default)}
        self.rules = allowed.Rules(filters=filters, tests=_TESTS, files=files, resolve=pack.resolve)

    def checked(self, name: str) -> nodes.Template:
        """The parsed template of a real name, every part of it allowed and every loop counted."""
        return self.judged(self.parse(self.pack.text(name), name), name)

    def judged(self, tree: nodes.Template, name: str) -> nodes.Template:
        """The tree of a template, with every loop counted; PackFault, by this name, where it uses what no pack may."""
        allowed.check(tree, file=name, rules=self.rules)
        for loop in list(tree.find_all(nodes.For)):
            length = sum(len(part.data) for part in loop.find_all(nodes.TemplateData))
            counted = nodes.Filter(
                loop.iter, _EACH, [nodes.Const(length)], [], None, None, lineno=loop.lineno
            )
            loop.iter = counted
        return tree

    def join_path(self, template: str, parent: str) -> str:
        """The real name of a template as another one writes it."""
        name = self.pack.resolve(template)
        if name is None:
            raise LookupError(f"{parent} names {template}, which was not checked")
        self.work.included(self.pack.text(name))
        return name

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The same as in brackets: an entry of plain data, never an attribute of a Python object."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An entry of a group or a list, a fact about a loop, a macro of an imported file."""
        match obj:
            case dict() if argument in obj:
                return obj[argument]
            case list() | tuple() if type(argument) is int and -len(obj) <= argument < len(obj):
                return obj[argument]
            case LoopContext() if argument in _LOOP:
                return getattr(obj, argument)
            case TemplateModule() if argument in _names_in(obj):
                return vars(obj)[argument]
        where = path_of(obj, self.globals)
        called = f"'{where}'" if where else f"This {kind_of(obj)}"
        raise unknown_name(argument, of=called, known=_names_in(obj))

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """A macro or super(), counted by what it returns."""
        counted = self.work.priced(partial(super().call, context, function))
        return counted(*args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> int:  # noqa: ARG002 - Jinja's signature
        """The sum or difference of whole numbers; ``+`` on texts would escape for HTML."""
        if type(left) is not int or type(right) is not int:
            raise PackFault(
                "not_allowed",
                f"`{operator}` takes whole numbers only.",
                hint="Print texts side by side: {{ first }} {{ second }}.",
            )
        return left + right if operator == "+" else left - right


def compile_ahead(pack: Pack, documents: Iterable[str], *, language: Language) -> None:
    """Compile the built-in templates of some papers before there is anything to fill them with; nobody else's run here."""
    if pack.name != BUILT_IN:
        return
    house = PackEnvironment(pack, {}, language=language)
    waiting = [pack.document(name, language=language.code) for name in documents]
    while waiting:
        name = waiting.pop()
        if name in pack.compiled:
            continue
        tree = house.checked(name)
        kinds = (nodes.Extends, nodes.Include, nodes.Import)
        named = [one.template for one in tree.find_all(kinds) if isinstance(one, kinds)]
        pack.compiled[name] = house.compile(tree, name, name)
        waiting += [house.join_path(one.value, name) for one in named if isinstance(one, nodes.Const)]


class _CheckedLoader(BaseLoader):
    """Templates by their real names, which are the names that errors print."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Template:
        """A template, compiled only after every part of it was found to be allowed."""
        if not isinstance(environment, PackEnvironment):
            raise TypeError(environment)
        code = environment.pack.compiled.get(name)
        if code is None:
            code = environment.compile(environment.checked(name), name, name)
            environment.pack.compiled[name] = code
        return environment.template_class.from_code(environment, code, globals or {})


class _Unknown(StrictUndefined):
    """A name that nothing has is a fault where it is read, not only where it is printed."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, *_: object, name: str | None = None, **__: object) -> None:
        raise UnknownName(name or "", hint)


def _names_in(obj: object) -> list[str]:
    match obj:
        case dict():
            return [str(name) for name in obj]
        case list() | tuple():
            return [str(position) for position in range(len(obj))][:10]
        case LoopContext():
            return list(_LOOP)
        case TemplateModule():
            return [name for name in vars(obj) if not name.startswith("_")]
    return []
