"""Packs of strangers: what escapes and exhausts other template engines is refused here, soon."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from poa.errors import PackFault
from poa.packs import fill, open_pack

MANIFEST = 'id = "m"\nversion = "1"\nfacts = 1\n'
DEFAULT = {"pack.toml": MANIFEST + 'documents = ["letter"]\n', "letter.md.j2": "x"}
CONTEXT: dict[str, Any] = {"name": "Bay", "orders": [1, 2], "late": {"fact": "l", "value": 1, "unit": "rows"}}


def filled(template: str, context: Any = CONTEXT, **files: str) -> str:
    sources = {"pack.toml": MANIFEST, "letter.md.j2": template}
    sources |= {f"{name}.md.j2": text for name, text in files.items()}
    pack = open_pack("stranger", sources, default=DEFAULT)
    return fill(pack, "letter", context, language="en")


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    began = time.perf_counter()
    yield
    assert time.perf_counter() - began < 4


ESCAPES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ name['__cla' 'ss__'] }}",
    "{{ name|attr('__class__') }}",
    "{{ name|attr('format')('{0.__class__}') }}",
    "{{ '{0.__class__}'.format(name) }}",
    "{{ '{x.__class__}'.format_map({'x': name}) }}",
    "{% set f = '{0.__class__}'.format %}{{ f(name) }}",
    "{{ name.format }}",
    "{{ orders | map('format') }}",
    "{{ [name] | map('attr', '__class__') | first }}",
    "{{ [name] | map(attribute='__class__') | first }}",
    "{{ orders | selectattr('__class__') | first }}",
    "{{ '%s' % name }}",
    "{{ '%(a.__class__)s' | format(a=name) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.letter() }}",
    "{{ loop.__class__ }}",
    "{% for x in orders %}{{ loop._iterator }}{% endfor %}",
    "{% for x in orders %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for x in orders %}{{ loop.changed.__func__ }}{% endfor %}",
    "{% for x in orders recursive %}{{ loop(orders) }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func }}",
    "{% macro m() %}{% endmacro %}{{ m.name }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% macro m() %}{% endmacro %}{{ m(*orders) }}",
    "{% macro m() %}{% endmacro %}{{ m(**late) }}",
    "{{ orders.append(3) }}",
    "{{ orders.clear() }}",
    "{{ late.update({'value': 9}) }}",
    "{% set late.value = 9 %}",
    "{{ name() }}",
    "{% set name = orders %}{{ name() }}",
    "{{ range(9) }}",
    "{{ dict(a=1) }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ config }}",
    "{{ request.application }}",
    "{{ environment }}",
    "{{ __builtins__ }}",
    "{{ '<b>'|safe }}",
    "{% autoescape false %}{{ name }}{% endautoescape %}",
    "{% filter name %}{{ name }}{% endfilter %}",
    "{% set x | name %}{{ name }}{% endset %}",
    "{{ name ~ '<b>' }}",
    "{{ name + '<b>' }}",
    "{{ 'a' 'b' | tojson }}",
    "{{ {'fact': 'late', 'value': 0, 'unit': 'rows'} | count }}",
    "{{ name[0:2] }}",
    "{{ name[0] }}",
    "{{ orders | map('for') }}",
    "{{ orders | map(' each', -9999999) }}",
    "{{ orders | map(name) }}",
    "{% include name %}",
    "{% include ['a', 'b'] %}",
    "{% include '../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'default/../letter.md.j2' %}",
    "{% include 'pack.toml' %}{% include 'gone.md.j2' ignore missing %}",
    "{% extends name %}",
    "{% import 'os' as os %}",
    "{% import 'letter.md.j2' as m without context %}{{ m._body_stream }}",
    "{% import '_m.md.j2' as m %}{{ m.__class__ }}",
    "{% import '_m.md.j2' as m %}{{ m['_TemplateModule__x'] }}",
    "{% import '_m.md.j2' as m %}{{ m }}",
    "{% do name %}",
    "{% trans %}{{ name }}{% endtrans %}",
    "{% debug %}",
    "{{ name if name }}",
    "{{ name is callable }}",
    "{{ name is filter }}",
    "{{ name|pprint }}",
    "{{ name|xmlattr }}",
    "{{ not name }}",
]  # fmt: skip


@pytest.mark.parametrize("payload", ESCAPES)
def test_no_way_out(payload: str) -> None:
    """No payload reaches an attribute, a call or the raw text of another engine's weakness."""
    with pytest.raises(PackFault) as caught:
        filled(payload, _m="{% macro a() %}{% endmacro %}")
    assert caught.value.place.startswith("stranger/letter.md.j2:1")
    assert caught.value.hint


EXHAUSTING = {
    "repeat": "{{ 'a'*10**9 }}",
    "power": "{{ 10 ** (10 ** 8) }}",
    "power in a test": "{% if 10 ** (10 ** 8) %}{% endif %}",
    "center": "{{ 'a'.center(10**9) }}",
    "center filter": "{{ 'a' | center(1000000000) }}",
    "width": "{{ '%1000000000d' % 1 }}",
    "format width": "{{ '{:>1000000000}'.format(1) }}",
    "digits": "{{ 0.5 | percent(1000000000) }}",
    "long number": "{{ " + "9" * 100_000 + " }}",
    "range": "{% for i in range(99999) %}{% endfor %}",
    "lipsum": "{{ lipsum(n=100000) }}",
    "four loops": "{% for a in orders %}" * 4 + "{% endfor %}" * 4,
    "three loops over literals": "{% set l = [" + "1," * 3000 + "] %}" + "{% for a in l %}" * 3 + "{% endfor %}" * 3,
    "long body": "{% set b %}{% for a in [" + "1," * 3000 + "] %}" + "x" * 100_000 + "{% endfor %}{% endset %}",
    "loops through macros": "{% set l = [" + "1," * 999 + "] %}{% macro m() %}{% for a in l %}{% endfor %}{% endmacro %}"
    + "{% for a in l %}{% for b in l %}{{ m() }}{% endfor %}{% endfor %}",
    "doubled block": "{% set b = 'aaaa' %}" + "{% set b %}{{ b }}{{ b }}{% endset %}" * 60,
    "doubled join": "{% set b = 'aaaa' %}" + "{% set b = [b, b] | join(b) %}" * 60,
    "doubled concat": "{% set b = 'aaaa' %}" + "{% set b = b ~ b %}" * 60,
    "doubled macros": "".join(f"{{% macro m{n}() %}}{{{{ m{n + 1}() }}}}{{{{ m{n + 1}() }}}}{{% endmacro %}}" for n in range(40))
    + "{% macro m40() %}{% endmacro %}{{ m0() }}",
    "doubled includes": "{% include '_a.md.j2' %}",
    "big join": "{% set b %}{% for i in [" + "1," * 999 + "] %}" + "x" * 999 + "{% endfor %}{% endset %}{{ ["
    + "b," * 2000 + "] | join }}",
    "self include": "{% include 'letter.md.j2' %}",
    "self extends": "{% extends 'letter.md.j2' %}",
    "self import": "{% import 'letter.md.j2' as me %}",
    "self call": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "deep brackets": "{{ " + "(" * 50_000 + "1" + ")" * 50_000 + " }}",
    "deep lists": "{{ " + "[" * 90_000 + "]" * 90_000 + " }}",
    "deep not": "{{ " + "not " * 40_000 + "1 }}",
    "deep ifs": "{% if 1 %}" * 5000 + "{% endif %}" * 5000,
    "many attributes": "{{ name" + ".a" * 90_000 + " }}",
    "open prints": "{{ x" * 40_000,
    "open braces": "{" * 200_000,
    "open comments": "{#" * 100_000,
    "open blocks": "{%" * 100_000,
    "open strings": "{{ '" + "\\" * 100_001,
}  # fmt: skip


@pytest.mark.every_third
@pytest.mark.parametrize("payload", EXHAUSTING.values(), ids=EXHAUSTING)
def test_no_way_to_take_all(payload: str) -> None:
    """No payload takes more than seconds or more than some megabytes."""
    doubled = {
        f"_{a}": f"{{% include '_{b}.md.j2' %}}" * 2
        for a, b in zip("abcdefghijklmnopqrstuvw", "bcdefghijklmnopqrstuvwx", strict=True)
    }
    try:
        text = filled(payload, **doubled, _x="")
    except PackFault as fault:
        assert fault.file == "stranger/letter.md.j2" or fault.code == "too_much_work"
    else:
        assert text == payload == "{" * 200_000


@pytest.mark.parametrize(
    "thing",
    [Path("x"), object(), date(2026, 1, 1), Decimal(1), (1, 2), {1}, b"x", {1: 2}, [Path("x")], {"a": [len]}],
    ids=lambda thing: type(thing).__name__,
)
def test_only_plain_data_is_handed_to_a_template(thing: object) -> None:
    """Anything else in the context is a fault of the program, not of the pack."""
    with pytest.raises(TypeError, match="context"):
        filled("x", context={"thing": thing})


def test_a_template_keeps_nothing() -> None:
    """What one template sets or reads changes neither the facts nor the next paper."""
    before = copy.deepcopy(CONTEXT)
    assert filled("{% set orders = [9] %}{% set name = 'x' %}{{ name }}") == "x"
    assert filled("{{ name }}{{ orders | length }}") == "Bay2"
    assert before == CONTEXT


def test_the_facts_of_a_case_cannot_hide_the_phrases() -> None:
    """The name of the phrases is not free."""
    with pytest.raises(TypeError, match="phrases"):
        filled("x", context={"t": 1})
