"""Any bytes at any door of poa: ``python bench/fuzz.py TARGET...`` or ``all``, ``--seconds N`` each; ``--keep DIR`` keeps what it learns.

With atheris (``pip install atheris``, for CPython on Linux and macOS) the inputs are guided by coverage; without it they are
the seeds spoiled at random. A find is an exception that is no PoaError, a law of the target that does not hold, or an
input that takes more than five seconds of computing. Each is written to ``DIR/finds/TARGET`` once a place; the exit code
is 1 where there is one. The targets are ``tests/fuzz_targets.py``; what was found is kept in ``tests/test_found.py``.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import io
import json
import os
import pkgutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[1]
SLOW = 5  # seconds of computing
LONGEST = 40_000  # bytes of an input
MEMORY = 2_000  # MB


class TooSlow(BaseException):
    """An input that took too long; no ``except Exception`` swallows it."""


def _too_slow(_: int, __: FrameType | None) -> None:
    raise TooSlow


class Watched:
    """A target that is counted, and whose finds are written down; it never raises."""

    def __init__(self, name: str, outcome: Callable[[str, bytes], str], home: Path) -> None:
        self._name, self._outcome = name, outcome
        self._finds = home / "finds" / name
        self._counts = home / f"{name}.json"
        self._told = time.monotonic()
        self.executions, self.places, self.codes = 0, set[str](), dict[str, int]()

    def __call__(self, data: bytes) -> None:
        self.executions += 1
        signal.setitimer(signal.ITIMER_PROF, SLOW)
        try:
            code = self._outcome(self._name, data)
            self.codes[code] = self.codes.get(code, 0) + 1
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is a find
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._found(error, data)
        signal.setitimer(signal.ITIMER_PROF, 0)
        if time.monotonic() - self._told > 1:
            self.tell()

    def tell(self) -> None:
        """Write down how far it is: the process may be killed at any time."""
        self._told = time.monotonic()
        self._counts.write_text(
            json.dumps({"executions": self.executions, "finds": sorted(self.places), "codes": self.codes})
        )

    def _found(self, error: BaseException, data: bytes) -> None:
        frames = [one for one in traceback.extract_tb(error.__traceback__) if str(ROOT) in one.filename]
        if isinstance(error, TooSlow):
            frames = [one for one in frames if "poa" in Path(one.filename).parts][:6]
        at = "; ".join(f"{Path(one.filename).name}:{one.lineno}" for one in frames[-2:])
        place = f"{type(error).__name__} at {at}"
        if place in self.places:
            return
        self.places.add(place)
        self._finds.mkdir(parents=True, exist_ok=True)
        stem = self._finds / hashlib.sha256(place.encode()).hexdigest()[:10]
        stem.with_suffix(".bin").write_bytes(data)
        told = "".join(traceback.format_exception(error))[-6000:]
        stem.with_suffix(".txt").write_text(f"{place}\n\n{told}", encoding="utf-8", errors="replace")
        self.tell()


def inside(atheris: Any, name: str, seconds: int, home: Path, more: Path | None) -> None:
    """Fuzz one target in this process, until the time is over or the process dies."""
    import fuzz_seeds  # noqa: PLC0415 - only now is its folder known
    import fuzz_targets  # noqa: PLC0415 - as above

    signal.signal(signal.SIGPROF, _too_slow)
    seeds = [*fuzz_seeds.seeds(name)]
    if more is not None:
        seeds += [path.read_bytes()[:LONGEST] for path in sorted(more.rglob("*")) if path.is_file()]
    fuzz_targets.outcome(name, seeds[0])  # what a target makes once is not an input's time
    watched = Watched(name, fuzz_targets.outcome, home)
    if atheris is not None:
        _guided(atheris, watched, seeds, seconds, home / "corpus" / name)
        return
    rolled = Random()  # noqa: S311 - no secret
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        watched(fuzz_seeds.mutated(rolled.choice(seeds), rolled, other=rolled.choice(seeds)))
    watched.tell()


def _atheris() -> Any:
    """The fuzzer, once it counts what of poa is run; None where it is not installed."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        return None
    with redirect_stderr(io.StringIO()), atheris.instrument_imports(include=["poa"]):
        import poa  # noqa: PLC0415 - it must not be loaded before

        for module in pkgutil.walk_packages(poa.__path__, "poa."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    return atheris


def _guided(atheris: Any, watched: Watched, seeds: list[bytes], seconds: int, corpus: Path) -> None:
    """Inputs that reach code which none before them reached are kept, and changed further."""
    import fuzz_seeds  # noqa: PLC0415 - as above

    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        rolled = Random(seed)  # noqa: S311 - no secret
        if rolled.random() < 0.3:
            return bytes(atheris.Mutate(data, size))
        return bytes(fuzz_seeds.mutated(data, rolled, other=rolled.choice(seeds))[:size])

    longest = min(LONGEST, max(2_000, 2 * max(map(len, seeds))))
    limits = [f"-max_total_time={seconds}", f"-max_len={longest}", f"-rss_limit_mb={MEMORY}", "-timeout=60"]
    quiet = ["-print_final_stats=0", "-verbosity=0", f"-artifact_prefix={corpus.parent.parent / 'finds'}/"]
    atheris.Setup([sys.argv[0], str(corpus), *limits, *quiet], watched, custom_mutator=mutate)
    atheris.Fuzz()


def run(atheris: Any, name: str, seconds: int, home: Path, more: Path | None) -> tuple[int, list[str]]:
    """Executions and finds of one target; a process that dies is a find too, and another one goes on."""
    end = time.monotonic() + seconds
    executions, finds = 0, set[str]()
    (home / "finds").mkdir(parents=True, exist_ok=True)
    counts = home / f"{name}.json"
    while (left := int(end - time.monotonic())) > 0:
        counts.unlink(missing_ok=True)
        child = os.fork()  # what is loaded need not be loaded again for each target
        if not child:
            said = os.open(home / "finds" / f"{name}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(said, 1)
            os.dup2(said, 2)
            inside(atheris, name, left, home, more)
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        told: dict[str, Any] = json.loads(counts.read_text()) if counts.exists() else {}
        executions += told.get("executions", 0)
        finds |= {*told.get("finds", ())}
        if code:
            finds.add(f"the process ended with {code}: see finds/{name}.log")
        if not told:
            break
    return executions, sorted(finds)


def main() -> int:
    """Fuzz one target or all of them, and print a line for each."""
    known = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    known.add_argument("targets", nargs="+", metavar="TARGET")
    known.add_argument("--seconds", type=int, default=60, help="of each target")
    known.add_argument("--keep", type=Path, help="a folder for the corpus and the finds")
    known.add_argument("--seeds", type=Path, help="a folder of more files to begin with")
    told = known.parse_args()
    home = (told.keep or Path(tempfile.mkdtemp(prefix="poa-fuzz-"))).absolute()
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    atheris = _atheris()
    import fuzz_targets  # noqa: PLC0415 - only now is its folder known

    print("guided by atheris" if atheris else "without atheris: the seeds spoiled at random")
    print(f"{'target':12}{'seconds':>9}{'executions':>12}{'finds':>7}", flush=True)
    worst = 0
    for name in fuzz_targets.TARGETS if told.targets == ["all"] else told.targets:
        began = time.monotonic()
        executions, finds = run(atheris, name, told.seconds, home, told.seeds)
        print(f"{name:12}{time.monotonic() - began:9.0f}{executions:12,}{len(finds):7}", flush=True)
        for one in finds:
            print(f"    {one}", flush=True)
        worst = max(worst, len(finds))
    print(f"\nKept in {home}")
    return int(worst > 0)


if __name__ == "__main__":
    sys.exit(main())
