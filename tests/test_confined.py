"""What a stranger's pack may take: it runs in a process of its own, which ends where it takes too much."""

import json
import os
import signal
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import mostly_deep, run_poa
from hypothesis import given
from hypothesis import strategies as st
from made_papers import papers_of, sample_account
from pack_contexts import handed, open_orders, told_sample, weeks
from test_packs_hostile import CONTEXT, DEFAULT, ESCAPES, EXHAUSTING, MANIFEST

import poa.build
from poa.build import Appeal, appeal_papers
from poa.build.filled import apart, end_child, faults_apart, filled
from poa.case import Case
from poa.cli.pack_folders import open_packs
from poa.errors import PackFault
from poa.files import confined
from poa.files.confined import Confined, Limits, Stopped
from poa.languages import LANGUAGES
from poa.packs import faults, fill, open_pack
from poa.packs.apart import ANSWER, FILL, answered, pack_line, request
from poa.sample import sample_files

BUILT_IN = open_packs(None)
counts = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count what a process takes")


@pytest.fixture(scope="module")
def child():
    with Confined("confined_acts:act", limits=Limits(cpu=1, wall=20)) as one:
        yield one


def act(child, name):
    return child.ask(name.encode())


def alive(pid):
    """Whether a process runs; one that has ended and was not yet fetched does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}


def _gone(pid):
    """Whether a process that was killed has ended, or does soon."""
    for _ in range(400):
        if not alive(pid):
            return True
        time.sleep(0.05)
    return False


# --- the child ---------------------------------------------------------------------------------


def test_bytes_come_back_as_they_are():
    """Whatever bytes are sent, however many, one process answers with them."""
    with Confined("confined_acts:echo") as child:

        @given(st.binary())
        def law(data):
            assert child.ask(data) == data

        law()
        large = os.urandom(5 << 20)
        assert child.ask(large) == large


def test_one_child_answers_a_whole_run():
    """The start is paid once; what was closed starts again."""
    child = Confined("confined_acts:who")
    first = child.ask(b"")
    assert child.ask(b"") == first
    child.close()
    assert not alive(int(first))
    again = child.ask(b"")
    child.close()
    assert int(again) not in {int(first), os.getpid()}


def test_a_child_starts_with_nothing():
    """It stands in no folder of the user, and sees none of the user's variables."""
    with Confined("confined_acts:around") as child:
        told = json.loads(child.ask(b""))
    assert told["cwd"] == Path(sys.executable).anchor
    assert told["isolated"] == 1
    assert not {"HOME", "PATH", "PYTHONPATH", "USER"} & set(told["variables"])


@pytest.mark.every_third
@counts
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("loop", "too_much_time"),
        ("power", "too_much_time"),
        ("memory", "too_much_memory"),
        ("much", "too_much_output"),
        ("recursion", "child_failed"),
        ("nest", "child_failed"),
        ("raise", "child_failed"),
        ("no bytes", "child_ended"),
        ("rubbish", "child_rubbish"),
        ("flood", "child_rubbish"),
        ("flooding head", "too_much_output"),
        ("earlier number", "child_rubbish"),
        ("half", "child_ended"),
        ("exit", "child_ended"),
        ("leave", "child_ended"),
        ("crash", "child_ended"),
        ("abort", "child_ended"),
    ],
)
def test_each_way_to_misbehave_ends_in_a_word(child, name, code):
    """A child that hangs, takes too much, dies or talks nonsense is told apart; the next request is answered."""
    child.close()  # so that this is the first request, whose number the acts know
    found = act(child, name)
    assert isinstance(found, Stopped)
    assert found.code == code
    assert "buyer" not in found.message
    assert act(child, "print") == b"said"


@pytest.mark.parametrize("name", ["sleep", "loop", "silent"])
def test_waiting_has_an_end(name):
    """A child that computes nothing, or whose computing nobody counts, is ended by the clock."""
    limits = Limits(cpu=60, wall=0.5, wall_alone=0.5)
    with Confined("confined_acts:act", limits=limits) as child:
        assert act(child, "print") == b"said"
        found = act(child, name)
    assert isinstance(found, Stopped)
    assert found.code in {"too_much_time", "child_ended"}  # the latter: it closed its mouth before


@counts
def test_what_a_child_wanted_to_say_is_not_shown(child, capfd):
    """Neither what it prints nor its traceback reaches the terminal."""
    assert act(child, "print") == b"said"
    act(child, "raise")
    act(child, "abort")
    assert capfd.readouterr() == ("", "")


@counts
def test_a_child_writes_and_opens_no_more_than_it_may(child, tmp_path):
    """No byte reaches a disk, and few files can be open at once."""
    for name in (f"write {tmp_path / 'x'}", "open many"):
        assert act(child, name) == Stopped(code="child_failed", message="failed with OSError")
    assert not (tmp_path / "x").exists() or (tmp_path / "x").read_bytes() == b""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_what_a_child_started_ends_with_it():
    """No program stays behind: it cannot be started, or it is ended with the child."""
    with Confined("confined_acts:act") as child:
        started = act(child, "child")
    assert started == b"refused" or _gone(int(started))


@counts
def test_a_child_that_is_killed_from_outside():
    """It is told, once; the next request starts another."""
    with Confined("confined_acts:who") as child:
        first = int(child.ask(b""))
        os.kill(first, signal.SIGKILL)
        found = child.ask(b"")
        assert isinstance(found, Stopped)
        assert found.code == "child_ended"
        assert int(child.ask(b"")) != first


def test_ctrl_c_leaves_no_child(monkeypatch):
    """Whoever stops the run stops the child."""
    child = Confined("confined_acts:who")
    first = int(child.ask(b""))

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(confined._Child, "_answer", stop)
    with pytest.raises(KeyboardInterrupt):
        child.ask(b"")
    assert not alive(first)


@pytest.mark.parametrize("function", ["confined_acts:gone", "no_such_module:x"])
def test_what_cannot_start_is_told(function):
    """A function that is not there is no stranger's fault, and no traceback."""
    with Confined(function) as child:
        found = child.ask(b"")
    assert isinstance(found, Stopped)
    assert found.code == "no_child"


# --- packs in it -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ask():
    """Fill the letter of a stranger's pack in a child that serves all these tests."""
    with Confined(ANSWER) as one:

        def fill_apart(template, **files):
            sources = {"pack.toml": MANIFEST, "letter.md.j2": template}
            sources |= {f"{name}.md.j2": text for name, text in files.items()}
            pack = open_pack("stranger", sources, default=DEFAULT)
            given_ = {"document": "letter", "context": CONTEXT, "language": "en"}
            data = one.ask(request(pack_line(pack), FILL, given_))
            assert not isinstance(data, Stopped), data
            return answered(data), pack

        yield fill_apart


@pytest.mark.parametrize("payload", ESCAPES)
def test_no_way_out_of_the_child(ask, payload):
    """Each published escape is refused there, with its line and what to do."""
    with pytest.raises(PackFault) as caught:
        ask(payload, _m="{% macro a() %}{% endmacro %}")
    assert caught.value.place.startswith("stranger/letter.md.j2:1")
    assert caught.value.hint


@pytest.mark.every_third
@pytest.mark.parametrize("payload", EXHAUSTING.values(), ids=EXHAUSTING)
def test_no_way_to_take_all_in_the_child(ask, payload):
    """Each payload of the list ends as a fault of the template, before the child has to be ended."""
    names = "abcdefghijklmnopqrstuvwx"
    doubled = {f"_{one}": f"{{% include '_{other}.md.j2' %}}" * 2 for one, other in pairwise(names)}
    try:
        text, _ = ask(payload, **doubled, _x="")
    except PackFault as fault:
        assert fault.file == "stranger/letter.md.j2" or fault.code == "too_much_work"
    else:
        assert text == payload == "{" * 200_000


@pytest.fixture(scope="module")
def contexts(tmp_path_factory):
    """What the sample, the weeks and the open orders hand to each document."""
    every = handed(tmp_path_factory.mktemp("contexts"), told_sample, weeks, open_orders)
    found = {name: each[0] for name, each in every.items()}
    drawn = dict.fromkeys(("control", "scorecards", "ledger"), True)
    return found | {"weekly-charts": {**found["weekly-summary"], "charts": drawn}}


def copied():
    """The built-in pack as a stranger's."""
    return open_pack("copied", BUILT_IN.sources, default=BUILT_IN.sources)


@pytest.mark.parametrize("language", mostly_deep(LANGUAGES, "en"))
def test_a_copy_of_the_built_in_pack_says_the_same(contexts, language):
    """Every document comes out of the child byte for byte as it is filled here."""
    assert set(contexts) == set(BUILT_IN.documents)
    pack = copied()
    for name, context in contexts.items():
        assert filled(pack, name, context, language=language) == fill(pack, name, context, language=language)


def test_what_is_said_in_a_language_is_said_in_it():
    """The whole appeal of a copy in Chinese, with its German cover, has the bytes of the built-in one."""
    case = sample_files()["case.toml"]
    more = {"case": case, "language": "zh", "ui_language": "de", "formats": ("md", "txt")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(poa.build, "CHARTS", dict.fromkeys(poa.build.CHARTS, lambda _: None))
        here = papers_of(sample_account(), **more)
        patch.setattr("made_papers.open_packs", lambda _: copied())
        there = papers_of(sample_account(), **more)
    assert here.files == there.files
    assert here.questions == there.questions


def test_signs_and_numbers_survive_the_way():
    """Broken characters, large numbers and long fractions arrive in the child as they were."""
    context = {
        "texts": ["山 🙂", "\ud800", "\x00", "\u2028", '"\\'],
        "number": {"fact": "n", "value": 10**18, "unit": "orders"},
        "share": {"fact": "s", "value": 0.1 + 0.2, "unit": "fraction"},
        "none": None,
    }
    template = (
        "{% for text in texts %}- {{ text }}x{{ text | length if none is not none else '' }}\n{% endfor %}"
        "{{ number | count }} {{ share | percent(digits=6) }} {{ t.x }}\n"
    )
    sources = {"pack.toml": MANIFEST, "letter.md.j2": template, "lang/en.toml": "x = '**山** 🙂'"}
    pack = open_pack("stranger", sources, default=DEFAULT)
    assert filled(pack, "letter", context, language="en") == fill(pack, "letter", context, language="en")


BROKEN = {
    "pack.toml": MANIFEST,
    "letter.md.j2": "x\n{{ lat }}\n",
    "_b.md.j2": "{% if %}",
    "_c.md.j2": "a\nb{{ x | safe }}",
    "lang/en.toml": 'x = "{a}"',
    "lang/de.toml": 'x = "{b}"',
}


def test_faults_are_found_without_running_the_pack_here():
    """Each comes back whole: code, sentence, place, what to do."""
    pack = open_pack("stranger", BROKEN, default=DEFAULT)
    here = [fault.as_data() for fault in faults(pack)]
    assert [fault.as_data() for fault in faults_apart(pack)] == here
    assert len(here) == 3
    with pytest.raises(PackFault) as caught:
        filled(pack, "letter", {"late": 1}, language="en")
    assert (caught.value.code, caught.value.place) == ("unknown_name", "stranger/letter.md.j2:2")
    assert "late" in caught.value.message


def test_any_function_of_the_room_can_be_asked():
    """What it returns comes as plain data: a dataclass as a dict, a tuple as a list."""
    pack = open_pack("stranger", BROKEN, default=DEFAULT)
    phrases = apart(pack, "poa.packs.pack:phrases_in", {"language": "de"})
    assert phrases["x"]["file"] == "stranger/lang/de.toml"
    assert [one["code"] for one in apart(pack, "poa.packs.filling:faults")] != []
    with pytest.raises(PackFault, match="ValueError"):
        apart(pack, "os:getcwd")


@pytest.mark.parametrize(
    "rubbish", [b"", b"[", b"3", b"[" * 100_000, b"\xff", b'{"fault": 3}', b'{"fault": {}}', b'{"value": 3}']
)
def test_an_answer_that_is_none_is_told(monkeypatch, rubbish):
    """A child that was taken over cannot break what reads its answer."""
    monkeypatch.setattr(Confined, "ask", lambda *_: rubbish)
    pack = open_pack("stranger", BROKEN, default=DEFAULT)
    for asking in (lambda: filled(pack, "letter", {}, language="en"), lambda: faults_apart(pack)):
        with pytest.raises(PackFault) as caught:
            asking()
        assert caught.value.code == "child_rubbish"
        assert caught.value.hint


def test_each_pack_has_a_child_of_its_own():
    """What one pack might do to its process reaches no paper of another."""
    found = []
    for name in ("one", "two", "two"):
        pack = open_pack(name, {"pack.toml": MANIFEST, "letter.md.j2": name}, default=DEFAULT)
        assert filled(pack, "letter", {}, language="en") == name
        found.append(sys.modules["poa.build.filled"]._held[0][2])
    assert found[0] is not found[1]
    assert found[1] is found[2]
    end_child()
    end_child()
    assert sys.modules["poa.build.filled"]._held == []


# --- the whole path ----------------------------------------------------------------------------

EXTENDED = "{% extends 'default/plan-of-action.md.j2' %}\n"
NESTED = "{% for a in facts.days %}{% for b in facts.days %}{% for c in facts.days %}\n{{ a.day | day }}{% endfor %}{% endfor %}{% endfor %}"
HOSTILE = {
    "escape": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "classes": "x\n{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "format": "{{ '{0.__class__}'.format(case) }}",
    "attribute filter": "{{ case | attr('__class__') }}",
    "power": "{{ 10 ** (10 ** 8) }}",
    "cubic loop": NESTED,
    "doubling": "{% set b = 'aaaa' %}" + "{% set b %}{{ b }}{{ b }}{% endset %}" * 60,
    "flood": "{% set l = ["
    + "1," * 3000
    + "] %}{% for a in l %}{% for b in l %}{{ a }}{% endfor %}{% endfor %}",
    "self include": "{% include 'plan-of-action.md.j2' %}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "outside": "{% include '../../../etc/passwd' %}",
    "clear": "{{ facts.days.clear() }}",
    "import": "{% import 'os' as os %}",
    "in a block": EXTENDED + "{% block opening %}{{ namespace.__init__ }}{% endblock %}",
}


@pytest.fixture(scope="module")
def appeal():
    """Make the sample's appeal with other templates; the pictures are not what this is about."""
    from poa.account import facts_and_late_orders

    facts, late_orders = facts_and_late_orders(sample_account(), tell=lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(poa.build, "CHARTS", dict.fromkeys(poa.build.CHARTS, lambda _: None))

        def make(template):
            sources = {"pack.toml": 'id = "s"\nversion = "1"\nfacts = 1\n', "plan-of-action.md.j2": template}
            return appeal_papers(
                Appeal(
                    facts=facts,
                    late_orders=late_orders,
                    case=Case(),
                    case_file=("", b""),
                    pack=open_pack("stranger", sources, default=BUILT_IN.sources),
                    formats=("md",),
                ),
                tell=lambda _: None,
            )

        yield make


@pytest.mark.every_third
@pytest.mark.parametrize("template", HOSTILE.values(), ids=HOSTILE)
def test_no_hostile_pack_makes_an_appeal(appeal, template):
    """Over real facts too, what escapes or exhausts is a fault at its line."""
    with pytest.raises(PackFault) as caught:
        appeal(template)
    assert caught.value.file == "stranger/plan-of-action.md.j2"
    assert caught.value.line is not None or caught.value.code == "too_much_work"
    assert caught.value.hint


@counts
@pytest.mark.deep
def test_what_nobody_could_read_ends_too(appeal):
    """Markdown that takes a reader for ever ends with its child, by the template's name."""
    # Nine times over, some 45 seconds of reading: no machine is so quick that it gets through.
    loop = "{% for one in facts.late_shipment_rate %}"
    with pytest.raises(PackFault) as caught:
        appeal(f"{loop}{loop}{'[' * 190_000}{{% endfor %}}{{% endfor %}}")
    assert (caught.value.code, caught.value.file) == ("too_much_time", "stranger/plan-of-action.md.j2")


def test_a_paper_without_an_end_is_refused(appeal):
    """A paper that no Word file could hold is refused before it is made, and its limit is named."""
    with pytest.raises(PackFault, match="20,000") as caught:
        appeal("a\n\n" * 11_000)
    assert (caught.value.code, caught.value.file) == ("too_long", "stranger/plan-of-action.md.j2")


def test_the_command_writes_nothing_of_a_hostile_pack(tmp_path):
    """``poa appeal --pack`` says file and line, and leaves no folder."""
    for name, text in sample_files().items():
        path = tmp_path / "case" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    pack = tmp_path / "stranger"
    pack.mkdir()
    (pack / "pack.toml").write_text('id = "s"\nversion = "1"\nfacts = 1\n')
    (pack / "plan-of-action.md.j2").write_text(
        f"{EXTENDED}\n{{{{ lipsum.__globals__['os'].popen('touch x') }}}}"
    )
    before = {path.name for path in tmp_path.rglob("*")}
    report = ("case/late-shipment-report.csv", "--suppliers", "case/suppliers.csv")
    done = run_poa("appeal", *report, "--pack", "stranger", "--out", "out", "--json", cwd=tmp_path, check=1)
    error = json.loads(done.stdout + done.stderr)["error"]
    assert (error["file"], error["line"]) == ("stranger/plan-of-action.md.j2", 3)
    assert {path.name for path in tmp_path.rglob("*")} == before
