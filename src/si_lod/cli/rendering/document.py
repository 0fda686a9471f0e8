r"""The account as JSON.

::

    {"fit": false,                                    whether the files may be published
     "release": null,                                 the version that was published, if one was
     "counts": {"error": 1, "warning": 0, "note": 0},
     "files": ["data/counts.csv", ...],               what was looked at
     "problems": [
       {"file": "data/counts.csv", "line": 3,         null where it is the file as a whole
        "column": "trees",                            a table's column, or a character column; null if unknown
        "level": "error", "rule": "expected-found",   the shape, or the kind of fault
        "message": "expected a decimal, found \"n/a\""}],
     "unjudged": []}                                  what could not be judged because of them, as sentences
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from si_lod.cli.rendering.rules import rule
from si_lod.sentences import say

if TYPE_CHECKING:
    from si_lod.cli.rendering.account import Account
    from si_lod.errors import Problem


def document(account: Account, language: str) -> str:
    """Return the account as JSON (RFC 8259) with the keys above."""
    members = {
        "fit": account.fit,
        "release": account.release,
        "counts": account.counts,
        "files": account.files,
        "problems": [_members(problem, language) for problem in account.problems],
        "unjudged": [say(sentence, language) for sentence in account.unjudged],
    }
    return json.dumps(members, indent=2, ensure_ascii=False) + "\n"


def _members(problem: Problem, language: str) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line or None,
        "column": problem.column or None,
        "level": problem.level,
        "rule": rule(problem),
        "message": say(problem.message, language),
    }
