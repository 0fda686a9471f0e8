"""The engine's answer, written anew in the format that the client asked for, as it arrives."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results, serialize

from si_lod.engine.evaluation import Result
from si_lod.engine.pool.scratch import scratch
from si_lod.engine.spool import Spool, Spooled
from si_lod.engine.store.syntax import unevaluable_query
from si_lod.engine.store.xml import CheckedXml
from si_lod.errors import EngineFailed
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from si_lod.engine.evaluation import QueryRequest
    from si_lod.engine.remote.speaking.arrival import Arriving


def transcribed(request: QueryRequest, arrival: Arriving, most: int) -> Result:
    """Return the whole answer; it exists only if what arrived was whole and could be read.

    Raises TooLarge beyond ``most`` bytes, NotAcceptable where the format cannot say it, EngineFailed for what is no
    answer to a query, NoRoom on a full disk, Busy if there can be no file for another reason.
    """
    file = scratch()  # the answer may keep it
    spool = Spool(file.fileno(), most)
    try:
        if request.format in {QueryResultsFormat.XML, RdfFormat.RDF_XML}:
            checked = CheckedXml(cast("BinaryIO", spool))
            _write(request, arrival, cast("BinaryIO", checked))
            checked.end()
        else:
            _write(request, arrival, cast("BinaryIO", spool))
    except BaseException:
        file.close()
        raise
    if spool.is_small:
        file.close()
        return Result(request.format.media_type, bytes(spool.kept))
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    return Result(request.format.media_type, Spooled(file, spool.size))


def _write(request: QueryRequest, arrival: Arriving, output: BinaryIO) -> None:
    try:
        if request.query.form.is_graph:
            serialize(triples(arrival), output, format=cast("RdfFormat", request.format))
        else:
            parsed = parse_query_results(cast("BinaryIO", arrival), format=QueryResultsFormat.JSON)
            cast("Any", parsed).serialize(output, format=request.format)
        if arrival.read(1).strip():
            raise unreadable()
    except SyntaxError:
        raise unreadable() from None
    except (RuntimeError, OSError) as error:
        raise unevaluable_query(error) from None


def triples(arrival: Arriving) -> Iterator[Triple]:
    """Yield the triples as they arrive; raises SyntaxError for what is no N-Triples."""
    for quad in parse(cast("BinaryIO", arrival), format=RdfFormat.N_TRIPLES):
        yield quad.triple


def unreadable() -> EngineFailed:
    """Return what is said of an answer that is none."""
    return EngineFailed(told("the engine's answer is not one to a query, so none of it is used"))
