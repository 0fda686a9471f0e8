"""The account as JUnit XML, which build servers show as tests: one case for each file of the site."""

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
    from collections.abc import Sequence

    from si_lod.cli.rendering.account import Account
    from si_lod.errors import Problem

# What XML 1.0 has no way to write (§2.2).
_UNWRITABLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(account: Account, language: str) -> str:
    """Return the account as one test suite; a file with an error fails, what else it has is in its output."""
    found = {file: list(problems) for file, problems in groupby(account.problems, key=attrgetter("file"))}
    files = sorted({*account.files, *found})
    failed = sum(any(problem.level is Level.ERROR for problem in problems) for problems in found.values())
    counts = {"tests": str(len(files)), "failures": str(failed), "errors": "0"}
    suites = Element("testsuites", counts)
    suite = SubElement(suites, "testsuite", {"name": "si-lod", **counts})
    for file in files:
        _add_case(suite, file, found.get(file, ()), language)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n'


def _add_case(suite: Element, file: str, problems: Sequence[Problem], language: str) -> None:
    room, _, name = file.partition("/")
    case = SubElement(suite, "testcase", {"classname": room, "name": _writable(name or room), "file": _writable(file)})
    grave = [problem for problem in problems if problem.level is Level.ERROR]
    slight = [problem for problem in problems if problem.level is not Level.ERROR]
    if grave:
        # Build servers keep one failure for a case, so all of the file's errors are in it.
        summary = {"type": rule(grave[0]), "message": _writable(say(grave[0].message, language))}
        SubElement(case, "failure", summary).text = _lines(grave, language)
    if slight:
        SubElement(case, "system-out").text = _lines(slight, language)


def _lines(problems: Sequence[Problem], language: str) -> str:
    return _writable("\n".join(problem.said(language) for problem in problems))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
