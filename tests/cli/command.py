"""The command line as a process, as people run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def si_lod(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "si_lod", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "LC_ALL": "C", **environment},
    )
