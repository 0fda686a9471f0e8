"""How an installation is configured: its settings, from the environment and the options of a command.

The only module that reads the environment for them; they become a frozen value that is passed in. What a site says of
itself is in ``si_lod.sites``.
"""

from __future__ import annotations

import os
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from si_lod.errors import InvalidSetting
from si_lod.sentences import LANGUAGES, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PREFIX: Final = "SI_LOD_"
_NEAR: Final = 0.75


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
    worker_memory: int = field(
        default=1024,
        metadata={
            "help": "mebibytes that a web worker may use besides the answers it keeps, from 256; 0 for any amount",
            "least": 0,
            "most": 1 << 20,
        },
    )
    compare_seconds: int = field(
        default=600,
        metadata={
            "help": "seconds after which open stores are compared with their digests again; 0 for never",
            "least": 0,
            "most": 86400,
        },
    )
    prefix: str = field(default="", metadata={"help": "path below which a proxy publishes the service"})
    proxy_hops: int = field(default=0, metadata={"help": "proxies in front that are trusted", "least": 0, "most": 9})
    access_log: int = field(default=0, metadata={"help": "1 for a line of JSON per request", "least": 0, "most": 1})
    evaluators: int = field(
        default=8,
        metadata={
            "help": "queries that are evaluated at once, divided among the web workers, at least two for each",
            "least": 1,
            "most": 1024,
        },
    )
    query_seconds: int = field(
        default=30, metadata={"help": "seconds in which a query is answered, or ended", "least": 1, "most": 86400}
    )
    publish_seconds: int = field(
        default=60, metadata={"help": "seconds that each of the site's queries may take", "least": 1, "most": 86400}
    )
    query_memory: int = field(
        default=768, metadata={"help": "mebibytes of memory that a query may use", "least": 64, "most": 1 << 20}
    )
    result_size: int = field(
        default=1024, metadata={"help": "mebibytes that a query's result may have", "least": 1, "most": 1 << 20}
    )
    result_room: int = field(
        default=2048,
        metadata={
            "help": "mebibytes of large results that each web worker holds until they are read",
            "least": 1,
            "most": 1 << 20,
        },
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
        default="", metadata={"help": "where several servers count budgets together, such as redis://localhost:6379"}
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
            name = f"{_PREFIX}{setting.name.upper()}"
            text = environment.get(name)
            if options.get(setting.name) is not None:
                chosen[setting.name] = options[setting.name]
            elif text:
                chosen[setting.name] = _convert(name, text, setting)
        return cls(**chosen)

    @classmethod
    def misspelt(cls, environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Return the variables that are spelled almost as a setting and are none, each with the one that is meant.

        Others may begin alike: who runs containers names a service's address after it.
        """
        known = {setting.name.upper() for setting in fields(cls)}
        for name in sorted(environment):
            own = name.removeprefix(_PREFIX)
            if own == name or own in known:
                continue
            for meant in get_close_matches(own.upper(), sorted(known), n=1, cutoff=_NEAR):
                yield name, f"{_PREFIX}{meant}"


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
