"""The programs of the query page run as they are, whatever their query has in it and however long it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from si_lod.engine.evaluation import Form
from si_lod.serve.pages.queries.snippets import snippets
from tests.serve.test_server import answered, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.releases import Releases

RUN = {"curl": ["bash"], "python": [sys.executable], "r": ["Rscript", "--vanilla"], "javascript": ["node"]}
ODD = (
    '\N{FAMILY} \N{WOMAN}\u200d\N{GIRL} € é \\ \\n \'"` \'\'\' """ ``` ${x} $(ls) $HOME !x 100%20+& )---" '
    "\r \t \0\x01\x7f\u202e\u2028\ufeff\nQUERY\n"
)
TEXTS = {
    "odd": ODD,
    "line": "a 'line' \\ \" " * 1000,
    "unicode": "€🎉\\\"'" * 3000,
    "argument": "more than 'one' argument\n" * 8000,
}


@pytest.fixture(scope="module")
def endpoint(mills: Releases) -> Iterator[str]:
    with running(mills) as (_, address):
        assert answered(address, "/health/ready")[0] == 200
        yield f"{address}/sparql"


def asking(text: str) -> str:
    """A query that has ``text`` as a literal and in comments, and says what it read."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    remark = text.replace("\r", " ").replace("\n", "\n# LOAD ")
    return f'# {remark}\nSELECT (SHA256("""{escaped}""") AS ?digest) {{}}'


# R takes a minute to read what is no argument any more.
@pytest.mark.parametrize(("name", "kind"), [pair for pair in product(RUN, TEXTS) if pair != ("r", "argument")])
def test_a_program_asks_the_query_as_it_is(endpoint: str, tmp_path: Path, name: str, kind: str) -> None:
    text = TEXTS[kind]
    if not shutil.which(RUN[name][0]):
        pytest.skip(f"{RUN[name][0]} is not installed")
    program = tmp_path / ("program.mjs" if name == "javascript" else "program")
    code = next(one.code for one in snippets(endpoint, asking(text), Form.SELECT) if one.name == name)
    program.write_text(code, encoding="utf-8", newline="")
    shown = subprocess.run(
        [*RUN[name], program], capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    assert shown.stderr == ""
    assert sha256(text.encode()).hexdigest() in shown.stdout
