"""What a web worker has when it is ready for its first request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.releases import Releases
from tests.serve.site import facts, publish
from tests.test_memory import GLIBC, heaps

if TYPE_CHECKING:
    from pathlib import Path

LOADED = """
import asyncio, gc, os, pathlib, sys
from si_lod.engine.sharing.budgets import Budgets
from si_lod.serve.transport.ledger import ledger
from si_lod.serve.worker import load
from si_lod.settings import Settings, share_figures
settings = Settings(releases=pathlib.Path(sys.argv[1]))
asyncio.set_event_loop(asyncio.new_event_loop())
ready = ledger(settings.workers)
folder = ready.__enter__()
share_figures(folder)
Budgets.begin(settings, folder)
load(settings, folder, os.getppid())
assert gc.get_freeze_count() > len(gc.get_objects()), gc.get_freeze_count()
"""


@GLIBC
def test_its_threads_share_few_heaps_and_what_was_loaded_is_no_garbage_to_look_for(tmp_path: Path) -> None:
    releases = Releases(tmp_path)
    publish(releases, "2025.1", facts())
    assert heaps(LOADED, str(releases.root)) <= 4
