"""Programs that ask a question, whatever is in its text."""

from __future__ import annotations

import ast
import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote_plus, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from si_lod.engine.evaluation import Form
from si_lod.serve.pages.queries import quoting
from si_lod.serve.pages.queries.snippets import snippets

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDPOINT = "https://data.example.org/sparql"
SPECIAL = st.sampled_from(
    ["\\", '"', '"""', "'", "`", "${", "$(", "%41", ')---"', "\n", "\r", "\t", "\0", "€", "🎉", "QUERY"]
)
PARTS = st.one_of(SPECIAL, st.text(st.characters(exclude_categories=["Cs"])))
TEXTS = st.lists(st.builds("".join, st.lists(PARTS)), min_size=20, max_size=60)
several = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("programs")


def code(name: str, query: str, form: Form = Form.SELECT) -> str:
    return next(snippet.code for snippet in snippets(ENDPOINT, query, form) if snippet.name == name)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn"])))
def test_curl_sends_the_query_as_it_is(query: str) -> None:
    *_, field, endpoint = shlex.split(code("curl", query))
    assert (field, endpoint) == (f"query={query.strip()}", ENDPOINT)


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
def test_python_sends_the_query_as_it_is(query: str) -> None:
    calls = [node for node in ast.walk(ast.parse(code("python", query))) if isinstance(node, ast.Call)]
    (sent,) = (call.args[0] for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "setQuery")
    assert isinstance(sent, ast.Constant)
    assert str(sent.value).strip() == query.strip()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_spreadsheet_sends_the_query_as_it_is(query: str) -> None:
    fields = parse_qs(urlsplit(code("spreadsheet", query)).query, keep_blank_values=True)
    assert fields == {"format": ["csv"], "query": [query.strip()]}


def evaluated(command: Sequence[str | Path], program: Path, code: str, **environment: str) -> list[str]:
    """The texts that a program prints as hexadecimal UTF-8, a line for each."""
    program.write_text(code, encoding="utf-8", newline="")
    shown = subprocess.run(
        [*command, program], capture_output=True, text=True, check=True, env={**os.environ, **environment}
    )
    return [bytes.fromhex(line).decode() for line in shown.stdout.splitlines()]


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
@several
@given(TEXTS)
def test_a_text_of_javascript_is_the_query(folder: Path, texts: list[str]) -> None:
    code = "".join(f"console.log(Buffer.from({quoting.javascript(text)}).toString('hex'));\n" for text in texts)
    assert evaluated(["node"], folder / "texts.mjs", code) == texts


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@several
@given(TEXTS)
def test_a_text_of_r_is_the_query(folder: Path, locale: str, texts: list[str]) -> None:
    code = "".join(f'cat(as.character(charToRaw({quoting.r(text)})), "\\n")\n' for text in texts)
    found = evaluated(["Rscript", "--vanilla"], folder / "texts.R", code, LC_ALL=locale)
    assert [text.strip() for text in found] == [text.replace("\0", "\\u0000").strip() for text in texts]


@several
@given(TEXTS)
def test_a_text_of_python_is_the_query(texts: list[str]) -> None:
    found = [ast.literal_eval(quoting.python(text)) for text in texts]
    assert found == [f"\n{text}\n" for text in texts]


@several
@given(TEXTS)
def test_curl_sends_what_a_shell_cannot_have_and_what_is_too_long(folder: Path, texts: list[str]) -> None:
    for text in texts:
        options, after = quoting.shell(text, "query")
        script = folder / "ask.sh"
        script.write_text(f"printf '%s\\0' {options}; cat{after or ' </dev/null'}", encoding="utf-8", newline="")
        shown = subprocess.run(["bash", script], capture_output=True, check=True).stdout.decode()
        option, field, content = shown.split("\0")
        sent = field.removeprefix("query=") if not after else content.removesuffix("\n").removeprefix("query=")
        assert (unquote(sent) if option == "--data" else sent) == text


def test_what_is_too_long_for_an_address_is_sent_by_post_from_everywhere() -> None:
    found = {snippet.name: snippet.code for snippet in snippets(ENDPOINT, f"ASK {{}} # {'x' * 8000}", Form.SELECT)}
    assert list(found) == ["curl", "python", "r", "javascript"]
    assert "URLencode" not in found["r"]


def test_the_address_in_a_query_is_not_that_of_the_program() -> None:
    for snippet in snippets(ENDPOINT, f"ASK {{ <{ENDPOINT}> ?p ?o }}", Form.SELECT):
        assert snippet.endpoint == ENDPOINT
        assert ENDPOINT in snippet.before + snippet.after or quote_plus(ENDPOINT) in snippet.after.replace("%20", "+")


@settings(max_examples=20)
@given(st.sampled_from(list(Form)))
def test_each_form_has_programs(form: Form) -> None:
    names = [snippet.name for snippet in snippets(ENDPOINT, "…", form)]
    assert names == ["curl", "python", "r", "javascript", *(["spreadsheet"] if form is Form.SELECT else [])]
