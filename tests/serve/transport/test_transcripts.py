"""The transcripts in the reference of negotiation are what the service answers."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.serve.transport.client import Direct, Got
from tests.serve.transport.conftest import direct
from tests.sharing import sample_releases

PAGE = Path("docs/reference/negotiation.md")
SITE = "http://127.0.0.1:8000"
SHOWN = (
    "content-type",
    "content-language",
    "content-encoding",
    "content-location",
    "location",
    "vary",
    "cache-control",
    "etag",
    "memento-datetime",
    "allow",
    "access-control-allow-origin",
)
ABOUT_SCRIPTS = "access-control-allow-origin"
PHRASES = {
    200: "OK",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    308: "Permanent Redirect",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
}


@pytest.fixture(scope="module")
def service(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Direct:
    return direct(sample_releases(tmp_path_factory, sample))


def asked(service: Direct, command: str) -> str:
    """Return what the transcript shows for a command line of curl."""
    words = shlex.split(command)
    assert words[0] == "curl"
    target = next(word for word in words if word.startswith(SITE)).removeprefix(SITE)
    headers = {"Accept": "*/*"}
    for flag, value in pairwise(words):
        if flag == "-H":
            name, _, wanted = value.partition(": ")
            headers[name] = wanted
    head = "-sI" in words
    method = words[words.index("-X") + 1] if "-X" in words else "HEAD" if head else "GET"
    got = service.get(target, headers, method)
    return "\n".join(told(got, of_scripts=method == "OPTIONS")) if head else got.text.rstrip("\n")


def told(got: Got, *, of_scripts: bool) -> Iterator[str]:
    yield f"HTTP/1.1 {got.status} {PHRASES[got.status]}"
    for name in SHOWN:
        is_aside = (name == ABOUT_SCRIPTS and not of_scripts) or (name == "content-type" and 300 <= got.status < 400)
        if name in got.headers and not is_aside:
            value = re.sub(r"\b[0-9a-f]{20}\b", "…", got.headers[name])
            yield f"{name}: {'…' if name.endswith('datetime') else value}"


def rewritten(text: str, service: Direct) -> str:
    """Return the page with every transcript and every row of the table as the service answers now."""

    def block(match: re.Match[str]) -> str:
        commands = re.findall(r"^\$ (.*)$", match[1], re.MULTILINE)
        shown = [f"$ {command}\n{asked(service, command)}\n" for command in commands]
        return "```console\n" + "\n".join(shown) + "```\n"

    def row(match: re.Match[str]) -> str:
        accept = "" if match[1] == "none" else match[1].strip("`")
        got = service.get("/doc/fieldlab/robohouse", {"Accept": accept} if accept else {})
        kind = got.headers["content-type"].partition(";")[0] if got.status == 200 else f"{got.status}"
        return f"| {match[1]} | {kind} |\n"

    def place(match: re.Match[str]) -> str:
        got = service.get(match[1].strip("`"), {"Accept": "text/turtle"})
        target = got.headers.get("location", "")
        return f"| {match[1]} | {got.status}{f' to `{target}`' if target else ''} | {match[2]} |\n"

    made = _with_rows(text, "| Accept | gets |\n|---|---|\n", r"^\| (`.*`|none) \|.*\|\n", row)
    made = _with_rows(made, "| path | gets | why |\n|---|---|---|\n", r"^\| (`[^`]*`) \|.*\| (.*) \|\n", place)
    return re.sub(r"```console\n(.*?)```\n", block, made, flags=re.DOTALL)


def _with_rows(text: str, heading: str, pattern: str, made: Callable[[re.Match[str]], str]) -> str:
    head, table, rest = text.partition(heading)
    assert table
    rows, gap, rest = rest.partition("\n\n")
    return head + table + re.sub(pattern, made, f"{rows}\n", flags=re.MULTILINE).rstrip("\n") + gap + rest


def test_the_transcripts_are_what_the_service_answers(root: Path, service: Direct, approve: bool) -> None:  # noqa: FBT001
    written = (root / PAGE).read_text(encoding="utf-8")
    true = rewritten(written, service)
    if approve:
        (root / PAGE).write_text(true, encoding="utf-8")
    assert written == true or approve
    assert true.count("\n$ curl ") > 20
