"""What a child may be asked to do in tests: honest work, and each way to misbehave."""

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path


def echo(data):
    return data


def who(_):
    return str(os.getpid()).encode()


def around(_):
    told = {"cwd": str(Path.cwd()), "variables": sorted(os.environ), "isolated": sys.flags.isolated}
    return json.dumps(told).encode()


def act(data):
    """Run the act of this name, some with a path behind it."""
    name, _, path = data.decode().partition(" /")
    return ACTS[name](f"/{path}") if path else ACTS[name]()


def _loop():
    while True:
        pass


def _memory():
    text = b"x"
    while True:
        text += text


def _recursion():
    return _recursion()


def _nest():
    text = []
    for _ in range(200_000):
        text = [text]
    return json.dumps(text).encode()


def _raise():
    raise KeyError("a buyer's name")


def _print():
    print("Buyer Name", flush=True)  # noqa: T201 - whether this disturbs is the question
    return b"said"


def _rubbish():
    os.write(1, b"HTTP/1.1 200 OK" * 20)
    return b""


def _flood():
    while True:
        os.write(1, b"x" * 65_536)


def _flooding_head():
    os.write(1, b"poa1" + (1).to_bytes(4, "big") + b"a" + (1 << 62).to_bytes(8, "big"))
    return _flood()


def _earlier_number():
    os.write(1, b"poa1" + (0).to_bytes(4, "big") + b"a" + (2).to_bytes(8, "big") + b"no")
    return b""


def _half():
    os.write(1, b"poa1" + (1).to_bytes(4, "big") + b"a" + (99).to_bytes(8, "big") + b"no")
    os._exit(0)


def _silent():
    os.close(1)
    return _loop()


def _write(path):
    Path(path).write_bytes(b"x" * 9)
    return b"wrote"


def _open_many():
    held = [Path(__file__).open("rb") for _ in range(40)]  # noqa: SIM115 - to hold them all
    return str(len(held)).encode()


def _child():
    """Start a program that outlives its parent, where the system lets it."""
    try:
        return str(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]).pid).encode()
    except OSError:
        return b"refused"


ACTS = {
    "loop": _loop,
    "power": lambda: str(10 ** (10**8)).encode(),
    "sleep": lambda: time.sleep(600),
    "memory": _memory,
    "much": lambda: b"x" * (25 << 20),
    "recursion": _recursion,
    "nest": _nest,
    "raise": _raise,
    "no bytes": lambda: "text",
    "print": _print,
    "rubbish": _rubbish,
    "flood": _flood,
    "flooding head": _flooding_head,
    "earlier number": _earlier_number,
    "half": _half,
    "silent": _silent,
    "exit": lambda: os._exit(0),
    "leave": lambda: sys.exit(0),
    "crash": lambda: ctypes.string_at(0),
    "abort": os.abort,
    "write": _write,
    "open many": _open_many,
    "child": _child,
}
