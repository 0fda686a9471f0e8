"""What an evaluating process has given up, seen from inside and from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from si_lod.engine.pool.pool import Pool
from tests.engine.conftest import asking, eventually

WITHIN = """
import os, socket, sys
from pathlib import Path
from si_lod.engine.worker.confinement import confine
listener = socket.create_server(("127.0.0.1", 0))
other = socket.socket()
print(*confine(Path(sys.argv[1]), os.getppid()))
def tried(what):
    try:
        what()
    except OSError as error:
        return type(error).__name__
    return "done"
print(tried(lambda: other.connect(listener.getsockname())))
print(tried(lambda: os.listdir(sys.argv[1])))
print(tried(lambda: open(os.path.join(sys.argv[1], "new"), "w")))
print(tried(lambda: os.unlink(os.path.join(sys.argv[1], "CURRENT"))))
print(tried(lambda: open("/etc/hosts")))
print(tried(lambda: os.listdir("/")))
print(tried(lambda: open("/tmp/si-lod-new", "w")))
print(tried(lambda: os.execv("/bin/true", ["true"])))
print(tried(lambda: os.kill(os.getppid(), 0)))
"""


def test_it_reads_its_store_and_reaches_nothing_else(folder: Path) -> None:
    shown = subprocess.run([sys.executable, "-c", WITHIN, folder], capture_output=True, text=True, check=True).stdout
    missing, *outcomes = shown.splitlines()
    if missing:
        pytest.skip(f"this system does not let a process give up: {missing}")
    network, store, *rest = outcomes
    assert network in {"PermissionError", "OSError", "ConnectionRefusedError"}
    assert store == "done"
    assert rest == ["PermissionError"] * 7


def test_a_process_whose_parent_is_gone_does_not_begin(folder: Path) -> None:
    code = "import sys; from pathlib import Path; from si_lod.engine.worker.confinement import confine\n"
    code += "confine(Path(sys.argv[1]), 1 << 22); print('began')"
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_a_process_has_no_network_no_secrets_and_no_files_of_the_server(
    folder: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SI_LOD_SECRET", "hunter2")
    with (tmp_path / "log").open("w", encoding="utf-8"):
        pool.answer(folder, asking("ASK {}"))
        assert eventually(lambda: len(pool.crew.idle()) > 0)
        process = Path(f"/proc/{pool.crew.idle()[0]}")
        assert b"SECRET" not in (process / "environ").read_bytes()
        opened = {str(link.readlink()) for link in (process / "fd").iterdir()}
        assert {path for path in opened if path.startswith("/") and not path.startswith(str(folder))} <= {
            "/dev/null",
            "/memfd:words (deleted)",
            f"/proc/{process.name}/statm",
        }
        assert len([path for path in opened if path.startswith("socket:")]) == 1
        assert (process / "cwd").readlink() == Path("/")
        if os.geteuid() != 0 and not Path("/proc/sys/user/max_user_namespaces").exists():
            pytest.skip("this system does not let a process give up its network")
        assert (process / "ns/net").readlink() != Path("/proc/self/ns/net").readlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser has privileges to give up")
def test_a_server_of_the_superuser_has_processes_without_privileges(folder: Path, pool: Pool) -> None:
    pool.answer(folder, asking("ASK {}"))
    assert eventually(lambda: len(pool.crew.idle()) > 0)
    status = Path(f"/proc/{pool.crew.idle()[0]}/status").read_text()
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    readable = all(parent.stat().st_mode & 0o001 for parent in folder.parents)
    own = Path(f"/proc/{pool.crew.idle()[0]}/ns/user").readlink() != Path("/proc/self/ns/user").readlink()
    assert fields["NoNewPrivs"] == "1"
    assert own or fields["Uid"].split()[0] == "65534" or not readable
