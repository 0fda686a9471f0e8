"""Two releases of the libraries, made by the real publisher: a value changed, a thing withdrawn, a thing renamed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

from si_lod.publish.road import publish
from si_lod.publish.source.files import Source
from si_lod.releases import Releases
from tests.publish.judgement.test_continuity import RENAMED, WITHDRAWN

BASE: Final = "https://data.example.org/reading/"
DERIVED: Final = {
    "name": "derived",
    "virtual": True,
    "propertyUrl": "http://www.w3.org/ns/prov#wasDerivedFrom",
    "valueUrl": "../id/report/{report}",
}


def publish_twice(libraries: Path, folder: Path) -> Releases:
    """Return the folder of releases 1 and 2, of which 2 is served."""
    releases = Releases(folder / "releases")
    site = folder / "site"
    shutil.copytree(libraries, site)
    _extend_metadata(site / "data/csv-metadata.json")
    (site / "data/withdrawn.csv").write_text("id,reason,reason_nl,successor\n", encoding="utf-8")
    (site / "data/renamed.csv").write_text("from,to\n", encoding="utf-8")
    publish(Source.read(site), releases)
    _replace(site / "data/dataset.ttl", 'dcat:version "1"', 'dcat:version "2"')
    _replace(site / "data/dataset.ttl", "2026-02-01", "2026-05-01")
    _replace(
        site / "data/visits.csv",
        "v-1,harbour,2024,12000,counted,annual-2024",
        "v-1,harbour,2024,12100,counted,annual-2025",
    )
    _replace(
        site / "data/visits.csv",
        "v-3,hill,2024,800.50,counted,annual-2024,\n",
        "v-4,hill,2025,810,counted,annual-2025,\n",
    )
    _replace(site / "data/branches.csv", "hill,Hill branch,1958", "hill,Hill branch,1958\nmarket,Market branch,2026")
    _replace(site / "data/reports.csv", "annual-2024,Annual report 2024,2024\n", "first-2024,First report 2024,2024\n")
    _replace(site / "data/visits.csv", "annual-2024", "first-2024", least=0)
    (site / "data/withdrawn.csv").write_text(
        "id,reason,reason_nl,successor\ncount/v-3,counted <twice>,dubbel geteld,count/v-4\n", encoding="utf-8"
    )
    (site / "data/renamed.csv").write_text("from,to\nreport/annual-2024,report/first-2024\n", encoding="utf-8")
    publish(Source.read(site), releases)
    return releases


def _extend_metadata(path: Path) -> None:
    metadata = json.loads(path.read_text(encoding="utf-8"))
    withdrawn = json.loads(json.dumps(WITHDRAWN))
    comment = "http://www.w3.org/2000/01/rdf-schema#comment"
    withdrawn["tableSchema"]["columns"].insert(
        2, {"name": "reason_nl", "titles": "reason_nl", "propertyUrl": comment, "lang": "nl"}
    )
    metadata["tables"][2]["tableSchema"]["columns"].append(DERIVED)
    metadata["tables"] += [withdrawn, RENAMED]
    path.write_text(json.dumps(metadata), encoding="utf-8")


def _replace(path: Path, old: str, new: str, *, least: int = 1) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= least, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
