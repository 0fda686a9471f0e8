"""What can go wrong, by who can mend it; each family has a module, and queries have one of their own.

    LodError
    ├── EditorError          the site's files are wrong            exit status 1
    │   └── Unfit              every problem at once, and what could not be judged for them
    │       ├── InvalidFiles     tables, metadata, Turtle, queries
    │       │   └── ReleaseConflict  other content under a version that is published already
    │       └── NonConforming    the graph does not conform to the shapes
    ├── OperatorError        the machine or the settings are wrong exit status 3
    │   ├── InvalidSetting     a setting that cannot be used       exit status 2
    │   ├── NoRelease          nothing to serve, or a release that is not whole
    │   │   ├── Damaged          its store is not as it was written
    │   │   ├── UnknownRelease   a version that is not there       exit status 2
    │   │   └── NotPushed        the remote engine does not hold it
    │   ├── StoreFailed        a store that cannot be read any more
    │   ├── WrongUsage         a folder that is not to be written  exit status 2
    │   ├── CannotWrite        a folder or file that cannot be written
    │   └── EndpointFailed     a SPARQL endpoint that cannot be reached or fails
    └── ClientError          the request is wrong                  an HTTP status
        ├── UnknownResource    404
        ├── Withdrawn          410, with the reason and the successor
        ├── NotAcceptable      406
        ├── InvalidRequest     400
        ├── NotImplementedHere  501
        ├── UnsupportedMediaType 415
        ├── Refused            403
        ├── TargetTooLong      414
        ├── HeadersTooLarge    431
        ├── TooSlow            408
        ├── Changed            412
        ├── NoSuchRange        416, with the size of what there is
        ├── InvalidQuery       400, with line and column       exit status 1
        │   └── InvalidSyntax    the same, with what was expected and a right form
        └── Unanswered         the query may be right and has no answer, or none that is whole
            ├── Overdue          504, it took longer than its deadline
            ├── TooLarge         507, it needs more memory than it is given, or its result more room
            ├── Busy             503, others are being answered; when to try again
            ├── Ended            503, the process that was answering was ended from outside
            ├── NoRoom           503, the disk is full where results are kept
            ├── EngineLost       503, the remote engine cannot be reached; when to try again
            ├── EngineFailed     502, what the remote engine answers is of no use
            ├── Unevaluated      500, the remote engine does not evaluate this query, and answers others
            └── OverBudget       429, this client has had its share; when to try again

A message names the thing, what was expected, what was found and what to do. It is lower case and has no
trailing stop, so that it can follow a place: ``data/observations.csv:28:value: expected a decimal, ...``. It is an
English text that ``si_lod.sentences`` can say in another language, and is said so where it leaves the program.
"""

from si_lod.errors.base import LodError
from si_lod.errors.client import (
    Changed,
    ClientError,
    HeadersTooLarge,
    InvalidRequest,
    NoSuchRange,
    NotAcceptable,
    NotImplementedHere,
    Refused,
    TargetTooLong,
    TooSlow,
    UnknownResource,
    UnsupportedMediaType,
    Withdrawn,
)
from si_lod.errors.editor import EditorError, InvalidFiles, NonConforming, ReleaseConflict, Unfit
from si_lod.errors.operator import (
    CannotWrite,
    Damaged,
    EndpointFailed,
    InvalidSetting,
    NoRelease,
    NotPushed,
    OperatorError,
    StoreFailed,
    UnknownRelease,
    WrongUsage,
)
from si_lod.errors.query import (
    Busy,
    Ended,
    EngineFailed,
    EngineLost,
    InvalidQuery,
    InvalidSyntax,
    NoRoom,
    OverBudget,
    Overdue,
    TooLarge,
    Unanswered,
    Unevaluated,
)
from si_lod.problems import Level, Problem

__all__ = [
    "Busy",
    "CannotWrite",
    "Changed",
    "ClientError",
    "Damaged",
    "EditorError",
    "Ended",
    "EndpointFailed",
    "EngineFailed",
    "EngineLost",
    "HeadersTooLarge",
    "InvalidFiles",
    "InvalidQuery",
    "InvalidRequest",
    "InvalidSetting",
    "InvalidSyntax",
    "Level",
    "LodError",
    "NoRelease",
    "NoRoom",
    "NoSuchRange",
    "NonConforming",
    "NotAcceptable",
    "NotImplementedHere",
    "NotPushed",
    "OperatorError",
    "OverBudget",
    "Overdue",
    "Problem",
    "Refused",
    "ReleaseConflict",
    "StoreFailed",
    "TargetTooLong",
    "TooLarge",
    "TooSlow",
    "Unanswered",
    "Unevaluated",
    "Unfit",
    "UnknownRelease",
    "UnknownResource",
    "UnsupportedMediaType",
    "Withdrawn",
    "WrongUsage",
]
