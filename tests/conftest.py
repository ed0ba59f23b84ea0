"""What the tests share: the command line as a process, and goldens that can be renewed."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from zygote import Zygote, share_drawings, takes, works

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"

DEEP_RUN = "POA_TESTS_DEEP"


def often(times):
    """So many examples in a deep run, a quarter of them in any other."""
    return times if DEEP_RUN in os.environ else -(-times // 4)


def mostly_deep(cases, *quick):
    """Cases for ``parametrize``, of which only the named ones run in every run."""
    assert {*quick} <= {*cases}
    return [one if one in quick else pytest.param(one, marks=pytest.mark.deep) for one in cases]


# Hundreds of processes begin in the tests, and none is to compile poa anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Begun in the background of a shell, Python and all that it runs would not hear Ctrl-C, which some tests send.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="Write what is now printed as what is expected.")
    parser.addoption("--deep", action="store_true", help="Run what takes long as well; or name its files.")


# What takes minutes and seldom fails: each call of the disk fails once, every threat, every find of the fuzzer, accounts in
# parts, the long walks, and single tests that are marked. `.ci/deep` runs them.
DEEP = ("test_attribution_scores", "test_faults", "test_found", "test_parts", "test_systems", "test_threats")


def pytest_configure(config):
    if config.getoption("--deep"):
        os.environ[DEEP_RUN] = "1"
    # No test depends on the clock or on chance: the same examples in every run.
    settings.register_profile(
        "poa",
        deadline=None,
        derandomize=True,
        max_examples=often(20),
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("poa")
    if "POA_TESTS_SHARED" not in os.environ:  # the run's other processes have its variables
        folder = tempfile.mkdtemp(prefix="poa-tests-")
        os.environ["POA_TESTS_SHARED"] = folder
        config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))
    config.addinivalue_line("markers", "deep: takes long; run by --deep, or where its file is named")
    config.addinivalue_line("markers", "every_third: many cases of a kind; two of three are deep")


def pytest_collection_modifyitems(config, items):
    for one in items:
        if one.path.name.startswith(DEEP) or "[walk-" in one.name:
            one.add_marker("deep")
    for cases in _many(items).values():
        for at, one in enumerate(cases):
            if at % 3 != at // 3 % 3:  # where one parameter has three values, each comes in its turn
                one.add_marker("deep")
    if config.getoption("--deep") or any("test_" in one for one in config.args):
        return
    left = [one for one in items if one.get_closest_marker("deep")]
    items[:] = [one for one in items if not one.get_closest_marker("deep")]
    config.hook.pytest_deselected(items=left)


def _many(items):
    """The cases of each test of which every third is enough, but for those that are deep in any case."""
    found = {}
    for one in items:
        if one.get_closest_marker("every_third") and not one.get_closest_marker("deep"):
            found.setdefault((one.path, one.originalname), []).append(one)
    return found


def pytest_collection_finish():
    """What collecting made stays until the end: no round of the collector is to look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def accept(request):
    return request.config.getoption("--accept")


@pytest.fixture(scope="session", autouse=True)
def _drawn_once():
    share_drawings()


_zygote = Zygote() if works() else None


def run_poa(*args, cwd, env=None, stdin=None, check=None, fresh=False):
    """Run poa as a process of its own; ``check`` is the exit code that it must end with.

    ``fresh`` is for tests of starting up: nothing is loaded before.
    """
    if _zygote is not None and takes(env) and not fresh:
        done = _zygote.run([*map(str, args)], cwd=cwd, stdin=stdin, env=env)
    else:
        done = _fresh(args, cwd, env, stdin)
    if check is not None:
        assert done.returncode == check, done.stdout + done.stderr
    return done


def begin_on_terminal(args, terminal, *, cwd, env):
    """Begin poa on a terminal (the end of it that is the program's), in a session of its own; a process that can be waited for."""
    if _zygote is not None and takes(env):
        return _zygote.begin([*map(str, args)], cwd=cwd, paths=[os.ttyname(terminal)] * 3, env=env)
    return subprocess.Popen(
        [sys.executable, "-m", "poa", *map(str, args)],
        cwd=cwd,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80", **env},
        start_new_session=True,
    )


def _fresh(args, cwd, env, stdin):
    return subprocess.run(
        [sys.executable, "-m", "poa", *map(str, args)],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80", **(env or {})},
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def poa(tmp_path):
    """``poa(*args)`` in an empty folder."""

    def run(*args, **more):
        return run_poa(*args, **{"cwd": tmp_path, **more})

    return run
