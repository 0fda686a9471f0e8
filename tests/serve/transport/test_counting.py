"""The folder that workers count in: one for each service, and what a killed service left is cleared by the next."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from si_lod.serve.transport.counting import clear_abandoned, counting_folder
from tests.engine.conftest import eventually

_HOLDS = """
import os, sys
from si_lod.serve.transport.counting import counting_folder
with counting_folder() as folder:
    if os.fork() == 0:
        sys.stdin.read()
        os._exit(0)
    print(folder, flush=True)
    sys.stdin.read()
"""


def _is_locked(folder: Path) -> bool:
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_there_while_its_service_is_and_gone_afterwards(place: Path) -> None:
    with counting_folder() as folder:
        (Path(folder) / "counter_1.db").write_bytes(b"1")
        assert [str(found) for found in place.iterdir()] == [folder]
    assert not any(place.iterdir())


def test_the_folder_of_a_service_that_lives_stays_when_another_starts(place: Path) -> None:
    with counting_folder() as first, counting_folder() as second:
        assert {str(found) for found in place.iterdir()} == {first, second}


def test_the_folder_of_a_service_that_was_killed_goes_with_the_last_of_its_workers(place: Path) -> None:
    service = subprocess.Popen(
        [sys.executable, "-c", _HOLDS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(place)},
    )
    with service:
        assert service.stdin is not None
        assert service.stdout is not None
        folder = Path(service.stdout.readline().decode().strip())
        service.send_signal(signal.SIGKILL)
        service.wait(20)
        clear_abandoned()
        assert folder.is_dir()  # a worker still counts there
        service.stdin.close()
        assert service.stdout.read() == b""  # which it closes when it ends
        assert eventually(lambda: not _is_locked(folder))
        clear_abandoned()
        assert not folder.exists()


def test_what_is_no_folder_of_a_service_s_is_left_alone(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "kept").touch()
    (place / "si-lod-figures-link").symlink_to(elsewhere)
    (place / "si-lod-figures-file").touch()
    (place / "another").mkdir()
    clear_abandoned()
    assert {found.name for found in place.iterdir()} == {"si-lod-figures-link", "si-lod-figures-file", "another"}
    assert (elsewhere / "kept").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder another user's")
def test_the_folder_of_another_user_is_left_alone(place: Path) -> None:
    theirs = place / "si-lod-figures-theirs"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    clear_abandoned()
    assert theirs.is_dir()
