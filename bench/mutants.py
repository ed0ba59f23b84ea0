"""Small wrongs put into the code, and whether a test notices: ``python bench/mutants.py [GROUP...] [--jobs 2]``.

Why not mutmut 3 or cosmic-ray: mutmut leaves properties, every decorated function and whatever stands outside of a
function alone, and here the denominator of the rate is a property and the signs of a telephone number are a constant;
cosmic-ray begins a Python for every mutant. Here the tests are collected once, each mutant is a
fork in which the code of the live functions, or a constant, is exchanged (anything else: a fresh pytest), and only those
tests run, the cheapest and deepest first, that came through the changed statement when each was run alone. What is reported as
a survivor may thus be one that another test would notice; what is reported as killed was noticed.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import gc
import json
import os
import pickle
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FunctionType
from typing import Any, TypeAlias

import mutants_plain
import pytest
from mutants_made import Mutant, mutants_of, statements
from mutants_told import GROUPS, Group, table

HOUSE = Path(__file__).parent.parent
SEED = 20261031
LONGEST = 60.0  # seconds a mutant may take beyond what its tests take
Item = Any  # pytest's own
Seen: TypeAlias = tuple[
    Item, float, set[tuple[str, int]]
]  # a test, its seconds, and the statements it comes through


@dataclass(kw_only=True)
class Session:
    """A pytest that has collected the tests of a group, in a copy of the tree: it answers instead of running them."""

    group: Group
    budget: float
    work: Path  # where results lie, shared by all
    ask: Callable[[Session, list[Item]], None]
    functions: dict[str, list[FunctionType]] = field(default_factory=lambda: defaultdict(list))

    def pytest_runtestloop(self, session: Any) -> bool:
        """In place of running the tests."""
        for module in self.group.modules:  # some are loaded when they are asked for first
            import_module(_dotted(module))
        for warm in self.group.warm:
            self.made_once(*warm.split(":"))
        for one in gc.get_objects():
            if isinstance(one, FunctionType):
                self.functions[one.__code__.co_filename].append(one)
        self.ask(self, list(session.items))
        return True

    def made_once(self, module: str, name: str) -> None:
        """What a function gives for each language, made in a child: threads of its own would not live on in forks."""
        home, path = import_module(module), self.work / f"{name}-{os.getpid()}"

        def make() -> int:
            path.write_bytes(
                pickle.dumps({one: getattr(home, name)(one) for one in ("en", "zh", "ja", "de")})
            )
            return 0

        _forked(make, seconds=600)
        made = pickle.loads(path.read_bytes())  # noqa: S301 - written above
        setattr(home, name, lambda language="en": made[language])

    def exchange(self, module: str, tree: ast.Module) -> None:
        """Give the live functions of a module the code of a changed one."""
        path = str(Path.cwd() / module)
        made = {(one.co_qualname, one.co_firstlineno): one for one in _codes(compile(tree, path, "exec"))}
        for one in self.functions[path]:
            code = made.get((one.__code__.co_qualname, one.__code__.co_firstlineno))
            if code is not None and code.co_freevars == one.__code__.co_freevars:
                one.__code__ = code

    def constants(self, mutant: Mutant, tree: ast.Module) -> bool:
        """Give the live modules another constant, and what follows from it; False where that cannot be done.

        Only texts, numbers, patterns and tuples are given: what others may have filled since is loaded anew.
        """
        live = sys.modules[_dotted(mutant.module)]
        changed: set[str] = set()
        for one in tree.body:
            if isinstance(one, ast.Assign | ast.AnnAssign) and one.value is not None:
                used = {name.id for name in ast.walk(one.value) if isinstance(name, ast.Name)}
                if one.lineno == mutant.statement or used & changed:
                    targets = one.targets if isinstance(one, ast.Assign) else [one.target]
                    changed |= {name.id for name in targets if isinstance(name, ast.Name)}
                    found = {name: live.__dict__[name] for name in changed}
                    exec(compile(ast.Module([one], []), mutant.module, "exec"), live.__dict__)  # noqa: S102 - our own code
                    if not all(isinstance(live.__dict__[name], _PLAIN_VALUES) for name in changed):
                        return False
                    for module in [*sys.modules.values()]:
                        for name, old in found.items():
                            if module.__dict__.get(name) is old:
                                module.__dict__[name] = live.__dict__[name]
        return bool(changed)


_PLAIN_VALUES = (int, float, str, bytes, tuple, frozenset, re.Pattern)


def _dotted(module: str) -> str:
    return module.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)


def _run(items: list[Item], seconds: dict[str, float] | None = None) -> int:
    """The first test that fails, from 1; 0 where none does. One that hangs ends the process."""
    for number, item in enumerate(items):
        if seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, LONGEST + 3 * seconds[item.nodeid])
        following = items[number + 1] if number + 1 < len(items) else None
        failed: list[bool] = []

        class Listener:
            def pytest_runtest_logreport(self, report: Any) -> None:
                failed.append(bool(report.failed))  # noqa: B023 - asked for below

        listener = Listener()
        item.config.pluginmanager.register(listener)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        item.config.pluginmanager.unregister(listener)
        if any(failed):
            return number + 1
    return 0


def _forked(work: Callable[[], int], *, seconds: float) -> int | None:
    """What a child process ends with; None where it takes too long, 250 where it breaks."""
    child = os.fork()
    if child == 0:
        code = 250
        try:
            os.setsid()
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            code = work()
        finally:
            os._exit(code)
    return _waited(child, seconds)


def _waited(child: int, seconds: float) -> int | None:
    ends = time.monotonic() + seconds
    pause = 0.005
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            _end_all(child)  # what it began
            code = os.waitstatus_to_exitcode(status)
            return None if code == -signal.SIGALRM else code if code >= 0 else 250
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    _end_all(child)
    os.waitpid(child, 0)
    return None


def _end_all(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _claims(folder: Path, names: list[str]) -> Iterator[int]:
    """The numbers of these names that no other process has taken."""
    for number, name in enumerate(names):
        try:
            os.close(os.open(folder / name, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            continue
        yield number


def watch(session: Session, items: list[Item]) -> None:
    """Run each test alone, and note its seconds and the statements that it comes through."""
    hit: set[tuple[str, int]] = set()
    builtins.__dict__["hit__"] = lambda module, line: hit.add((module, line))
    for module in session.group.modules:
        tree = ast.parse((HOUSE / module).read_text(encoding="utf-8"))
        session.exchange(module, statements(tree, module))
    known = json.loads((session.work / "seen.json").read_text(encoding="utf-8"))
    for number in _claims(session.work, [f"test-{number}" for number in range(len(items))]):
        item = items[number]
        stamp = _stamp(session.group, item)
        told = {"name": item.nodeid, "stamp": stamp, "seconds": LONGEST, "failed": True, "hit": []}
        path = session.work / f"test-{number}.json"
        if known.get(item.nodeid, {}).get("stamp") == stamp:
            path.write_text(json.dumps(known[item.nodeid]), encoding="utf-8")
            continue

        def alone(item: Item = item, told: dict[str, Any] = told, path: Path = path) -> int:
            hit.clear()
            begun = time.monotonic()
            failed = bool(_run([item]))
            seconds = time.monotonic() - begun
            path.write_text(json.dumps({**told, "seconds": seconds, "failed": failed, "hit": sorted(hit)}))
            return 0

        _forked(alone, seconds=600)


def _stamp(group: Group, item: Item) -> str:
    """What a test came through is known as long as neither it nor the modules are others."""
    files = [Path(item.path), *(HOUSE / module for module in group.modules)]
    return sha256(b"".join(one.read_bytes() for one in files)).hexdigest()


def try_each(session: Session, items: list[Item]) -> None:
    """Run what could notice each mutant, until one test does."""
    seen: list[Seen] = []
    known = json.loads((session.work / "seen.json").read_text(encoding="utf-8"))
    for item in items:
        told = known[item.nodeid]
        if not told["failed"]:
            seen.append((item, float(told["seconds"]), {(one[0], one[1]) for one in told["hit"]}))
    made = json.loads((session.work / "mutants.json").read_text(encoding="utf-8"))
    chosen = [Mutant(**one) for one in made]
    for number in _claims(session.work, [f"mutant-{number}" for number in range(len(chosen))]):
        mutant = chosen[number]
        begun = time.monotonic()
        able, left = [], session.budget
        for item, seconds, hit in _ranked(mutant, seen):
            if (mutant.fresh or (mutant.module, mutant.statement) in hit) and seconds <= left:
                able.append((item, seconds))
                left -= seconds
        said = _tried(session, mutant, able)
        told = {"key": mutant.key, "seconds": time.monotonic() - begun, "tests": len(able), "said": said}
        with (session.work / f"said-{os.getpid()}.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(told) + "\n")


def _ranked(mutant: Mutant, seen: list[Seen]) -> list[Seen]:
    """By turns the cheapest test, and the one that comes through most of the module for its seconds."""

    def depth(one: Seen) -> float:
        return one[1] / (1 + sum(at[0] == mutant.module for at in one[2])) ** 2

    cheap = sorted(seen, key=lambda one: (one[1], one[0].nodeid))
    deep = sorted(seen, key=lambda one: (depth(one), one[0].nodeid))
    return list({one[0].nodeid: one for both in zip(cheap, deep, strict=True) for one in both}.values())


def _tried(session: Session, mutant: Mutant, able: list[tuple[Item, float]]) -> str:
    if not able:
        return "no test comes here"
    tree = mutant.made(ast.parse((HOUSE / mutant.module).read_text(encoding="utf-8")))
    here = Path(mutant.module)
    text = here.read_text(encoding="utf-8")
    here.write_text(ast.unparse(tree), encoding="utf-8")  # for what the tests begin as processes of their own
    items = [item for item, _ in able]
    seconds = LONGEST + 5 * sum(one for _, one in able)

    def live() -> int:
        if not mutant.fresh:
            session.exchange(mutant.module, tree)
        elif not session.constants(mutant, tree):
            return 0  # nothing is said: it is tried anew
        return min(_run(items, {item.nodeid: one for item, one in able}), 249)

    try:
        code = _forked(live, seconds=seconds)
        if mutant.fresh and code in {0, 250}:
            code = _fresh(items, seconds)
    finally:
        here.write_text(text, encoding="utf-8")
    if code is None:
        return "took too long"
    return "survived" if code == 0 else (f"killed by {items[code - 1].nodeid}" if code < 249 else "killed")


def _fresh(items: list[Item], seconds: float) -> int | None:
    """The same in a pytest that loads everything anew; its first failure is not told apart."""
    names = [item.nodeid for item in items]
    begun = subprocess.Popen(
        [sys.executable, "-m", "pytest", *PLAIN, "-x", "-q", "-p", "bench.mutants_plain", *names],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    code = _waited(begun.pid, seconds)
    begun.returncode = 0  # waited for already
    return code if code is None or code == 0 else 250


PLAIN = ("-o", "addopts=", "-p", "no:xdist", "-p", "no:cacheprovider", "--assert=plain", "--tb=no")


def _serve(name: str, step: str, budget: float, work: Path) -> None:
    """In a process of its own, in its copy of the tree."""
    group = GROUPS[name]
    session = Session(group=group, budget=budget, work=work, ask={"watch": watch, "try": try_each}[step])
    sys.exit(
        pytest.main(
            [*PLAIN, "-q", *(f"tests/{one}.py" for one in group.tests)], plugins=[session, mutants_plain]
        )
    )


def _copied(target: Path, group: Group) -> None:
    """A copy of the tree whose modules of the group have no compiled form, so that a change is seen."""
    for name in ("poa", "tests", "samples", "templates", "bench", "docs"):
        shutil.copytree(HOUSE / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (*HOUSE.glob("*.md"), HOUSE / "pyproject.toml", HOUSE / "LICENSE"):
        shutil.copy(path, target)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "compileall",
            "-q",
            "--invalidation-mode",
            "unchecked-hash",
            "poa",
            "tests",
            "bench",
        ],
        cwd=target,
        check=True,
    )
    for module in group.modules:
        for compiled in (target / module).parent.glob(f"__pycache__/{Path(module).stem}.*"):
            compiled.unlink()


def chosen_mutants(group: Group) -> list[Mutant]:
    """All mutants of a group, or of each module the same share of them in every run."""
    found = []
    for module in group.modules:
        every = list(mutants_of(module, (HOUSE / module).read_text(encoding="utf-8")))
        most = round(len(every) * group.sample)
        picked = sorted(random.Random(f"{SEED} {module}").sample(range(len(every)), most))  # noqa: S311 - a sample
        found += [every[number] for number in picked]
    return found


def measured(
    name: str, *, jobs: int, budget: float, again: dict[str, str], seen: Path, folder: Path
) -> dict[str, str]:
    """What became of each mutant of a group; those of ``again`` that were killed are not tried again."""
    group = GROUPS[name]
    mutants = [one for one in chosen_mutants(group) if not _noticed(again.get(one.key, ""))]
    said = {one.key: again[one.key] for one in chosen_mutants(group) if _noticed(again.get(one.key, ""))}
    work = folder / "work"
    work.mkdir()
    (work / "mutants.json").write_text(json.dumps([asdict(one) for one in mutants]), encoding="utf-8")
    (work / "seen.json").write_text(
        seen.read_text(encoding="utf-8") if seen.is_file() else "{}", encoding="utf-8"
    )
    trees = [folder / f"tree-{number}" for number in range(jobs)]
    for tree in trees:
        _copied(tree, group)
    for step in ("watch", "try"):
        begun = [_begun(name, step, budget, work, tree) for tree in trees]
        ended = [one.wait() for one in begun]
        if any(ended):
            raise SystemExit("\n".join(one.read_text(encoding="utf-8") for one in work.glob("serve-*.txt")))
        if step == "watch":
            told = [json.loads(one.read_text(encoding="utf-8")) for one in work.glob("test-*.json")]
            known = json.dumps({one["name"]: one for one in told})
            for path in (seen, work / "seen.json"):
                path.write_text(known, encoding="utf-8")
            failed = sum(one["failed"] for one in told)
            seconds = sum(one["seconds"] for one in told)
            print(
                f"{name}: {len(told)} tests, {failed} fail as it is, {seconds:.0f} s one by one", flush=True
            )
    for path in work.glob("said-*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            told_ = json.loads(line)
            said[told_["key"]] = told_["said"]
    return said


def _begun(name: str, step: str, budget: float, work: Path, tree: Path) -> subprocess.Popen[bytes]:
    asked = [name, step, str(budget), str(work)]
    with (work / f"serve-{tree.name}.txt").open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-B", str(HOUSE / "bench" / "mutants.py"), "--serve", *asked],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=out,
        )


def _noticed(said: str) -> bool:
    return said.startswith("killed") or said == "took too long"


def main() -> None:
    """Measure groups and say what survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("groups", nargs="*", help=f"of {', '.join(GROUPS)}; all by default")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=Path("mutants.json"), help="where what was found is kept")
    parser.add_argument(
        "--budget",
        type=float,
        default=60.0,
        help="seconds of tests for a mutant, the cheapest and deepest first",
    )
    parser.add_argument("--again", action="store_true", help="try only what --out does not know as killed")
    parser.add_argument("--serve", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        name, step, budget, work = asked.serve
        _serve(name, step, float(budget), Path(work))
    found: dict[str, dict[str, str]] = (
        json.loads(asked.out.read_text(encoding="utf-8")) if asked.out.is_file() else {}
    )
    for name in asked.groups or GROUPS:
        begun = time.monotonic()
        with TemporaryDirectory() as folder:
            again = found.get(name, {}) if asked.again else {}
            found[name] = measured(
                name,
                jobs=asked.jobs,
                budget=asked.budget,
                again=again,
                seen=asked.out.with_suffix(f".{name}.json"),
                folder=Path(folder),
            )
        asked.out.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
        print(
            f"{name}: {Counter(_noticed(one) for one in found[name].values())}, {time.monotonic() - begun:.0f} s"
        )
    for line in table(found, _noticed):
        print(line[:160])


if __name__ == "__main__":
    main()
