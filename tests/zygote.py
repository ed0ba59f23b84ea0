"""Runs of the command line from one process that has loaded everything: each is a fork of it, as good as new.

A fresh Python loads pandas, docx, jinja2, matplotlib and poa for a second before it does anything; a fork has them. What
is told on the way in: arguments, folder, variables, stdin. What comes back: exit code, stdout, stderr. Where there is no
fork (Windows), and for tests of starting up, of signals and of variables, a run is a process of its own.
"""

import atexit
import contextlib
import hashlib
import io
import json
import os
import signal
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

LOADED = (
    "docx",
    "jinja2",
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "pandas",
    "pyarrow.compute",
    "pyarrow.csv",
    "pydantic",
    "rich.console",
    "rich.table",
    "babel.dates",
    "holidays",
    "tomlkit",
    "xlsxwriter",
    "markdown_it",
    "lxml.etree",
    "python_calamine",
)


class Zygote:
    """The process, begun at the first run."""

    def __init__(self):
        self._process = None

    def close(self):
        """End it."""
        if self._process is not None:
            self._process.stdin.close()
            self._process.wait()
            self._process.stdout.close()

    def begin(self, args, *, cwd, paths, env=None):
        """A run begun, whose stdin, stdout and stderr are these files; a terminal among them becomes its own."""
        if self._process is None:
            atexit.register(self.close)
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, __file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80"},
            )
            self._last = None
        if self._last is not None:
            self._last.wait()
        asked = json.dumps([list(args), str(cwd), paths, env or {}]).encode()
        self._process.stdin.write(struct.pack(">I", len(asked)) + asked)
        self._process.stdin.flush()
        self._last = Begun(self._process.stdout)
        return self._last

    def run(self, args, *, cwd, stdin, env=None):
        """A run as :func:`subprocess.run` tells it, with texts; ``env`` are variables to be set or changed."""
        with (
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
            tempfile.TemporaryFile() as given,
        ):
            given.write((stdin or "").encode())
            given.seek(0)
            paths = [f"/proc/{os.getpid()}/fd/{one.fileno()}" for one in (given, out, err)]
            code = self.begin(args, cwd=cwd, paths=paths, env=env).wait()
            told = []
            for one in (out, err):
                one.seek(0)
                told.append(one.read().decode("utf-8"))
        return subprocess.CompletedProcess([sys.executable, "-m", "poa", *args], code, *told)


class Begun:
    """A run that goes on, as :class:`subprocess.Popen` has it."""

    def __init__(self, told):
        self._told = told
        (self.pid,) = struct.unpack(">i", told.read(4))
        self._code = None

    def wait(self, timeout=None):  # noqa: ARG002 - the fork ends, or the test is ended
        """Its exit code."""
        if self._code is None:
            (self._code,) = struct.unpack(">i", self._told.read(4))
        return self._code

    def send_signal(self, number):
        """A signal to it."""
        os.kill(self.pid, number)

    def kill(self):
        """End it, as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)


def load():
    """Import every module, and do once what each run would do first: a demo, whose caches every run then has."""
    import importlib
    import pkgutil

    import poa

    for name in LOADED:
        importlib.import_module(name)
    for one in pkgutil.walk_packages(poa.__path__, "poa."):
        if one.name != "poa.__main__":
            importlib.import_module(one.name)
    from poa.case import Case
    from poa.case.notices.lexicon import lexicon
    from poa.cli.pack_folders import built_in
    from poa.files import inputs
    from poa.languages import LANGUAGES
    from poa.packs import compile_ahead
    from poa.words import catalogue

    Case()
    for code in LANGUAGES:
        lexicon(code)
        catalogue(code)
    compile_ahead(built_in(), built_in().documents, language=LANGUAGES["en"])
    share_drawings()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        _demo(folder)
    inputs._hashing().shutdown()  # its thread would not be there in a fork
    inputs._hashing.cache_clear()


def _demo(folder):
    from poa.cli import main

    for args in (["demo"], ["review", "poa-demo/papers"]):
        with contextlib.chdir(folder), contextlib.suppress(SystemExit):
            main(args)


def share_drawings():
    """The same facts are drawn once in a run of the tests: drawing takes longer than all else of a paper."""
    import pickle
    from functools import partial

    import poa.build
    from poa.facts import without_groups

    folder = Path(os.environ["POA_TESTS_SHARED"])

    def drawn(name, draw, facts):
        given = pickle.dumps(without_groups(facts))
        kept = folder / f"{name}-{hashlib.sha256(given).hexdigest()}"
        with contextlib.suppress(FileNotFoundError):
            return pickle.loads(kept.read_bytes())  # noqa: S301 - our own
        made = draw(pickle.loads(given))  # noqa: S301 - our own
        whole = kept.with_suffix(f".{os.getpid()}")
        whole.write_bytes(pickle.dumps(made))
        whole.replace(kept)
        return made

    poa.build.CHARTS.update({name: partial(drawn, name, draw) for name, draw in poa.build.CHARTS.items()})


def serve():
    """Fork for each run until nobody asks any more."""
    import gc

    load()
    gc.freeze()  # what is loaded is shared with every fork, as long as nobody writes to it
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(4)) == 4:
        (size,) = struct.unpack(">I", head)
        args, cwd, paths, env = json.loads(source.read(size))
        child = os.fork()
        if child == 0:
            _become(args, cwd, paths, env)
        target.write(struct.pack(">i", child))
        target.flush()
        _, status = os.waitpid(child, 0)
        target.write(struct.pack(">i", os.waitstatus_to_exitcode(status)))
        target.flush()


def _become(args, cwd, paths, env):
    """In the child: what ``python -m poa ARGS`` is."""
    code = 70
    try:
        os.environ.update(env)
        tempfile.tempdir = None  # TMPDIR may be another one now
        os.chdir(cwd)
        if paths[0].startswith("/dev/pts/"):
            os.setsid()
        for number, path in enumerate(paths):
            there = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY)
            os.dup2(there, number)
            os.close(there)
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            stream = open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        sys.argv = ["poa", *args]
        sys.path[0] = cwd
        from poa.cli import main

        main(prog_name="poa")
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:  # noqa: BLE001 - as Python ends with an exception that nobody catches
        import traceback

        traceback.print_exc()
        code = 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def takes(env):
    """Whether a fork can be given these variables: those that Python or C read as they start cannot be given later."""
    return not any(name.startswith(("PYTHON", "LC_", "LANG", "TZ")) for name in env or {})


def works():
    """Whether this system can do it."""
    return hasattr(os, "fork") and Path("/proc/self/fd").is_dir()


if __name__ == "__main__":
    serve()
