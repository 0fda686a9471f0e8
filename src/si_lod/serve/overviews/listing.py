"""The routes of the lists: all things of a kind, chosen and sorted as the query string says, as a page or as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from flask import Blueprint, request

from si_lod.errors import InvalidRequest, UnknownResource
from si_lod.index.choosing import LongList
from si_lod.sentences import told
from si_lod.serve.pages import RESERVED, LongRoll, Members, Roll, RollRequest, kind_of, list_csv, list_page, paging
from si_lod.serve.replies.asked import Asked, Findings, page_number, single
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.stored import spooled_lines
from si_lod.serve.replies.variants import Variant
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from flask import Response

    from si_lod.engine.spool import Spooled
    from si_lod.serve.current import Current

LONGEST: Final = 500
"""How many characters of a value are read."""
CSV: Final = Variant(Offer("text/csv"), "csv")


@dataclass(frozen=True, slots=True)
class Lists:
    """The route of every list, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("lists", __name__)
        routes.add_url_rule("/list/<name>", "list", self.list)
        return routes

    def list(self, name: str) -> Response:
        """Return the list of all things of a kind, which is the local name of a class in lower case.

        A parameter that means nothing here is told to people and refused to programs, which would take everything for
        what they asked for.
        """
        visit = Visit.of(self.current)
        lists = {kind_of(class_iri): class_iri for class_iri in visit.manifest.site.lists}
        stem, dot, suffix = name.rpartition(".")
        kind, asked = (name, None) if name in lists or not dot else (stem, suffix)
        if kind not in lists:
            there = ", ".join(sorted(lists))
            raise UnknownResource(
                told("{path}: there is no list of this name; there is {there}", path=request.path, there=there)
            )
        sent, find = _sent(), partial(_found, visit, lists[kind], _request())
        meant = all(name == "q" and value.strip() == value != "" for name, value in sent)
        return Asked(visit, f"list/{kind}", sent, (CSV,), find, meant=meant).respond(asked)


def _found(visit: Visit, class_iri: str, asked: RollRequest) -> Findings:
    long = LongList.of(visit.index, class_iri) if visit.index else None
    view = visit.view
    roll = LongRoll.within(view, long, asked) if long else Roll.of(Members.read(view, class_iri), asked)
    parameters = [*roll.request.parameters, *([("page", str(asked.page))] if asked.page > 1 else ())]
    links = [Link(address, relation) for relation, address in paging(roll).ways(visit.view)]
    makers = {CSV: partial(_csv, roll)}
    return Findings(parameters, makers, partial(list_page, visit.at(parameters).view, roll), links)


def _sent() -> list[tuple[str, str]]:
    """Return the parameters that the answer can depend on, as they were sent, each once; raises InvalidRequest."""
    return [(name, single(name)[:LONGEST]) for name in request.args if name not in {"lang", "format"}]


def _request() -> RollRequest:
    given = {name: value.strip() for name, value in _sent()}
    if given.get("columns", "") not in {"", "all"}:
        raise InvalidRequest(told('columns: expected all or nothing, found "{found}"', found=given["columns"][:40]))
    return RollRequest(
        text=given.get("q", ""),
        chosen={name: value for name, value in given.items() if name not in RESERVED},
        sort=given.get("sort", ""),
        page=page_number(),
        all_columns=given.get("columns") == "all",
    )


def _csv(roll: Roll) -> Spooled:
    if roll.ignored:
        known = sorted({roll.members.parameter(path) for path in roll.members.properties} | RESERVED)
        raise InvalidRequest(
            told(
                "{found}: not a parameter of this list; it has {known}",
                found=", ".join(roll.ignored)[:200],
                known=", ".join(known),
            )
        )
    for one in roll.unfit:
        there = ", ".join(key for key, _ in one.options) or told("none that is written alike")
        message = told(
            '{name}: nothing in this list has the value "{found}"; there is {known}',
            name=one.parameter,
            found=one.value[:80],
            known=there,
        )
        raise InvalidRequest(message)
    return spooled_lines(part.encode() for part in list_csv(roll))
