"""The account as SARIF, which code hosts and editors show beside the lines (OASIS SARIF 2.1.0)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from si_lod import __version__
from si_lod.cli.rendering.positions import Positions
from si_lod.cli.rendering.rules import description, rule
from si_lod.sentences import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.cli.rendering.account import Account
    from si_lod.errors import Problem

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SITE: Final = "SITE"
# In these a problem's column counts characters; in a table it is the name of a column.
_DOCUMENTS: Final = (".json", ".rq", ".toml", ".ttl")


def sarif(account: Account, language: str) -> str:
    """Return the account as a SARIF log with one run (§3.13); a rule for each shape or kind of fault (§3.49)."""
    rules = {rule(problem): problem for problem in reversed(account.problems)}
    places = {name: place for place, name in enumerate(sorted(rules))}
    positions = Positions(account.root)
    run = {
        "tool": {
            "driver": {
                "name": "si-lod",
                "version": __version__,
                "rules": [_described(name, rules[name], language) for name in places],
            }
        },
        "originalUriBaseIds": {_SITE: {"uri": f"{account.root.resolve().as_uri()}/"}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, places, positions, language) for problem in account.problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _described(name: str, example: Problem, language: str) -> dict[str, Any]:
    text = description(example, language)
    return {"id": name, "shortDescription": {"text": text}, "defaultConfiguration": {"level": example.level}}


def _result(problem: Problem, places: Mapping[str, int], positions: Positions, language: str) -> dict[str, Any]:
    name = rule(problem)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(problem.file), "uriBaseId": _SITE},
            **_region(problem, positions),
        }
    }
    if problem.column and not _counts_characters(problem):
        location["logicalLocations"] = [{"name": problem.column, "kind": "member"}]
    return {
        "ruleId": name,
        "ruleIndex": places[name],
        "level": problem.level,
        "message": {"text": say(problem.message, language)},
        "locations": [location],
    }


def _region(problem: Problem, positions: Positions) -> dict[str, Any]:
    if not problem.line:
        return {}
    if _counts_characters(problem):
        return {"region": {"startLine": problem.line, "startColumn": int(problem.column)}}
    if (span := positions.span(problem)) is None:
        return {"region": {"startLine": problem.line}}
    return {"region": {"startLine": problem.line, "startColumn": span.start, "endColumn": span.end}}


def _counts_characters(problem: Problem) -> bool:
    return problem.file.endswith(_DOCUMENTS) and problem.column.isdecimal()
