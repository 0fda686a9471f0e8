"""How many documents a second this machine serves, and how long each takes, with the memory of answers and without.

    python bench/dereference.py --releases releases --path /doc/fieldlab/robohouse

It starts the server on the loopback address, asks it with wrk (a Debian package) for a few seconds in each case, and
prints a table in Markdown. The client shares the machine's cores with the server.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVE = (
    "import json, pathlib, sys; from si_lod.settings import Settings; from si_lod.serve.server import prepare; "
    "prepare(Settings(releases=pathlib.Path(sys.argv[1]), **json.loads(sys.argv[2])))()"
)


class Case(NamedTuple):
    """One row of the table; with ``held`` the client has what it asks for."""

    name: str
    memory: int
    headers: dict[str, str]
    held: bool = False


CASES = (
    Case("Turtle, made for each request", 0, {"Accept": "text/turtle"}),
    Case("Turtle, from memory", 64, {"Accept": "text/turtle"}),
    Case("Turtle, 304 without memory", 0, {"Accept": "text/turtle"}, held=True),
    Case("Turtle, 304 from memory", 64, {"Accept": "text/turtle"}, held=True),
    Case("page, made for each request", 0, {"Accept": "text/html"}),
    Case("page, from memory", 64, {"Accept": "text/html"}),
    Case("page in Brotli, made for each request", 0, {"Accept": "text/html", "Accept-Encoding": "br"}),
    Case("page in Brotli, from memory", 64, {"Accept": "text/html", "Accept-Encoding": "br"}),
)


@contextmanager
def served(releases: str, memory: int) -> Iterator[str]:
    """Give the address of a server that runs as long."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = json.dumps({"port": port, "memory": memory, "workers": 2})
    process = subprocess.Popen([sys.executable, "-c", SERVE, releases, settings], stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/ready")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(address: str) -> None:
    """Return when somebody answers there; raises TimeoutError if nobody does within ten seconds."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


def measured(address: str, case: Case, seconds: int) -> str:
    """Return the row of the table."""
    headers = dict(case.headers)
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=20) as response:
        size, tag = len(response.read()), response.headers["ETag"]
    if case.held:
        headers["If-None-Match"] = tag
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", "--latency", address]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    median, last = (re.search(rf"{percent}%\s+(\S+)", said) for percent in (50, 99))
    if not (rate and median and last):
        raise RuntimeError(said)
    # wrk takes every status but 2xx and 3xx for an error, and says so.
    errors = "" if "Non-2xx" not in said else " (with errors!)"
    return f"| {case.name} | {0 if case.held else size} | {float(rate[1]):.0f}{errors} | {median[1]} | {last[1]} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", default="releases")
    parser.add_argument("--path", required=True, help="the document to ask for")
    parser.add_argument("--seconds", type=int, default=4, choices=range(1, 11), metavar="1..10")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        parser.error("wrk is not installed")
    load = os.getloadavg()[0]
    sys.stdout.write(f"{os.cpu_count()} cores, load {load:.1f} before; 2 workers, 8 connections\n\n")
    sys.stdout.write("| case | bytes | requests a second | median | 99th percentile |\n|---|--:|--:|--:|--:|\n")
    for case in CASES:
        with served(options.releases, case.memory) as address:
            for _ in range(20):  # each worker opens the release, and memory has it
                with urllib.request.urlopen(urllib.request.Request(address + options.path, headers=case.headers)):
                    pass
            sys.stdout.write(measured(address + options.path, case, options.seconds) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
