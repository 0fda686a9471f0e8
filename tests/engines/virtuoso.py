"""Debian's Virtuoso as another machine: its files in a folder of the test, its ports on loopback."""

from __future__ import annotations

import shutil
import subprocess
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pytest

from si_lod.engine.remote.speaking.credentials import Credentials
from tests.acceptance.live import free_port
from tests.engine.conftest import eventually

NEEDED: Final = "these tests need Virtuoso: apt-get install --no-install-recommends virtuoso-opensource-7-bin"

_SETTINGS: Final = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CheckpointInterval = 0
CaseMode = 2
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ThreadsPerQuery = 2
MaxSortedTopRows = 1000000
StopCompilerWhenXOverRunTime = 1
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
MaxQueryExecutionTime = 60
{more}
"""


class Virtuoso:
    """``virtuoso-t``, started and ended by its own process id; what it holds stays in its folder."""

    forgets = False
    credentials = Credentials("dba", "dba")

    def __init__(self, folder: Path, more: str = "") -> None:
        self.port = free_port()
        self.query = f"http://127.0.0.1:{self.port}/sparql"
        self.store = f"http://127.0.0.1:{self.port}/sparql-graph-crud-auth"
        self._folder = folder
        settings = _SETTINGS.format(folder=folder, http=self.port, sql=free_port(), more=more)
        (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        if shutil.which("virtuoso-t") is None:
            pytest.fail(NEEDED)
        with (self._folder / "output.log").open("wb") as output:
            self._process = subprocess.Popen(
                ["virtuoso-t", "+foreground", "+configfile", str(self._folder / "virtuoso.ini")],
                cwd=self._folder,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        assert eventually(self._answers, 60.0), (self._folder / "output.log").read_text(encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(30)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.query}?query=ASK%7B%7D", timeout=5).close()
        except OSError:
            return False
        return True
