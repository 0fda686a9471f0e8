"""The account as JUnit XML, which build servers show as tests: a case for each error, and for each file without one."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from si_lod.cli.rendering.rules import rule
from si_lod.errors import Level
from si_lod.sentences import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from si_lod.cli.rendering.account import Account
    from si_lod.errors import Problem

# What XML 1.0 has no way to write (§2.2).
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(account: Account, language: str) -> str:
    """Return the account as one test suite; what a file has beside its errors is in the output of its first case."""
    found = {file: list(problems) for file, problems in groupby(account.problems, key=attrgetter("file"))}
    suite = Element("testsuite", {"name": "si-lod"})
    for file in sorted({*account.files, *found}):
        suite.extend(_cases(file, found.get(file, ()), language))
    counts = {"tests": str(len(suite)), "failures": str(account.counts[Level.ERROR]), "errors": "0"}
    suite.attrib |= counts
    suites = Element("testsuites", counts)
    suites.append(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _cases(file: str, problems: Sequence[Problem], language: str) -> list[Element]:
    room, _, name = file.partition("/")
    grave = [problem for problem in problems if problem.level is Level.ERROR]
    slight = [problem for problem in problems if problem.level is not Level.ERROR]
    named = {"classname": _writable(room), "file": _writable(file)}
    cases = [_failed(problem, named, language) for problem in grave]
    cases = cases or [Element("testcase", {"name": _writable(name or room), **named})]
    if slight:
        SubElement(cases[0], "system-out").text = _writable("\n".join(problem.said(language) for problem in slight))
    return cases


def _failed(problem: Problem, named: Mapping[str, str], language: str) -> Element:
    # A name tells a case from the others of its class, and build servers follow it from one run to the next.
    name = f"{problem.place.partition('/')[2] or problem.place}: {rule(problem)}"
    line = {"line": str(problem.line)} if problem.line else {}
    case = Element("testcase", {"name": _writable(name), **named, **line})
    summary = {"type": rule(problem), "message": _writable(say(problem.message, language))}
    SubElement(case, "failure", summary).text = _writable(problem.said(language))
    return case


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
