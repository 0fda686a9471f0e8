"""Programs that ask a question, whatever is in its text."""

from __future__ import annotations

import ast
import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from si_lod.engine.evaluation import Form
from si_lod.serve.pages.queries.snippets import snippets

ENDPOINT = "https://data.example.org/sparql"
AWKWARD = "SELECT * { ?s ?p 'it''s', \"a\\n\", '''b''', `c`, \"${d}\" FILTER(?p != \"\"\"e\"\"\") } # 100% ☃"


def code(name: str, query: str, form: Form = Form.SELECT) -> str:
    return next(snippet.code for snippet in snippets(ENDPOINT, query, form) if snippet.name == name)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_curl_sends_the_query_as_it_is(query: str) -> None:
    *_, field, endpoint = shlex.split(code("curl", query))
    assert (field, endpoint) == (f"query={query.strip()}", ENDPOINT)


@given(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])))
def test_python_sends_the_query_as_it_is(query: str) -> None:
    calls = [node for node in ast.walk(ast.parse(code("python", query))) if isinstance(node, ast.Call)]
    (sent,) = (call.args[0] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "setQuery")
    assert isinstance(sent, ast.Constant)
    assert str(sent.value).strip() == query.strip()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_spreadsheet_sends_the_query_as_it_is(query: str) -> None:
    fields = parse_qs(urlsplit(code("spreadsheet", query)).query, keep_blank_values=True)
    assert fields == {"format": ["csv"], "query": [query.strip()]}


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_javascript_sends_the_query_as_it_is() -> None:
    literal = code("javascript", AWKWARD).partition("const response")[0]
    shown = subprocess.run(
        ["node", "-e", f"{literal}; console.log(JSON.stringify(query))"], capture_output=True, text=True, check=True
    )
    assert json.loads(shown.stdout) == AWKWARD


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_r_sends_the_query_as_it_is(tmp_path: Path, locale: str) -> None:
    program = tmp_path / "ask.R"
    asked = code("r", AWKWARD).rpartition("\n")[0]
    program.write_text(f"{asked}\ncat(address)", encoding="utf-8")
    shown = subprocess.run(
        ["Rscript", "--vanilla", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "LC_ALL": locale},
    )
    fields = parse_qs(urlsplit(shown.stdout).query)
    assert fields == {"format": ["csv"], "query": [f"\n{AWKWARD}\n"]}


def test_a_raw_text_of_r_ends_where_the_query_does() -> None:
    program = code("r", 'SELECT * { ?s ?p ")---" }')
    assert program.startswith('query <- r"----(')


@settings(max_examples=20)
@given(st.sampled_from(list(Form)))
def test_each_form_has_programs(form: Form) -> None:
    names = [snippet.name for snippet in snippets(ENDPOINT, "…", form)]
    assert names == ["curl", "python", "r", "javascript", *(["spreadsheet"] if form is Form.SELECT else [])]
