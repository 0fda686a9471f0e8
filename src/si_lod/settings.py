"""What can be configured: the machine's settings from the environment, the site's own from ``data/site.toml``.

The only module that reads either. Both become frozen values that are passed in.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import Field, asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from si_lod.complaints import complaints
from si_lod.errors import InvalidFiles, InvalidSetting, Problem
from si_lod.iris import IriDesign
from si_lod.misreadings import no_toml, reason_of
from si_lod.sentences import LANGUAGES, told

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE: Final = re.compile(r" \(at line (\d+), column (\d+)\)$")

Texts = dict[str, str]
"""One text per language tag."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation runs; each setting is read from ``SI_LOD_{NAME}`` and has an option of the same name.

    A password has no option: the list of processes shows what commands are given.
    """

    releases: Path = field(default=Path("releases"), metadata={"help": "folder that holds the releases"})
    host: str = field(default="127.0.0.1", metadata={"help": "address to listen on"})
    port: int = field(default=8000, metadata={"help": "port to listen on", "least": 0, "most": 65535})
    workers: int = field(default=2, metadata={"help": "web worker processes", "least": 1, "most": 64})
    memory: int = field(
        default=64, metadata={"help": "megabytes of finished answers that each worker keeps", "least": 0, "most": 65536}
    )
    prefix: str = field(default="", metadata={"help": "path below which a proxy publishes the service"})
    proxy_hops: int = field(default=0, metadata={"help": "proxies in front that are trusted", "least": 0, "most": 9})
    access_log: int = field(default=0, metadata={"help": "1 for a line of JSON per request", "least": 0, "most": 1})
    evaluators: int = field(
        default=4,
        metadata={
            "help": "queries that are evaluated at once, divided among the web workers, at least two for each",
            "least": 1,
            "most": 1024,
        },
    )
    query_seconds: int = field(
        default=30, metadata={"help": "seconds in which a query is answered, or ended", "least": 1, "most": 86400}
    )
    query_memory: int = field(
        default=1024, metadata={"help": "mebibytes of memory that a query may use", "least": 64, "most": 1 << 20}
    )
    result_size: int = field(
        default=1024, metadata={"help": "mebibytes that a query's result may have", "least": 1, "most": 1 << 20}
    )
    result_cache: int = field(
        default=64,
        metadata={"help": "mebibytes of results that each web worker remembers", "least": 0, "most": 1 << 20},
    )
    time_budget: str = field(
        default="", metadata={"help": "seconds of evaluation that a client may use, such as 60/minute"}
    )
    error_budget: str = field(
        default="", metadata={"help": "queries that a client may get an error for, such as 30/minute"}
    )
    budget_store: str = field(
        default="memory://", metadata={"help": "where budgets are counted, such as redis://localhost:6379"}
    )
    engine: str = field(
        default="", metadata={"help": "address of the engine that holds the releases, if another machine does"}
    )
    engine_user: str = field(default="", metadata={"help": "user at that engine"})
    engine_password: str = field(default="", metadata={"help": "password of that user, from the environment only"})

    @classmethod
    def read(cls, environment: Mapping[str, str], **options: object) -> Self:
        """Return the settings of ``environment``, each overridden by the option of its name unless that is None."""
        chosen: dict[str, Any] = {}
        for setting in fields(cls):
            name = f"SI_LOD_{setting.name.upper()}"
            text = environment.get(name)
            if options.get(setting.name) is not None:
                chosen[setting.name] = options[setting.name]
            elif text:
                chosen[setting.name] = _convert(name, text, setting)
        return cls(**chosen)


def share_figures(folder: str) -> None:
    """Tell the worker processes that are started from here in which folder they count together.

    The library that counts looks for it in the environment only, when it is first imported.
    """
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder


def spoken(environment: Mapping[str, str]) -> str:
    """Return the language in which people are spoken to: the locale's, if messages come in it, else English.

    The first of ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that says anything counts (POSIX.1-2017 §8.2;
    the first is gettext's, whose list of languages is taken for its first).
    """
    locale = next(filter(None, map(environment.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    tag = locale[:2].lower()
    return tag if tag in LANGUAGES and not locale[2:3].isalpha() else LANGUAGES[0]


def _convert(name: str, text: str, setting: Field[Any]) -> object:
    if not isinstance(setting.default, int):
        return Path(text) if isinstance(setting.default, Path) else text
    least, most = setting.metadata["least"], setting.metadata["most"]
    if not text.isdecimal() or not least <= int(text) <= most:
        message = told(
            '{name}: expected a whole number from {least} to {most}, found "{text}"',
            name=name,
            least=least,
            most=most,
            text=text,
        )
        raise InvalidSetting(message)
    return int(text)


@dataclass(frozen=True, slots=True)
class Site:
    """What a site says of itself in ``data/site.toml``; it travels with each release in the manifest.

    ``lists``, ``unmarked`` and ``ontology`` are IRIs, written relative to the base in the file. ``unmarked`` are
    codes that a reader takes for granted (an exact value, a total), so pages need not spell them out.
    ``headlines`` names the queries in ``data/queries`` whose results open the home page. ``plurals`` has what many
    things of a class are called, and ``tiles`` the column and row of a place in the drawing of all places, by IRI.
    ``marks`` says of codes (their IRIs) how a chart draws a value that has them, by one of ``complaints.MARKS``.
    """

    base: str
    ontology: str
    languages: tuple[str, ...]
    title: Texts
    description: Texts
    prefixes: Texts = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    unmarked: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    plurals: dict[str, Texts] = field(default_factory=dict)
    tiles: dict[str, tuple[int, int]] = field(default_factory=dict)
    marks: Texts = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return the site described in ``folder/data/site.toml``; raises InvalidFiles if it cannot be read."""
        name = "data/site.toml"
        try:
            table = tomllib.loads((folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            message = told("expected this file in the site folder {folder}, found none", folder=folder)
            raise InvalidFiles([Problem(name, 0, "", message)]) from None
        except OSError as error:
            message = told("cannot be read: {reason}", reason=reason_of(error))
            raise InvalidFiles([Problem(name, 0, "", message)]) from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InvalidFiles([_misread(name, str(error))]) from None
        problems = [Problem(name, 0, "", message) for message in complaints(table)]
        if problems:
            raise InvalidFiles(problems)
        return cls.restore(table)

    @classmethod
    def restore(cls, table: Mapping[str, Any]) -> Self:
        """Return the site that ``table`` holds, with its IRIs made absolute and its lists made tuples."""
        base = IriDesign.of(table["base"]).base
        absolute = {name: f"{base}{iri}" if ":" not in iri else iri for name, iri in table.get("prefixes", {}).items()}
        return cls(
            base=base,
            ontology=_absolute(base, table["ontology"]),
            languages=tuple(table["languages"]),
            title=dict(table["title"]),
            description=dict(table["description"]),
            prefixes=absolute,
            lists=tuple(_absolute(base, iri) for iri in table.get("lists", ())),
            unmarked=tuple(_absolute(base, iri) for iri in table.get("unmarked", ())),
            headlines=tuple(table.get("headlines", ())),
            plurals={_absolute(base, iri): dict(texts) for iri, texts in table.get("plurals", {}).items()},
            tiles={_absolute(base, iri): (place[0], place[1]) for iri, place in table.get("tiles", {}).items()},
            marks={_absolute(base, iri): mark for iri, mark in table.get("marks", {}).items()},
        )

    def store(self) -> dict[str, Any]:
        """Return this site as JSON can hold it, the inverse of ``restore``."""
        return asdict(self)


def _misread(name: str, message: str) -> Problem:
    place = _PLACE.search(message)
    line, column = (int(place[1]), place[2]) if place else (0, "")
    return Problem(name, line, column, told("expected TOML in UTF-8: {error}", error=no_toml(_PLACE.sub("", message))))


def _absolute(base: str, iri: str) -> str:
    return iri if ":" in iri else base + iri
