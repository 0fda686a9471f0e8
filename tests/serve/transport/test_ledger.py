"""What workers count in has its room, and nothing of it stays."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from si_lod.errors import OperatorError
from si_lod.serve.transport import ledger as ledgers
from si_lod.serve.transport.ledger import ledger, place, reserve

HOLD = (
    "import sys; from si_lod.serve.transport.ledger import ledger\n"
    "with ledger(1) as folder: print(folder, flush=True); sys.stdin.read()"
)


def test_files_have_all_of_their_room_before_anything_is_counted() -> None:
    with ledger(1) as folder:
        reserve(folder)
        files = [path.stat() for path in Path(folder).iterdir()]
        assert len(files) == 2
        assert all(file.st_blocks * 512 >= file.st_size >= 1024 * 1024 for file in files)
    assert not Path(folder).exists()


def test_where_there_is_no_room_it_is_said_where_and_how_much_is_needed() -> None:
    with pytest.raises(OperatorError, match=r"expected 2000000002 MB of room .* TMPDIR"):
        place(1_000_000_000)


def test_what_was_left_behind_is_swept_away_and_what_is_in_use_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "_FRESH", -60.0)
    living, ended = (Popen([sys.executable, "-c", HOLD], stdin=PIPE, stdout=PIPE, text=True) for _ in range(2))
    with living, ended:
        used, left = (Path(process.stdout.readline().strip()) for process in (living, ended) if process.stdout)
        ended.kill()
        ended.wait(20)
        assert left.is_dir()
        with ledger(1):
            assert used.is_dir()
            assert not left.exists()
        living.communicate("")
    assert not used.exists()
